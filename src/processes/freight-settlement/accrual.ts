import { add, isZero, subtract } from '../../base/decimal.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import { branchId } from '../engine/instance.ts'
import { dateOf, keyOf } from '../posting.ts'
import { present, text } from '../told-document.ts'
import type { Accrual, Here, Known } from './known.ts'
import { totalOf } from './matching.ts'
import type { Money } from './money.ts'
import { isNeverEarned, standing } from './put-aside.ts'

/** Carriers for whom something was put aside for the delivery that the instance is named by. */
export function accrualKeys({ known }: Here): readonly string[] {
  const own = Object.values(known.accruals).filter(({ isOwn }) => isOwn === true)
  return [...new Set(own.map(({ carrier }) => carrier ?? ''))].toSorted()
}

/** What was put aside for the carrier of the branch. */
export function accrualsHere({ known, branchKey }: Here): readonly Accrual[] {
  return standing(known).filter(({ isOwn, carrier }) => isOwn === true && (carrier ?? '') === branchKey)
}

/** How much that is, in which money, and for which delivery. */
export function accrualHere(scope: Here) {
  const all = accrualsHere(scope)
  const [first] = all
  return {
    number: first?.number ?? scope.key,
    amount: totalOf(all.flatMap(({ charges }) => charges)),
    charges: all.flatMap(({ charges }) => charges),
    currency: all.find(({ currency }) => currency !== undefined)?.currency,
    /** Nobody but the booking knows the price. */
    isRated: all.length > 0 && all.every(({ isRated }) => isRated === true),
  }
}

/** The name of the accrual in the books: the standing rule posts what a warehouse confirms under the same one. */
export function accrualName(scope: Here): string {
  return `${keyOf('delivery', accrualHere(scope).number)}:${scope.branchKey}`
}

/** The period that it belongs to: that of the goods issue. */
export function postingDate({ known }: Here): string | undefined {
  return dateOf(known.leftAt)
}

const leaving = ['delivery.changed', 'delivery.goods_issued', 'delivery.staged'] as const
const prices = [...leaving, 'freight_accrual.estimated'] as const
const orders = ['shipment.cancelled', 'shipment.carrier_reassigned'] as const

/** Another carrier has the load, or nothing is shipped, and nothing says that this one carried any of it. */
function isGone(scope: Here): boolean {
  const all = accrualsHere(scope)
  return all.length > 0 && all.every((one) => isNeverEarned(scope.known, one))
}

/** Of two carriers only one is in the books at a time: the first is taken back before the second is posted. */
function isBooked(scope: Here): boolean {
  return accrualKeys(scope).some((key) => key !== scope.branchKey && booked.has(scope.state('accrual', key) ?? ''))
}

const booked: ReadonlySet<string> = new Set(['adjusting', 'posted', 'posting', 'reversing'])

function isMatched(scope: Here): boolean {
  return scope.known.matched.includes(scope.branchKey) || isUsed(scope, ['posted'])
}

/** Whether an invoice of the carrier in one of these states is paid from what was put aside; what comes besides is not. */
function isUsed(scope: Here, states: readonly string[]): boolean {
  const { known, branchKey } = scope
  return Object.entries(known.invoices).some(
    ([key, { carrier = '' }]) =>
      carrier === branchKey &&
      states.includes(scope.state('invoice', key) ?? '') &&
      scope.chosenIn(branchId('invoice', key))['isAdditional'] !== true,
  )
}

const matched: Step<Known> = {
  to: 'closed',
  label: 'an invoice has taken its place',
  awaits: ['freight_accrual.matched', 'branch invoice'],
  when: isMatched,
}
const replaced: Step<Known> = {
  to: 'reversing',
  label: 'another carrier has the load, or nothing is shipped',
  awaits: [...orders, 'branch invoice'],
  // What is approved is about to take its place.
  when: (scope) => isGone(scope) && !isUsed(scope, ['posting', 'posted']),
  choose: ({ chosen }) => chosen,
}

