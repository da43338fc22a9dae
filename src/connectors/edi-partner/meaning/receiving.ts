import { add, compare, subtract } from '../../../base/decimal.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { EventTime } from '../../../model/report.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { goodsReceipt, numberOf, type WarehouseLine } from '../../kit/warehouse.ts'
import { dateIn, readMoment } from './moment.ts'
import type { Naming } from './naming.ts'
import {
  lineProducts,
  locationOf,
  lotOf,
  orderNumberOf,
  productPairs,
  qualified,
  skuOf,
  unitOf,
  x12LotOf,
} from './number.ts'
import { orderAssertion } from './order.ts'
import type { Meaning } from './tender.ts'
import { conditions } from './warehouse.ts'

/** A line of a receipt: what came, and how much of it is damaged or not accepted. */
interface ReceivedLine extends Pick<WarehouseLine, 'line' | 'isUnnumbered'> {
  readonly sku: string
  readonly uom: string
  readonly received: string
  readonly damaged?: string
  readonly rejected?: string
  readonly announced?: string
  /** The receiver’s own code of what is wrong. */
  readonly discrepancy?: string
  readonly lot?: string
}

interface Receipt {
  readonly number: string
  readonly at: EventTime
  readonly shipment: string | undefined
  readonly order: string | undefined
  readonly lines: readonly ReceivedLine[]
}

/** 861: what came of a shipment. */
export function receivingAdvice(root: Reading, naming: Naming): Meaning {
  const unknownCodes: UnknownCode[] = []
  const told = root.at('lines').optionalList(10_000) ?? []
  const all = [root, ...told]
  const orders = [...all.map((one) => orderNumberOf(one)), ...all.map((one) => qualified(one.at('references'), ['PO']))]
  const references = root.at('references')
  return receiptMeaning(
    root,
    {
      number: root.at('number').text(60),
      at: receivedAt(root, dateIn(root, ['050', '011'], naming) ?? readMoment(root.at('at'), naming)),
      shipment: qualified(references, ['SI', 'PK']),
      order: orders.find((one) => one !== undefined),
      lines: told.map((line, index) => lineOf861(line, index, naming, unknownCodes)),
    },
    naming,
    unknownCodes,
  )
}

/**
 * RCD-08 says in which state the quantity in question is; what is returned is not accepted. Both are said of the same units, as far as they
 * go: a damaged unit that goes back is one, and other units have a line of their own.
 */
function lineOf861(line: Reading, index: number, naming: Naming, unknown: UnknownCode[]): ReceivedLine {
  const condition = line.at('condition').optionalText(2)
  if (condition !== undefined && !Object.hasOwn(conditions, condition))
    unknown.push({ table: 'x12-412', code: condition })
  const questioned = line.at('questioned').optionalDecimal()
  const unit = ['unit', 'questionedUnit', 'returnedUnit', 'shippedUnit'].find((name) => line.at(name).present) ?? 'unit'
  const isDamaged = condition !== undefined && conditions[condition] === 'damaged'
  const rejected = line.at('returned').optionalDecimal()
  return {
    ...numberOf(line.at('line').optionalText(20) ?? line.at('shippedLine').optionalText(20), index),
    sku: skuOf(line, productPairs(line), naming),
    uom: unitOf(line, unit, 'x12-355'),
    received: line.at('received').optionalDecimal() ?? '0',
    ...stated({
      damaged: isDamaged && questioned !== undefined ? without(questioned, rejected ?? '0') : undefined,
      rejected,
      announced: line.at('shipped').optionalDecimal(),
      discrepancy: condition === undefined ? undefined : `x12-412 ${condition}`,
      lot: x12LotOf(line),
    }),
  }
}

function without(damaged: string, rejected: string): string | undefined {
  return compare(damaged, rejected) > 0 ? subtract(damaged, rejected) : undefined
}

/** RECADV: the same. QTY 48 is what came, 194 what is accepted of it, 195 what is not, 124 what is damaged, 12 what was announced. */
export function receiptAdviceOf(root: Reading, naming: Naming): Meaning {
  const told = root.at('levels').each((level) => level.at('lines').each((line) => line, 10_000), 10_000)
  const references = root.at('references')
  const ordersOfLines = told.flat().map((line) => qualified(line.at('references'), ['ON']))
  return receiptMeaning(
    root,
    {
      number: root.at('number').text(60),
      at: receivedAt(root, dateIn(root, ['50', '35', '137'], naming)),
      shipment: qualified(references, ['DQ', 'AAK', 'SRN']),
      order: qualified(references, ['ON']) ?? ordersOfLines.find((one) => one !== undefined),
      lines: told.flat().map((line, index) => lineOfRecadv(line, index, naming)),
    },
    naming,
    [],
  )
}

