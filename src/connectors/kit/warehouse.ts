import type { Assertion, Reference } from '../../model/fact.ts'
import type { DocumentReport, EventTime, ShipmentReport } from '../../model/report.ts'
import { rowNames } from './row-name.ts'
import { stated } from './stated.ts'
import { movementAssertion } from './stock.ts'

/** A line of a warehouse's document. */
export interface WarehouseLine {
  readonly line: string
  /** The sender has not numbered it: `line` is its place in the document, which another export of the document may change. */
  readonly isUnnumbered?: true
  /** What it is packed in, as its sender names that: it tells rows without numbers apart, and is no place of stock. */
  readonly packedIn?: string
  readonly sku: string
  readonly quantity: string
  readonly uom: string
  readonly lot?: string
  readonly serial?: string
  readonly status?: string
}

/** The number of a line as its sender told it, else its place in the document. `index` counts from 0. */
export function numberOf(told: string | undefined, index: number): Pick<WarehouseLine, 'line' | 'isUnnumbered'> {
  return told === undefined ? { line: String(index + 1), isUnnumbered: true } : { line: told }
}

/** What a warehouse says becomes of what it did not ship: it ships it later, or not at all. */
export type Rest = 'backordered' | 'cancelled'

/** What a warehouse took from its places of one line; zero where nothing was there. */
export interface PickedLine {
  /** Of the delivery. Absent: the warehouse names only the item. */
  readonly line?: string
  readonly sku: string
  readonly quantity: string
  readonly uom: string
  readonly lot?: string
  readonly serials?: readonly string[]
  /** How much was wanted of it, as the warehouse says. */
  readonly ordered?: string
  /** Why the rest is missing: its own code, after the name of its list. */
  readonly reason?: string
  /** Absent: it does not say. */
  readonly rest?: Rest
}

/** Who numbers what: the warehouse its documents, another system orders and deliveries. */
export interface WarehouseNumbers {
  readonly system: string
  readonly orderSystem: string
}

/** What left a warehouse for one delivery. */
export interface GoodsIssue {
  readonly delivery: string
  /** Which confirmation of the delivery it is, from 1. */
  readonly number: number
  /**
   * What the warehouse calls what left together, where it names it and does not count: its shipment, a bill of lading or the number of its
   * document. The same name is the same confirmation, told again.
   */
  readonly shipment?: string | undefined
  readonly order?: string | undefined
  readonly location: string
  readonly carrier: string
  readonly service?: string | undefined
  readonly packages: NonNullable<ShipmentReport['packages']>
  /** What the carrier follows the packages together by. */
  readonly master?: string | undefined
  readonly lines: readonly WarehouseLine[]
  /** Where the warehouse says with it what it did not find. */
  readonly picked?: readonly PickedLine[]
  readonly freight?: { readonly amount: string; readonly currency: string } | undefined
  readonly at: EventTime
}

/**
 * The goods have left: the delivery is staged at least, its stock has gone to the customer, and the shipment has these packages. What
 * leaves later, or again after it came back, is a confirmation with a number of its own. The warehouse knows which order, delivery and
 * tracking numbers belong together, so it may join what came apart.
 */
export function goodsIssue(issue: GoodsIssue, numbers: WarehouseNumbers): Assertion[] {
  const { delivery, order, location, carrier, service, packages, master, picked, freight, at } = issue
  const name = confirmationName(issue)
  const lines = withSequences(issue.lines)
  const marks: Reference[] = packages.flatMap(({ trackingNumber, sscc }) => [
    ...(trackingNumber === undefined ? [] : [{ scheme: 'tracking_number', issuer: carrier, value: trackingNumber }]),
    ...(sscc === undefined ? [] : [{ scheme: 'sscc', value: sscc }]),
  ])
  if (master !== undefined) marks.unshift({ scheme: 'tracking_number', issuer: carrier, value: master })
  const own: Reference = { scheme: 'delivery', issuer: numbers.orderSystem, value: delivery }
  const masterNumbers = master === undefined ? undefined : [master]
  const shipment: ShipmentReport = {
    event: 'packed',
    carrier,
    packages,
    direction: 'outbound',
    ...stated({ service, masterNumbers }),
  }
  const confirmation = {
    location,
    carrier,
    lines: lines.map(told),
    trackingNumbers: [...new Set(packages.flatMap(({ trackingNumber }) => trackingNumber ?? master ?? []))],
    confirmedAt: at.at,
    ...stated({ freight, masterNumber: master }),
  }
  const staged: DocumentReport = {
    reached: 'staged',
    object: {
      deliveryNumber: delivery,
      ...stated({ orderNumber: order, picked, pickedWith: picked === undefined ? undefined : name }),
    },
    parts: { confirmations: { [name]: confirmation } },
  }
  return [
    // One parcel of one delivery is one shipment; the order is not among the references, because an order may have many.
    {
      type: 'shipment.reported',
      about: { entity: 'shipment', references: [...marks, own], unknown: 'create', authoritative: true },
      occurredAt: at.at,
      data: shipment,
    },
    {
      type: 'delivery.reported',
      about: { entity: 'delivery', references: [own], unknown: 'create' },
      occurredAt: at.at,
      data: staged,
    },
    ...movements(lines, {
      type: 'ship',
      at,
      location,
      document: { system: numbers.system, kind: 'delivery', id: delivery },
      ...(name === '1' ? {} : { part: `c${name}` }),
      references: [own],
    }),
  ]
}

