import { compare, subtract } from '../../../base/decimal.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { UnitList } from '../../../model/partner-unit.ts'
import type { EventTime } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { countAssertion } from '../../kit/stock.ts'
import { dateIn, readMoment, whenOf } from './moment.ts'
import type { Naming } from './naming.ts'
import { lineProducts, locationOf, lotOf, productPairs, skuOf, unitOf, warehouseParty, x12LotOf } from './number.ts'
import type { Meaning } from './tender.ts'

/** How a standard says what is in stock: its codes of quantities, and which of them is a total of every status. */
interface StockList {
  readonly table: string
  readonly units: UnitList
  readonly statuses: Readonly<Record<string, string>>
  readonly totals: readonly string[]
  /** Those totals that hold what is told in other statuses beside them. */
  readonly inTotals: readonly string[]
}

/**
 * QTY-01 in an 846 (673): 33 is available for sale, 20 cannot be used, QH is on hold. On hand (17) and the inventory in total (26) hold all of
 * these. QD is what was delivered, 27 what is promised to somebody: no stock beside the others.
 */
const stockX12: StockList = {
  table: 'x12-673-stock',
  units: 'x12-355',
  statuses: { '20': 'damaged', '33': 'available', QH: 'quality_hold' },
  totals: ['17', '26'],
  inTotals: ['17', '26'],
}
/**
 * QTY 6063 in an INVRPT: 145 is the actual stock, apart from what is told beside it; 17, on hand, holds the damaged and the held too. 124 is
 * damaged, 20 unusable, 89 and 96 are held by quality control and failed it, 27 waits and cannot be shipped as it is, 249 and 35E are shown and not for
 * sale. Committed (66), in transit (198) and levels (97, 98, 197) are no stock of their own.
 */
const stockEdifact: StockList = {
  table: 'edifact-6063-stock',
  units: 'rec20',
  statuses: {
    '124': 'damaged',
    '20': 'damaged',
    '249': 'blocked',
    '27': 'blocked',
    '35E': 'blocked',
    '89': 'quality_hold',
    '96': 'blocked',
  },
  totals: ['145', '17'],
  inTotals: ['17'],
}

/** INV 7491: which inventory a quantity is of, where the quantity itself is told as stock at large: 2 damaged, 3 held by customs. */
const inventories: Readonly<Record<string, string>> = { '2': 'damaged', '3': 'blocked' }

/** A quantity of an item, and the status of the inventory that it is said to be of. */
interface CountedQuantity {
  readonly told: Reading
  readonly inventory?: string
}

/** An item of a snapshot with its quantities. */
interface CountedItem {
  readonly sku: string
  readonly line: string
  readonly quantities: readonly CountedQuantity[]
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
      quantities: (item.at('quantities').optionalList(100) ?? []).map((told) => ({ told })),
    }))
  return stockMeaning(root, { effectiveAt, items, list: stockX12 }, settings)
}

/**
 * INVRPT: the same. From D.01A on every quantity stands behind an INV; one without a direction is a balance. What it says of movements (INV with a
 * direction) has no meaning here yet, and is counted.
 */
export function inventoryReport(root: Reading, settings: Naming): Meaning {
  const moved = new Set<string>()
  const isBalance = (one: Reading): boolean => {
    const direction = one.at('direction').optionalText(3)
    if (direction !== undefined) moved.add(direction)
    return direction === undefined
  }
  const items = root
    .at('items')
    .list(10_000)
    .map((item, index) => ({
      item,
      sku: skuOf(item, lineProducts(item), settings),
      line: item.at('line').optionalText(20) ?? String(index + 1),
      quantities: [
        ...(item.at('quantities').optionalList(10_000) ?? []).filter(isBalance).map(plainly),
        ...(item.at('movements').optionalList(1000) ?? []).filter(isBalance).flatMap(behindInventory),
      ],
    }))
  const effectiveAt = whenOf(root, ['366', '94', '91', '137'], settings)
  const meaning = stockMeaning(root, { effectiveAt, items, list: stockEdifact }, settings)
  const unknownCodes = [...moved].map((code) => ({ table: 'edifact-4501', code }))
  return { ...meaning, unknownCodes: [...(meaning.unknownCodes ?? []), ...unknownCodes] }
}

