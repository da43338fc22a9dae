import type { Check } from './check.ts'
import { documentsIn, warehouse } from './document-rows.ts'

const open = documentsIn('return', [
  ...['requested', 'authorised', 'authorized', 'in_transit', 'received', 'inspecting', 'dispositioned'],
])

/** Customers who sent something back and wait for their money. */
export const returnsNotCredited: Check = {
  id: 'returns-not-credited',
  question: 'Which returns have arrived and are not credited?',
  meaning: 'The goods are back, the customer waits for the money.',
  area: 'returns',
  unit: 'returns',
  unknown: 'No return is open.',
  thresholds: { amber: 1, red: 25 },
  graceMinutes: 4320,
  owner: 'customer-service',
  nextAction: 'Have the goods inspected, decide what becomes of them, and issue the credit.',
  list: { page: '/returns', search: { status: 'received' } },
  answer: {
    ...open,
    found: `d.status IN ('received', 'inspecting', 'dispositioned') AND d.updated_at < :before`,
    labels: { warehouse },
    item: { ...open.item, since: 'd.updated_at', page: '/returns' },
  },
}
