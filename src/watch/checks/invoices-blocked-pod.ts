import type { Check } from './check.ts'
import { carrier, documentsIn } from './document-rows.ts'

const open = documentsIn('invoice', ['not_due', 'pending_pod', 'blocked', 'ready', 'released'])

/** Money that waits for a signature. */
export const invoicesBlockedPod: Check = {
  id: 'invoices-blocked-pod',
  question: 'Which invoices are blocked because the proof of delivery is missing?',
  meaning: 'The goods are there, the money is not: the invoice is released only with the proof.',
  area: 'invoicing',
  unit: 'invoices',
  unknown: 'No invoice is waiting to be released, for whatever reason.',
  thresholds: { amber: 1, red: 20 },
  graceMinutes: 1440,
  owner: 'finance',
  nextAction: 'Ask the carrier for the proof of delivery, or attach one and release the invoice.',
  list: { page: '/invoices', search: { status: 'pending_pod' } },
  answer: {
    ...open,
    found: `d.status = 'pending_pod' AND d.updated_at < :before`,
    labels: { carrier },
    item: { ...open.item, since: 'd.updated_at', page: '/invoices' },
  },
}
