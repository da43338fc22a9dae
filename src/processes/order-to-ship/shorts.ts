import { add, compare, type Decimal, isZero, subtract } from '../../base/decimal.ts'
import type { Scope } from '../engine/scope.ts'
import { type Line as DocumentLine, linesOf } from '../told-document.ts'
import { type Planned, plannedIn } from './instead/plan.ts'
import type { Known, Line, Picked } from './known.ts'

/** What a warehouse did not find of a line of the order. */
export interface Short extends Line {
  readonly wanted: Decimal
  readonly picked: Decimal
  /** What the warehouse says of it, in its own code. Absent: nothing. */
  readonly reason?: string
  /** What it says becomes of the rest, `backordered` or `cancelled`. Absent: nothing. */
  readonly rest?: string
  /** What it is of, where it was to be shipped instead of something else. */
  readonly planned?: Planned
}

/** Line by line, what is missing of what a delivery should have. Lines of which its warehouse says nothing are not known to be short. */
export function shortsOf(scope: Scope<Known>, number: string): readonly Short[] {
  const { deliveries, lines = [] } = scope.known
  const { picked = [], ordered, wanted: told = linesOf(ordered?.['lines']) } = deliveries[number] ?? {}
  // Of most deliveries nobody has said anything yet.
  if (picked.length === 0) return []
  const taken = takenOf(told, picked)
  return [...sums(told)].flatMap(([name, wanted]): Short[] => {
    const found = taken.get(name)
    if (found === undefined || found.uom !== wanted.uom || compare(found.quantity, wanted.quantity) >= 0) return []
    const planned = plannedIn(scope, number).find(({ lineNo, sku }) => lineNo === wanted.line && sku === wanted.sku)
    const same = lines.filter(({ sku }) => sku === wanted.sku)
    const line = same.find(({ lineNo }) => lineNo === wanted.line) ?? (same.length === 1 ? same[0] : undefined)
    const of = planned === undefined ? line : { lineNo: planned.lineNo, sku: planned.sku, uom: planned.uom }
    if (of === undefined) return []
    const { reason, rest } = found
    const quantity = subtract(wanted.quantity, found.quantity)
    return [
      {
        ...{ ...of, quantity, wanted: wanted.quantity, picked: found.quantity },
        ...(reason === undefined ? {} : { reason }),
        ...(rest === undefined ? {} : { rest }),
        ...(planned === undefined ? {} : { planned }),
      },
    ]
  })
}

/** Whether its warehouse says of every line of a delivery that nothing was there: then none of it will ever leave. */
export function isEmpty(scope: Scope<Known>, number: string): boolean {
  const { ordered, wanted = linesOf(ordered?.['lines']) } = scope.known.deliveries[number] ?? {}
  const shorts = shortsOf(scope, number)
  return shorts.length > 0 && shorts.length === sums(wanted).size && shorts.every(({ picked }) => isZero(picked))
}

type Sum<L extends DocumentLine = DocumentLine> = L & { readonly quantity: Decimal }

/** A line that comes in several lots is one; of several words about it those count that say something about the rest. */
function sums<L extends DocumentLine>(
  lines: readonly L[],
  nameOf = ({ line, sku }: L) => `${line} ${sku}`,
): ReadonlyMap<string, Sum<L>> {
  const found = new Map<string, Sum<L>>()
  for (const one of lines) {
    if (one.quantity === undefined) continue
    const name = nameOf(one)
    const before = found.get(name)
    found.set(name, { ...before, ...one, quantity: add(before?.quantity ?? '0', one.quantity) })
  }
  return found
}

/**
 * What was taken of each line. Where the warehouse names items and not the lines of the delivery, the lines of an item are filled one after
 * the other: goods of an item are all the same.
 */
function takenOf(wanted: readonly DocumentLine[], picked: readonly Picked[]): ReadonlyMap<string, Sum<Picked>> {
  const found = new Map<string, Sum<Picked>>(sums(picked))
  const items = Map.groupBy([...sums(wanted)], ([, { sku, uom }]) => `${sku} ${uom}`)
  const taken = sums(picked, ({ sku, uom }) => `${sku} ${uom}`)
  for (const [item, all] of items) {
    const sum = taken.get(item)
    const isNamed = picked.every((one) => `${one.sku} ${one.uom}` !== item || one.line !== '')
    if (sum === undefined || isNamed) continue
    let left = sum.quantity
    for (const [index, [name, { quantity }]] of all.entries()) {
      const isLast = index === all.length - 1
      const part = isLast || compare(left, quantity) < 0 ? left : quantity
      left = subtract(left, part)
      found.set(name, { ...sum, quantity: isZero(part) ? '0' : part })
    }
  }
  return found
}

/** What is to be shipped after all, by another delivery than the one that it was missing in. */
export function returned(scope: Scope<Known>, lineNo: string): Decimal {
  return Object.entries(scope.known.deliveries)
    .filter(([number, { status }]) => status !== 'cancelled' && scope.state('short', number) === 'returned')
    .flatMap(([number]) => shortsOf(scope, number))
    .filter((one) => one.lineNo === lineNo)
    .reduce((sum: Decimal, { quantity }) => add(sum, quantity), '0')
}
