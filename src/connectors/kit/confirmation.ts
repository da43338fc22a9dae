import { InterlineError } from '../../base/errors.ts'
import type { Assertion } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { EventTime, ShipmentReport } from '../../model/report.ts'
import { readQuantity, said } from './quantity.ts'
import type { Reading } from './reading.ts'
import {
  goodsIssue,
  goodsPicked,
  goodsReceipt,
  numberOf,
  told,
  type WarehouseLine,
  type WarehouseNumbers,
} from './warehouse.ts'

/** The goods of a delivery have left. */
export function confirmed(data: Reading, at: EventTime, settings: WarehouseNumbers): Assertion[] {
  const freight = data.at('freight')
  return goodsIssue(
    {
      delivery: data.at('deliveryNumber').name(100),
      number: readNumber(data.at('confirmation')),
      order: data.at('orderNumber').optionalName(100),
      location: data.at('location').name(60),
      carrier: data.at('carrier').name(60).toLowerCase(),
      service: data.at('service').optionalName(60),
      packages: readPackages(data.at('packages').list(500)),
      master: data.at('masterTrackingNumber').optionalName(60),
      lines: readLines(data),
      freight: freight.present
        ? { amount: freight.at('amount').decimal(), currency: freight.at('currency').text(3) }
        : undefined,
      at,
    },
    settings,
  )
}

/** Goods were taken from their places. */
export function picked(data: Reading, at: EventTime, settings: WarehouseNumbers): Assertion[] {
  const delivery = data.at('deliveryNumber').name(100)
  const order = data.at('orderNumber').optionalName(100)
  return [goodsPicked({ delivery, order, picked: readLines(data).map(told), at }, settings)]
}

/** Goods came in. */
export function received(data: Reading, at: EventTime, settings: WarehouseNumbers): Assertion[] {
  return goodsReceipt(
    {
      receipt: data.at('receiptNumber').name(100),
      location: data.at('location').name(60),
      purchaseOrder: data.at('purchaseOrderNumber').optionalName(100),
      lines: readLines(data),
      at,
    },
    settings,
  )
}

/** A delivery is confirmed once, unless the warehouse counts. */
function readNumber(told: Reading): number {
  const number = told.whole() ?? 1
  if (number < 1 || number > confirmationsMax) throw told.wrong(`a number from 1 to ${confirmationsMax}`)
  return number
}

const confirmationsMax = 999

type Package = NonNullable<ShipmentReport['packages']>[number]

/**
 * Scans name a package by its tracking number, however the warehouse writes it. A number that packages of different SSCCs carry is
 * no name of any of them.
 */
function readPackages(list: readonly Reading[]): Package[] {
  const told = list.map((one) => ({
    place: one.place,
    trackingNumber: one.at('trackingNumber').optionalName(60),
    sscc: one.at('sscc').optionalName(24),
    weightGrams: one.at('weightGrams').optionalDecimal(),
  }))
  const serials = Map.groupBy(told, ({ trackingNumber }) => trackingNumber && numbered(trackingNumber))
  return told.map(({ place, trackingNumber, sscc, weightGrams }) => {
    const number = trackingNumber && numbered(trackingNumber)
    const serial = sscc && normalizeIdentifier({ scheme: 'sscc', value: sscc })
    const alike = new Set((serials.get(number) ?? []).map((one) => one.sscc)).size
    const id = number !== undefined && alike > 1 ? (serial ?? number) : (number ?? serial)
    if (id === undefined)
      throw new InterlineError('CONTENT_INVALID', {
        place,
        expected: 'an SSCC or a tracking number',
        found: 'neither',
      })
    return { id, ...said({ trackingNumber, sscc, weightGrams }) }
  })
}

function numbered(value: string): string {
  return normalizeIdentifier({ scheme: 'tracking_number', value })
}

/** A document without lines moves nothing: nobody confirms that on purpose. */
function readLines(data: Reading): WarehouseLine[] {
  const lines = data
    .at('lines')
    .list(10_000)
    .map((one, index) => ({
      ...numberOf(one.at('line').optionalName(40), index),
      sku: one.at('sku').name(100),
      quantity: readQuantity(one),
      uom: one.at('uom').name(10),
      ...said({
        lot: one.at('lot').optionalName(60),
        serial: one.at('serial').optionalName(60),
        status: one.at('status').optionalName(40),
        packedIn: one.at('packedIn').optionalName(60),
      }),
    }))
  if (lines.length === 0) throw data.at('lines').wrong('at least one line')
  return lines
}
