import type { Check } from './check.ts'
import { carrier, documentsIn } from './document-rows.ts'

const open = documentsIn('freight_invoice', ['received', 'unmatched', 'matched', 'variance', 'disputed', 'approved'])

/** Carriers that charge more than was agreed. */
export const freightInvoicesOverTolerance: Check = {
  id: 'freight-invoices-over-tolerance',
  question: 'Which freight invoices differ from what was agreed by more than is tolerated?',
  meaning: 'They are not paid until somebody has approved or disputed them, and terms of payment run.',
  area: 'freight',
  unit: 'invoices',
  unknown: 'No freight invoice is open.',
  thresholds: { amber: 1, red: 20 },
  graceMinutes: 0,
  owner: 'freight-audit',
  nextAction: 'Compare the charges with contract and accrual; approve, or dispute with the carrier.',
  list: { page: '/freight-invoices', search: { status: 'variance' } },
  answer: {
    ...open,
    found: `d.status IN ('variance', 'disputed') AND d.updated_at < :before`,
    labels: { carrier },
    item: { ...open.item, since: 'd.updated_at', page: '/freight-invoices' },
  },
}
