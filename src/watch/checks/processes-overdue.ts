import type { Check } from './check.ts'
import { processRows } from './process-rows.ts'

/** Processes that wait for something that should have happened. */
export const processesOverdue: Check = {
  id: 'processes-overdue',
  question: 'Which processes wait for something that should have happened by now?',
  meaning: 'The step is late; the process itself will say so, or a person has to.',
  area: 'orders',
  unit: 'processes',
  unknown: 'No process is under way.',
  thresholds: { amber: 10, red: 100 },
  graceMinutes: 5,
  owner: 'order-desk',
  nextAction: 'Open the process: it says what it waits for, and who owes it.',
  list: { page: '/processes', search: {} },
  answer: { ...processRows, found: 'p.next_due < :before' },
}
