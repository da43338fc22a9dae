import type { Check } from './check.ts'
import { askedAt, unsettledBookings } from './effect-rows.ts'

/** What a system refused to book, or nobody knows of. */
export const postingsBlocked: Check = {
  id: 'postings-blocked',
  question: 'Which postings were refused, or are in doubt?',
  meaning: 'A person has to decide; later postings for the same document wait behind them.',
  area: 'invoicing',
  unit: 'postings',
  unknown: 'Nothing was ever to be booked.',
  thresholds: { amber: 1, red: 10 },
  graceMinutes: 0,
  owner: 'finance',
  nextAction: 'Read what the system said, repair the cause there, and send the posting again.',
  list: { page: '/effects', search: { state: 'refused' } },
  answer: { ...unsettledBookings, found: `e.state IN ('refused', 'parked') AND ${askedAt} < :before` },
}
