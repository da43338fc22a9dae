import type { Check } from './check.ts'

/** Questions that nobody has decided in time. */
export const tasksOverdue: Check = {
  id: 'tasks-overdue',
  question: 'Which tasks were not decided in time?',
  meaning: 'Something stands still until a person decides.',
  area: 'orders',
  unit: 'tasks',
  unknown: 'Never: without tasks nothing is overdue.',
  thresholds: { amber: 1, red: 20 },
  graceMinutes: 0,
  owner: 'order-desk',
  nextAction: 'Decide them, the oldest first, or give them to somebody who can.',
  list: { page: '/tasks', search: { overdue: 'true' } },
  answer: {
    kind: 'table',
    from: 'view_task k',
    tenant: 'k.tenant',
    asked: `k.state = 'open'`,
    found: '(k.overdue OR k.due_at < :before)',
    known: 'true',
    labels: { role: 'k.role' },
    item: { object: 'k.id', number: 'k.name', since: 'k.due_at', detail: 'k.question', page: '/tasks' },
  },
}
