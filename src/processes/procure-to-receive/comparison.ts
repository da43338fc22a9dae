import { add, compare, multiply, subtract } from '../../base/decimal.ts'
import type { Line } from '../told-document.ts'

/** What does not agree between what was ordered or announced and what came. */
export interface Discrepancy {
  readonly kind: 'over' | 'short' | 'damaged' | 'not_ordered' | 'unit'
  readonly sku: string
  readonly expected: string
  readonly received: string
  readonly uom?: string
}

/** How much more or less than expected is no discrepancy, percent. */
export interface Tolerance {
  readonly over: string
  readonly under: string
}

/** What a receipt is compared with. */
export interface Expectation {
  /** Lines of the purchase order; absent: nobody knows it. */
  readonly ordered?: readonly Line[]
  /** What came before this receipt for the same order. */
  readonly before: readonly Line[]
  /** What the ship notice of this receipt announced; absent: there is none. */
  readonly announced?: readonly Line[]
}

/**
 * Over is measured against the order and all that came for it, short against the ship notice: less than was ordered may still come. A
 * unit that is not that of the order is for a person, never a guess.
 */
export function compareReceipt(
  lines: readonly Line[],
  { ordered, before, announced }: Expectation,
  tolerance: Tolerance,
): readonly Discrepancy[] {
  const came = totals(lines)
  const found: Discrepancy[] = []
  for (const { sku, quantity = '0', uom, status } of lines)
    if (status === 'damaged') found.push({ kind: 'damaged', sku, expected: '0', received: quantity, ...unit(uom) })
  if (ordered !== undefined) {
    const wanted = totals(ordered)
    const all = totals([...before, ...lines])
    for (const [sku, { quantity, uom }] of came) {
      const order = wanted.get(sku)
      const sum = all.get(sku)
      if (order === undefined)
        found.push({ kind: 'not_ordered', sku, expected: '0', received: quantity ?? '0', ...unit(uom) })
      else if (order.uom !== sum?.uom || order.quantity === undefined || sum?.quantity === undefined)
        found.push({ kind: 'unit', sku, expected: order.quantity ?? '0', received: sum?.quantity ?? '0', ...unit(uom) })
      else if (compare(sum.quantity, percentOf(order.quantity, add('100', tolerance.over))) > 0)
        found.push({ kind: 'over', sku, expected: order.quantity, received: sum.quantity, ...unit(uom) })
    }
  }
  for (const [sku, { quantity, uom }] of totals(announced ?? [])) {
    const here = came.get(sku) ?? { quantity: '0', uom }
    if (quantity === undefined || here.quantity === undefined || here.uom !== uom) continue
    if (compare(here.quantity, percentOf(quantity, subtract('100', tolerance.under))) < 0)
      found.push({ kind: 'short', sku, expected: quantity, received: here.quantity, ...unit(uom) })
  }
  return found
}

/** Whether everything that was ordered has come, as far as the tolerance goes. */
export function isComplete(ordered: readonly Line[], received: readonly Line[], under: string): boolean {
  // Of an order without lines nobody knows what is missing.
  if (ordered.length === 0) return false
  const here = totals(received)
  return [...totals(ordered)].every(([sku, { quantity, uom }]) => {
    const came = here.get(sku)
    if (quantity === undefined || came?.quantity === undefined || came.uom !== uom) return false
    return compare(came.quantity, percentOf(quantity, subtract('100', under))) >= 0
  })
}

/** Whether both are as much of the same items. */
export function isSameGoods(a: readonly Line[], b: readonly Line[]): boolean {
  return isComplete(a, b, '0') && isComplete(b, a, '0')
}

/** The lines of a receipt, cut down to what may be accepted: what is over is left out, and so is what nobody ordered or came damaged. */
export function acceptable(lines: readonly Line[], expected: Pick<Expectation, 'ordered' | 'before'>): readonly Line[] {
  return apart(lines, expected).accepted
}

/**
 * What of a receipt goes back because it is damaged, over or not ordered: each unit once, though it may be wrong in two ways. Of items that are
 * within the tolerance, or of which nobody knows the order, only what is damaged.
 */
