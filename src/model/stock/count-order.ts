import { writeInstant } from '../../base/instant.ts'
import type { Derived } from '../fact.ts'
import type { Draft } from './draft.ts'
import { ask, takeBackQuestion } from './question.ts'
import type { CountOrder } from './state.ts'

/** Open count orders of one item; what is more is not ordered. */
export const countOrdersMax = 100

/** Somebody has to count. The order is a task of the warehouse, and is over when a count of that stock comes. */
export function orderCount(draft: Draft, place: Omit<CountOrder, 'at'>, why: string): Derived[] {
  const n = `${place.location}|${place.status}|${place.lot}|${draft.nowMs}`
  if (draft.countOrders[n] !== undefined || Object.keys(draft.countOrders).length >= countOrdersMax) return []
  draft.countOrders = { ...draft.countOrders, [n]: { ...place, at: draft.nowMs } }
  const lot = place.lot === '' ? '' : ` of lot ${place.lot}`
  return [
    {
      rule: `count-ordered-${n}`,
      type: 'inventory.count_ordered',
      data: { order: n, sku: draft.sku, ...place, reason: why },
    },
    ask(draft, {
      name: 'count-stock',
      n,
      role: 'warehouse',
      question: `How much ${draft.sku}${lot} with status ${place.status} is at ${place.location}?`,
      evidence: { sku: draft.sku, ...place, reason: why, orderedAt: writeInstant(draft.nowMs) },
      decisions: [
        {
          name: 'not_possible',
          label: 'Cannot be counted',
          consequence: 'The order is over; nothing is counted.',
          reasonRequired: true,
        },
      ],
    }),
  ]
}

/** A count of that stock, taken after it was ordered, is what was wanted. */
export function countDone(
  draft: Draft,
  place: { readonly location: string; readonly status: string; readonly lot: string; readonly at: number },
): Derived[] {
  return Object.entries(draft.countOrders).flatMap(([n, order]) => {
    const isMeant = order.location === place.location && order.status === place.status
    if (!isMeant || (order.lot !== '' && order.lot !== place.lot) || place.at < order.at) return []
    const { [n]: _, ...others } = draft.countOrders
    draft.countOrders = others
    return [takeBackQuestion(draft, 'count-stock', n, 'It was counted.')]
  })
}

/** The warehouse says that it cannot. */
export function countNotPossible(draft: Draft, n: string): Derived[] {
  const { [n]: _, ...others } = draft.countOrders
  draft.countOrders = others
  return []
}
