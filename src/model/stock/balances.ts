import { isZero } from '../../base/decimal.ts'
import { writeInstant } from '../../base/instant.ts'

import { groupOf, readStockKey, type StockKey, type StockState } from './state.ts'

/** On-hand stock of one key, as the API shows it. */
export interface Balance extends StockKey {
  readonly sku: string
  readonly onHand: string
  readonly uom: string
  readonly asOf: string
}

/** On-hand stock by key, as of the latest movement known. A key at zero is shown as long as something recent speaks of it. */
export function balances(state: StockState): Balance[] {
  const recent = new Set(state.window.flatMap(({ postings }) => postings.map(([key]) => key)))
  const asOf = writeInstant(state.asOf)
  return Object.entries(state.balances)
    .filter(([key, onHand]) => !isZero(onHand) || recent.has(key) || state.assertions[groupOf(key)] !== undefined)
    .map(([key, onHand]) => ({ ...readStockKey(key), sku: state.sku, onHand, uom: state.uom, asOf }))
}
