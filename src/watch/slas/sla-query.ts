import { bookings } from '../../model/posting/status.ts'
import type { Query } from '../check-query.ts'
import type { Period } from './period.ts'
import type { Measure, Sla, SlaMilestone } from './sla.ts'

/** How one measure is asked. Pieces of SQL: `:from` and `:until` are the period, `:connections` and `:carrier` whom it is about. */
interface Asked {
  readonly from: string
  readonly where: string
  readonly object: string
  readonly number: string
  readonly began: string
  /** Null while it is not done. */
  readonly ended: string
  /** Where nobody will ever know whether it was in time. */
  readonly unknowable: string
  readonly detail: string
  readonly page: string
}

const commands = [...bookings].map((one) => `'${one}'`).join(', ')
const inMilliseconds = (instant: string): string => `(extract(epoch FROM ${instant}) * 1000)::bigint`

const shipments = (milestone: SlaMilestone) => ({
  from: 'view_shipment s',
  where: `s.tenant = :tenant AND s.merged_into IS NULL AND s.${milestone}_at >= :from AND s.${milestone}_at < :until
    AND (:carrier IS NULL OR lower(s.carrier) = lower(:carrier))`,
  object: 's.id',
  number: 's.tracking_number',
  began: `s.${milestone}_at`,
  page: '/shipments',
})

const asked: Readonly<Record<Measure, (milestone: SlaMilestone) => Asked>> = {
  posting: () => ({
    from: 'effect e',
    where: `e.tenant = :tenant AND e.created_at >= ${inMilliseconds(':from')} AND e.created_at < ${inMilliseconds(':until')}
      AND e.command IN (${commands}) AND e.state <> 'cancelled' AND (:connections IS NULL OR e.target = ANY(:connections))`,
    object: 'e.effect_id',
    number: 'e.key',
    began: 'to_timestamp(e.created_at / 1000.0)',
    ended: `CASE WHEN e.state = 'applied' THEN to_timestamp(e.updated_at / 1000.0) END`,
    unknowable: 'false',
    detail: `concat_ws(' ', e.target, e.command, e.state, e.reason)`,
    page: '/effects',
  }),
  milestone: (milestone) => ({
    ...shipments(milestone),
    ended: `s.${milestone}_heard_at`,
    // A clock that is ahead: how late the news was, nobody knows.
    unknowable: `s.${milestone}_heard_at IS NULL OR s.${milestone}_heard_at < s.${milestone}_at - interval '5 minutes'`,
    detail: `s.carrier || ' ' || to_char(s.${milestone}_heard_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  }),
  completeness: () => ({
    ...shipments('delivered'),
    // When the last part came is not kept: what is whole now counts.
    ended: `CASE WHEN s.gaps = '{}' THEN s.delivered_at END`,
    unknowable: 'false',
    detail: `s.carrier || ' ' || array_to_string(s.gaps, ' ')`,
  }),
  acknowledgement: () => ({
    from: 'view_transmission x',
    where: `x.tenant = :tenant AND x.sent_at >= :from AND x.sent_at < :until
      AND (:connections IS NULL OR x.connection = ANY(:connections))`,
    object: 'x.id',
    number: 'x.number',
    began: 'x.sent_at',
    ended: 'x.answered_at',
    // A person ended it: an answer is not awaited any more.
    unknowable: `x.status = 'closed' AND x.answered_at IS NULL`,
    detail: `x.connection || ' ' || x.document_set || ' ' || x.status`,
    page: '',
  }),
}

/** What is in the period, each with its verdict. */
function judged({ measure, milestone }: Sla): { readonly text: string; readonly page: string } {
  const one = asked[measure](milestone)
  const text = `SELECT object, number, began, detail, CASE WHEN unknowable THEN 'unknown'
      WHEN coalesce(ended, :now) - began <= :within THEN CASE WHEN ended IS NULL THEN 'open' ELSE 'met' END ELSE 'missed' END AS verdict
    FROM (SELECT ${one.object} AS object, ${one.number} AS number, ${one.began} AS began, ${one.ended} AS ended,
        ${one.unknowable} AS unknowable, ${one.detail} AS detail FROM ${one.from} WHERE ${one.where}) a`
  return { text, page: one.page }
}

/** How much of a period met the promise and how much did not: one row. Every period is read by an index over its time. */
export function slaCountQuery(sla: Sla, period: Period, now: number): Query {
  const text = `SELECT ${['met', 'missed', 'open', 'unknown'].map((one) => `(count(*) FILTER (WHERE verdict = '${one}'))::float8 AS ${one}`).join(', ')}
    FROM (${judged(sla).text}) j`
  return placed(text, sla, period, now)
}

/** What missed the promise, the oldest first, behind `<began> <object>` of the last row of the page before. */
export function slaMissesQuery(
  sla: Sla,
  period: Period,
  { now, after, limit }: { readonly now: number; readonly after?: string; readonly limit: number },
): Query & { readonly page: string } {
  const { text: inner, page } = judged(sla)
  const [since = '', ...object] = after?.split(' ') ?? []
  // Also as a bound of the period, so that the index begins there.
  const from = after === undefined ? period.startsAt : Math.max(period.startsAt, Math.floor(Date.parse(since)))
  const { text, values } = placed(
    `SELECT object, number, began, detail, to_char(began AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS position
     FROM (${inner}) j WHERE verdict = 'missed' AND ($8::text IS NULL OR (began, object) > ($8::timestamptz, $9::text)) ORDER BY began, object LIMIT $10`,
    sla,
    { ...period, startsAt: from },
    now,
  )
  const more = [after === undefined ? null : since, after === undefined ? null : object.join(' '), limit]
  return { text, values: [...values, ...more], page }
}

/** Every value is named once, so that the database knows its type whatever the measure asks. */
function placed(text: string, sla: Sla, { startsAt, endsAt }: Period, now: number): Query {
  const types = { tenant: 'text', from: 'timestamptz', until: 'timestamptz', now: 'timestamptz', within: 'interval' }
  const names = Object.entries({ ...types, connections: 'text[]', carrier: 'text' })
  const named = names.reduce((sql, [name, type], index) => sql.replaceAll(`:${name}`, `$${index + 1}::${type}`), text)
  const typed = names.map(([, type], index) => `$${index + 1}::${type}`).join(', ')
  const instant = (at: number): string => new Date(at).toISOString()
  return {
    text: `WITH asked AS (SELECT ${typed}) ${named}`,
    values: [
      ...[sla.tenant, instant(startsAt), instant(endsAt), instant(now), `${sla.withinMinutes} minutes`],
      ...[sla.connections ?? null, sla.carrier ?? null],
    ],
  }
}
