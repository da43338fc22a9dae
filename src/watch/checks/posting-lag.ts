import type { Check } from './check.ts'
import { carrier, warehouse } from './document-rows.ts'
import { unsettledBookings } from './effect-rows.ts'

/** How far the books are behind the world. */
export const postingLag: Check = {
  id: 'posting-lag',
  question: 'For how long does the oldest posting wait that is under way, by warehouse, carrier and region?',
  meaning: 'That is how far the books are behind what happened.',
  area: 'invoicing',
  unit: 'seconds',
  unknown: 'Nothing was ever to be booked.',
  thresholds: { amber: 900, red: 3600 },
  owner: 'finance',
  nextAction: 'Look whether the system is slow, closed or refuses; the label says whose goods are concerned.',
  list: { page: '/effects', search: { state: 'queued' } },
  answer: {
    ...unsettledBookings,
    measure: 'oldest',
    from: `effect e LEFT JOIN LATERAL (
        SELECT d.locations, d.carriers FROM view_posting p JOIN view_document d ON d.id = p.name
         WHERE p.effect = e.effect_id AND p.books LIMIT 1) d ON true
      LEFT JOIN LATERAL (
        SELECT m.body::jsonb #>> '{address,country}' AS region FROM master_data m
         WHERE m.tenant = e.tenant AND m.kind = 'locations' AND m.key = d.locations[1]) r ON true`,
    found: `e.state IN ('queued', 'sending', 'awaiting', 'unknown')`,
    labels: { warehouse, carrier, region: `coalesce(r.region, 'unknown')` },
  },
}
