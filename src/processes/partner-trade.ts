import { shortHash } from '../base/sha256.ts'
import type { Fact } from '../model/fact.ts'
import type { ShipmentState } from '../model/shipment/state.ts'
import { loadOf } from './partner-transport.ts'
import { type Data, numberOf, objectOf, type Posting } from './posting.ts'
import { record } from './told-document.ts'

/** What a supplier must know of an order. */
const orderMembers = [
  'currency',
  'lines',
  'orderDate',
  'purchaseOrderNumber',
  'requestedDelivery',
  'shipTo',
  'supplier',
]
/** Before anything has come of it. */
const orderable: ReadonlySet<unknown> = new Set(['issued', 'acknowledged'])

/** A purchase order is told to its supplier; so is what changes of it, and that it is cancelled. */
export function orderedGoods(fact: Fact): Posting[] {
  const object = objectOf(fact)
  const number = numberOf(object.purchaseOrderNumber, fact)
  const isCancelled = fact.type === 'purchase_order.cancelled'
  if (fact.type === 'purchase_order.changed' && !orderable.has((fact.data as { readonly status?: unknown }).status))
    return []
  return [
    {
      command: isCancelled ? 'withdraw_order' : 'order_goods',
      businessKey: number,
      key: `purchase_order:${number}`,
      priority: 3,
      payload: { ...withoutParts(object), purchaseOrderNumber: number },
      revision: {
        line: 'order_goods',
        kind: isCancelled ? 'withdrawal' : 'offer',
        content: shortHash(JSON.stringify(orderMembers.map((name) => object[name] ?? null))),
        round: 0,
      },
    },
  ]
}

/** A customer hears whether his order is taken. */
export function answeredOrder(fact: Fact): Posting[] {
  const object = objectOf(fact)
  const number = numberOf(object.orderNumber ?? object.customerPurchaseOrder, fact)
  const answer = fact.type === 'order.accepted' ? 'accepted' : 'rejected'
  return [
    {
      command: 'answer_order',
      businessKey: `${fact.subject}:${answer}`,
      key: `order:${number}`,
      priority: 3,
      payload: { ...withoutParts(object), answer },
    },
  ]
}

/** Our own system decides about a change that a customer wants: he hears what of it he gets. */
export function answeredChange(fact: Fact): Posting[] {
  const { added } = fact.data as { readonly added?: Readonly<Record<string, readonly string[]>> }
  const { changeAnswers, ...object } = objectOf(fact)
  const number = numberOf(object.orderNumber ?? object.customerPurchaseOrder, fact)
  return (added?.changeAnswers ?? []).map((change) => ({
    command: 'answer_order_change',
    businessKey: `${fact.subject}:${change}`,
    key: `order:${number}`,
    priority: 3,
    payload: { ...withoutParts(object), change, ...record(record(changeAnswers)[change]) },
  }))
}

/**
 * A customer is told what to pay, once the ERP has issued the invoice. One that names charges asks for the price of a transport, and is
 * another document than one of goods.
 */
export function billedCustomer(fact: Fact): Posting[] {
  const object = objectOf(fact)
  const number = numberOf(object.invoiceNumber, fact)
  return [
    {
      command: Array.isArray(object.charges) ? 'bill_freight' : 'bill_customer',
      businessKey: number,
      key: `invoice:${number}`,
      priority: 4,
      payload: { ...withoutParts(object), invoiceNumber: number },
    },
  ]
}

/** Who gets money from us hears what it is for. */
export function paidInvoices(fact: Fact): Posting[] {
  const object = objectOf(fact)
  const number = numberOf(object.paymentNumber, fact)
  return [
    {
      command: 'advise_payment',
      businessKey: number,
      key: `payment:${number}`,
      priority: 4,
      payload: { ...object, paymentNumber: number },
    },
  ]
}

/** A supplier hears what came of what he sent. */
export function confirmedReceipt(fact: Fact): Posting[] {
  const object = objectOf(fact)
  const number = numberOf(object.receiptNumber, fact)
  return [
    {
      command: 'confirm_receipt',
      businessKey: number,
      key: `receipt:${number}`,
      priority: 4,
      payload: { ...object, receiptNumber: number },
    },
  ]
}

/** Goods are to come back, or may: for whoever gets or sends them. */
export function announcedReturn(fact: Fact): Posting[] {
  const object = objectOf(fact)
  const number = numberOf(object.returnNumber, fact)
  const standing = fact.type.slice('return.'.length)
  return [
    {
      command: 'announce_return',
      businessKey: `${number}:${standing}`,
      key: `return:${number}`,
      priority: 4,
      payload: { ...withoutParts(object), returnNumber: number, standing },
    },
  ]
}

/** A carrier who has taken a load is told what to carry. */
export function instructedTransport(fact: Fact, state: unknown): Posting[] {
  if (state === undefined) return []
  return [
    {
      command: 'instruct_transport',
      businessKey: fact.subject,
      key: `shipment:${fact.subject}`,
      priority: 3,
      payload: loadOf(state as ShipmentState),
    },
  ]
}

/** What others said of it, part by part, is no part of what we say. */
const partsOfOthers: ReadonlySet<string> = new Set(['answers', 'changeAnswers', 'changes', 'invoices', 'notices'])

function withoutParts(object: Data): Data {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !partsOfOthers.has(name)))
}
