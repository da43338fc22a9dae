import { add } from '../base/decimal.ts'

interface Wanted {
  readonly sku: string
  readonly quantity: string
}

/** What lines need in all, one row for each item, sorted. */
export function demandOf(lines: readonly Wanted[]): readonly Wanted[] {
  const demand = new Map<string, string>()
  for (const { sku, quantity } of lines) demand.set(sku, add(demand.get(sku) ?? '0', quantity))
  return [...demand].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => (a.sku < b.sku ? -1 : 1))
}
