import { takenInParts } from '../../../backbone/step.ts'
import { type ErrorCode, errors } from '../../../base/errors.ts'
import type { ExceptionSource } from '../source.ts'

/** Messages that a person has to let go, one exception for each cause on each connection: repaired together, released together. */
export const parkedGroups: ExceptionSource = {
  kind: 'parked',
  meaning: 'Messages of one connection that are parked for one cause.',
  found: {
    from: `(SELECT q.connection, q.code, min(q.at) AS since, count(*) AS count FROM parked q
             WHERE q.tenant = :tenant AND q.state <> 'released'
               AND (q.code <> '${takenInParts}' OR q.until <= now_ms()) GROUP BY q.connection, q.code) g`,
    where: 'true',
    object: `g.connection || ':' || g.code`,
    number: 'g.connection',
    since: 'to_timestamp(g.since / 1000.0)',
    severity: `CASE WHEN g.count >= 100 THEN 'critical' ELSE 'warning' END`,
    codes: 'g.code',
    detail: `''`,
    role: `CASE WHEN g.code LIKE 'CODE_%' OR g.code LIKE 'UNIT_%' THEN 'master-data' ELSE 'integration' END`,
    count: 'g.count',
    connection: 'g.connection',
  },
  tell: ({ codes: [code = ''], count, connection }) => {
    const known = Object.hasOwn(errors, code) ? errors[code as ErrorCode] : undefined
    return {
      wrong: `${count} ${count === 1 ? 'message is' : 'messages are'} parked: ${known?.title ?? code}.`,
      action: known?.hint ?? 'Look at one of the messages and decide.',
      page: '/parked',
      search: { connection, code },
    }
  },
}
