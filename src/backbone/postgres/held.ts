import type { Pool } from 'pg'

/**
 * Lets go, in order, what was held back in these partitions by pauses that are over; at most `limit`. Returns how many. The pause itself is
 * asked in the same statement: whoever is slow to hear of one lets nothing go.
 */
export async function releaseHeld(
  pool: Pick<Pool, 'query'>,
  partitions: readonly number[],
  limit: number,
): Promise<number> {
  if (partitions.length === 0) return 0
  const { rows } = await pool.query(
    `UPDATE parked SET state = 'released', released_by = 'hub:resume' WHERE (part, off) IN (
       SELECT p.part, p.off FROM parked p WHERE p.code = 'CONNECTION_PAUSED' AND p.state = 'parked' AND p.part = ANY ($1::smallint[])
          AND NOT EXISTS (SELECT FROM flow_control c WHERE c.tenant = p.tenant AND c.connection = p.connection
                            AND c.stage = 'translate' AND c.paused_at IS NOT NULL)
        ORDER BY p.part, p.off LIMIT $2 FOR UPDATE OF p) RETURNING off`,
    [partitions, limit],
  )
  return rows.length
}
