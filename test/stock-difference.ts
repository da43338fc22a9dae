import { subtract } from '../src/base/decimal.ts'
import type { Fact } from '../src/model/fact.ts'
import type { DifferenceReport } from '../src/model/stock/difference.ts'
import { about } from './stock-reports.ts'

/** A comparison with the ERP found this at a place. */
export function difference(
  location: string,
  ours: string,
  theirs: string,
  more: Partial<DifferenceReport> & { readonly recordedMs?: number } = {},
): Fact {
  const { recordedMs, ...rest } = more
  const report: DifferenceReport = {
    system: 'erp',
    run: 'rec_1',
    location,
    status: 'available',
    lot: '',
    ours,
    theirs,
    difference: subtract(ours, theirs),
    takenAt: '2026-03-02T09:00:00Z',
    cause: 'unexplained',
    explanations: [],
    repairs: ['recount'],
    ...rest,
  }
  return about('inventory.difference_reported', report, recordedMs)
}
