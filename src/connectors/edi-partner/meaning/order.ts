import type { Assertion, Reference } from '../../../model/fact.ts'
import type { DocumentReport } from '../../../model/report.ts'
import { stated } from '../../kit/stated.ts'
import type { Naming } from './naming.ts'
import type { NamedParty } from './party.ts'
import type { Meaning } from './tender.ts'

/** A line of an order as its document says it, whichever standard it is written in. */
export interface OrderLine {
  readonly line: string
  readonly sku: string
  readonly quantity?: string
  readonly uom?: string
  readonly price?: string
  readonly description?: string
  readonly requestedShip?: string
  readonly requestedDelivery?: string
  /** Where parts of it go, where the order splits it over several places. */
  readonly destinations?: readonly { readonly location: string; readonly quantity: string }[]
  /** When parts of it are to come, or to leave (010), where the order says it part by part. */
  readonly schedule?: readonly ScheduledPart[]
  /** What the document does to the line: added, changed, deleted; its own code where we know no word for it. */
  readonly change?: string
  /** What the supplier says to it. */
  readonly answers?: readonly LineAnswer[]
}

/** Some of a line with a day of its own. */
export interface ScheduledPart {
  readonly quantity: string
  readonly uom?: string
  readonly date?: string
  /** Element 374 as it is told: 002 is the day of the delivery, 010 that on which it leaves. */
  readonly qualifier?: string
}

/** One part of a line that a supplier answers: some of it may be accepted, some come later. */
export interface LineAnswer {
  readonly answer: string
  readonly quantity?: string
  readonly uom?: string
  readonly date?: string
}

/** What is said of an order as a whole. */
export interface OrderHeading {
  readonly number: string
  /** Of a blanket order: which release. It is a part of `number`, too. */
  readonly release?: string
  readonly orderDate?: string
  readonly currency?: string
  readonly customer?: string
  readonly supplier?: string
  readonly shipTo?: NamedParty
  readonly billTo?: NamedParty
  readonly requestedShip?: string
  readonly requestedDelivery?: string
  readonly cancelAfter?: string
  readonly carrier?: string
  readonly service?: string
  readonly note?: string
  /** The supplier’s own number of the order. */
  readonly supplierOrder?: string
}

/** Whether an order is new, stands in place of an earlier one, or takes that back. */
export type OrderPurpose = 'placed' | 'replaced' | 'cancelled'

/**
 * 850, ORDERS: goods are ordered. Of us, or, where the setting says that these are our own orders, of a supplier. A customer’s number is
 * his: it is kept with its leading zeros, and is not the number that our own system gives the order.
 */
export function placed(
  purpose: OrderPurpose,
  heading: OrderHeading,
  lines: readonly OrderLine[],
  naming: Naming,
): Meaning {
  const { number, ...said } = heading
  const isOurs = naming.orders === 'purchase'
  const numbered = isOurs ? { purchaseOrderNumber: number } : { customerPurchaseOrder: number }
  const report: DocumentReport = {
    ...statusOf(purpose, isOurs ? 'issued' : 'received'),
    object: purpose === 'cancelled' ? { ...numbered } : { ...numbered, ...said, lines },
  }
  return { assertions: [orderAssertion(report, number, naming)] }
}

function statusOf(purpose: OrderPurpose, first: string): Pick<DocumentReport, 'status' | 'reason'> {
  if (purpose === 'placed') return { status: first }
  // A replacement says nothing of how far the order has come.
  return purpose === 'cancelled' ? { status: 'cancelled', reason: 'The buyer cancelled it.' } : {}
}

/** 860, ORDCHG: lines of an order are changed. Each change is kept under its own number: what is not said of the order stays as it is. */
export function changed(
  change: { readonly key: string; readonly isCancelled: boolean },
  heading: OrderHeading,
  lines: readonly OrderLine[],
  naming: Naming,
): Meaning {
  const { number, release: _release, ...said } = heading
  const report: DocumentReport = change.isCancelled
    ? { status: 'cancelled', object: {}, reason: 'The buyer cancelled it.' }
    : { object: {}, parts: { changes: { [change.key]: { ...said, lines } } } }
  return { assertions: [orderAssertion(report, number, naming)] }
}

/** What a supplier says to an order as a whole. */
export type OrderAnswer = 'accepted' | 'changed' | 'rejected' | 'held'

/**
 * 855, 865, ORDRSP: a supplier answers our order. The answer is kept under its number whatever the order’s status is; that it is
 * acknowledged is said apart, because an order that the supplier refuses is not.
 */
export function answered(
  answer: { readonly key: string; readonly answer: OrderAnswer | undefined },
  heading: OrderHeading,
  lines: readonly OrderLine[],
  naming: Naming,
): Assertion[] {
  const { number, release: _release, ...said } = heading
  const about: Assertion['about'] = {
    entity: 'purchase_order',
    references: [{ scheme: 'purchase_order', issuer: naming.orderSystem, value: number }],
    unknown: 'create',
  }
  const part = { ...stated({ answer: answer.answer }), ...said, lines }
  const kept: DocumentReport = { object: { purchaseOrderNumber: number }, parts: { answers: { [answer.key]: part } } }
  const acknowledged: DocumentReport = { status: 'acknowledged', object: {} }
  const isAcknowledged = answer.answer === 'accepted' || answer.answer === 'changed'
  return [
    { type: 'purchase_order.reported', about, data: kept },
    ...(isAcknowledged ? [{ type: 'purchase_order.reported', about, data: acknowledged }] : []),
  ]
}

/** Where an order of this partner is kept: among ours, or among those of our customers. */
export function orderReference(number: string, { orders, system, orderSystem }: Naming): Reference {
  return orders === 'purchase'
    ? { scheme: 'purchase_order', issuer: orderSystem, value: number }
    : { scheme: 'customer_order', issuer: system, value: number }
}

/** A report about the order of this number. */
export function orderAssertion(data: DocumentReport, number: string, naming: Naming): Assertion<DocumentReport> {
  const entity = naming.orders === 'purchase' ? 'purchase_order' : 'order'
  return {
    type: `${entity}.reported`,
    about: { entity, references: [orderReference(number, naming)], unknown: 'create' },
    data,
  }
}
