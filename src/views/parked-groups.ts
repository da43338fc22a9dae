import type { Pool } from 'pg'

/** Messages that wait for the same reason on the same connection. */
export interface ParkedGroup {
  readonly code: string
  readonly connection: string
  readonly count: number
  /** Of these, how many wait behind another one or for their parent, not for a person. */
  readonly waiting: number
  /** When the first and the last of them were parked, ms since 1970. */
  readonly since: number
  readonly newest: number
  /** Id of one of the newest. */
  readonly sample: string
  readonly detail: string
  /** How many of those that still wait were parked on each of the last 14 days, by date in UTC. */
  readonly days: Readonly<Record<string, number>>
  /** Who let go the same cause last, when (ms), and how many messages that was. Absent where nobody did. */
  readonly lastRelease?: { readonly by: string; readonly at: number; readonly done: number }
}

/** What is read of them. */
export interface ParkedGroups {
  /** The largest first; at most `limit`. */
  list(tenant: string, limit: number): Promise<readonly ParkedGroup[]>
}

/** The groups of one database. */
export function parkedGroups(pool: Pick<Pool, 'query'>): ParkedGroups {
  return { list: (tenant, limit) => list(pool, tenant, limit) }
}

const dayMs = 86_400_000

interface Row extends Omit<ParkedGroup, 'lastRelease' | 'since' | 'newest'> {
  readonly since: string
  readonly newest: string
  readonly releasedBy: string | null
  readonly releasedAt: string | null
  readonly released: number | null
}

async function list(pool: Pick<Pool, 'query'>, tenant: string, limit: number): Promise<readonly ParkedGroup[]> {
  const { rows } = await pool.query<Row>(
    `WITH day AS (SELECT code, connection, at / ${dayMs} AS day, count(*)::int AS n, (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting,
                         min(at) AS since, max(at) AS newest, max(ARRAY[at, part, off]) AS last
                    FROM parked WHERE tenant = $1 AND state <> 'released' GROUP BY 1, 2, 3),
          found AS (SELECT code, connection, sum(n)::int AS count, sum(waiting)::int AS waiting, min(since) AS since, max(newest) AS newest, max(last) AS last,
                           coalesce(jsonb_object_agg(to_char(to_timestamp(day * ${dayMs / 1000}) AT TIME ZONE 'UTC', 'YYYY-MM-DD'), n)
                             FILTER (WHERE day > now_ms() / ${dayMs} - 14), '{}') AS days
                      FROM day GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT $2),
          released AS (SELECT DISTINCT ON (cause) cause, by, updated_at, done
                         FROM (SELECT spec::jsonb->>'cause' AS cause, spec::jsonb->>'by' AS by, spec::jsonb->>'dryRun' AS dry, updated_at, no,
                                      coalesce((progress::jsonb->>'done')::int, 0) AS done
                                 FROM job WHERE tenant = $1 AND kind = 'replay' AND state = 'done') j
                        WHERE cause IS NOT NULL AND dry = 'false' ORDER BY cause, no DESC)
     SELECT f.code, f.connection, f.count, f.waiting, f.since, f.newest, 'msg_' || f.last[2] || '-' || f.last[3] AS sample, p.detail, f.days,
            r.by AS "releasedBy", r.updated_at AS "releasedAt", r.done AS released
       FROM found f JOIN parked p ON p.part = f.last[2] AND p.off = f.last[3] LEFT JOIN released r ON r.cause = f.code
      ORDER BY f.count DESC, f.code, f.connection`,
    [tenant, limit],
  )
  return rows.map(({ since, newest, releasedBy, releasedAt, released, ...row }) => ({
    ...row,
    since: Number(since),
    newest: Number(newest),
    ...(releasedBy === null ? {} : { lastRelease: { by: releasedBy, at: Number(releasedAt), done: released ?? 0 } }),
  }))
}
