import type { Check } from './check.ts'
import { documentsIn, warehouse } from './document-rows.ts'

const open = documentsIn('delivery', [
  ...['created', 'released', 'acknowledged', 'picking', 'picked', 'packed', 'staged'],
])

/** Deliveries whose planned time is over. */
export const deliveriesLateToShip: Check = {
  id: 'deliveries-late-to-ship',
  question: 'Which deliveries should have left the warehouse by now?',
  meaning: 'The planned time of shipping is over and goods issue was not reported.',
  area: 'warehouse',
  unit: 'deliveries',
  unknown: 'No delivery is open.',
  thresholds: { amber: 1, red: 20 },
  graceMinutes: 0,
  owner: 'warehouse',
  nextAction: 'Ask the warehouse what holds them up; book the carrier again where the pickup was missed.',
  list: { page: '/deliveries', search: {} },
  answer: {
    ...open,
    found: 'd.due_at < :before',
    labels: { warehouse },
    item: { ...open.item, since: 'd.due_at', page: '/deliveries' },
  },
}
