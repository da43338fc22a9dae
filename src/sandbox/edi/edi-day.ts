import { add } from '../../base/decimal.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Happening } from '../day.ts'
import { demandOf } from '../demand.ts'
import { hourMs, minuteMs } from '../message.ts'
import { Numbering } from '../numbering.ts'
import { Stream } from '../stream.ts'
import { type Line, loadTender, order, purchaseOrder, type Subject, shippingOrder } from './documents.ts'
import { type Asked, numbered, shippedFrom } from './house.ts'
import type { Told } from './trading-partner.ts'

/** A partner sends a document, at a second of the simulated day. */
export interface EdiHappening {
  readonly second: number
  readonly partner: 'northgate' | 'baltica'
  readonly told: Told
}

/** How many of each a day has. */
const counts = { orders: 4, deliveries: 3, loads: 2, foreign: 2, purchases: 2 }

/**
 * What begins with partners by EDI on a day: orders, shipping orders and loads of the retailer, orders of the trading house, and orders of ours
 * to it; before, what they need comes in. The same seed and date are the same day; `numbers` tells apart days that are the same.
 */
export function planEdi(seed: number, date: string, numbers = seed): readonly (Happening | EdiHappening)[] {
  const startMs = readInstant(`${date}T00:00:00Z`) ?? 0
  const stream = new Stream(`${seed} partners`)
  const numbering = new Numbering({ name: 'partners', seed: numbers, startMs })
  const lines = (): readonly Line[] =>
    Array.from({ length: stream.between(1, 3) }, (_, at) => ({
      sku: `NG-${String(stream.between(1, 9) + at * 10).padStart(3, '0')}`,
      quantity: String(stream.between(1, 24)),
      price: `${stream.between(3, 40)}.${stream.pick(['25', '50', '95'])}`,
    }))
  const moment = (): number => (7 * hourMs + stream.between(0, 540) * minuteMs) / 1000
  let count = 0
  const asked = (kind: Asked['kind'], partner: Asked['partner'], prefix: string): Asked => {
    const at = ++count
    return {
      ...{ kind, partner, lines: lines(), on: date },
      number: numbering.document(prefix, at),
      trackingNumber: numbering.tracking('MR', at),
    }
  }
  const many = (length: number, make: () => Happening | EdiHappening) => Array.from({ length }, make)
  const sends = (one: Asked, set: string, document: Told['document']): EdiHappening => {
    const partner = one.partner === 'BALTICA' ? 'baltica' : 'northgate'
    return { second: moment(), partner, told: { set, document, asks: one } }
  }
  const bought = (): Happening => {
    const one = asked('receipt', 'BALTICA', 'BP')
    const second = moment()
    return { second, connection: 'erp', body: purchaseNews(one, writeInstant(startMs + second * 1000), numbering) }
  }
  const happenings = [
    ...many(counts.orders, () => sent(asked('order', 'NORTHGATE', 'NO'), '850', purchaseOrder)),
    ...many(counts.deliveries, () => sent(asked('delivery', 'NORTHGATE', 'ND'), '940', shippingOrder)),
    ...many(counts.loads, () => {
      const one = asked('load', 'NORTHGATE', 'NL')
      return sends(one, '204', loadTender(one, one.trackingNumber))
    }),
    ...many(counts.foreign, () => sent(asked('order', 'BALTICA', 'BO'), 'ORDERS', order)),
    ...many(counts.purchases, bought),
  ]
  const asks = happenings.flatMap((one) => ('told' in one && one.told.asks !== undefined ? [one.told.asks] : []))
  return [...stockUp(asks, { startMs, stream, numbering }), ...happenings]

  function sent(one: Asked, set: string, write: (about: Subject) => Told['document']): EdiHappening {
    return sends(one, set, write(one))
  }
}

/** What orders and shipping orders take from their place is there before they come, and some more. */
function stockUp(
  asks: readonly Asked[],
  { startMs, stream, numbering }: { startMs: number; stream: Stream; numbering: Numbering },
): readonly Happening[] {
  const second = (6 * hourMs) / 1000
  return (['order', 'delivery'] as const).flatMap((kind, at) => {
    const lines = demandOf(asks.filter((one) => one.kind === kind).flatMap((one) => one.lines))
    if (lines.length === 0) return []
    const stocked = lines.map(({ sku, quantity }) => ({ sku, quantity: add(quantity, String(stream.between(20, 90))) }))
    const receiptNumber = numbering.document('NR', at + 1)
    const body = {
      eventId: numbering.eventId('receipt.posted', receiptNumber),
      type: 'receipt.posted',
      occurredAt: writeInstant(startMs + second * 1000),
      data: { receiptNumber, location: shippedFrom(kind), lines: numbered(stocked) },
    }
    return [{ second, connection: 'wms', body }]
  })
}

/** The ERP orders goods of the trading house. */
function purchaseNews({ number, on, lines }: Asked, occurredAt: string, numbering: Numbering) {
  return {
    eventId: numbering.eventId('purchase_order.issued', number),
    type: 'purchase_order.issued',
    occurredAt,
    revision: 1,
    data: { purchaseOrderNumber: number, supplier: 'BALTICA', currency: 'EUR', orderDate: on, lines: numbered(lines) },
  }
}
