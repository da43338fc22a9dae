import type { Check } from './check.ts'
import { parkedAt, parkedRows } from './parked-rows.ts'

/** Messages that nobody could read or place, by cause. */
export const messagesParked: Check = {
  id: 'messages-parked',
  question: 'Which messages are parked, and why?',
  meaning: 'What they say has not happened for anybody until they are released, edited or refused.',
  area: 'partners',
  unit: 'messages',
  unknown: 'Never: without parked messages it is zero.',
  thresholds: { amber: 1, red: 100 },
  graceMinutes: 5,
  owner: 'integration',
  nextAction: 'Repair the cause of the largest group, and release it as a whole.',
  list: { page: '/parked', search: {} },
  answer: { ...parkedRows, found: `${parkedAt} < :before` },
}
