import { add } from '../base/decimal.ts'
import { readInstant, writeInstant } from '../base/instant.ts'
import type { Happening } from './day.ts'
import { demandOf } from './demand.ts'
import { type HarborLine, harborLocation } from './harbor-documents.ts'
import { hourMs, minuteMs } from './message.ts'
import { Numbering } from './numbering.ts'
import { Stream } from './stream.ts'

/** Goods that come into the warehouse at the harbor, at a second of the simulated day. */
export interface HarborHappening {
  readonly second: number
  readonly receipt: string
  readonly purchaseOrder: string
  readonly lines: readonly HarborLine[]
}

const receipts = 2
const deliveries = 6

/**
 * What happens at the harbor on a day: in the morning what the day needs and some more comes in, then the ERP releases deliveries to it. The same
 * seed and date are the same day; `numbers` tells apart days that are the same.
 */
export function planHarbor(seed: number, date: string, numbers = seed): readonly (Happening | HarborHappening)[] {
  const startMs = readInstant(`${date}T00:00:00Z`) ?? 0
  const stream = new Stream(`${seed} harbor`)
  const numbering = new Numbering({ name: 'harbor', seed: numbers, startMs })
  const wanted = Array.from({ length: deliveries }, () => planLines(stream))
  const released = wanted.map((lines, at): Happening => {
    const second = (8 * hourMs + stream.between(0, 480) * minuteMs) / 1000
    const delivery = numbering.document('HD', at + 1)
    const told = lines.map((line, index) => ({ line: String((index + 1) * 10), ...line, uom: 'EA' }))
    const body = {
      eventId: numbering.eventId('delivery.released', delivery),
      type: 'delivery.released',
      occurredAt: writeInstant(startMs + second * 1000),
      revision: 1,
      data: { deliveryNumber: delivery, location: harborLocation, carrier: 'freightwest', lines: told },
    }
    return { second, connection: 'erp', body }
  })
  const stocked = demandOf(wanted.flat()).map(({ sku, quantity }) => ({
    sku,
    quantity: add(quantity, String(stream.between(20, 90))),
  }))
  const received = Array.from({ length: receipts }, (_, at) => ({
    second: (6 * hourMs + stream.between(0, 30) * minuteMs) / 1000,
    // A 944 has twelve characters for it.
    receipt: `${date.slice(2).replaceAll('-', '')}${String(numbers % 100_000).padStart(5, '0')}${at + 1}`,
    purchaseOrder: numbering.document('HP', at + 1),
    lines: stocked.filter((_one, index) => index % receipts === at),
  }))
  return [...received.filter(({ lines }) => lines.length > 0), ...released]
}

function planLines(stream: Stream): readonly HarborLine[] {
  return Array.from({ length: stream.between(1, 3) }, (_, at) => ({
    sku: `HB-${String(stream.between(1, 9) + at * 10).padStart(3, '0')}`,
    quantity: String(stream.between(1, 40)),
  }))
}
