import { isZero, subtract } from '../../base/decimal.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import { dateOf, keyOf } from '../posting.ts'
import { type Accrual, type Here, type Known, standing } from './known.ts'
import { totalOf } from './matching.ts'

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

/** Another carrier has the load, and nothing says that this one carried any of it. */
function isReplaced(scope: Here): boolean {
  const { carrier } = scope.known
  return carrier !== undefined && carrier !== scope.branchKey && accrualHere(scope).isRated
}

function isGone(scope: Here): boolean {
  return isReplaced(scope) || (scope.known.isCancelled === true && scope.known.leftAt === undefined)
}

/** Of two carriers only one is in the books at a time: the first is taken back before the second is posted. */
function isBooked(scope: Here): boolean {
  return accrualKeys(scope).some((key) => key !== scope.branchKey && booked.has(scope.state('accrual', key) ?? ''))
}

const booked: ReadonlySet<string> = new Set(['adjusting', 'posted', 'posting', 'reversing'])

function isMatched(scope: Here): boolean {
  const { known, branchKey } = scope
  const own = Object.entries(known.invoices).filter(([, { carrier = '' }]) => carrier === branchKey)
  return known.matched.includes(branchKey) || own.some(([key]) => scope.state('invoice', key) === 'posted')
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
  awaits: [...orders],
  when: isGone,
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
        choose: (scope) => ({ posted: accrualHere(scope).amount }),
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
        awaits: prices,
        when: (scope) => scope.chosen['isByRule'] !== true && !isZero(change(scope)),
        choose: (scope) => ({ was: scope.choice('posted'), posted: accrualHere(scope).amount }),
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
    about: 'The price is another one: the books are changed by the difference.',
    effects: ['correct-accrual'],
    timers: ['post-confirm'],
    next: [
      {
        to: 'posted',
        label: 'it is in the books',
        awaits: ['effect correct-accrual'],
        when: (scope) => scope.done('correct-accrual'),
        choose: (scope) => ({ posted: scope.choice('posted') }),
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
  dropped: { about: 'It was never put aside.', final: true },
}

/** By how much the price differs from what is in the books. */
function change(scope: Here): string {
  return subtract(accrualHere(scope).amount, scope.choice('posted') === '' ? '0' : scope.choice('posted'))
}

/** The difference that is being booked. */
export function correction({ chosen }: Here): string {
  const [was, now] = [chosen['was'], chosen['posted']]
  return typeof was === 'string' && typeof now === 'string' ? subtract(now, was) : '0'
}
