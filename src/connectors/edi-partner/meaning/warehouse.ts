import { compare, subtract } from '../../../base/decimal.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { UnitList } from '../../../model/partner-unit.ts'
import type { EventTime } from '../../../model/report.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { rowNames } from '../../kit/row-name.ts'
import { stated } from '../../kit/stated.ts'
import { countAssertion, movementAssertion } from '../../kit/stock.ts'
import { goodsReceipt, numberOf, type WarehouseLine } from '../../kit/warehouse.ts'
import { dateIn, readMoment, whenOf } from './moment.ts'
import type { Naming } from './naming.ts'
import {
  lineProducts,
  locationOf,
  lotOf,
  productPairs,
  productsOf,
  qualified,
  skuOf,
  unitOf,
  warehouseParty,
  x12LotOf,
} from './number.ts'
import type { Meaning } from './tender.ts'

/** W13-03, element 412: what of a receipt is damaged. Over and short are said of the quantity, which is what came. */
export const conditions: Readonly<Record<string, string | undefined>> = {
  '01': 'damaged',
  '02': undefined,
  '03': undefined,
  '07': undefined,
}

/** 944: goods came into the warehouse. */
export function receiptAdvice(root: Reading, settings: Naming): Meaning {
  const unknownCodes: UnknownCode[] = []
  const told = root.at('lines').list(10_000)
  const lines = told.flatMap((line, index) => receivedLines(line, index, settings, unknownCodes))
  if (lines.length === 0) throw root.at('lines').wrong('at least one line that was received')
  return {
    assertions: goodsReceipt(
      {
        receipt: root.at('receipt').text(60),
        location: locationOf(root, settings),
        purchaseOrder: qualified(root.at('references'), ['PO']) ?? root.at('order').optionalText(60),
        notice: root.at('shipment').optionalText(60),
        lines,
        at: whenOf(root, ['09', '50'], settings),
      },
      settings,
    ),
    unknownCodes,
  }
}

/** What is damaged is a line of its own; the rest of the quantity is good. */
function receivedLines(line: Reading, index: number, settings: Naming, unknown: UnknownCode[]): WarehouseLine[] {
  const common = {
    ...numberOf(undefined, index),
    sku: skuOf(line, productsOf(line), settings),
    uom: unitOf(line, 'unit', 'x12-355'),
    ...stated({ lot: line.at('lot').optionalText(60) ?? qualified(line.at('references'), ['LT']) }),
  }
  let good = line.at('received').decimal()
  const damaged = line.at('exceptions').each((one) => {
    const condition = one.at('condition').text(2)
    if (!Object.hasOwn(conditions, condition)) unknown.push({ table: 'x12-412', code: condition })
    const status = conditions[condition]
    if (status === undefined) return []
    const quantity = positive(one.at('quantity'), one.at('quantity').decimal())
    good = subtract(good, quantity)
    return { ...common, quantity, status }
  })
  if (compare(good, '0') < 0) throw line.at('received').wrong('at least what is damaged')
  const whole = compare(good, '0') === 0 ? [] : [{ ...common, quantity: good }]
  return [...whole, ...damaged.flat()]
}

/** 947: the warehouse corrected its stock. The sign says which way; the reason is kept with it. */
export function adjustmentAdvice(root: Reading, settings: Naming): Meaning {
  const location = locationOf(root, settings)
  const at = whenOf(root, [], settings)
  const id = root.at('warehouseNumber').optionalText(60) ?? root.at('depositorNumber').text(60)
  const lines = root
    .at('lines')
    .list(10_000)
    .map((line) => ({
      reason: () => line.at('reason').text(2),
      sku: skuOf(line, productsOf(line), settings),
      quantity: line.at('quantity').decimal(),
      uom: unitOf(line, 'unit', 'x12-355'),
      ...stated({ lot: line.at('lot').optionalText(60) ?? qualified(line.at('references'), ['LT']) }),
    }))
    .filter(({ quantity }) => compare(quantity, '0') !== 0)
  // Its lines have no numbers.
  const names = rowNames(lines)
  const assertions = lines.map(({ reason, quantity, ...line }, index): Assertion => {
    const isLoss = quantity.startsWith('-')
    return movementAssertion({
      ...line,
      type: isLoss ? 'adjust_loss' : 'adjust_gain',
      quantity: isLoss ? quantity.slice(1) : quantity,
      effectiveAt: at,
      ...(isLoss ? { from: { location } } : { to: { location } }),
      document: { system: settings.system, kind: 'adjustment', id, ...stated({ sequence: names[index] }) },
      reasonCode: `x12-181 ${reason()}`,
    })
  })
  return { assertions }
}

/** How a standard says what is in stock: its codes of quantities, and which of them is a total of every status. */
interface StockList {
  readonly table: string
  readonly units: UnitList
  readonly statuses: Readonly<Record<string, string>>
  readonly totals: readonly string[]
}

/** QTY-01 in an 846: 20 cannot be used. A total on hand (17) is of every status. QD is what was delivered, and no stock. */
const stockX12: StockList = {
  table: 'x12-673-stock',
  units: 'x12-355',
  statuses: { '20': 'damaged', '33': 'available', QH: 'quality_hold' },
  totals: ['17'],
}
/** QTY 6063 in an INVRPT: 17 on hand and 145 actual stock are totals, 124 is damaged. */
const stockEdifact: StockList = {
  table: 'edifact-6063-stock',
  units: 'rec20',
  statuses: { '124': 'damaged' },
  totals: ['145', '17'],
}

