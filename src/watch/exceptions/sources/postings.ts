import { bookings } from '../../../model/posting/status.ts'
import { type ExceptionSource, quotedAll } from '../source.ts'

const isBooking = `e.command IN (${quotedAll([...bookings])})`
const words = (text: string): string => text.replaceAll('_', ' ')

/** What another system refused, or of which nobody knows whether it has it. */
export const heldPostings: ExceptionSource = {
  kind: 'posting',
  meaning: 'Something that another system should do and refused, or of which nobody knows whether it did it.',
  found: {
    from: 'effect e',
    where: `e.tenant = :tenant AND e.state IN ('refused', 'parked')`,
    object: 'e.effect_id',
    number: 'e.key',
    since: 'to_timestamp(e.updated_at / 1000.0)',
    severity: `CASE WHEN ${isBooking} THEN 'critical' ELSE 'warning' END`,
    codes: `e.state || ' ' || e.command`,
    detail: `coalesce(e.reason, '')`,
    role: `CASE WHEN ${isBooking} THEN 'finance' ELSE 'integration' END`,
    connection: 'e.target',
  },
  tell: ({ object, codes: [state = '', command = ''], connection, detail }) => ({
    wrong: `${words(command)} ${state === 'refused' ? `was refused by ${connection}` : `waits for a decision before ${connection} is told`}${detail === '' ? '.' : `: ${detail}`}`,
    action:
      state === 'refused'
        ? 'Read what the system said, repair the cause there, and send it again.'
        : 'Look it up in the other system; say that it is there, or send it again.',
    page: '/effects',
    shown: object,
  }),
}

/** A system that takes nothing at the third try: one exception for all that waits for it. */
export const failingPostings: ExceptionSource = {
  kind: 'failing_posting',
  meaning: 'What one system does not take although it was tried three times or more.',
  found: {
    from: `(SELECT e.target, e.command, min(coalesce(e.first_sent_at, e.created_at)) AS since, count(*) AS count FROM effect e
             WHERE e.tenant = :tenant AND e.state IN ('queued', 'awaiting', 'unknown') AND e.attempt >= 3 GROUP BY e.target, e.command) e`,
    where: 'true',
    object: `e.target || ':' || e.command`,
    number: 'e.target',
    since: 'to_timestamp(e.since / 1000.0)',
    severity: `CASE WHEN ${isBooking} THEN 'critical' ELSE 'warning' END`,
    codes: 'e.command',
    detail: `''`,
    role: `'integration'`,
    count: 'e.count',
    connection: 'e.target',
  },
  tell: ({ codes: [command = ''], connection, count }) => ({
    wrong: `${words(command)} fails at ${connection}: ${count} tried three times or more.`,
    action: 'Look whether the system is reachable and takes our credentials; the hub goes on trying.',
    actor: connection,
    page: '/effects',
    search: { target: connection },
  }),
}
