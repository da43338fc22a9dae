import { seeded } from './random.ts'

/** Something that one of the simulated systems tells the hub, at a second of the simulated day. */
export interface Happening {
  readonly second: number
  readonly connection: 'shop' | 'erp' | 'wms' | 'easypost' | 'ltl' | 'dhl'
  readonly body: unknown
}

export interface Scenario {
  readonly orders: number
  /** Share of shipments with trouble on the way. */
  readonly trouble: number
  readonly about: string
}

export const scenarios = {
  'carrier-storm': {
    orders: 400,
    trouble: 0.6,
    about: 'Weather: every second shipment is late, attempted or damaged.',
  },
  'peak-day': { orders: 2000, trouble: 0.08, about: 'Ten times the orders of a quiet day.' },
  'quiet-day': { orders: 200, trouble: 0.08, about: 'A normal Tuesday.' },
} as const satisfies Readonly<Record<string, Scenario>>
export type ScenarioName = keyof typeof scenarios

const cutOffs = [10 * 3600, 14 * 3600]
const skus = Array.from({ length: 40 }, (_, index) => `SKU-${String(1000 + index)}`)
const cities = ['AUSTIN', 'DENVER', 'OMAHA', 'TULSA', 'RENO', 'BOISE']

/** A whole day of a logistics network, the same for the same seed: orders in waves, goods in, picks and confirmations at the cut-offs, scans. */
export function plausibleDay(name: ScenarioName, seed: number, dateText: string): Happening[] {
  const scenario: Scenario = scenarios[name]
  const day = new Day(scenario, seed, dateText)
  day.goodsIn()
  for (let n = 0; n < scenario.orders; n++) day.order(n)
  day.counts()
  return day.happenings.toSorted((a, b) => a.second - b.second)
}

class Day {
  readonly happenings: Happening[] = []
  readonly #random: () => number
  readonly #scenario: Scenario
  readonly #date: string
  readonly #tag: string

  constructor(scenario: Scenario, seed: number, dateText: string) {
    this.#scenario = scenario
    this.#random = seeded(seed)
    this.#date = dateText
    this.#tag = `${dateText.replaceAll('-', '')}${seed}`
  }

