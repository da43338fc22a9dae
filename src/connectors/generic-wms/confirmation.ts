import { InterlineError } from '../../base/errors.ts'
import type { Assertion, Reference } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { DocumentReport, EventTime, ShipmentReport } from '../../model/report.ts'
import type { Reading } from '../kit/reading.ts'
import { movementAssertion, readQuantity, said } from './assertion.ts'
import type { Settings } from './settings.ts'

interface Line {
  readonly line: string
  /** Set where one line of the document comes in several lots or serials: each is a movement of its own. */
  readonly sequence?: string
  readonly sku: string
  readonly quantity: string
  readonly uom: string
  readonly lot?: string
  readonly serial?: string
  readonly status?: string
}

/**
 * The goods have left: the delivery is staged at least, its stock has gone to the customer, and the shipment has these packages. What
 * leaves later, or again after it came back, is a confirmation with a number of its own. The warehouse knows which order, delivery and tracking numbers belong together, so it may join what came apart.
 */
export function confirmed(data: Reading, at: EventTime, settings: Settings): Assertion[] {
  const delivery = data.at('deliveryNumber').text(100)
  const number = readNumber(data.at('confirmation'))
  const order = data.at('orderNumber').optionalText(100)
  const location = data.at('location').text(60)
  const carrier = data.at('carrier').text(60).toLowerCase()
  const service = data.at('service').optionalText(60)
  const packages = data
    .at('packages')
    .list(500)
    .map((one) => readPackage(one))
  const lines = readLines(data)
  const freight = data.at('freight')
  const numbers: Reference[] = packages.flatMap(({ trackingNumber, sscc }) => [
    ...(trackingNumber === undefined ? [] : [{ scheme: 'tracking_number', issuer: carrier, value: trackingNumber }]),
    ...(sscc === undefined ? [] : [{ scheme: 'sscc', value: sscc }]),
  ])
  const own: Reference = { scheme: 'delivery', issuer: settings.orderSystem, value: delivery }
  const shipment: ShipmentReport = {
    event: 'packed',
    carrier,
    packages,
    direction: 'outbound',
    ...(service === undefined ? {} : { service }),
  }
  const confirmation = {
    location,
    carrier,
    lines,
    trackingNumbers: packages.flatMap(({ trackingNumber }) => trackingNumber ?? []),
    confirmedAt: at.at,
    ...(freight.present
      ? { freight: { amount: freight.at('amount').decimal(), currency: freight.at('currency').text(3) } }
      : {}),
  }
  const staged: DocumentReport = {
    reached: 'staged',
    object: { deliveryNumber: delivery, ...(order === undefined ? {} : { orderNumber: order }) },
    parts: { confirmations: { [number]: confirmation } },
  }
  return [
    // One parcel of one delivery is one shipment; the order is not among the references, because an order may have many.
    {
      type: 'shipment.reported',
      about: {
        entity: 'shipment',
        references: [...numbers, own],
        unknown: 'create',
        authoritative: true,
      },
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
      document: { system: settings.system, kind: 'delivery', id: delivery },
      ...(number === 1 ? {} : { part: `c${number}` }),
      references: [own],
    }),
  ]
}

/** Goods came in: the receipt is posted, and the stock is there. */
export function received(data: Reading, at: EventTime, settings: Settings): Assertion[] {
  const receipt = data.at('receiptNumber').text(100)
  const location = data.at('location').text(60)
  const order = data.at('purchaseOrderNumber').optionalText(100)
  const lines = readLines(data)
  const object = {
    receiptNumber: receipt,
    location,
    lines,
    receivedAt: at.at,
    ...(order === undefined ? {} : { purchaseOrderNumber: order }),
  }
  const report: DocumentReport = { status: 'posted', object }
  return [
    {
      type: 'goods_receipt.reported',
      about: {
        entity: 'goods_receipt',
        references: [{ scheme: 'goods_receipt', issuer: settings.system, value: receipt }],
        unknown: 'create',
      },
      occurredAt: at.at,
      data: report,
    },
    ...movements(lines, {
      type: 'receipt',
      at,
      location,
      document: { system: settings.system, kind: 'goods_receipt', id: receipt },
    }),
  ]
}