/** An item of a snapshot with its quantities. */
interface CountedItem {
  readonly sku: string
  readonly line: string
  readonly quantities: readonly Reading[]
  /** The item itself, where it may say in which warehouse it is. */
  readonly item: Reading
}

/** The warehouse that a quantity or an item is in (LOC 18, or N1 of X12): a report may be about several. */
function warehouseIn(holder: Reading): string | undefined {
  const found = holder.at('places').each((one) => (one.at('qualifier').optionalText() === '18' ? one : undefined))
  const place = found.find((one) => one !== undefined)
  return place?.at('code').optionalText(60) ?? place?.at('name').optionalText(60) ?? warehouseParty(holder)
}

/** 846: what is in stock, item by item. A claim about an instant, not a movement. */
export function inventoryAdvice(root: Reading, settings: Naming): Meaning {
  // The time of BIA names no zone: a DTM does.
  const effectiveAt = dateIn(root, ['007'], settings) ?? readMoment(root.at('at'), settings)
  if (effectiveAt === undefined) throw root.at('at').wrong('a date')
  const items = root
    .at('items')
    .list(10_000)
    .map((item, index) => ({
      item,
      sku: skuOf(item, productPairs(item), settings),
      line: item.at('line').optionalText(20) ?? String(index + 1),
      quantities: item.at('quantities').optionalList(100) ?? [],
    }))
  return stockMeaning(root, { effectiveAt, items, list: stockX12 }, settings)
}

/** INVRPT: the same. What it says of movements (INV with a direction) has no meaning here yet, and is counted. */
export function inventoryReport(root: Reading, settings: Naming): Meaning {
  const told = root.at('items').list(10_000)
  const items = told.map((item, index) => ({
    item,
    sku: skuOf(item, lineProducts(item), settings),
    line: item.at('line').optionalText(20) ?? String(index + 1),
    quantities: item.at('quantities').optionalList(100) ?? [],
  }))
  const unknownCodes = new Set<string>()
  const balances = items.map((item) => ({
    ...item,
    quantities: item.quantities.filter((one) => {
      const direction = one.at('direction').optionalText(3)
      if (direction !== undefined) unknownCodes.add(direction)
      return direction === undefined
    }),
  }))
  for (const item of told)
    for (const one of item.at('movements').optionalList() ?? [])
      unknownCodes.add(one.at('direction').optionalText(3) ?? 'none')
  const effectiveAt = whenOf(root, ['366', '94', '91', '137'], settings)
  const meaning = stockMeaning(root, { effectiveAt, items: balances, list: stockEdifact }, settings)
  const moved = [...unknownCodes].map((code) => ({ table: 'edifact-4501', code }))
  return { ...meaning, unknownCodes: [...(meaning.unknownCodes ?? []), ...moved] }
}

function stockMeaning(
  root: Reading,
  told: { readonly effectiveAt: EventTime; readonly items: readonly CountedItem[]; readonly list: StockList },
  settings: Naming,
): Meaning {
  const { effectiveAt, items, list } = told
  const id = root.at('number').text(60)
  const unknownCodes = new Set<string>()
  const assertions = items.flatMap(({ item, sku, line, quantities }): Assertion[] => {
    const named = quantities.map((one) => one.at('qualifier').text(3))
    const hasAvailable = named.some((qualifier) => list.statuses[qualifier] === 'available')
    // Of two totals the first of the list is meant; the other says the same.
    const total = list.totals.find((one) => named.includes(one))
    const told = new Map<string, number>()
    return quantities.flatMap((one) => {
      const qualifier = one.at('qualifier').text(3)
      const isTotal = list.totals.includes(qualifier)
      if (isTotal && (hasAvailable || qualifier !== total)) return []
      const onHand = settings.onHand === 'available' ? 'available' : undefined
      const status = isTotal ? onHand : list.statuses[qualifier]
      if (status === undefined) {
        unknownCodes.add(qualifier)
        return []
      }
      // The same kind of quantity again is that of another lot or place.
      const again = told.get(qualifier) ?? 0
      told.set(qualifier, again + 1)
      return countAssertion({
        kind: 'snapshot',
        sku,
        location: warehouseIn(one) ?? warehouseIn(item) ?? locationOf(root, settings),
        status,
        quantity: one.at('quantity').decimal(),
        uom: list.units === 'rec20' && !one.at('unit').present ? 'C62' : unitOf(one, 'unit', list.units),
        effectiveAt,
        document: {
          system: settings.system,
          kind: 'snapshot',
          id,
          line: `${line}.${qualifier}${again === 0 ? '' : `.${again + 1}`}`,
        },
        ...stated({ lot: lotOf(one) ?? x12LotOf(one) ?? x12LotOf(item) }),
      })
    })
  })
  return { assertions, unknownCodes: [...unknownCodes].map((code) => ({ table: list.table, code })) }
}

/** A quantity of goods that came or went. Throws CONTENT_INVALID below zero. */
export function positive(place: Reading, quantity: string): string {
  if (quantity.startsWith('-')) throw place.wrong('a quantity that is not negative')
  return quantity
}
