import { isZero } from '../../base/decimal.ts'
import { writeInstant } from '../../base/instant.ts'
import { readStockKey, type StockKey, type StockState } from './state.ts'

/** On-hand stock by key, as of the latest movement known. */
export function balances(
  state: StockState,
): (StockKey & { readonly sku: string; readonly onHand: string; readonly uom: string; readonly asOf: string })[] {
  return Object.entries(state.balances)
    .filter(
      ([key, onHand]) =>
        !isZero(onHand) ||
        (state.assertions[key]?.length ?? 0) > 0 ||
        state.window.some(({ postings }) => postings.some(([place]) => place === key)),
    )
    .map(([key, onHand]) => ({
      ...readStockKey(key),
      sku: state.sku,
      onHand,
      uom: state.uom,
      asOf: writeInstant(state.asOf),
    }))
}