export function returnable(
  lines: readonly Line[],
  expected: Pick<Expectation, 'ordered' | 'before'>,
  found: readonly Discrepancy[],
): readonly Line[] {
  const beyond = new Set(found.flatMap(({ kind, sku }) => (kind === 'over' || kind === 'not_ordered' ? [sku] : [])))
  return apart(lines, expected).refused.filter(({ sku, status }) => status === 'damaged' || beyond.has(sku))
}

/** Lines without others of the same receipt: as much less of each line, item, lot and status as those are. */
export function lessOf(lines: readonly Line[], gone: readonly Line[]): readonly Line[] {
  const rest = [...gone]
  return lines.flatMap((line) => {
    let { quantity } = line
    for (const [at, one] of rest.entries()) {
      if (one.line !== line.line || one.sku !== line.sku || one.lot !== line.lot) continue
      if (one.status !== line.status || one.uom !== line.uom) continue
      if (quantity === undefined || one.quantity === undefined || compare(quantity, '0') <= 0) continue
      const taken = compare(one.quantity, quantity) > 0 ? quantity : one.quantity
      quantity = subtract(quantity, taken)
      rest[at] = { ...one, quantity: subtract(one.quantity, taken) }
    }
    return quantity !== undefined && compare(quantity, '0') <= 0
      ? []
      : [{ ...line, ...(quantity === undefined ? {} : { quantity }) }]
  })
}

/** How much of each item is announced beyond what is open, with what is; items that cannot be compared are left out. */
export function beyond(
  announced: readonly Line[],
  { ordered, coming }: { readonly ordered: readonly Line[]; readonly coming: readonly Line[] },
  over: string,
): readonly { readonly sku: string; readonly announced: string; readonly open: string }[] {
  const wanted = totals(ordered)
  const others = totals(coming)
  return [...totals(announced)].flatMap(([sku, { quantity, uom }]) => {
    const order = wanted.get(sku)
    const taken = others.get(sku) ?? { quantity: '0', uom }
    if (quantity === undefined || order?.quantity === undefined || taken.quantity === undefined) return []
    if (order.uom !== uom || taken.uom !== uom) return []
    const open = subtract(order.quantity, taken.quantity)
    const most = subtract(percentOf(order.quantity, add('100', over)), taken.quantity)
    return compare(quantity, most) > 0 ? [{ sku, announced: quantity, open: compare(open, '0') < 0 ? '0' : open }] : []
  })
}

function apart(lines: readonly Line[], { ordered = [], before }: Pick<Expectation, 'ordered' | 'before'>) {
  const left = new Map([...totals(ordered)].map(([sku, { quantity }]) => [sku, quantity ?? '0']))
  for (const [sku, { quantity }] of totals(before)) left.set(sku, subtract(left.get(sku) ?? '0', quantity ?? '0'))
  const accepted: Line[] = []
  const refused: Line[] = []
  for (const line of lines) {
    const rest = left.get(line.sku) ?? '0'
    if (line.quantity === undefined) continue
    if (line.status === 'damaged' || compare(rest, '0') <= 0) {
      refused.push(line)
      continue
    }
    const isOver = compare(line.quantity, rest) > 0
    const quantity = isOver ? rest : line.quantity
    left.set(line.sku, subtract(rest, quantity))
    accepted.push({ ...line, quantity })
    if (isOver) refused.push({ ...line, quantity: subtract(line.quantity, rest) })
  }
  return { accepted, refused }
}

interface Total {
  /** Absent: its lines cannot be added up. */
  readonly quantity: string | undefined
  readonly uom: string | undefined
}

function totals(lines: readonly Line[]): ReadonlyMap<string, Total> {
  const found = new Map<string, Total>()
  for (const { sku, quantity, uom } of lines) {
    const known = found.get(sku)
    const fits = known === undefined || (known.uom === uom && known.quantity !== undefined)
    const sum = quantity === undefined || !fits ? undefined : add(known?.quantity ?? '0', quantity)
    found.set(sku, { quantity: sum, uom: known === undefined ? uom : known.uom })
  }
  return found
}

function percentOf(quantity: string, percent: string): string {
  return multiply(multiply(quantity, percent), '0.01')
}

function unit(uom: string | undefined): { readonly uom?: string } {
  return uom === undefined ? {} : { uom }
}