/** Where money that was put aside can be. */
export const accrualStates: Readonly<Record<string, StateDefinition<Known>>> = {
  rated: {
    about: 'The price is known; it is put aside when the goods leave, in the period in which they do.',
    timers: ['departure'],
    next: [
      {
        to: 'dropped',
        label: 'another carrier has the load, or nothing is shipped',
        awaits: [...orders],
        when: isGone,
      },
      {
        to: 'posted',
        label: 'the warehouse confirms what it costs: the standing rule has posted it',
        awaits: leaving,
        when: (scope) => scope.known.leftAt !== undefined && !accrualHere(scope).isRated,
        choose: (scope) => ({ posted: accrualHere(scope).amount, isByRule: true }),
      },
      {
        to: 'posting',
        label: 'the goods have left',
        awaits: [...leaving, 'branch accrual'],
        when: (scope) => scope.known.leftAt !== undefined && !isBooked(scope),
        choose: (scope) => ({ posted: accrualHere(scope).amount, ...present('currency', accrualHere(scope).currency) }),
      },
      {
        to: 'rated',
        label: 'they are late',
        awaits: ['timer departure'],
        when: (scope) => scope.missed('departure'),
      },
    ],
  },
  posting: {
    about: 'The ERP puts the money aside.',
    effects: ['post-accrual'],
    timers: ['post-confirm'],
    next: [
      {
        to: 'posted',
        label: 'it is in the books',
        awaits: ['effect post-accrual'],
        when: (scope) => scope.done('post-accrual'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  posted: {
    about: 'The money is put aside. The invoice of the carrier is awaited.',
    says: ['accrued'],
    timers: ['un-invoiced-report', 'un-invoiced-reverse'],
    tasks: ['reverse-accrual'],
    next: [
      matched,
      replaced,
      {
        to: 'adjusting',
        label: 'the price is another one',
        awaits: [...prices, 'branch invoice'],
        when: (scope) => scope.chosen['isByRule'] !== true && !isUsed(scope, ['posting', 'posted']) && isOther(scope),
        choose: (scope) => ({
          was: scope.choice('posted'),
          posted: ownShare(scope),
          n: scope.asked('correct-accrual').length + 1,
          ...present('currency', ownCurrency(scope) ?? bookedCurrency(scope)),
          ...(isExchanged(scope) ? { wasCurrency: scope.choice('currency') } : {}),
        }),
      },
      {
        to: 'reversing',
        label: 'a person takes it back',
        awaits: ['task reverse-accrual'],
        when: (scope) => scope.decided('reverse-accrual', 'reverse'),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'posted',
        label: 'a person keeps it',
        awaits: ['task reverse-accrual'],
        when: (scope) => scope.answer('reverse-accrual') !== undefined,
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  adjusting: {
    about:
      'The price is another one: the books are changed by the difference. In other money, what is there is taken back and the new price put aside: money of two kinds is never set off.',
    effects: ['correct-accrual'],
    timers: ['post-confirm'],
    next: [
      {
        to: 'posted',
        label: 'it is in the books',
        awaits: ['effect correct-accrual'],
        when: (scope) => scope.done('correct-accrual'),
        choose: (scope) => ({
          posted: scope.choice('posted'),
          ...present('currency', bookedCurrency(scope)),
          isAdjusted: true,
        }),
      },
    ],
  },
  reversing: {
    about: 'What was put aside is taken back, once.',
    effects: ['reverse-accrual'],
    timers: ['post-confirm'],
    next: [
      {
        to: 'reversed',
        label: 'it is in the books',
        awaits: ['effect reverse-accrual'],
        when: (scope) => scope.done('reverse-accrual'),
      },
    ],
  },
  closed: { about: 'The invoice has taken its place: nothing of it is left.', final: true },
  reversed: { about: 'It is taken back.', says: ['accrual-reversed'], final: true },
  dropped: {
    about: 'It was never put aside.',
    final: true,
    next: [
      {
        to: 'rated',
        label: 'the carrier has the load after all, or it is shipped',
        awaits: [...prices, ...orders],
        when: (scope) => !isGone(scope),
      },
    ],
  },
}

/** Whether the price is not what is in the books, in how much or in which money. */
function isOther(scope: Here): boolean {
  return isExchanged(scope) || !isZero(change(scope))
}

/** Whether the price is in other money than what is in the books. Money that nobody named is that of the other side. */
function isExchanged(scope: Here): boolean {
  const [is, was] = [ownCurrency(scope), bookedCurrency(scope)]
  return is !== undefined && was !== undefined && is !== was
}

/** In which money it was put aside. Undefined: nobody said. */
function bookedCurrency(scope: Here): string | undefined {
  return text(scope.chosen['currency'])
}

/** In which money the price is that belongs under the name of the accrual. */
function ownCurrency(scope: Here): string | undefined {
  return accrualsHere(scope).find(({ currency, isSeparate }) => isSeparate !== true && currency !== undefined)?.currency
}

/** By how much the price differs from what is in the books under the name of the accrual. */
function change(scope: Here): string {
  return subtract(ownShare(scope), scope.choice('posted') === '' ? '0' : scope.choice('posted'))
}

/** What belongs into the books under the name of the accrual: all but what the standing rule books for later confirmations. */
function ownShare(scope: Here): string {
  return subtract(accrualHere(scope).amount, separate(scope))
}

function separate(scope: Here): string {
  return totalOf(accrualsHere(scope).flatMap(({ isSeparate, charges }) => (isSeparate === true ? charges : [])))
}

/** All that is in the books, each kind of money by itself: what was posted under the name of the accrual, and what the standing rule has added since. */
export function inBooks(scope: Here): readonly Money[] {
  const isByRule = scope.chosen['isByRule'] === true
  const posted = scope.choice('posted') === '' ? '0' : scope.choice('posted')
  const own = isByRule ? [] : [{ amount: posted, ...present('currency', bookedCurrency(scope)) }]
  const ruled = accrualsHere(scope)
    .filter(({ isSeparate }) => isByRule || isSeparate === true)
    .map(({ charges, currency }) => ({ amount: totalOf(charges), ...present('currency', currency) }))
  const all: readonly Money[] = [...own, ...ruled]
  const usual = all.find(({ currency }) => currency !== undefined)?.currency
  const sums = [...Map.groupBy(all, ({ currency }) => currency ?? usual)].map(([currency, some]) => ({
    amount: some.reduce((sum, { amount }) => add(sum, amount), '0'),
    ...present('currency', currency),
  }))
  const some = sums.filter(({ amount }) => !isZero(amount))
  return some.length === 0 ? sums : some
}

/** How each change of the price is named: the first one by the price, the others by their number, too. */
function changeName(scope: Here): string {
  const { n } = scope.chosen
  const name = `${accrualName(scope)}:${scope.choice('posted')}`
  return typeof n === 'number' && n > 1 ? `${name}:${n}` : name
}

/** What is being booked of a change: the difference; in other money, what was there back and what is there now, each in its own. */
export function corrections(
  scope: Here,
): readonly { readonly name: string; readonly delta: string; readonly currency?: string }[] {
  const [was, now, before] = [scope.choice('was'), scope.choice('posted'), scope.choice('wasCurrency')]
  const name = changeName(scope)
  const currency = bookedCurrency(scope)
  if (was === '' || now === '') return []
  if (before === '') return [{ name, delta: subtract(now, was), ...present('currency', currency) }]
  return [
    { name: `${name}:${before}`, delta: subtract('0', was), currency: before },
    { name: `${name}:${currency ?? ''}`, delta: now, ...present('currency', currency) },
  ].filter(({ delta }) => !isZero(delta))
}
