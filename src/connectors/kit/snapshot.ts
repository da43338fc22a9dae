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
