import { add, type Decimal, isDecimal, isZero, negate, subtract } from '../../base/decimal.ts'
import { canonicalUnit } from '../../model/partner-unit.ts'
import { readStockKey, type StockState } from '../../model/stock/state.ts'
import { convertForItem } from '../../model/unit.ts'
import { type Cell, type Change, cellOf, type Evidence, type MovementEvidence } from './books.ts'

/** Stock of one item as another system lists it. What it does not tell apart is absent on all lines of the item. */
export interface ListedStock {
  readonly sku: string
  readonly location: string
  readonly status?: string | undefined
  readonly lot?: string | undefined
  readonly quantity: Decimal
  readonly uom: string
}

/** How the two are made comparable. */
export interface Terms {
  /** When the other system looked, ms. */
  readonly takenAt: number
  /** Their name of a place of ours; a place that is not in it has the same name there. */
  readonly places: ReadonlyMap<string, string>
  /** What the other system tells apart at all: for items of which it lists nothing. */
  readonly tells: { readonly status: boolean; readonly lot: boolean }
}

/** Says of which place of ours something is, in the terms in which the two compare this item. */
export type CellOf = (place: { readonly location: string; readonly status: string; readonly lot: string }) => Cell

const dayMs = 86_400_000
/** Two systems cut a quarter of an hour apart, at most. */
export const cutOffMs = 15 * 60_000

/** The coarser of both granularities: what one of the two does not tell apart is not told apart. */
export function commonCells(rows: readonly ListedStock[], { places, tells }: Pick<Terms, 'places' | 'tells'>): CellOf {
  const hasStatus = rows.length === 0 ? tells.status : rows.some(({ status }) => status !== undefined)
  const hasLot = rows.length === 0 ? tells.lot : rows.some(({ lot }) => lot !== undefined)
  return ({ location, status, lot }) =>
    cellOf({ location: places.get(location) ?? location, status: hasStatus ? status : '', lot: hasLot ? lot : '' })
}

/** What the hub had when they looked. A movement that was told later and happened before counts. */
export function ourStock(state: StockState, cell: CellOf, takenAt: number): Map<Cell, Decimal> {
  const stock = new Map<Cell, Decimal>()
  const change = (key: string, by: Decimal): void => {
    const where = cell(readStockKey(key))
    stock.set(where, add(stock.get(where) ?? '0', by))
  }
  for (const [key, onHand] of Object.entries(state.balances)) if (!isZero(onHand)) change(key, onHand)
  for (const { at, postings } of state.window)
    if (at > takenAt) for (const [key, delta] of postings) change(key, negate(delta))
  return stock
}

/** What they have, in base units; the unit that nobody can convert where there is one. */
export function theirStock(
  state: StockState | undefined,
  rows: readonly ListedStock[],
): Map<Cell, Decimal> | { readonly unreadable: string } {
  const stock = new Map<Cell, Decimal>()
  const base = state?.uom ?? canonicalUnit(rows[0]?.uom ?? 'C62')
  for (const { location, status = '', lot = '', quantity, uom } of rows) {
    const own = state?.rules.conversions?.[canonicalUnit(uom)]
    const conversion = own === undefined ? undefined : { ...own, baseUom: base }
    const converted = isDecimal(quantity) ? convertForItem(quantity, { uom, base, conversion }) : undefined
    if (converted === undefined || 'problem' in converted) return { unreadable: uom }
    const cell = cellOf({ location, status, lot })
    stock.set(cell, add(stock.get(cell) ?? '0', converted.value))
  }
  return stock
}

/** Whether the two agree in every cell: most items do, and need no evidence. */
export function agree(ours: ReadonlyMap<Cell, Decimal>, theirs: ReadonlyMap<Cell, Decimal>): boolean {
  for (const [cell, quantity] of ours) if (!isZero(subtract(quantity, theirs.get(cell) ?? '0'))) return false
  for (const [cell, quantity] of theirs) if (!ours.has(cell) && !isZero(quantity)) return false
  return true
}

/** What the ledger of the item itself knows: late movements, counts, conversions. */
export function ownEvidence(state: StockState, cell: CellOf, takenAt: number): Omit<Evidence, 'postings'> {
  const changesOf = (postings: StockState['window'][number]['postings']): Change[] =>
    postings.map(([key, delta]) => ({ cell: cell(readStockKey(key)), delta }))
  const movements = state.window
    .filter(({ at, account }) => Math.abs(at - takenAt) <= dayMs && account !== 'count_variance')
    .map(({ id, type, at, postings }): MovementEvidence => ({ id, type, at, changes: changesOf(postings) }))
  const counts = Object.entries(state.assertions).flatMap(([key, list]) =>
    list
      .filter(({ at, variance }) => at > takenAt && !isZero(variance))
      .map(({ id, variance }) => ({ id, cell: cell(readStockKey(key)), variance })),
  )
  const conversions = Object.entries(state.rules.conversions ?? {}).map(([uom, one]) => ({ uom, ...one }))
  const parked = (state.unposted ?? []).map(({ id, problem, quantity }) => ({
    message: id,
    code: problem,
    quantities: isDecimal(quantity) ? [quantity] : [],
  }))
  return { movements, counts, conversions, parked, cutOffMs }
}
