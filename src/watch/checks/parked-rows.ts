import { takenInParts } from '../../backbone/step.ts'
import type { TableAnswer } from './check.ts'

/** When a message was parked. */
export const parkedAt = 'to_timestamp(q.at / 1000.0)'

/** Messages that wait for a person, a parent, or behind another one. */
export const parkedRows = {
  kind: 'table',
  from: 'parked q',
  tenant: 'q.tenant',
  asked: `q.state <> 'released' AND (q.code <> '${takenInParts}' OR q.until <= now_ms())`,
  known: 'true',
  labels: { connection: 'q.connection', cause: 'q.code' },
  item: {
    object: `'msg_' || q.part || '-' || q.off`,
    number: `coalesce(q.order_key, '')`,
    since: parkedAt,
    detail: `q.code || ': ' || q.detail`,
    page: '/messages',
  },
} as const satisfies Omit<TableAnswer, 'found'>
