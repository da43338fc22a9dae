import type { Pool } from 'pg'

/** What a target is owed. Times in ms since 1970. */
export interface OwedToTarget {
  readonly target: string
  readonly state: string
  readonly count: number
  /** When the oldest of them was asked for. */
  readonly oldestAt: number
}

/** What came through a connection, today in UTC. */
export interface TakenIn {
  readonly connection: string
  readonly accepted: number
  readonly duplicate: number
  readonly refused: number
  /** When something came last; null where it is not known. */
  readonly lastAt: number | null
  /** Accepted since the newest sample that is a minute old, and how long that is. Null where there is none. */
  readonly lately: number | null
  readonly latelyMs: number | null
}

/** What waits for somebody before it is understood. */
export interface HeldBack {
  readonly connection: string
  /** Because the connection is paused; otherwise for a reason of its own. */
  readonly isPaused: boolean
  readonly count: number
  readonly oldestAt: number
}

/** What went out. */
export interface SentToTarget {
  readonly target: string
  /** Applied within the last minute. */
  readonly minute: number
  /** Within the last hour, as far as it was sampled. */
  readonly hour: number
  readonly failedHour: number
}

/** What is left to do for a connection that is being drained. */
export interface LeftOfDrain {
  readonly parked: number
  readonly owed: number
  readonly needPeople: number
  /** Documents that left and are not answered, by a receipt of the partner or by his business. */
  readonly unanswered: number
  /** Asked of it after the drain began. */
  readonly kept: number
}

/** One minute of the past. */
export interface FlowPast {
  readonly at: number
  readonly accepted: number
  readonly sent: number
  readonly failed: number
}

/** What is read of the flow of one tenant. */
export interface FlowRows {
  owed(tenant: string): Promise<readonly OwedToTarget[]>
  takenIn(tenant: string): Promise<readonly TakenIn[]>
  heldBack(tenant: string): Promise<readonly HeldBack[]>
  sent(tenant: string): Promise<readonly SentToTarget[]>
  /** `since` is when the drain began, ms since 1970. */
  left(of: { readonly tenant: string; readonly connection: string; readonly since: number }): Promise<LeftOfDrain>
  /** By minute since `from`, the oldest first; of one connection, or of all. */
  past(tenant: string, from: number, connection?: string): Promise<readonly FlowPast[]>
}

/** The flow of one database. */
export function flowRows(pool: Pick<Pool, 'query'>): FlowRows {
  const read = async <T extends object>(text: string, values: readonly unknown[]): Promise<readonly T[]> =>
    (await pool.query<T & Record<string, unknown>>(text, [...values])).rows
  return {
    owed: (tenant) =>
      read(
        `SELECT target, state, count(*)::int AS count, min(created_at)::float8 AS "oldestAt" FROM effect
          WHERE tenant = $1 AND state NOT IN ('applied', 'cancelled') GROUP BY 1, 2 ORDER BY 1, 2`,
        [tenant],
      ),
    takenIn: (tenant) =>
      read(
        `WITH total AS (SELECT connection, sum(accepted) AS all_of_it,
                               sum(accepted) FILTER (WHERE day = today) AS accepted, sum(duplicate) FILTER (WHERE day = today) AS duplicate,
                               sum(refused) FILTER (WHERE day = today) AS refused, max(last_at) AS last_at
                          FROM intake_count, (SELECT (now() AT TIME ZONE 'UTC')::date AS today) t WHERE tenant = $1 GROUP BY 1)
         SELECT t.connection, coalesce(t.accepted, 0)::int AS accepted, coalesce(t.duplicate, 0)::int AS duplicate, coalesce(t.refused, 0)::int AS refused,
                t.last_at::float8 AS "lastAt", greatest(0, t.all_of_it - s.accepted_total)::float8 AS lately, (now_ms() - s.at)::float8 AS "latelyMs"
           FROM total t LEFT JOIN LATERAL (
             SELECT at, accepted_total FROM flow_sample f WHERE f.tenant = $1 AND f.connection = t.connection AND f.at BETWEEN now_ms() - 300000 AND now_ms() - 60000
              ORDER BY at DESC LIMIT 1) s ON true ORDER BY 1`,
        [tenant],
      ),
    heldBack: (tenant) =>
      read(
        // What waits behind a message that a pause keeps goes on with it.
        `SELECT connection, code = 'CONNECTION_PAUSED' OR (code = 'BEHIND_PARKED' AND connection IN (
                  SELECT connection FROM parked WHERE tenant = $1 AND code = 'CONNECTION_PAUSED' AND state = 'parked')) AS "isPaused",
                count(*)::int AS count, min(at)::float8 AS "oldestAt"
           FROM parked WHERE tenant = $1 AND state <> 'released' GROUP BY 1, 2 ORDER BY 1, 2`,
        [tenant],
      ),
    sent: (tenant) =>
      read(
        `WITH minute AS (SELECT target, count(*) AS n FROM effect WHERE tenant = $1 AND state = 'applied' AND updated_at >= now_ms() - 60000 GROUP BY 1),
              hour AS (SELECT connection AS target, sum(sent) AS sent, sum(failed) AS failed FROM flow_sample
                        WHERE tenant = $1 AND at >= now_ms() - 3600000 GROUP BY 1)
         SELECT target, coalesce(m.n, 0)::int AS minute, coalesce(h.sent, 0)::int AS hour, coalesce(h.failed, 0)::int AS "failedHour"
           FROM minute m FULL JOIN hour h USING (target) ORDER BY 1`,
        [tenant],
      ),
    left: async ({ tenant, connection, since }) => {
      const [row] = await read<LeftOfDrain>(
        `SELECT (SELECT count(*) FROM parked WHERE tenant = $1 AND connection = $2)::int AS parked,
                count(*) FILTER (WHERE is_old AND state NOT IN ('refused', 'parked'))::int AS owed,
                count(*) FILTER (WHERE is_old AND state IN ('refused', 'parked'))::int AS "needPeople",
                (SELECT count(*) FROM view_transmission WHERE tenant = $1 AND connection = $2
                   AND (status IN ('numbering', 'sent', 'overdue') OR (response IN ('awaited', 'overdue') AND status NOT IN ('closed', 'rejected'))))::int AS unanswered,
                count(*) FILTER (WHERE NOT is_old)::int AS kept
           FROM (SELECT state, created_at <= $3 OR attempt > 0 AS is_old FROM effect
                  WHERE tenant = $1 AND target = $2 AND state NOT IN ('applied', 'cancelled')) e`,
        [tenant, connection, since],
      )
      return row ?? { parked: 0, owed: 0, needPeople: 0, unanswered: 0, kept: 0 }
    },
    past: (tenant, from, connection) =>
      read(
        `SELECT at::float8 AS at, sum(accepted)::float8 AS accepted, sum(sent)::float8 AS sent, sum(failed)::float8 AS failed
           FROM (SELECT at, sent, failed, greatest(0, accepted_total - coalesce(lag(accepted_total) OVER (PARTITION BY connection ORDER BY at), accepted_total)) AS accepted
                   FROM flow_sample WHERE tenant = $1 AND at >= $2::bigint - 120000 AND ($3::text IS NULL OR connection = $3)) s
          WHERE at >= $2::bigint GROUP BY at ORDER BY at`,
        [tenant, from, connection ?? null],
      ),
  }
}
