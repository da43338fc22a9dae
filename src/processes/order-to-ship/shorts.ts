import { add, compare, type Decimal, subtract } from '../../base/decimal.ts'
import type { Scope } from '../engine/scope.ts'
import { type Line as DocumentLine, linesOf } from '../told-document.ts'
import type { Known, Line } from './known.ts'

/** What a warehouse did not find of a line of the order. */
export interface Short extends Line {
  readonly wanted: Decimal
  readonly picked: Decimal
}

/** Line by line, what is missing of what a delivery should have. Lines of which its warehouse says nothing are not known to be short. */
export function shortsOf({ deliveries, lines = [] }: Known, number: string): readonly Short[] {
  const { picked = [], ordered } = deliveries[number] ?? {}
  const taken = sums(picked)
  return [...sums(linesOf(ordered?.['lines']))].flatMap(([name, wanted]): Short[] => {
    const found = taken.get(name)
    if (found === undefined || found.uom !== wanted.uom || compare(found.quantity, wanted.quantity) >= 0) return []
    const same = lines.filter(({ sku }) => sku === wanted.sku)
    const line = same.find(({ lineNo }) => lineNo === wanted.line) ?? (same.length === 1 ? same[0] : undefined)
    if (line === undefined) return []
    const quantity = subtract(wanted.quantity, found.quantity)
    return [{ ...line, quantity, wanted: wanted.quantity, picked: found.quantity }]
  })
}

type Sum = DocumentLine & { readonly quantity: Decimal }

/** A line that comes in several lots is one. */
function sums(lines: readonly DocumentLine[]): ReadonlyMap<string, Sum> {
  const found = new Map<string, Sum>()
  for (const one of lines) {
    if (one.quantity === undefined) continue
    const name = `${one.line} ${one.sku}`
    found.set(name, { ...one, quantity: add(found.get(name)?.quantity ?? '0', one.quantity) })
  }
  return found
}

/** What is to be shipped after all, by another delivery than the one that it was missing in. */
export function returned(scope: Scope<Known>, lineNo: string): Decimal {
  return Object.entries(scope.known.deliveries)
    .filter(([number, { status }]) => status !== 'cancelled' && scope.state('short', number) === 'returned')
    .flatMap(([number]) => shortsOf(scope.known, number))
    .filter((one) => one.lineNo === lineNo)
    .reduce((sum: Decimal, { quantity }) => add(sum, quantity), '0')
}