function plainly(told: Reading): CountedQuantity {
  const inventory = told.at('affected').optionalText(3) ?? ''
  return { told, ...stated({ inventory: Object.hasOwn(inventories, inventory) ? inventories[inventory] : undefined }) }
}

/** Quantities behind an INV are of its inventory. */
function behindInventory(group: Reading): readonly CountedQuantity[] {
  const { inventory } = plainly(group)
  const told = group.at('quantities').optionalList(1000) ?? []
  return told.map((one) => ({ told: one, ...stated({ inventory }) }))
}

/** A quantity as it counts: in which status, where, of which lot. */
interface Counted {
  readonly told: Reading
  readonly qualifier: string
  readonly status: string
  readonly quantity: string
  readonly uom: string
  readonly location: string
  readonly lot?: string
}

function stockMeaning(
  root: Reading,
  told: { readonly effectiveAt: EventTime; readonly items: readonly CountedItem[]; readonly list: StockList },
  settings: Naming,
): Meaning {
  const { effectiveAt, items, list } = told
  const id = root.at('number').text(60)
  const unknownCodes = new Set<string>()
  const assertions = items.flatMap((item): Assertion[] => {
    const counted = countedOf(item, list, { settings, root, unknownCodes })
    const times = new Map<string, number>()
    return counted.map((one) => {
      const { qualifier, status, uom, location, lot } = one
      // The same kind of quantity again is that of another lot or place.
      const again = times.get(qualifier) ?? 0
      times.set(qualifier, again + 1)
      return countAssertion({
        kind: 'snapshot',
        sku: item.sku,
        location,
        status,
        quantity: isWhole(one, list) ? restOf(one, counted, list) : one.quantity,
        uom,
        effectiveAt,
        document: {
          system: settings.system,
          kind: 'snapshot',
          id,
          line: `${item.line}.${qualifier}${again === 0 ? '' : `.${again + 1}`}`,
        },
        ...stated({ lot }),
      })
    })
  })
  return { assertions, unknownCodes: [...unknownCodes].map((code) => ({ table: list.table, code })) }
}

function countedOf(
  { item, quantities }: CountedItem,
  list: StockList,
  {
    settings,
    root,
    unknownCodes,
  }: { readonly settings: Naming; readonly root: Reading; readonly unknownCodes: Set<string> },
): readonly Counted[] {
  const named = quantities.map(({ told }) => told.at('qualifier').text(3))
  const hasAvailable = named.some((qualifier) => list.statuses[qualifier] === 'available')
  // Of two totals the first of the list is meant; the other says the same.
  const total = list.totals.find((one) => named.includes(one))
  return quantities.flatMap(({ told: one, inventory }): Counted[] => {
    const qualifier = one.at('qualifier').text(3)
    const isTotal = inventory === undefined && list.totals.includes(qualifier)
    if (isTotal && (hasAvailable || qualifier !== total)) return []
    const onHand = settings.onHand === 'available' ? 'available' : undefined
    const status = isTotal
      ? onHand
      : (list.statuses[qualifier] ?? (list.totals.includes(qualifier) ? inventory : undefined))
    if (status === undefined) {
      unknownCodes.add(qualifier)
      return []
    }
    return [
      {
        told: one,
        qualifier,
        status,
        quantity: one.at('quantity').decimal(),
        uom: list.units === 'rec20' && !one.at('unit').present ? 'C62' : unitOf(one, 'unit', list.units),
        location: warehouseIn(one) ?? warehouseIn(item) ?? locationOf(root, settings),
        ...stated({ lot: lotOf(one) ?? x12LotOf(one) ?? x12LotOf(item) }),
      },
    ]
  })
}

function isWhole({ qualifier, status }: Counted, { inTotals }: StockList): boolean {
  return status === 'available' && inTotals.includes(qualifier)
}

/** What of all that is on hand can be used: without what is told in another status in the same place. Booked twice, it would be promised twice. */
function restOf(whole: Counted, all: readonly Counted[], list: StockList): string {
  const rest = all
    .filter((one) => one !== whole && !isWhole(one, list) && one.status !== 'available')
    .filter(({ location, uom, lot }) => location === whole.location && uom === whole.uom && (whole.lot ?? lot) === lot)
    .reduce((left, { quantity }) => subtract(left, quantity), whole.quantity)
  if (compare(rest, '0') < 0 && compare(whole.quantity, '0') >= 0)
    throw whole.told.at('quantity').wrong('at least what of it cannot be used')
  return rest
}
