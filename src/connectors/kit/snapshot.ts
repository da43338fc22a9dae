import type { Assertion } from '../../model/fact.ts'
import type { SnapshotScopeReport, StockAssertionReport } from '../../model/report.ts'
import { stockOf } from './stock.ts'

/**
 * What a complete snapshot says beside its lines: for each item that it lists, that no more of it is in these locations; the first of
 * them also that other items are not there at all.
 */
export function scopeAssertions(
  lines: readonly StockAssertionReport[],
  locations: readonly string[] = [...new Set(lines.map(({ location }) => location))],
): Assertion<SnapshotScopeReport>[] {
  const items = new Map<string, StockAssertionReport[]>()
  for (const line of lines) {
    const known = items.get(line.sku)
    if (known === undefined) items.set(line.sku, [line])
    else known.push(line)
  }
  return [...items].flatMap(([sku, [first, ...others]], index) => {
    if (first === undefined) return []
    const { document, effectiveAt } = first
    const { line: _, ...whole } = document
    const report: SnapshotScopeReport = {
      sku,
      document: whole,
      effectiveAt,
      locations,
      listed: [first, ...others].map(keyOf),
      ...(index === 0 ? { opens: true } : {}),
    }
    return [
      { type: 'inventory.snapshot_scope_reported', about: stockOf(sku), occurredAt: effectiveAt.at, data: report },
    ]
  })
}

/**
 * Index of the first line that counts a place of which another line of the same document already said how much is there; -1 where there is
 * none. Whether both are to be added, or one of them is the right one, nobody can tell. A line that is told again in the same words is none.
 */
export function countedTwice(lines: readonly StockAssertionReport[]): number {
  const known = new Map<string, StockAssertionReport>()
  return lines.findIndex((line) => {
    const { kind, sku, document, effectiveAt, quantity, uom } = line
    const key = JSON.stringify([kind, document.id, effectiveAt.at, sku, keyOf(line)])
    const before = known.get(key)
    if (before === undefined) known.set(key, line)
    const isRepeated =
      document.line !== undefined &&
      before?.document.line === document.line &&
      before.quantity === quantity &&
      before.uom === uom
    return before !== undefined && !isRepeated
  })
}

/** What stands there instead of a line that `countedTwice` finds. */
export const countedOnce =
  'a place that no other line of the document counts: tell lot, serial, status or owner, or the sum'

function keyOf({
  location,
  status,
  lot,
  serial,
  ownerParty,
}: StockAssertionReport): SnapshotScopeReport['listed'][number] {
  return {
    location,
    status,
    ...(lot === undefined ? {} : { lot }),
    ...(serial === undefined ? {} : { serial }),
    ...(ownerParty === undefined ? {} : { ownerParty }),
  }
}
