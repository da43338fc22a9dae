import type { Pool } from 'pg'
import { takenInParts } from '../backbone/step.ts'

/** How the shipments stand that were heard of lately. */
export interface ShipmentCounts {
  readonly statuses: readonly { readonly status: string; readonly count: number }[]
  /** Open exceptions by category. */
  readonly exceptions: readonly { readonly category: string; readonly count: number }[]
}

/** Messages of one tenant, for as long as the counters of its connections are kept. */
export interface MessageCounts {
  readonly received: number
  readonly parked: number
  readonly duplicates: number
}

/** What a tenant has, at a glance. */
export interface Overview {
  messages(tenant: string): Promise<MessageCounts>
  shipments(tenant: string): Promise<ShipmentCounts>
}

/** Who looks at the same moment is given the same answer: counting is not cheap. */
const sameMs = 2000
const tenantsMax = 100

/** Counts by the database; those of shipments may be two seconds old. */
export function overview(pool: Pick<Pool, 'query'>, now: () => number): Overview {
  const answers = new Map<string, { readonly at: number; readonly counts: Promise<ShipmentCounts> }>()
  return {
    messages: (tenant) => countMessages(pool, tenant),
    shipments: (tenant) => {
      const known = answers.get(tenant)
      if (known !== undefined && now() - known.at < sameMs) return known.counts
      if (answers.size >= tenantsMax) answers.clear()
      const counts = countShipments(pool, tenant)
      answers.set(tenant, { at: now(), counts })
      counts.catch(() => answers.delete(tenant))
      return counts
    },
  }
}

async function countMessages(pool: Pick<Pool, 'query'>, tenant: string): Promise<MessageCounts> {
  const { rows } = await pool.query<{ received: string; parked: string; duplicates: string }>(
    `SELECT coalesce(sum(accepted), 0) AS received, coalesce(sum(duplicate), 0) AS duplicates,
            (SELECT count(*) FROM parked WHERE tenant = $1 AND code <> '${takenInParts}') AS parked FROM intake_count WHERE tenant = $1`,
    [tenant],
  )
  const { received = 0, parked = 0, duplicates = 0 } = rows[0] ?? {}
  return { received: Number(received), parked: Number(parked), duplicates: Number(duplicates) }
}

async function countShipments(pool: Pick<Pool, 'query'>, tenant: string): Promise<ShipmentCounts> {
  const lately = `FROM view_shipment WHERE tenant = $1 AND merged_into IS NULL AND updated_at > now() - interval '7 days'`
  const [statuses, exceptions] = await Promise.all([
    pool.query<{ status: string; count: string }>(`SELECT status, count(*) ${lately} GROUP BY status ORDER BY status`, [
      tenant,
    ]),
    pool.query<{ category: string; count: string }>(
      `SELECT category, count(*) FROM (SELECT unnest(exceptions) AS category ${lately} AND exceptions <> '{}') AS open
       GROUP BY category ORDER BY count(*) DESC, category`,
      [tenant],
    ),
  ])
  return {
    statuses: statuses.rows.map(({ status, count }) => ({ status, count: Number(count) })),
    exceptions: exceptions.rows.map(({ category, count }) => ({ category, count: Number(count) })),
  }
}
