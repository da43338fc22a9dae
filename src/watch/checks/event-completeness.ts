import type { Check } from './check.ts'
import { underWay } from './shipment-rows.ts'

/** Delivered shipments whose story has holes. */
export const eventCompleteness: Check = {
  id: 'event-completeness',
  question: 'Which shipments were delivered in the last seven days with a part of their story missing?',
  meaning:
    'Collected, under way and proof of delivery belong to each delivery. Without them nobody can measure a carrier or release an invoice.',
  area: 'transport',
  unit: 'shipments',
  unknown: 'Nothing was delivered in the last seven days.',
  thresholds: { amber: 1, red: 100 },
  graceMinutes: 1440,
  owner: 'transport',
  nextAction: 'Ask the carrier why it does not send these events; poll it, or agree on them.',
  answer: {
    ...underWay,
    asked: `s.merged_into IS NULL AND s.status = 'delivered' AND s.updated_at > :now - interval '7 days'`,
    found: `s.gaps <> '{}' AND s.updated_at < :before`,
    labels: { ...underWay.labels, gap: `coalesce(s.gaps[1], 'none')` },
    item: { ...underWay.item, since: 's.updated_at', detail: `array_to_string(s.gaps, ' ')` },
  },
}
