import { add, compare, isZero } from '../../base/decimal.ts'
import { shortHash } from '../../base/sha256.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import type { Here, Known, MasterInvoice } from './known.ts'
import { totalOf } from './matching.ts'

/** The invoice over several loads that the branch is about, known by the key of the branch. */
export function masterHere({ known, branchKey }: Here): MasterInvoice | undefined {
  return known.masters[branchKey]
}

const facts = ['freight_invoice.received', 'freight_invoice.changed', 'freight_invoice.cancelled'] as const

/** Loads of which nobody has said yet what is paid. */
export function openLoads(scope: Here): readonly string[] {
  const { loads = {}, settled = {} } = masterHere(scope) ?? {}
  return Object.keys(loads).filter((load) => settled[load] === undefined)
}

/** What is paid for all loads together, and how much of it nobody has looked at although it is not what was put aside. */
export function sumHere(scope: Here): { readonly pay: string; readonly tolerated: string } {
  const all = Object.values(masterHere(scope)?.settled ?? {})
  return {
    pay: all.reduce((sum, { pay }) => add(sum, pay), '0'),
    tolerated: all.reduce((sum, { tolerated }) => add(sum, tolerated), '0'),
  }
}

/** What is wrong with it as a whole; empty where nothing is. */
export function masterFaults(scope: Here): readonly string[] {
  const { charges = [], total = '0', carrier } = masterHere(scope) ?? {}
  const sum = totalOf(charges)
  return [
    ...(compare(sum, total) === 0 ? [] : [`totals: the lines come to ${sum}, the invoice says ${total}`]),
    ...(carrier === undefined ? ['carrier: nobody says whose invoice it is'] : []),
  ]
}

/** Whether a person has to look at it as a whole: small differences that add up, or money that is for no load. */
export function isBeyondLimit(scope: Here): boolean {
  const isTooMuch = compare(sumHere(scope).tolerated, scope.policy('invoiceToleranceAmount', '50.00')) > 0
  return isTooMuch || !isZero(masterHere(scope)?.loose ?? '0')
}

const withdrawn: Step<Known> = {
  to: 'cancelled',
  label: 'the carrier took it back',
  awaits: ['freight_invoice.cancelled'],
  when: (scope) => masterHere(scope)?.said.includes('cancelled') === true,
}

/** What is wrong with it, and what it asked for then: another word of the carrier under its number is answered, too. */
function refusing(scope: Here, why: readonly string[]): Data {
  return { faults: why, of: contentOf(scope), n: scope.asked('refuse-master').length + 1 }
}

function contentOf(scope: Here): string {
  const { total, currency, charges, loads, loose, carrier } = masterHere(scope) ?? {}
  return shortHash(JSON.stringify([total, currency, charges, loads, loose, carrier]))
}

/** Where an invoice over several loads can be. Each load is settled by itself. */
export const masterStates: Readonly<Record<string, StateDefinition<Known>>> = {
  collecting: {
    about: 'Its loads are settled one by one; nothing is paid before all of them are.',
    timers: ['collection'],
    tasks: ['open-loads'],
    next: [
      withdrawn,
      {
        to: 'refusing',
        label: 'it is wrong in itself',
        awaits: [...facts],
        when: (scope) => masterFaults(scope).length > 0,
        choose: (scope) => refusing(scope, masterFaults(scope)),
      },
      {
        to: 'judging',
        label: 'small differences add up, or it asks for what is no load',
        awaits: [...facts],
        when: (scope) => openLoads(scope).length === 0 && isBeyondLimit(scope),
      },
      {
        to: 'booking',
        label: 'all loads are settled',
        awaits: [...facts],
        when: (scope) => openLoads(scope).length === 0,
        choose: sumHere,
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
      {
        to: 'booking',
        label: 'it is approved',
        awaits: ['task invoice-limit'],
        when: (scope) => scope.decided('invoice-limit', 'approve'),
        choose: (scope) => ({ ...sumHere(scope), pay: add(sumHere(scope).pay, masterHere(scope)?.loose ?? '0') }),
      },
      {
        to: 'booking',
        label: 'only the loads are paid',
        awaits: ['task invoice-limit'],
        when: (scope) => scope.decided('invoice-limit', 'loads_only'),
        choose: sumHere,
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
        label: 'the carrier asks for something else under the same number',
        awaits: [...facts, 'effect refuse-master'],
        when: (scope) => scope.choice('of') !== '' && scope.choice('of') !== contentOf(scope),
        // What became of each of its loads was said once: the same number cannot be settled another time.
        choose: (scope) =>
          refusing(scope, ['number_used: it was refused under this number, send what you ask for under another one']),
      },
    ],
  },
  cancelled: { about: 'The carrier took it back.', final: true },
}
