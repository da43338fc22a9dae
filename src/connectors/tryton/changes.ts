import { readDecimal } from '../../base/decimal.ts'
import type { Assertion, Entity } from '../../model/fact.ts'
import type { DocumentReport } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation, UnknownCode } from '../kit/connector.ts'
import { peekText } from '../kit/peek.ts'
import { Reading } from '../kit/reading.ts'
import { stated } from '../kit/stated.ts'
import type { TrytonSettings } from './settings.ts'
import { readDateValue, readDecimalValue, readInstantValue, unitOf } from './values.ts'

/** Which object a model is, by which number it is known, and what its states mean. */
interface Meaning {
  readonly entity: Entity
  readonly scheme: string
  readonly object: (row: Reading, number: string) => Readonly<Record<string, unknown>>
  /** Undefined for a state that nobody knows; an empty one says nothing that the hub follows. */
  readonly status: (row: Reading, settings: TrytonSettings) => Pick<DocumentReport, 'status' | 'reached'> | undefined
}

const meanings: Readonly<Record<string, Meaning>> = {
  'sale.sale': { entity: 'order', scheme: 'order', object: order, status: orderStatus },
  'stock.shipment.out': {
    entity: 'delivery',
    scheme: 'delivery',
    object: delivery,
    status: deliveryStatus,
  },
  'purchase.purchase': {
    entity: 'purchase_order',
    scheme: 'purchase_order',
    object: purchaseOrder,
    status: purchaseStatus,
  },
  'account.invoice': { entity: 'invoice', scheme: 'invoice', object: invoice, status: invoiceStatus },
}

/** One version of a record; those of one record do not overtake each other. */
export function identify({ content }: Document): Identity | undefined {
  const model = peekText(content, 'model')
  const id = peekText(content, 'row', 'id')
  return model === undefined || id === undefined ? undefined : { orderKey: `${model},${id}` }
}

/** Sales, customer shipments, purchases and invoices of the feed as canonical reports. */
export function translate({ content }: Document, { settings }: TranslateContext<TrytonSettings>): Translation {
  const root = new Reading(content).object()
  const model = root.at('model').text(100)
  const known = Object.hasOwn(meanings, model) ? meanings[model] : undefined
  if (known === undefined) return { assertions: [], unknownCodes: [{ table: 'tryton-model', code: model }] }
  const row = root.at('row').object()
  const number = row.at('number').text(100)
  const at = readInstantValue(row.at('write_date')) ?? readInstantValue(row.at('create_date'))
  if (at === undefined) throw row.at('write_date').wrong('a time')
  const status = known.status(row, settings)
  const report: DocumentReport = {
    object: known.object(row, number),
    ...status,
    revision: revisionOf(at),
  }
  const assertion: Assertion<DocumentReport> = {
    type: `${known.entity}.reported`,
    about: {
      entity: known.entity,
      references: [{ scheme: known.scheme, issuer: settings.system, value: number }],
      unknown: 'create',
    },
    occurredAt: at,
    data: report,
  }
  const unknownCodes: UnknownCode[] =
    status === undefined ? [{ table: `tryton-${model}-state`, code: row.at('state').text(50) }] : []
  return { assertions: [assertion], ...(unknownCodes.length > 0 ? { unknownCodes } : {}) }
}

/** Microseconds since 2020: grows with each change of a record and is exact as a number. */
function revisionOf(at: string): number {
  const [, year, month, day, hour, minute, second, micros] =
    /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d{6})Z$/.exec(at)?.map(Number) ?? []
  const days = ((year ?? 0) - 2020) * 372 + ((month ?? 1) - 1) * 31 + (day ?? 1)
  return (((days * 24 + (hour ?? 0)) * 60 + (minute ?? 0)) * 60 + (second ?? 0)) * 1_000_000 + (micros ?? 0)
}

function order(row: Reading, number: string): Readonly<Record<string, unknown>> {
  return {
    orderNumber: number,
    ...stated({
      customer: row.at('party.').at('code').optionalText(100),
      customerPurchaseOrder: row.at('reference').optionalText(200),
      currency: row.at('currency.').at('code').optionalText(10),
      location: row.at('warehouse.').at('code').optionalText(100),
      orderDate: readDateValue(row.at('sale_date')),
      shipTo: address(row.at('shipment_address.')),
    }),
    lines: tradeLines(row),
  }
}

function delivery(row: Reading, number: string): Readonly<Record<string, unknown>> {
  const moves = activeMoves(row)
  const lines = moves.map((move, index) => ({ line: String(index + 1), ...item(move, 'uom.') }))
  const orders = moves.flatMap((move) => move.at('origin.').at('sale.').at('number').optionalText(100) ?? [])
  return {
    deliveryNumber: number,
    ...stated({
      orderNumber: orders[0],
      customer: row.at('customer.').at('code').optionalText(100),
      location: row.at('warehouse.').at('code').optionalText(100),
      carrier: row.at('carrier.').at('party.').at('code').optionalText(100),
      plannedShipDate: readDateValue(row.at('planned_date')),
      shipTo: address(row.at('delivery_address.')),
    }),
    lines,
    // From the pick on its moves say what was taken: what was wanted is what they said before.
    ...beforeAndAfter(row, lines),
  }
}

