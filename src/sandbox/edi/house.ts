import { setTimeout as sleep } from 'node:timers/promises'
import { add, multiply } from '../../base/decimal.ts'
import { writeInstant } from '../../base/instant.ts'
import type { Happening } from '../day.ts'
import { invoiceNumberOf } from '../erp-news.ts'
import { places } from '../floor.ts'
import { freightProof, freightScan } from '../freight.ts'
import type { Scan } from '../journey.ts'
import { carrierNames } from '../warehouse.ts'
import { depositLocation, fleet, type Line, type Subject } from './documents.ts'

type News = Omit<Happening, 'second'>

/** Who carries what for whom: only the retailer wants to hear of every scan. */
const carriers = {
  NORTHGATE: { connection: 'fleet', name: fleet.name },
  BALTICA: { connection: 'ltl', name: carrierNames.ltl },
} as const

/** What a document of a partner asks our own systems to do. */
export interface Asked extends Subject {
  readonly kind: 'order' | 'delivery' | 'load' | 'receipt'
  readonly partner: 'NORTHGATE' | 'BALTICA'
  readonly trackingNumber: string
}

const told = (connection: News['connection'], type: string, data: Readonly<Record<string, unknown>>): News => {
  const occurredAt = writeInstant(Date.now())
  const key = [type, data['orderNumber'], data['deliveryNumber'], data['receiptNumber'], data['invoiceNumber']]
  return {
    connection,
    body: { eventId: key.filter((one) => typeof one === 'string').join(' '), type, occurredAt, data },
  }
}

/**
 * Our own systems around what partners order by EDI: the ERP takes an order, the warehouse ships it, the fleet carries it, the ERP bills it. `tell` is how they
 * tell the hub; `pauseMs` is how long each step takes.
 */
export class House {
  readonly #tell: (news: News) => Promise<void>
  readonly #pauseMs: number
  #working = 0

  constructor(parts: { readonly tell: (news: News) => Promise<void>; readonly pauseMs: number }) {
    this.#tell = parts.tell
    this.#pauseMs = parts.pauseMs
  }

  get underway(): number {
    return this.#working
  }

  /** Does what was asked for, to its end. */
  async serve(asked: Asked): Promise<void> {
    this.#working++
    try {
      if (asked.kind === 'receipt') return await this.#tell(receiptNews(asked))
      if (asked.kind === 'load') await this.#tell(acceptedLoad(asked))
      for (const news of asked.kind === 'order' ? orderNews(asked) : []) await this.#tell(news)
      await sleep(this.#pauseMs)
      for (const news of asked.kind === 'load' ? [] : shipmentNews(asked)) await this.#tell(news)
      await this.#carry(asked)
    } finally {
      this.#working--
    }
  }

  async #carry({ trackingNumber, partner }: Asked): Promise<void> {
    const { connection, name: carrier } = carriers[partner]
    const scans: Scan[] = []
    for (const kind of ['pickup', 'delivered'] as const) {
      await sleep(this.#pauseMs)
      scans.push({ atMs: Date.now(), kind, city: kind === 'pickup' ? 'Midvale' : 'Northgate' })
      const news = { eventId: `${kind} ${trackingNumber}`, carrier, trackingNumber, scans: [...scans] }
      await this.#tell({ connection, body: freightScan(news) })
    }
    const proof = { signedBy: 'J. Doe', atMs: Date.now(), toldMs: Date.now() }
    const news = { eventId: `proof ${trackingNumber}`, carrier, trackingNumber, scans, proof }
    await this.#tell({ connection, body: freightProof(news) })
  }
}

/** The ERP takes the order. */
function orderNews(asked: Asked): readonly News[] {
  const order = orderOf(asked)
  return ['order.created', 'order.accepted'].map((type) => told('erp', type, order))
}

/** Where goods of ours leave, and those that a partner has put in our care. */
export function shippedFrom(kind: Asked['kind']): string {
  return kind === 'delivery' ? depositLocation : places.partners
}

/** The goods of an order, or of a delivery that the partner has released itself, leave the house. */
function shipmentNews(asked: Asked): readonly News[] {
  const { kind, number, trackingNumber, partner, lines } = asked
  const isOrder = kind === 'order'
  const deliveryNumber = isOrder ? `D${number}` : number
  const about = {
    deliveryNumber,
    location: shippedFrom(kind),
    carrier: carriers[partner].name,
    customer: partner,
    lines: numbered(lines),
  }
  const confirmed = { ...about, packages: [{ trackingNumber, weightGrams: '12000' }] }
  if (!isOrder) return [told('wms', 'shipment.confirmed', confirmed)]
  const { orderNumber, customerPurchaseOrder, currency } = orderOf(asked)
  const order = { orderNumber, customerPurchaseOrder }
  const invoice = {
    ...order,
    invoiceNumber: invoiceNumberOf(deliveryNumber),
    deliveryNumber,
    customer: partner,
    currency,
    total: lines.reduce((sum, { quantity, price }) => add(sum, multiply(quantity, price)), '0'),
    lines: numbered(lines),
  }
  return [
    told('erp', 'delivery.released', { ...about, ...order }),
    told('wms', 'shipment.confirmed', { ...confirmed, ...order }),
    told('erp', 'invoice.pending_pod', invoice),
  ]
}

function acceptedLoad({ number }: Asked): News {
  return told('erp', 'shipment.tender_accepted', { deliveryNumber: number, carrier: fleet.name })
}

function receiptNews({ number, lines }: Asked): News {
  return told('wms', 'receipt.posted', {
    receiptNumber: `G${number}`,
    purchaseOrderNumber: number,
    location: places.partners,
    lines: numbered(lines).map((line) => ({ ...line, status: 'available' })),
  })
}

function orderOf({ number, partner, on, lines }: Asked) {
  return {
    orderNumber: `SO${number}`,
    customerPurchaseOrder: number,
    customer: partner,
    orderDate: on,
    currency: 'EUR',
    lines: numbered(lines),
  }
}

/** As the ERP and the warehouse write lines. */
export function numbered<T extends Pick<Line, 'sku' | 'quantity'>>(
  lines: readonly T[],
): readonly (T & { readonly line: string; readonly uom: string })[] {
  return lines.map((line, at) => ({ ...line, line: String(at + 1), uom: 'EA' }))
}
