import { InterlineError } from '../../base/errors.ts'
import type { Assertion, Reference } from '../../model/fact.ts'
import type { DocumentReport, EventTime, ShipmentReport } from '../../model/report.ts'
import type { Reading } from '../kit/reading.ts'
import { movementAssertion, said } from './assertion.ts'
import type { Settings } from './settings.ts'

interface Line {
  readonly line: string
  readonly sku: string
  readonly quantity: string
  readonly uom: string
  readonly lot?: string
  readonly serial?: string
}

/**
 * The goods have left: the delivery is staged for its goods issue, its stock has gone to the customer, and the shipment has these
 * packages. The warehouse knows which order, delivery and tracking numbers belong together, so it may join what came apart.
 */
export function confirmed(data: Reading, at: EventTime, settings: Settings): Assertion[] {
  const delivery = data.at('deliveryNumber').text(100)
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
  const references = [
    ...numbers,
    own,
    ...(order === undefined ? [] : [{ scheme: 'order', issuer: settings.orderSystem, value: order }]),
  ]
  const shipment: ShipmentReport = {
    event: 'packed',
    carrier,
    packages,
    direction: 'outbound',
    ...(service === undefined ? {} : { service }),
  }
  const object = {
    deliveryNumber: delivery,
    location,
    carrier,
    lines,
    trackingNumbers: packages.flatMap(({ trackingNumber }) => trackingNumber ?? []),
    confirmedAt: at.at,
    ...(order === undefined ? {} : { orderNumber: order }),
    ...(freight.present
      ? { freight: { amount: freight.at('amount').decimal(), currency: freight.at('currency').text(3) } }
      : {}),
  }
  const staged: DocumentReport = { status: 'staged', object }
  return [
    // One parcel of one delivery is one shipment; the order is not among the references, because an order may have many.
    {
      type: 'shipment.reported',
      about: {
        entity: 'shipment',
        references: references.filter(({ scheme }) => scheme !== 'order'),
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
    ...shipped(lines, { at, location, delivery, own, system: settings.system }),
  ]
}

function shipped(
  lines: readonly Line[],
  about: {
    readonly at: EventTime
    readonly location: string
    readonly delivery: string
    readonly own: Reference
    readonly system: string
  },
): Assertion[] {
  const { at, location, delivery, own, system } = about
  return lines.map((line) =>
    movementAssertion({
      type: 'ship',
      sku: line.sku,
      quantity: line.quantity,
      uom: line.uom,
      effectiveAt: at,
      from: { location },
      document: { system, kind: 'delivery', id: delivery, line: line.line },
      references: [own],
      ...said({ lot: line.lot, serial: line.serial }),
    }),
  )
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
    ...lines.map((line) =>
      movementAssertion({
        type: 'receipt',
        sku: line.sku,
        quantity: line.quantity,
        uom: line.uom,
        effectiveAt: at,
        to: { location },
        document: { system: settings.system, kind: 'goods_receipt', id: receipt, line: line.line },
        ...said({ lot: line.lot, serial: line.serial }),
      }),
    ),
  ]
}

function readPackage(one: Reading): NonNullable<ShipmentReport['packages']>[number] {
  const trackingNumber = one.at('trackingNumber').optionalText(60)
  const sscc = one.at('sscc').optionalText(24)
  const weightGrams = one.at('weightGrams').optionalDecimal()
  const id = trackingNumber ?? sscc
  if (id === undefined)
    throw new InterlineError('CONTENT_INVALID', {
      place: one.place,
      expected: 'an SSCC or a tracking number',
      found: 'neither',
    })
  return { id, ...said({ trackingNumber, sscc, weightGrams }) }
}

function readLines(data: Reading): Line[] {
  return data
    .at('lines')
    .list(10_000)
    .map((line, index) => ({
      line: line.at('line').optionalText(40) ?? String(index + 1),
      sku: line.at('sku').text(100),
      quantity: line.at('quantity').decimal(),
      uom: line.at('uom').text(10),
      ...said({ lot: line.at('lot').optionalText(60), serial: line.at('serial').optionalText(60) }),
    }))
}
