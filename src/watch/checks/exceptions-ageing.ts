import type { Check } from './check.ts'
import { underWay } from './shipment-rows.ts'

/** Trouble with shipments that nobody has ended. */
export const exceptionsAgeing: Check = {
  id: 'exceptions-ageing',
  question: 'Which exceptions of shipments are open for longer than a day?',
  meaning: 'An exception that is open for a day is usually one that nobody works on.',
  area: 'transport',
  unit: 'shipments',
  unknown: 'No shipment is known.',
  thresholds: { amber: 1, red: 50 },
  graceMinutes: 1440,
  owner: 'transport',
  nextAction: 'Work through them in the exceptions worklist, the oldest first.',
  answer: {
    ...underWay,
    asked: `s.merged_into IS NULL AND s.exceptions <> '{}'`,
    found: 'coalesce(s.exception_at, s.updated_at) < :before',
    known: `EXISTS (SELECT FROM view_shipment k WHERE k.tenant = t.tenant)`,
    labels: { category: 's.exceptions[1]' },
    item: {
      ...underWay.item,
      since: 'coalesce(s.exception_at, s.updated_at)',
      detail: `array_to_string(s.exceptions, ' ')`,
    },
  },
}
