import { add, compare, isZero, subtract } from '../../base/decimal.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import { present } from '../told-document.ts'
import { invoiceFacts, wholeContentOf } from './invoice.ts'
import type { Here, Known, MasterInvoice } from './known.ts'
import { totalOf } from './matching.ts'
import { isUsualTax } from './tax-limit.ts'

/** The invoice over several loads that the branch is about, known by the key of the branch. */
export function masterHere({ known, branchKey }: Here): MasterInvoice | undefined {
  return known.masters[branchKey]
}

/** Loads of which nobody has said yet what is paid. */
export function openLoads(scope: Here): readonly string[] {
  const { loads = {}, settled = {} } = masterHere(scope) ?? {}
  return Object.keys(loads).filter((load) => settled[load] === undefined)
}

/** What is paid for all loads together, and how much of it nobody has looked at although it is not what was put aside. */
export function sumHere(scope: Here): { readonly pay: string; readonly tolerated: string; readonly tax: string } {
  const all = Object.values(masterHere(scope)?.settled ?? {})
  return {
    pay: all.reduce((sum, { pay }) => add(sum, pay), '0'),
    tolerated: all.reduce((sum, { tolerated }) => add(sum, tolerated), '0'),
    tax: all.reduce((sum, { tax = '0' }) => add(sum, tax), '0'),
  }
}

/** What is wrong with it as a whole; empty where nothing is. */
export function masterFaults(scope: Here): readonly string[] {
  const { charges = [], total = '0', carrier, mixed } = masterHere(scope) ?? {}
  const sum = totalOf(charges)
  return [
    ...mixedFault(mixed),
    ...(compare(sum, total) === 0 ? [] : [`totals: the lines come to ${sum}, the invoice says ${total}`]),
    ...(carrier === undefined ? ['carrier: nobody says whose invoice it is'] : []),
  ]
}

/** Whether a person has to look at it as a whole: small differences that add up, or money that is for no load. */
export function isBeyondLimit(scope: Here): boolean {
  const isTooMuch = compare(sumHere(scope).tolerated, scope.policy('invoiceToleranceAmount', '50.00')) > 0
  return isTooMuch || !(isZero(masterHere(scope)?.loose ?? '0') || isTaxOfAll(scope))
}

/** Whether what it asks for no load is nothing but the usual tax on all of them, and all of them are paid as they are asked for. */
function isTaxOfAll(scope: Here): boolean {
  const { loads = {}, loose = '0', looseTax = '0' } = masterHere(scope) ?? {}
  const { pay, tax } = sumHere(scope)
  const asked = Object.values(loads).reduce((sum, one) => add(sum, one), '0')
  const isAllPaid = compare(pay, asked) === 0
  return isAllPaid && compare(loose, looseTax) === 0 && isUsualTax(scope, add(tax, looseTax), subtract(pay, tax))
}

const withdrawn: Step<Known> = {
  to: 'cancelled',
  label: 'the carrier took it back',
  awaits: invoiceFacts,
  when: (scope) => masterHere(scope)?.said.includes('cancelled') === true,
}

/** What is wrong with an invoice whose amounts are of several kinds of money: they come to no sum. */
export function mixedFault(mixed: readonly string[] | undefined): readonly string[] {
  return mixed === undefined ? [] : [`currency: one invoice asks for money of several kinds, ${mixed.join(' and ')}`]
}

/** What is wrong with it, and what it asked for then: another word of the carrier under its number is looked at again. */
function refusing(scope: Here, why: readonly string[]): Data {
  return { faults: why, of: wholeContentHere(scope), n: scope.asked('refuse-master').length + 1 }
}

function wholeContentHere(scope: Here): string {
  const master = masterHere(scope)
  return master === undefined ? '' : wholeContentOf(master)
}

/** The carrier asks for something else than was refused last. */
function isOther(scope: Here): boolean {
  return scope.choice('of') !== '' && scope.choice('of') !== wholeContentHere(scope)
}

/** What is paid, and for which revision of each load: what the carrier says after it changes nothing of that. */
function settling(scope: Here, isLoosePaid: boolean): Data {
  const { revisions, total, currency, loose = '0', looseTax = '0' } = masterHere(scope) ?? {}
  const { pay, tax, tolerated } = sumHere(scope)
  return {
    pay: isLoosePaid ? add(pay, loose) : pay,
    tax: isLoosePaid ? add(tax, looseTax) : tax,
    tolerated,
    ...present('revisions', revisions),
    ...present('asked', total),
    ...present('askedIn', currency),
  }
}

