import type { DocumentState } from '../documents/document.ts'
import type { ShipmentState } from '../shipment/state.ts'

/** What the business of a partner owes us for a document, beside the receipt for it. */
export type BusinessAnswer =
  | 'order_response'
  | 'receiving_advice'
  | 'return_authorization'
  | 'shipping_advice'
  | 'tender_response'
  | 'transport_status'

/**
 * How often an object was answered so far. An answer is one more than there were when the document was owed: no clock of anybody else is
 * asked, and it does not matter whether the answer or the sending is folded first. That nothing needs an answer any more counts as one.
 */
export function answersIn(answer: BusinessAnswer, state: unknown): number {
  return state === undefined || state === null ? 0 : counts[answer](state)
}

const counts: Readonly<Record<BusinessAnswer, (state: unknown) => number>> = {
  order_response: ofDocument((one) => parts(one, 'answers') + ended(one, ['acknowledged', 'received', 'cancelled'])),
  // Of goods that were announced it counts too that nothing of them is expected any more.
  receiving_advice: ofDocument(
    (one) => parts(one, 'receipts') + ended(one, ['received_complete', 'closed', 'rejected']),
  ),
  return_authorization: ofDocument((one) => ended(one, ['authorized', 'rejected', 'cancelled', 'received'])),
  // Goods that are issued without a confirmation were confirmed to somebody else.
  shipping_advice: ofDocument((one) => parts(one, 'confirmations') + ended(one, ['goods_issued', 'cancelled'])),
  tender_response: (state) => tenderAnswers(state as ShipmentState),
  transport_status: (state) => (state as ShipmentState).events.length,
}

function ofDocument(count: (state: DocumentState) => number): (state: unknown) => number {
  return (state) => count(state as DocumentState)
}

function parts({ object }: DocumentState, member: string): number {
  const value = object[member]
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}

function ended({ status = '' }: DocumentState, statuses: readonly string[]): number {
  return statuses.includes(status) ? 1 : 0
}

const answering: ReadonlySet<string> = new Set([
  'booked',
  'cancelled',
  'carrier_reassigned',
  'label_created',
  'tender_accepted',
  'tender_cancelled',
  'tender_countered',
  'tender_declined',
  'tender_expired',
])
const undecided: ReadonlySet<string> = new Set(['planned', 'tendered', 'booked', 'cancelled'])

/** A carrier that has the goods has taken the load, whether he said so or not. */
function tenderAnswers({ plan, projection }: ShipmentState): number {
  return plan.filter(({ event }) => answering.has(event)).length + (undecided.has(projection.status) ? 0 : 1)
}