/** A number where the warehouse counts; a name is told apart from every number. */
function confirmationName({ number, shipment }: Pick<GoodsIssue, 'number' | 'shipment'>): string {
  const name = shipment?.replaceAll(/\s+/g, '').toUpperCase() ?? ''
  return name === '' ? String(number) : `s-${name}`
}

/** Goods were taken from their places, line by line: fewer than were wanted where they were not there. The newest word counts. */
export function goodsPicked(
  told: {
    readonly delivery: string
    readonly order?: string | undefined
    readonly picked: readonly PickedLine[]
    /** As of a goods issue: the word is only about what is told with it. Absent: about the delivery as a whole. */
    readonly shipment?: string | undefined
    readonly at: EventTime
  },
  { orderSystem }: Pick<WarehouseNumbers, 'orderSystem'>,
): Assertion<DocumentReport> {
  const { delivery, order, picked, shipment, at } = told
  const pickedWith = shipment === undefined ? undefined : confirmationName({ number: 1, shipment })
  return {
    type: 'delivery.reported',
    about: {
      entity: 'delivery',
      references: [{ scheme: 'delivery', issuer: orderSystem, value: delivery }],
      unknown: 'create',
    },
    occurredAt: at.at,
    data: {
      reached: 'picked',
      object: { deliveryNumber: delivery, ...stated({ orderNumber: order, pickedWith }), picked },
    },
  }
}

/** What came into a warehouse under one receipt. */
export interface GoodsReceipt {
  readonly receipt: string
  readonly location: string
  readonly purchaseOrder?: string | undefined
  /** Number of the notice that announced the goods. */
  readonly notice?: string | undefined
  readonly lines: readonly WarehouseLine[]
  readonly at: EventTime
}

/** Goods came in: the receipt is posted, and the stock is there. */
export function goodsReceipt(received: GoodsReceipt, { system }: WarehouseNumbers): Assertion[] {
  const { receipt, location, purchaseOrder, notice, at } = received
  const lines = withSequences(received.lines)
  const object = {
    receiptNumber: receipt,
    location,
    lines: lines.map(told),
    receivedAt: at.at,
    ...(purchaseOrder === undefined ? {} : { purchaseOrderNumber: purchaseOrder }),
    ...(notice === undefined ? {} : { asnNumber: notice }),
  }
  const report: DocumentReport = { status: 'posted', object }
  return [
    {
      type: 'goods_receipt.reported',
      about: {
        entity: 'goods_receipt',
        references: [{ scheme: 'goods_receipt', issuer: system, value: receipt }],
        unknown: 'create',
      },
      occurredAt: at.at,
      data: report,
    },
    ...movements(lines, { type: 'receipt', at, location, document: { system, kind: 'goods_receipt', id: receipt } }),
  ]
}

interface Moved {
  readonly type: 'receipt' | 'ship'
  readonly at: EventTime
  readonly location: string
  readonly document: { readonly system: string; readonly kind: string; readonly id: string }
  /** Which confirmation of the document, where it is not the first: the same line may leave in several. */
  readonly part?: string
  readonly references?: readonly Reference[]
}

function movements(lines: readonly NumberedLine[], about: Moved): Assertion[] {
  const { type, at, location, document, part, references } = about
  const unnumbered = lines.filter(({ isUnnumbered }) => isUnnumbered)
  const named = rowNames(unnumbered)
  const names = new Map(unnumbered.map((one, index) => [one, named[index]]))
  return lines.map((one) => {
    const { line, sequence = names.get(one), isUnnumbered, sku, quantity, uom, lot, serial, status } = one
    const place = { location, ...stated({ status }) }
    return movementAssertion({
      type,
      sku,
      quantity,
      uom,
      effectiveAt: at,
      ...(type === 'ship' ? { from: place } : { to: place }),
      document: { ...document, ...(isUnnumbered ? {} : { line }), ...stated({ sequence: joined(part, sequence) }) },
      ...(references === undefined ? {} : { references }),
      ...stated({ lot, serial }),
    })
  })
}

function joined(part: string | undefined, sequence: string | undefined): string | undefined {
  return part === undefined || sequence === undefined ? (part ?? sequence) : `${part} ${sequence}`
}

/** A line as the document keeps it: what only names its movement is left out. */
export function told<T extends WarehouseLine>(one: T): Omit<T, 'isUnnumbered' | 'packedIn'> {
  const { isUnnumbered: _, packedIn: _in, ...line } = one
  return line
}

interface NumberedLine extends WarehouseLine {
  /** Set where one line of the document comes in several lots or serials: each is a movement of its own. */
  readonly sequence?: string
}

/** Named after what tells them apart, so that the same document with its lines in another order makes the same movements. */
function withSequences(lines: readonly WarehouseLine[]): NumberedLine[] {
  const counts = new Map<string, number>()
  for (const { line, isUnnumbered } of lines) if (!isUnnumbered) counts.set(line, (counts.get(line) ?? 0) + 1)
  const named = new Map<string, number>()
  return lines.map((one) => {
    if (one.isUnnumbered || counts.get(one.line) === 1) return one
    const name = [one.lot, one.serial, one.status].filter((part) => part !== undefined).join(' ')
    const before = named.get(`${one.line} ${name}`) ?? 0
    named.set(`${one.line} ${name}`, before + 1)
    const sequence = [name, ...(before === 0 && name !== '' ? [] : [String(before + 1)])].filter((part) => part !== '')
    return { ...one, sequence: sequence.join(' ') }
  })
}