const wrong: Step<Known> = {
  to: 'refusing',
  label: 'it is wrong in itself',
  awaits: invoiceFacts,
  when: (scope) => masterFaults(scope).length > 0,
  choose: (scope) => refusing(scope, masterFaults(scope)),
}
const single: Step<Known> = {
  to: 'single',
  label: 'it is for one load by now',
  awaits: invoiceFacts,
  when: (scope) => masterHere(scope)?.isSingle === true,
}

/** Where an invoice over several loads can be. Each load is settled by itself. */
export const masterStates: Readonly<Record<string, StateDefinition<Known>>> = {
  collecting: {
    about: 'Its loads are settled one by one; nothing is paid before all of them are.',
    says: ['master-again'],
    timers: ['collection'],
    tasks: ['open-loads'],
    next: [
      withdrawn,
      single,
      wrong,
      {
        to: 'judging',
        label: 'small differences add up, or it asks for what is no load',
        awaits: invoiceFacts,
        when: (scope) => openLoads(scope).length === 0 && isBeyondLimit(scope),
      },
      {
        to: 'booking',
        label: 'all loads are settled',
        awaits: invoiceFacts,
        when: (scope) => openLoads(scope).length === 0,
        choose: (scope) => settling(scope, true),
      },
      {
        to: 'collecting',
        label: 'a person has looked',
        awaits: ['task open-loads'],
        when: (scope) => scope.answer('open-loads') !== undefined,
      },
    ],
  },
  judging: {
    about:
      'Small differences of many loads come to more than is tolerated, or money is asked for no load: freight audit decides.',
    timers: ['approval'],
    tasks: ['invoice-limit'],
    next: [
      withdrawn,
      single,
      wrong,
      {
        to: 'collecting',
        label: 'the carrier asks for something else',
        awaits: invoiceFacts,
        when: (scope) => openLoads(scope).length > 0,
      },
      {
        to: 'booking',
        label: 'it is approved',
        awaits: ['task invoice-limit'],
        when: (scope) => scope.decided('invoice-limit', 'approve'),
        choose: (scope) => settling(scope, true),
      },
      {
        to: 'booking',
        label: 'only the loads are paid',
        awaits: ['task invoice-limit'],
        when: (scope) => scope.decided('invoice-limit', 'loads_only'),
        choose: (scope) => settling(scope, false),
      },
      {
        to: 'refusing',
        label: 'nothing is paid',
        awaits: ['task invoice-limit'],
        when: (scope) => scope.decided('invoice-limit', 'reject'),
        choose: (scope) => refusing(scope, ['refused: nothing of it is paid']),
      },
    ],
  },
  booking: {
    about: 'The ERP books the invoice once, with what is paid for all loads together.',
    says: ['master-approved'],
    effects: ['post-master'],
    timers: ['post-confirm'],
    cancel: { refused: 'already_approved' },
    next: [
      {
        to: 'booked',
        label: 'it is booked',
        awaits: ['effect post-master'],
        when: (scope) => scope.done('post-master'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  refusing: {
    about: 'The carrier is told why it is not paid (824, APERAK).',
    says: ['master-rejected'],
    effects: ['refuse-master'],
    timers: ['post-confirm'],
    next: [
      {
        to: 'refused',
        label: 'he knows',
        awaits: ['effect refuse-master'],
        when: (scope) => scope.done('refuse-master'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  booked: { about: 'It is in the books and will be paid.', says: ['master-posted'], final: true },
  refused: {
    about: 'It is not paid.',
    final: true,
    next: [
      {
        to: 'refusing',
        label: 'the carrier asks again for what was refused before',
        awaits: [...invoiceFacts, 'effect refuse-master'],
        when: (scope) => isOther(scope) && masterHere(scope)?.refused?.includes(wholeContentHere(scope)) === true,
        choose: (scope) => refusing(scope, ['refused: the same was refused before']),
      },
      {
        to: 'collecting',
        label: 'the carrier asks for something else under the same number',
        awaits: [...invoiceFacts, 'effect refuse-master'],
        when: isOther,
        choose: (scope) => ({ isAgain: true, of: scope.choice('of') }),
      },
    ],
  },
  single: {
    about: 'It is for one load by now: it is settled there.',
    final: true,
    next: [
      {
        to: 'collecting',
        label: 'it is for several loads again',
        awaits: invoiceFacts,
        when: (scope) => masterHere(scope)?.isSingle !== true,
      },
    ],
  },
  cancelled: { about: 'The carrier took it back.', final: true },
}
