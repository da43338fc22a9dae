import type { Check } from './check.ts'
import { documentsIn, warehouse } from './document-rows.ts'

const booked = documentsIn('appointment', [
  ...['requested', 'confirmed', 'rescheduled', 'checked_in', 'at_dock', 'loading', 'completed', 'no_show'],
])

/** Vehicles that did not come. */
export const appointmentsMissed: Check = {
  id: 'appointments-missed',
  question: 'Which appointments at a dock were missed in the last seven days?',
  meaning: 'A dock stood idle, and what should have come or gone did not.',
  area: 'warehouse',
  unit: 'appointments',
  unknown: 'No appointment was made for the last seven days.',
  thresholds: { amber: 1, red: 10 },
  graceMinutes: 30,
  owner: 'receiving',
  nextAction: 'Ask the carrier where the vehicle is, and give it another time.',
  list: { page: '/appointments', search: { status: 'no_show' } },
  answer: {
    ...booked,
    asked: `${booked.asked} AND (d.updated_at > :now - interval '7 days' OR d.due_at < 'infinity')`,
    found: `(d.status = 'no_show' OR d.due_at < :before)`,
    labels: { warehouse },
    item: {
      ...booked.item,
      since: `CASE WHEN d.due_at < 'infinity' THEN d.due_at ELSE d.updated_at END`,
      page: '/appointments',
    },
  },
}
