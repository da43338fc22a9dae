import type { ExceptionSource } from '../source.ts'

/** What people did not decide in time. */
export const overdueTasks: ExceptionSource = {
  kind: 'task',
  meaning: 'A task that was not decided by its deadline.',
  found: {
    from: 'view_task k',
    where: `k.tenant = :tenant AND k.state = 'open' AND k.due_at < :now`,
    object: 'k.id',
    number: 'k.name',
    since: 'k.due_at',
    severity: `CASE WHEN k.due_at < :now - interval '1 day' THEN 'critical' ELSE 'warning' END`,
    codes: 'k.name',
    detail: 'k.question',
    role: `CASE WHEN k.overdue AND k.escalate_to <> '' THEN k.escalate_to ELSE k.role END`,
  },
  tell: ({ object, detail }) => ({
    wrong: `Not decided in time: ${detail}`,
    action: 'Decide it, or give it to somebody who can.',
    page: '/tasks',
    shown: object,
  }),
}
