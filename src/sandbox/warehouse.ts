import { writeInstant } from '../base/instant.ts'
import { invoiceNumberOf } from './erp-news.ts'
import { Floor, places } from './floor.ts'
import { type DaySeed, hourMs, type Message, minuteMs } from './message.ts'
import type { Numbering } from './numbering.ts'
import type { Order } from './orders.ts'
import { Stream } from './stream.ts'

/** A delivery that has left the house, with what its carrier will scan. */
export interface Dispatch {
  readonly order: Order
  readonly confirmedMs: number
  readonly trackingNumbers: readonly string[]
}

/** What a day in the warehouse leaves behind. */
export interface WarehouseDay {
  readonly floor: Floor
  readonly dispatches: readonly Dispatch[]
  /** What the ERP tells about it: purchase orders and invoices. */
  readonly erp: readonly Message[]
}

const carrierPrefix = { dhl: 'JD', easypost: 'PN', ltl: 'PRO' } as const
/** What carriers call themselves in confirmation and scan; the parcel and the LTL carrier exist only here. */
export const carrierNames = { dhl: 'dhl', easypost: 'parcelnorth', ltl: 'freightwest' } as const
const suppliers = 4
const cycleCounts = 10

/** The warehouse from the first truck in the morning to the snapshot at night. */
export function planWarehouse(day: DaySeed, orders: readonly Order[], numbering: Numbering): WarehouseDay {
  const floor = new Floor(numbering)
  const live = orders.filter(({ isCancelled }) => !isCancelled)
  const erp = receive(day, live, { floor, numbering })
  const stream = new Stream(`${day.seed} dispatch`)
  const dispatches: Dispatch[] = []
  for (const order of live) dispatches.push(ship(order, { floor, numbering, stream, first: dispatches.length * 2 + 1 }))
  count(day, floor)
  return { floor, dispatches, erp: [...erp, ...dispatches.map((dispatch) => invoiceOf(dispatch, numbering))] }
}

interface Work {
  readonly floor: Floor
  readonly numbering: Numbering
}

/** What the day will need and some more comes in before the first pick, from a few suppliers. */
function receive(day: DaySeed, orders: readonly Order[], { floor, numbering }: Work): Message[] {
  const stream = new Stream(`${day.seed} receipts`)
  const demand = new Map<string, number>()
  for (const { sku, quantity } of orders.flatMap(({ lines }) => lines))
    demand.set(sku, (demand.get(sku) ?? 0) + quantity)
  const wanted = [...demand].sort(([a], [b]) => (a < b ? -1 : 1))
  return Array.from({ length: suppliers }, (_, index) => {
    const lines = wanted
      .filter((_one, at) => at % suppliers === index)
      .map(([sku, quantity], at) => ({ line: String(at + 1), sku, quantity: quantity + stream.between(20, 200) }))
    const purchaseOrderNumber = numbering.document('PU', index + 1)
    const receiptNumber = numbering.document('GR', index + 1)
    const atMs = day.startMs + 6 * hourMs + stream.between(0, 60) * minuteMs
    const told = lines.map((line) => ({ ...line, quantity: String(line.quantity), uom: 'EA' }))
    const receipt = { receiptNumber, purchaseOrderNumber, location: places.in, lines: told }
    floor.tell('receipt.posted', { atMs, id: receiptNumber, data: receipt })
    for (const { line, sku, quantity } of lines) {
      floor.change({ atMs, sku, place: { location: places.in }, by: quantity })
      floor.move({
        atMs: atMs + stream.between(10, 90) * minuteMs,
        movement: 'putaway',
        sku,
        quantity,
        from: { location: places.in },
        to: { location: places.reserve },
        document: { kind: 'putaway', id: receiptNumber, line },
      })
    }
    const issuedMs = day.startMs + 5 * hourMs + index * minuteMs
    return erpEvent(
      'purchase_order.issued',
      issuedMs,
      { purchaseOrderNumber, lines: told },
      { numbering, key: purchaseOrderNumber },
    )
  })
}

