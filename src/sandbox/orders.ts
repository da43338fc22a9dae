import { writeInstant } from '../base/instant.ts'
import { type DaySeed, hourMs, type Message, minuteMs } from './message.ts'
import type { Numbering } from './numbering.ts'
import type { Scenario } from './scenario.ts'
import { Stream } from './stream.ts'

/** Connections that carry parcels. */
export type ParcelCarrier = 'dhl' | 'easypost' | 'ltl'

interface OrderLine {
  readonly line: string
  readonly sku: string
  readonly quantity: number
}

/** A customer's order, and the delivery that the ERP makes of it. */
export interface Order {
  readonly number: string
  readonly delivery: string
  readonly customer: string
  readonly createdMs: number
  readonly deliveryMs: number
  /** The cut-off before which it came, and until which it waits for the floor. */
  readonly cutOffMs: number
  readonly carrier: ParcelCarrier
  readonly lines: readonly OrderLine[]
  readonly isCancelled: boolean
}

/** Orders taken before a cut-off leave the house right after it. */
const cutOffHours = [10, 14] as const
const firstHour = 6
const skus = 40
const customers = 25

/** The orders of a day in two waves, each the denser the nearer its cut-off; three in a hundred are cancelled. */
export function planOrders(day: DaySeed, scenario: Scenario, numbering: Numbering): readonly Order[] {
  const stream = new Stream(`${day.seed} orders`)
  const orders: Order[] = []
  for (let index = 1; index <= scenario.orders; index++) {
    // Most come in the last hours before the cut-off that they still want to reach.
    const isEarly = stream.chance(0.45)
    const [from, to] = isEarly ? [firstHour, cutOffHours[0]] : cutOffHours
    const createdMs = Math.floor(day.startMs + (to - (to - from) * stream.next() ** 2) * hourMs) - 30 * minuteMs
    orders.push({
      number: numbering.document('SO', index),
      delivery: numbering.document('DN', index),
      customer: `C-${String(stream.between(1, customers)).padStart(4, '0')}`,
      createdMs,
      deliveryMs: createdMs + stream.between(3, 20) * minuteMs,
      cutOffMs: day.startMs + to * hourMs,
      carrier: stream.pick(['easypost', 'easypost', 'easypost', 'easypost', 'dhl', 'dhl', 'ltl']),
      lines: planLines(stream),
      isCancelled: stream.chance(0.03),
    })
  }
  return orders
}

/** What shop and ERP tell about an order until it is on the floor. */
export function tellOrder(order: Order, numbering: Numbering): Message[] {
  const { number, delivery, customer, createdMs, deliveryMs } = order
  const lines = order.lines.map(({ line, sku, quantity }) => ({ line, sku, quantity: String(quantity), uom: 'EA' }))
  const about = { orderNumber: number, customer, customerPurchaseOrder: `PO-${number.slice(2)}`, lines }
  const event = (sender: 'erp' | 'shop', type: string, atMs: number, data: Message['content']): Message => ({
    atMs,
    sender,
    content: { eventId: numbering.eventId(type, number), type, occurredAt: writeInstant(atMs), revision: 1, data },
  })
  const created = event('shop', 'order.created', createdMs, about)
  if (order.isCancelled)
    return [
      created,
      event('shop', 'order.cancelled', createdMs + minuteMs, { orderNumber: number, reason: 'customer' }),
    ]
  const released = { deliveryNumber: delivery, orderNumber: number, location: 'DC1', carrier: order.carrier, lines }
  return [created, event('erp', 'delivery.created', deliveryMs, released)]
}

function planLines(stream: Stream): OrderLine[] {
  const count = stream.pick([1, 1, 1, 2, 2, 3])
  const first = stream.between(0, skus - 1)
  return Array.from({ length: count }, (_, index) => ({
    line: String((index + 1) * 10),
    sku: `SKU-${String(((first + index * 7) % skus) + 1).padStart(3, '0')}`,
    quantity: stream.between(1, 6),
  }))
}