function movements(
  lines: readonly Line[],
  about: {
    readonly type: 'receipt' | 'ship'
    readonly at: EventTime
    readonly location: string
    readonly document: { readonly system: string; readonly kind: string; readonly id: string }
    /** Which confirmation of the document, where it is not the first: the same line may leave in several. */
    readonly part?: string
    readonly references?: readonly Reference[]
  },
): Assertion[] {
  const { type, at, location, document, part, references } = about
  return lines.map(({ line, sequence, sku, quantity, uom, lot, serial, status }) => {
    const place = { location, ...said({ status }) }
    return movementAssertion({
      type,
      sku,
      quantity,
      uom,
      effectiveAt: at,
      ...(type === 'ship' ? { from: place } : { to: place }),
      document: { ...document, line, ...said({ sequence: joined(part, sequence) }) },
      ...(references === undefined ? {} : { references }),
      ...said({ lot, serial }),
    })
  })
}

function joined(part: string | undefined, sequence: string | undefined): string | undefined {
  return part === undefined || sequence === undefined ? (part ?? sequence) : `${part} ${sequence}`
}

/** A delivery is confirmed once, unless the warehouse counts. */
function readNumber(told: Reading): number {
  const number = told.whole() ?? 1
  if (number < 1 || number > confirmationsMax) throw told.wrong(`a number from 1 to ${confirmationsMax}`)
  return number
}

const confirmationsMax = 999

/** Scans name the package by its tracking number, however the warehouse writes it. */
function readPackage(one: Reading): NonNullable<ShipmentReport['packages']>[number] {
  const trackingNumber = one.at('trackingNumber').optionalText(60)
  const sscc = one.at('sscc').optionalText(24)
  const weightGrams = one.at('weightGrams').optionalDecimal()
  const id =
    trackingNumber === undefined
      ? sscc && normalizeIdentifier({ scheme: 'sscc', value: sscc })
      : normalizeIdentifier({ scheme: 'tracking_number', value: trackingNumber })
  if (id === undefined)
    throw new InterlineError('CONTENT_INVALID', {
      place: one.place,
      expected: 'an SSCC or a tracking number',
      found: 'neither',
    })
  return { id, ...said({ trackingNumber, sscc, weightGrams }) }
}

/** A document without lines moves nothing: nobody confirms that on purpose. */
function readLines(data: Reading): Line[] {
  const lines = data
    .at('lines')
    .list(10_000)
    .map((one, index) => ({
      line: one.at('line').optionalText(40) ?? String(index + 1),
      sku: one.at('sku').text(100),
      quantity: readQuantity(one),
      uom: one.at('uom').text(10),
      ...said({
        lot: one.at('lot').optionalText(60),
        serial: one.at('serial').optionalText(60),
        status: one.at('status').optionalText(40),
      }),
    }))
  if (lines.length === 0) throw data.at('lines').wrong('at least one line')
  return withSequences(lines)
}

/** Named after what tells them apart, so that the same document with its lines in another order makes the same movements. */
function withSequences(lines: readonly Line[]): Line[] {
  const counts = new Map<string, number>()
  for (const { line } of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  const named = new Map<string, number>()
  return lines.map((one) => {
    if (counts.get(one.line) === 1) return one
    const name = [one.lot, one.serial, one.status].filter((part) => part !== undefined).join(' ')
    const before = named.get(`${one.line} ${name}`) ?? 0
    named.set(`${one.line} ${name}`, before + 1)
    const sequence = [name, ...(before === 0 && name !== '' ? [] : [String(before + 1)])].filter((part) => part !== '')
    return { ...one, sequence: sequence.join(' ') }
  })
}