/** Picked after the cut-off, confirmed in a burst at the end of its wave. */
function ship(order: Order, work: Work & { readonly stream: Stream; readonly first: number }): Dispatch {
  const { floor, numbering, stream, first } = work
  const { delivery, number, carrier, cutOffMs, lines } = order
  const pickedMs = cutOffMs + stream.between(5, 55) * minuteMs
  const confirmedMs = cutOffMs + 60 * minuteMs + stream.between(0, 900) * 1000
  for (const { line, sku, quantity } of lines) {
    floor.move({
      atMs: pickedMs,
      movement: 'pick',
      sku,
      quantity,
      from: { location: places.reserve },
      to: { location: places.out },
      document: { kind: 'pick', id: delivery, line },
    })
    floor.change({ atMs: confirmedMs, sku, place: { location: places.out }, by: -quantity })
  }
  const parcels = carrier === 'ltl' || stream.chance(0.8) ? 1 : 2
  const trackingNumbers = Array.from({ length: parcels }, (_, at) =>
    numbering.tracking(carrierPrefix[carrier], first + at),
  )
  const data = {
    deliveryNumber: delivery,
    orderNumber: number,
    location: places.out,
    carrier: carrierNames[carrier],
    service: carrier === 'ltl' ? 'standard' : 'next-day',
    packages: trackingNumbers.map((trackingNumber, at) => ({
      sscc: numbering.sscc(first + at),
      trackingNumber,
      weightGrams: String(stream.between(200, carrier === 'ltl' ? 400_000 : 20_000)),
    })),
    lines: lines.map(({ line, sku, quantity }) => ({ line, sku, quantity: String(quantity), uom: 'EA' })),
    freight: {
      amount: `${stream.between(4, carrier === 'ltl' ? 400 : 25)}.${stream.between(10, 99)}`,
      currency: 'EUR',
    },
  }
  floor.tell('shipment.confirmed', { atMs: confirmedMs, id: delivery, data })
  return { order, confirmedMs, trackingNumbers }
}

/** A few broken units at noon, cycle counts in the afternoon, and the whole house at night. */
function count(day: DaySeed, floor: Floor): void {
  const stream = new Stream(`${day.seed} counts`)
  const skus = [...new Set(floor.balances(day.startMs + 9 * hourMs).map(({ sku }) => sku))]
  const reserve = { location: places.reserve }
  const stem = writeInstant(day.startMs).slice(0, 10)
  const id = (kind: string, at: number): string => `${kind}-${stem}-${day.seed}-${at}`
  for (let at = 1; at <= 3 && skus.length > 0; at++) {
    const sku = skus[stream.between(0, skus.length - 1)] ?? ''
    const atMs = day.startMs + 12 * hourMs + at * minuteMs
    const to = { ...reserve, status: 'damaged' }
    floor.move({
      atMs,
      movement: 'damage',
      sku,
      quantity: 1,
      from: reserve,
      to,
      document: { kind: 'damage', id: id('DM', at) },
      reason: 'dropped',
    })
  }
  const first = stream.between(0, Math.max(0, skus.length - 1))
  for (let at = 1; at <= Math.min(cycleCounts, skus.length); at++) {
    const sku = skus[(first + at) % skus.length] ?? ''
    const atMs = day.startMs + 17 * hourMs + at * minuteMs
    const variance = stream.chance(0.2) ? stream.pick([-2, -1, 1]) : 0
    const quantity = floor.balance(sku, reserve, atMs) + variance
    floor.change({ atMs, sku, place: reserve, by: variance })
    const data = {
      document: id('CC', at),
      lines: [{ line: '1', sku, ...reserve, status: 'available', quantity: String(quantity), uom: 'EA' }],
    }
    floor.tell('count', { atMs, id: data.document, data })
  }
  const atMs = day.startMs + 22 * hourMs
  const lines = floor.balances(atMs).map(({ quantity, ...rest }, at) => ({
    line: String(at + 1),
    ...rest,
    quantity: String(quantity),
    uom: 'EA',
  }))
  const locations = [places.in, places.reserve, places.out]
  floor.tell('snapshot', {
    atMs,
    id: id('SN', 1),
    data: { document: id('SN', 1), complete: true, locations, lines },
  })
}

function invoiceOf({ order, confirmedMs }: Dispatch, numbering: Numbering): Message {
  const invoiceNumber = invoiceNumberOf(order.delivery)
  const data = { invoiceNumber, deliveryNumber: order.delivery, orderNumber: order.number }
  return erpEvent('invoice.pending_pod', confirmedMs + 10 * minuteMs, data, { numbering, key: order.number })
}

function erpEvent(
  type: string,
  atMs: number,
  data: Message['content'],
  { numbering, key }: { numbering: Numbering; key: string },
): Message {
  const content = { eventId: numbering.eventId(type, key), type, occurredAt: writeInstant(atMs), revision: 1, data }
  return { atMs, sender: 'erp', content }
}
