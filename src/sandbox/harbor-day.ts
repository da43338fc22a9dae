import { readInstant, writeInstant } from '../base/instant.ts'
import type { Happening } from './day.ts'
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

/** What begins at the harbor on a day: receipts of its own, and deliveries that the ERP releases to it. The same seed and date are the same day. */
export function planHarbor(seed: number, date: string): readonly (Happening | HarborHappening)[] {
  const startMs = readInstant(`${date}T00:00:00Z`) ?? 0
  const stream = new Stream(`${seed} harbor`)
  const numbering = new Numbering({ name: 'harbor', seed, startMs })
  const lines = (): readonly HarborLine[] =>
    Array.from({ length: stream.between(1, 3) }, (_, at) => ({
      sku: `HB-${String(stream.between(1, 9) + at * 10).padStart(3, '0')}`,
      quantity: String(stream.between(1, 40)),
    }))
  const received = Array.from({ length: receipts }, (_, at) => ({
    second: (6 * hourMs + stream.between(0, 120) * minuteMs) / 1000,
    receipt: numbering.document('HR', at + 1),
    purchaseOrder: numbering.document('HP', at + 1),
    lines: lines(),
  }))
  const released = Array.from({ length: deliveries }, (_, at): Happening => {
    const second = (7 * hourMs + stream.between(0, 540) * minuteMs) / 1000
    const delivery = numbering.document('HD', at + 1)
    const told = lines().map(({ sku, quantity }, index) => ({
      line: String((index + 1) * 10),
      sku,
      quantity,
      uom: 'EA',
    }))
    const body = {
      eventId: numbering.eventId('delivery.released', delivery),
      type: 'delivery.released',
      occurredAt: writeInstant(startMs + second * 1000),
      revision: 1,
      data: { deliveryNumber: delivery, location: harborLocation, carrier: 'freightwest', lines: told },
    }
    return { second, connection: 'erp', body }
  })
  return [...received, ...released]
}
