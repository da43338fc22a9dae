import type { TableAnswer } from './check.ts'

/** Processes under way. */
export const processRows = {
  kind: 'table',
  from: 'view_process p',
  tenant: 'p.tenant',
  asked: 'NOT p.is_over',
  labels: { process: 'p.process' },
  item: { object: 'p.id', number: 'p.key', since: 'p.next_due', detail: 'p.state', page: '/processes' },
} as const satisfies Omit<TableAnswer, 'found'>
