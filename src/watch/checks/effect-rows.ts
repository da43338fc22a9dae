import { bookings } from '../../model/posting/status.ts'
import type { TableAnswer } from './check.ts'

/** An instant of the ledger, which counts milliseconds since 1970. */
export const askedAt = 'to_timestamp(e.created_at / 1000.0)'

const commands = [...bookings].map((one) => `'${one}'`).join(', ')

/** What has to be booked elsewhere and is not. */
export const unsettledBookings = {
  kind: 'table',
  from: 'effect e',
  tenant: 'e.tenant',
  asked: `e.state NOT IN ('applied', 'cancelled') AND e.command IN (${commands})`,
  known: 'EXISTS (SELECT FROM effect k WHERE k.tenant = t.tenant)',
  labels: { target: 'e.target', command: 'e.command' },
  item: {
    object: 'e.effect_id',
    number: 'e.key',
    since: askedAt,
    detail: `concat_ws(' ', e.command, e.state, e.reason)`,
    page: '/effects',
  },
} as const satisfies Omit<TableAnswer, 'found'>
