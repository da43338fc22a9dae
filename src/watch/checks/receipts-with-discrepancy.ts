import type { Check } from './check.ts'
import { processRows } from './process-rows.ts'

/** Goods that came otherwise than they were announced. */
export const receiptsWithDiscrepancy: Check = {
  id: 'receipts-with-discrepancy',
  question: 'Which purchases have a receipt that does not agree with order or notice, and nobody has decided?',
  meaning: 'The goods are neither sellable nor returned, and the supplier is not told.',
  area: 'warehouse',
  unit: 'purchases',
  unknown: 'No purchase is under way.',
  thresholds: { amber: 1, red: 20 },
  graceMinutes: 0,
  owner: 'receiving',
  nextAction: 'Decide the task of the receipt: take it, send it back, or claim it from the supplier.',
  list: { page: '/tasks', search: { name: 'receipt-discrepancy' } },
  answer: {
    ...processRows,
    asked: `${processRows.asked} AND p.process = 'procure-to-receive'`,
    found: `EXISTS (SELECT FROM unnest(p.branches) b WHERE b LIKE '%:discrepant') AND p.updated_at < :before`,
    item: { ...processRows.item, since: 'p.updated_at' },
    labels: {},
  },
}
