import { add, compare, type Decimal, subtract } from '../../base/decimal.ts'
import type { Reading } from '../kit/reading.ts'
import type { TrytonSettings } from './settings.ts'
import { inUnit, invalid, quantityValue } from './values.ts'

/** How much of an item a posting is about. */
export interface WantedLine {
  readonly sku: string
  readonly quantity: Decimal
  readonly uom: string
  readonly place: string
}

/** The lines of a posting. Throws CONTENT_INVALID; also for lots and serial numbers, unless the connection says to ignore them. */
export function wantedLines(payload: Reading, { lots }: Pick<TrytonSettings, 'lots'>): readonly WantedLine[] {
  return payload
    .at('lines')
    .list(10_000)
    .map((line) => {
      if (lots === 'refuse') refuseLots(line)
      return {
        sku: line.at('sku').text(100),
        quantity: line.at('quantity').decimal(),
        uom: line.at('uom').optionalText(20) ?? 'C62',
        place: line.place,
      }
    })
}

/** Throws CONTENT_INVALID where goods are told apart by lot or serial number. */
export function refuseLots(goods: Reading): void {
  for (const name of ['lot', 'serial'])
    if (goods.at(name).present) throw goods.at(name).wrong('no lot or serial number: see the setting `lots`')
}

/** A move of goods that Tryton plans or has done. */
export interface Move {
  readonly id: number
  readonly sku: string
  readonly quantity: Decimal
  /** Symbol of the unit. */
  readonly unit: string
  readonly state: string
}

/** A move of an answer. Throws CONTENT_INVALID. */
export function readMove(row: Reading): Move {
  return {
    id: row.at('id').whole() ?? 0,
    sku: row.at('product.').at('code').optionalText(100) ?? '',
    quantity: row.at('quantity').decimal(),
    unit: row.at('uom.').at('symbol').text(20),
    state: row.at('state').text(20),
  }
}

/** What a list of moves has to become, so that they are what was wanted. */
export type Fit =
  /** Moves with the quantity that each has to have. */
  | { readonly moves: readonly { readonly move: Move; readonly quantity: Decimal }[] }
  /** What does not fit, in a sentence. */
  | { readonly problem: string }

/**
 * Spreads what was wanted over the moves of the same item, in order of id. `over` says what may become of more than is planned: it is
 * refused, or goes into the last move of the item.
 */
export function fit(moves: readonly Move[], wanted: readonly WantedLine[], over: 'refuse' | 'last'): Fit {
  const left = new Map<string, Decimal>()
  const ordered = moves.toSorted((a, b) => a.id - b.id)
  for (const { sku, quantity, uom, place } of wanted) {
    const move = ordered.find((one) => one.sku === sku)
    if (move === undefined) return { problem: `Tryton plans no move of ${sku}.` }
    if (ordered.some((one) => one.sku === sku && one.unit !== move.unit))
      throw invalid(place, `an item whose moves are all in one unit (${sku})`)
    left.set(sku, add(left.get(sku) ?? '0', inUnit(quantity, uom, move.unit, place)))
  }
  const fitted = ordered.map((move, index) => {
    const rest = left.get(move.sku) ?? '0'
    const isLast = !ordered.slice(index + 1).some(({ sku }) => sku === move.sku)
    const takesAll = isLast && over === 'last'
    const quantity = takesAll || compare(rest, move.quantity) < 0 ? rest : move.quantity
    left.set(move.sku, subtract(rest, quantity))
    return { move, quantity }
  })
  const [more] = [...left].filter(([, rest]) => compare(rest, '0') > 0)
  if (more !== undefined) return { problem: `There is ${more[1]} of ${more[0]} more than Tryton plans.` }
  return { moves: fitted }
}

/** Parameters of a write that gives each move the quantity that it has to have. */
export function quantityWrites({ moves }: Extract<Fit, { moves: unknown }>): readonly unknown[] {
  return moves
    .filter(({ move, quantity }) => compare(move.quantity, quantity) !== 0)
    .flatMap(({ move, quantity }) => [[move.id], { quantity: quantityValue(quantity, `the quantity of ${move.sku}`) }])
}

/** Sums by item: whether what has been moved is what was wanted, however it is spread over moves. */
export function isAsWanted(moves: readonly Move[], wanted: readonly WantedLine[]): boolean {
  const sums = new Map<string, Decimal>()
  const units = new Map<string, string>()
  for (const { sku, quantity, unit, state } of moves) {
    if (state === 'cancelled') continue
    sums.set(sku, add(sums.get(sku) ?? '0', quantity))
    units.set(sku, unit)
  }
  for (const { sku, quantity, uom, place } of wanted) {
    const unit = units.get(sku)
    if (unit === undefined) return false
    sums.set(sku, subtract(sums.get(sku) ?? '0', inUnit(quantity, uom, unit, place)))
  }
  return [...sums.values()].every((rest) => compare(rest, '0') === 0)
}