function beforeAndAfter(row: Reading, lines: readonly object[]): object {
  const state = row.at('state').text(50)
  if (['picked', 'packed', 'done'].includes(state)) return { picked: pickedItems(row) }
  return ['waiting', 'assigned'].includes(state) ? { wanted: lines } : {}
}

function activeMoves(row: Reading): readonly Reading[] {
  return row
    .at('outgoing_moves.')
    .each((move) => move, 10_000)
    .filter((move) => move.at('state').text(20) !== 'cancelled')
}

/** A move that was taken back is an item of which nothing was there. Moves have no numbers that last: picking makes others of them. */
function pickedItems(row: Reading): readonly object[] {
  return row
    .at('outgoing_moves.')
    .each((move) => move, 10_000)
    .map((move) => {
      const quantity = move.at('state').text(20) === 'cancelled' ? '0' : move.at('quantity').decimal()
      return { ...item(move, 'uom.'), quantity }
    })
}

function purchaseOrder(row: Reading, number: string): Readonly<Record<string, unknown>> {
  return {
    purchaseOrderNumber: number,
    ...stated({
      supplier: row.at('party.').at('code').optionalText(100),
      currency: row.at('currency.').at('code').optionalText(10),
      location: row.at('warehouse.').at('code').optionalText(100),
      deliveryDate: readDateValue(row.at('delivery_date')),
    }),
    lines: tradeLines(row),
  }
}

function invoice(row: Reading, number: string): Readonly<Record<string, unknown>> {
  const deliveries = row
    .at('lines.')
    .each((line) => line.at('stock_moves.').each((move) => move.at('shipment.').at('number').optionalText(100)), 10_000)
    .flat()
    .filter((one) => one !== undefined)
  return {
    invoiceNumber: number,
    deliveryNumbers: [...new Set(deliveries)],
    ...stated({
      customer: row.at('party.').at('code').optionalText(100),
      currency: row.at('currency.').at('code').optionalText(10),
      invoiceDate: readDateValue(row.at('invoice_date')),
      total: readDecimalValue(row.at('total_amount')),
    }),
  }
}

/** Lines of goods and services; comments and sums between them are none. */
function tradeLines(row: Reading): readonly object[] {
  return row
    .at('lines.')
    .each((line) => line, 10_000)
    .filter((line) => line.at('type').text(20) === 'line')
    .map((line, index) => ({
      line: String(index + 1),
      ...item(line, 'unit.'),
      ...stated({ price: readDecimalValue(line.at('unit_price')) }),
    }))
}

function item(row: Reading, unit: 'unit.' | 'uom.'): object {
  const symbol = row.at(unit).at('symbol').optionalText(20)
  return stated({
    sku: row.at('product.').at('code').optionalText(100),
    quantity: readDecimal(row.at('quantity').optionalText(60) ?? '') ?? undefined,
    uom: symbol === undefined ? undefined : unitOf(symbol),
  })
}

function address(row: Reading): object | undefined {
  const found = stated({
    city: row.at('city').optionalText(100),
    postalCode: row.at('postal_code').optionalText(30),
    country: row.at('country.').at('code').optionalText(10),
  })
  return Object.keys(found).length === 0 ? undefined : found
}

type Status = Pick<DocumentReport, 'status' | 'reached'>

function orderStatus(row: Reading): Status | undefined {
  switch (row.at('state').text(50)) {
    case 'confirmed':
      return { status: 'received' }
    case 'processing':
    case 'done':
      return { reached: 'accepted' }
    case 'cancelled':
      return { status: 'cancelled' }
    default:
      return undefined
  }
}

function deliveryStatus(row: Reading, { releaseState }: TrytonSettings): Status | undefined {
  switch (row.at('state').text(50)) {
    case 'waiting':
      return { reached: releaseState === 'waiting' ? 'released' : 'created' }
    case 'assigned':
      return { reached: 'released' }
    case 'picked':
      return { reached: 'picked' }
    case 'packed':
      return { reached: 'packed' }
    case 'done':
      return { status: 'goods_issued' }
    case 'cancelled':
      return { status: 'cancelled' }
    default:
      return undefined
  }
}

function purchaseStatus(row: Reading): Status | undefined {
  const state = row.at('state').text(50)
  if (state === 'cancelled') return { status: 'cancelled' }
  if (!['confirmed', 'processing', 'done'].includes(state)) return undefined
  return row.at('shipment_state').optionalText(50) === 'received' ? { status: 'received' } : { reached: 'issued' }
}

function invoiceStatus(row: Reading): Status | undefined {
  switch (row.at('state').text(50)) {
    case 'posted':
      return { status: 'issued' }
    case 'paid':
      return { status: 'paid' }
    case 'cancelled':
      return { status: 'cancelled' }
    default:
      return undefined
  }
}