  goodsIn(): void {
    skus.forEach((sku, index) => {
      const receiptNumber = `GR${this.#tag}${index}`
      const lines = [{ line: '1', sku, quantity: String(500 + this.#whole(500)), uom: 'EA' }]
      this.#warehouse(5 * 3600 + this.#whole(3600), `receipt-${receiptNumber}`, 'receipt.posted', {
        receiptNumber,
        purchaseOrderNumber: `PO${this.#tag}${index}`,
        location: 'W1',
        lines,
      })
    })
  }

  order(n: number): void {
    const at = 6 * 3600 + this.#whole(8 * 3600)
    const orderNumber = `SO${this.#tag}${n}`
    const lines = Array.from({ length: 1 + this.#whole(3) }, (_, index) => ({
      line: String(index + 1),
      sku: this.#pick(skus),
      quantity: String(1 + this.#whole(4)),
      uom: 'EA',
    }))
    this.#tell(at, 'shop', {
      eventId: `order-${orderNumber}`,
      type: 'order.created',
      occurredAt: this.#time(at),
      revision: '1',
      data: { orderNumber, customer: `C${this.#whole(50)}`, customerPurchaseOrder: `PO-${n}`, lines },
    })
    const cutOff = cutOffs.find((one) => one > at) ?? 18 * 3600
    const deliveryNumber = `${80_000_000 + n}-${this.#tag}`
    this.#tell(at + 60, 'erp', {
      eventId: `delivery-${deliveryNumber}`,
      type: 'delivery.created',
      occurredAt: this.#time(at + 60),
      revision: '1',
      data: { deliveryNumber, orderNumber, lines },
    })
    this.#ship({ n, at: cutOff + this.#whole(1800), deliveryNumber, orderNumber, lines })
  }

  counts(): void {
    for (let n = 0; n < 8; n++) {
      const at = 12 * 3600 + n * 600
      const lines = [
        { line: '1', sku: this.#pick(skus), location: 'W1', quantity: String(300 + this.#whole(400)), uom: 'EA' },
      ]
      this.#warehouse(at, `count-${this.#tag}-${n}`, 'count', { document: `CC${this.#tag}${n}`, lines })
    }
  }

  #ship(shipment: {
    n: number
    at: number
    deliveryNumber: string
    orderNumber: string
    lines: readonly unknown[]
  }): void {
    const { n, at, deliveryNumber, orderNumber, lines } = shipment
    const dice = this.#random()
    const connection = dice < 0.6 ? 'easypost' : dice < 0.85 ? 'dhl' : 'ltl'
    const carrier = connection === 'easypost' ? 'ups' : connection === 'dhl' ? 'dhl' : 'acme_freight'
    const trackingNumber = `${connection === 'dhl' ? 'JD01' : connection === 'ltl' ? 'PRO' : 'EZ'}${this.#tag}${String(n).padStart(5, '0')}`
    const packages = [{ sscc: sscc(n), trackingNumber, weightGrams: String(500 + this.#whole(9000)) }]
    this.#warehouse(at, `ship-${deliveryNumber}`, 'shipment.confirmed', {
      deliveryNumber,
      orderNumber,
      location: 'W1',
      carrier,
      service: 'ground',
      packages,
      lines,
      freight: { amount: (5 + this.#whole(2000) / 100).toFixed(2), currency: 'USD' },
    })
    const scans = this.#journey(at)
    scans.forEach((scan, index) => {
      const told = scan.at + this.#whole(300)
      const known = scans.slice(0, index + 1)
      this.#tell(
        told,
        connection,
        connection === 'dhl'
          ? push(trackingNumber, known, (second) => this.#time(second))
          : tracker({
              trackingNumber,
              carrier,
              scans: known,
              event: `${trackingNumber}-${index}`,
              time: (second) => this.#time(second),
            }),
      )
    })
  }

  #journey(from: number): Scan[] {
    const city = this.#pick(cities)
    const scans: Scan[] = [
      { at: from + 600, status: 'pre_transit', detail: 'label_created', dhl: 'pre-transit', city: 'SPRINGFIELD' },
      {
        at: from + 5400,
        status: 'in_transit',
        detail: 'received_at_origin_facility',
        dhl: 'transit',
        city: 'SPRINGFIELD',
      },
      { at: from + 14_400, status: 'in_transit', detail: 'arrived_at_facility', dhl: 'transit', city },
    ]
    const last = from + 21_600
    if (this.#random() < this.#scenario.trouble)
      scans.push({
        at: last - 1800,
        status: 'failure',
        detail: this.#pick(['delayed', 'damaged', 'address_correction']),
        dhl: 'failure',
        city,
      })
    scans.push({ at: last, status: 'out_for_delivery', detail: 'out_for_delivery', dhl: 'transit', city })
    scans.push({
      at: last + 3600 + this.#whole(7200),
      status: 'delivered',
      detail: 'arrived_at_destination',
      dhl: 'delivered',
      city,
    })
    return scans
  }

  #warehouse(second: number, eventId: string, type: string, data: unknown): void {
    this.#tell(second, 'wms', { eventId, type, occurredAt: this.#time(second), data })
  }

  #tell(second: number, connection: Happening['connection'], body: unknown): void {
    this.happenings.push({ second, connection, body })
  }

  #time(second: number): string {
    return new Date(Date.parse(`${this.#date}T00:00:00Z`) + second * 1000).toISOString()
  }

  #whole(below: number): number {
    return Math.floor(this.#random() * below)
  }

  #pick<T>(from: readonly T[]): T {
    const found = from[this.#whole(from.length)]
    if (found === undefined) throw new Error('nothing to pick from')
    return found
  }
}

interface Scan {
  readonly at: number
  readonly status: string
  readonly detail: string
  readonly dhl: string
  readonly city: string
}

function tracker(input: {
  trackingNumber: string
  carrier: string
  scans: readonly Scan[]
  event: string
  time: (second: number) => string
}): unknown {
  const { trackingNumber, carrier, scans, event, time } = input
  const details = scans.map(({ at, status, detail, city }) => ({
    object: 'TrackingDetail',
    message: detail,
    status,
    status_detail: detail,
    datetime: time(at),
    tracking_location: { object: 'TrackingLocation', city, country: 'US' },
  }))
  const status = scans.at(-1)?.status
  return {
    id: `evt_${event}`,
    object: 'Event',
    description: 'tracker.updated',
    result: {
      id: `trk_${trackingNumber}`,
      object: 'Tracker',
      tracking_code: trackingNumber,
      carrier,
      status,
      tracking_details: details,
    },
  }
}

function push(id: string, scans: readonly Scan[], time: (second: number) => string): unknown {
  const events = scans.map(({ at, dhl, detail, city }) => ({
    timestamp: time(at),
    statusCode: dhl,
    status: detail,
    location: { address: { addressLocality: city, countryCode: 'US' } },
  }))
  return { shipments: [{ id, service: 'parcel', status: { statusCode: scans.at(-1)?.dhl }, events }] }
}

/** SSCC with the GS1 documentation prefix 0614141. */
function sscc(serial: number): string {
  const digits = `00614141${String(serial).padStart(9, '0')}`
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(digits[i]) * (i % 2 === 0 ? 3 : 1)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
