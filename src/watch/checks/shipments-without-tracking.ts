import type { Check } from './check.ts'
import { underWay } from './shipment-rows.ts'

/** Parcels that nobody can follow. */
export const shipmentsWithoutTracking: Check = {
  id: 'shipments-without-tracking',
  question: 'Which shipments are booked or under way and have no tracking number?',
  meaning: 'Nobody can follow them: the customer is told nothing, and a loss is seen only when somebody complains.',
  area: 'transport',
  unit: 'shipments',
  unknown: 'No shipment is under way, so there is nothing to say.',
  thresholds: { amber: 1, red: 25 },
  graceMinutes: 240,
  owner: 'transport',
  nextAction: 'Ask the carrier or the warehouse for the number, or send the label again.',
  answer: { ...underWay, found: `s.tracking_number = '' AND coalesce(s.began_at, s.updated_at) < :before` },
}
