import type { Pool } from 'pg'
import { shortHash } from '../base/sha256.ts'

/** Lists that change without a fact: what waits for somebody, what is still to be sent, and long work. */
export const pulsed = ['effects', 'jobs', 'parked'] as const

/** Name of one of these lists. */
export type Pulsed = (typeof pulsed)[number]

/** How these lists of one tenant stand. */
export interface Pulse {
  /** Rows by state. */
  readonly counts: Readonly<Record<Pulsed, Readonly<Record<string, number>>>>
  /** Changes whenever one of the lists does: 16 digits and letters. */
  readonly mark: string
}

/** By tenant; one that has nothing in these lists is absent. */
export async function readPulses(pool: Pool): Promise<ReadonlyMap<string, Pulse>> {
  const { rows } = await pool.query<Row>({
    name: 'view-pulse',
    text: `SELECT 'parked' AS list, tenant, state, count(*) AS count, sum(attempts) + max(at) AS newest FROM parked GROUP BY tenant, state
     UNION ALL SELECT 'effects', tenant, state, count(*), max(updated_at) FROM effect WHERE state NOT IN ('applied', 'cancelled') GROUP BY tenant, state
     UNION ALL SELECT 'jobs', tenant, state, count(*), max(updated_at) FROM job GROUP BY tenant, state
     ORDER BY 1, 2, 3`,
  })
  const byTenant = Map.groupBy(rows, ({ tenant }) => tenant)
  return new Map([...byTenant].map(([tenant, own]) => [tenant, pulseOf(own)]))
}

interface Row {
  readonly list: Pulsed
  readonly tenant: string
  readonly state: string
  readonly count: string
  readonly newest: string
}

function pulseOf(rows: readonly Row[]): Pulse {
  const of = (list: Pulsed): Record<string, number> =>
    Object.fromEntries(rows.filter((row) => row.list === list).map(({ state, count }) => [state, Number(count)]))
  const seen = rows.map(({ list, state, count, newest }) => `${list} ${state} ${count} ${newest}`).join('\n')
  return {
    counts: { effects: of('effects'), jobs: of('jobs'), parked: of('parked') },
    mark: shortHash(seen).slice(0, 16),
  }
}
