import type { Check } from './check.ts'
import { parkedAt, parkedRows } from './parked-rows.ts'

/** Codes of others that nobody has translated. */
export const codesUnmapped: Check = {
  id: 'codes-unmapped',
  question: 'Which messages wait because a code of theirs is in no table?',
  meaning: 'One missing translation holds up every message that uses the code.',
  area: 'partners',
  unit: 'messages',
  unknown: 'Never: without such messages it is zero.',
  thresholds: { amber: 1, red: 50 },
  graceMinutes: 0,
  owner: 'master-data',
  nextAction: 'Decide the task that asks for the translation; the messages go on by themselves.',
  list: { page: '/tasks', search: { name: 'map-code' } },
  answer: {
    ...parkedRows,
    found: `q.code = 'CODE_UNKNOWN' AND ${parkedAt} < :before`,
    labels: { connection: 'q.connection' },
  },
}
