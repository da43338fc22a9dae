import type { Check } from './check.ts'
import { askedAt, unsettledBookings } from './effect-rows.ts'

/** Customers’ systems that do not hear what happened. */
export const subscribersBehind: Check = {
  id: 'subscribers-behind',
  question: 'Which webhooks could not be delivered for an hour?',
  meaning: 'Systems of others do not know what happened.',
  area: 'partners',
  unit: 'events',
  unknown: 'Nothing was ever sent to anybody.',
  thresholds: { amber: 1, red: 1000 },
  graceMinutes: 60,
  owner: 'integration',
  nextAction: 'Ask the subscriber whether its door works; the subscription says what it answered last.',
  answer: {
    ...unsettledBookings,
    asked: `e.state NOT IN ('applied', 'cancelled') AND e.command = 'deliver'`,
    found: `${askedAt} < :before`,
    labels: { subscription: 'e.target' },
  },
}
