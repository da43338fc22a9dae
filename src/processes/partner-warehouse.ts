import { shortHash } from '../base/sha256.ts'
import type { Fact } from '../model/fact.ts'
import { confirmationsIn } from './goods.ts'
import { type Data, keyOf, numberOf, objectOf, type Posting } from './posting.ts'

/** As long as a delivery has not been packed for its way out, its warehouse is told what changes of it. */
const changeable: ReadonlySet<unknown> = new Set(['released', 'acknowledged', 'picking', 'picked', 'packed'])
/** What a warehouse must know of a delivery. */
const orderMembers = [
  'carrier',
  'customerPurchaseOrder',
  'lines',
  'location',
  'note',
  'orderNumber',
  'plannedShip',
  'requestedDelivery',
  'requestedShip',
  'requestedShipDate',
  'service',
  'shipTo',
]

/**
 * A delivery that is released is an order to its warehouse; what changes of it after that is told to the warehouse, and so is that it is
 * taken back. Where another warehouse is to ship it, the first one hears that it is not to.
 */
export function warehouseOrder(fact: Fact): Posting[] {
  const object = withoutConfirmations(objectOf(fact))
  if (fact.type === 'delivery.released') return [orderPosting(fact, object, 'offer')]
  if (fact.type === 'delivery.cancelled') {
    const { from } = fact.data as { readonly from?: unknown }
    return from === null || from === 'created' ? [] : [orderPosting(fact, object, 'withdrawal')]
  }
  const { status, before = {} } = fact.data as { readonly status?: unknown; readonly before?: Data }
  if (!changeable.has(status)) return []
  const order = orderPosting(fact, object, 'offer')
  const { location } = before
  return location === undefined ? [order] : [orderPosting(fact, { ...object, location }, 'withdrawal'), order]
}

function orderPosting(fact: Fact, object: Data, kind: 'offer' | 'withdrawal'): Posting {
  const number = numberOf(object.deliveryNumber, fact)
  return {
    command: kind === 'offer' ? 'release_delivery' : 'cancel_delivery',
    businessKey: keyOf('delivery', number),
    key: `delivery:${keyOf('delivery', number)}`,
    priority: 3,
    payload: { ...object, deliveryNumber: number },
    revision: {
      line: 'release_delivery',
      kind,
      content: shortHash(JSON.stringify(orderMembers.map((name) => object[name] ?? null))),
      round: 0,
    },
  }
}

/** Goods that a supplier announced are announced to the warehouse that will receive them. */
export function announcedReceipt(fact: Fact): Posting[] {
  const object = objectOf(fact)
  if (object.cancelled === true) return []
  const number = numberOf(object.asnNumber, fact)
  return [
    {
      command: 'announce_receipt',
      businessKey: `${fact.subject}:${number}`,
      key: `asn:${number}`,
      priority: 4,
      payload: { ...object, asnNumber: number },
    },
  ]
}

/** What a warehouse received, for whoever owns the goods. */
export function advisedReceipt(fact: Fact): Posting[] {
  const object = objectOf(fact)
  const number = keyOf('goods_receipt', numberOf(object.receiptNumber, fact))
  return [
    {
      command: 'advise_receipt',
      businessKey: number,
      key: `receipt:${number}`,
      priority: 4,
      payload: { ...object, receiptNumber: numberOf(object.receiptNumber, fact) },
    },
  ]
}

/** What a warehouse shipped: once for the owner of the goods, once for the customer who gets them. */
export function advisedShipment(fact: Fact): Posting[] {
  const object = withoutConfirmations(objectOf(fact))
  return confirmationsIn(fact).flatMap(({ delivery, suffix, confirmation, content }) =>
    ['advise_shipment', 'notify_shipment'].map((command) => ({
      command,
      businessKey: `${delivery}${suffix}`,
      key: `delivery:${delivery}`,
      priority: 4,
      payload: { ...object, deliveryNumber: numberOf(object.deliveryNumber, fact), ...content, confirmation },
    })),
  )
}

/** Corrections that change how much there is. What leaves or comes with a document of its own is told by that. */
const corrections: ReadonlySet<unknown> = new Set(['adjust_gain', 'adjust_loss', 'count_gain', 'count_loss', 'scrap'])

/** A correction of stock, for whoever owns the goods. */
export function advisedAdjustment(fact: Fact): Posting[] {
  const { type, movement, sku, uom, postings, reasonCode, document, lot } = fact.data as Data
  if (!corrections.has(type)) return []
  const changes = (postings as readonly { readonly location: string; readonly delta: string }[] | undefined) ?? []
  return changes.slice(0, 1).map(({ location, delta }) => ({
    command: 'advise_adjustment',
    businessKey: numberOf(movement, fact),
    key: `item:${numberOf(sku, fact)}`,
    priority: 5,
    payload: { location, sku, uom, delta, reasonCode, document, lot, effectiveAt: fact.occurredAt },
  }))
}

/** How much was counted, for whoever owns the goods. */
export function advisedStock(fact: Fact): Posting[] {
  const { location, status, owner, lot, sku, asserted, uom, document } = fact.data as Data
  const { system, kind, id, line } = document as Data
  return [
    {
      command: 'advise_stock',
      businessKey: [system, kind, id, line ?? '', sku, location, status, owner, lot].join('/'),
      key: `item:${numberOf(sku, fact)}`,
      priority: 5,
      payload: { location, status, sku, uom, quantity: asserted, document, effectiveAt: fact.occurredAt },
    },
  ]
}

function withoutConfirmations(object: Data): Data {
  const { confirmations: _, ...others } = object
  return others
}
