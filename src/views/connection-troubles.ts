import type { Pool } from 'pg'
import { takenInParts } from '../backbone/step.ts'

/** What waits on one connection, counted to the last. */
export interface ConnectionTroubles {
  /** Messages that are parked. */
  readonly parked: number
  /** Documents to the partner whose acknowledgement or answer is late. */
  readonly overdue: number
}

/** What is read of them. */
export interface TroubleRows {
  /** By connection; one on which nothing waits is absent. */
  of(tenant: string, connections: readonly string[]): Promise<ReadonlyMap<string, ConnectionTroubles>>
}

/** The troubles of one database: one question, however many connections there are. */
export function troubleRows(pool: Pick<Pool, 'query'>): TroubleRows {
  return {
    of: async (tenant, connections) => {
      const { rows } = await pool.query<ConnectionTroubles & { readonly connection: string }>(
        `WITH held AS (SELECT connection, count(*) AS n FROM parked
                        WHERE tenant = $1 AND connection = ANY($2::text[]) AND state <> 'released' AND code <> '${takenInParts}' GROUP BY 1),
              late AS (SELECT connection, count(*) AS n FROM view_transmission
                        WHERE tenant = $1 AND connection = ANY($2::text[]) AND (status = 'overdue' OR response = 'overdue')
                          AND status NOT IN ('closed', 'rejected') GROUP BY 1)
         SELECT connection, coalesce(held.n, 0)::int AS parked, coalesce(late.n, 0)::int AS overdue
           FROM held FULL JOIN late USING (connection)`,
        [tenant, connections],
      )
      return new Map(rows.map(({ connection, parked, overdue }) => [connection, { parked, overdue }]))
    },
  }
}
