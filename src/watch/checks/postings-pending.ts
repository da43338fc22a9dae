import type { Check } from './check.ts'
import { askedAt, unsettledBookings } from './effect-rows.ts'

/** What the books do not show yet. */
export const postingsPending: Check = {
  id: 'postings-pending',
  question: 'Which postings to ERP and other books are still under way after a quarter of an hour?',
  meaning: 'Stock and money in the books differ from what happened.',
  area: 'invoicing',
  unit: 'postings',
  unknown: 'Nothing was ever to be booked.',
  thresholds: { amber: 1, red: 100 },
  graceMinutes: 15,
  owner: 'finance',
  nextAction: 'Look whether the system takes postings at all; its breaker and its budget say so.',
  list: { page: '/effects', search: { state: 'queued' } },
  answer: {
    ...unsettledBookings,
    found: `e.state IN ('queued', 'sending', 'awaiting', 'unknown') AND ${askedAt} < :before`,
  },
}
