import type { Pool } from 'pg'

const keptMs = 48 * 3_600_000

/**
 * Writes one row for each connection that has anything to say, with what came and went since the last one; forgets what is older than two
 * days. By one of all instances, once a minute.
 */
export async function sampleFlow(pool: Pick<Pool, 'query'>): Promise<void> {
  await pool.query(
    `WITH now AS (SELECT now_ms() AS at), last AS (SELECT greatest(coalesce(max(s.at), 0), (SELECT at FROM now) - 300000) AS at FROM flow_sample s),
          intake AS (SELECT tenant, connection, sum(accepted) AS total FROM intake_count GROUP BY 1, 2),
          went AS (SELECT tenant, target AS connection, count(*) FILTER (WHERE state = 'applied') AS sent, 0 AS failed FROM effect, last
                    WHERE state IN ('applied', 'cancelled') AND updated_at > last.at GROUP BY 1, 2
                   UNION ALL
                   SELECT tenant, target, 0, count(*) FROM effect, last WHERE state NOT IN ('applied', 'cancelled') AND state IN ('refused', 'parked')
                      AND updated_at > last.at GROUP BY 1, 2),
          sum AS (SELECT tenant, connection, sum(sent) AS sent, sum(failed) AS failed FROM went GROUP BY 1, 2)
     INSERT INTO flow_sample (tenant, connection, at, accepted_total, sent, failed)
     SELECT tenant, connection, (SELECT at FROM now), coalesce(i.total, 0), coalesce(s.sent, 0), coalesce(s.failed, 0)
       FROM intake i FULL JOIN sum s USING (tenant, connection) ON CONFLICT DO NOTHING`,
  )
  await pool.query('DELETE FROM flow_sample WHERE at < now_ms() - $1::bigint', [keptMs])
}