function lineOfRecadv(line: Reading, index: number, naming: Naming): ReceivedLine {
  const all = line.at('quantities').optionalList() ?? []
  const of = (qualifier: string): Reading | undefined =>
    all.find((one) => one.at('qualifier').optionalText() === qualifier)
  const counted = of('48') ?? of('194') ?? of('195') ?? of('124')
  if (counted === undefined) throw line.at('quantities').wrong('a received quantity (48, 194, 195 or 124)')
  const accepted = of('194')?.at('quantity').decimal() ?? '0'
  const rejected = of('195')?.at('quantity').decimal()
  // Said of the same units as what is not accepted, as far as they go.
  const hurt = of('124')?.at('quantity').decimal()
  const damaged = hurt === undefined ? undefined : without(hurt, rejected ?? '0')
  const [variance] = line.at('variances').optionalList() ?? []
  return {
    ...numberOf(line.at('line').optionalText(20), index),
    sku: skuOf(line, lineProducts(line), naming),
    uom: counted.at('unit').present ? unitOf(counted, 'unit', 'rec20') : 'C62',
    received: of('48')?.at('quantity').decimal() ?? add(accepted, add(rejected ?? '0', damaged ?? '0')),
    ...stated({
      damaged,
      rejected,
      announced: of('12')?.at('quantity').optionalDecimal(),
      discrepancy: variance === undefined ? undefined : discrepancyOf(variance),
      lot: lotOf(line),
    }),
  }
}

function discrepancyOf(variance: Reading): string | undefined {
  const code = variance.at('discrepancy').optionalText(3)
  const reason = variance.at('reason').optionalText(3)
  return code === undefined ? reason && `edifact-4295 ${reason}` : `edifact-4221 ${code}`
}

/**
 * What a customer received is kept with the delivery, else with his order; it moves no stock of ours. What a warehouse received for us
 * is a goods receipt, as a 944 says it: what is damaged or not accepted is kept apart.
 */
function receiptMeaning(root: Reading, receipt: Receipt, naming: Naming, unknownCodes: UnknownCode[]): Meaning {
  const { number, at, lines, order } = receipt
  if (lines.length === 0) throw root.at('lines').wrong('at least one line that was received')
  if (naming.receipts === 'customer') return { assertions: [keptWith(root, receipt, naming)], unknownCodes }
  const stock = lines.flatMap((line) => stockLines(root, line))
  return {
    assertions: goodsReceipt(
      { receipt: number, location: locationOf(root, naming), purchaseOrder: order, lines: stock, at },
      naming,
    ),
    unknownCodes,
  }
}

function keptWith(root: Reading, { number, at, lines, shipment, order }: Receipt, naming: Naming): Assertion {
  const data = { object: {}, parts: { receipts: { [number]: { receivedAt: at.at, lines: lines.map(toldLine) } } } }
  if (shipment !== undefined)
    return {
      type: 'delivery.reported',
      about: {
        entity: 'delivery',
        references: [{ scheme: 'delivery', issuer: naming.orderSystem, value: shipment }],
        unknown: 'create',
      },
      occurredAt: at.at,
      data,
    }
  if (order === undefined) throw root.at('references').wrong('the number of a shipment or of an order')
  return { ...orderAssertion(data, order, naming), occurredAt: at.at }
}

/** Whether it has a number of its own matters only where stock moves. */
function toldLine(one: ReceivedLine): ReceivedLine {
  const { isUnnumbered: _, ...line } = one
  return line
}

function stockLines(root: Reading, { received, damaged, rejected, ...line }: ReceivedLine): WarehouseLine[] {
  const { line: number, sku, uom } = line
  const common = { line: number, sku, uom, ...stated({ lot: line.lot, isUnnumbered: line.isUnnumbered }) }
  const apart = [
    { quantity: damaged ?? '0', status: 'damaged' },
    { quantity: rejected ?? '0', status: 'blocked' },
  ].filter(({ quantity }) => compare(quantity, '0') > 0)
  const good = apart.reduce((left, { quantity }) => subtract(left, quantity), received)
  if (compare(good, '0') < 0) throw root.at('lines').wrong('lines that received at least what is wrong with them')
  const whole = compare(good, '0') === 0 ? [] : [{ ...common, quantity: good }]
  return [...whole, ...apart.map((one) => ({ ...common, ...one }))]
}

function receivedAt(root: Reading, at: EventTime | undefined): EventTime {
  if (at === undefined) throw root.at('dates').wrong('the time of the receipt')
  return at
}
