import type { Pool } from 'pg'

/** How the shipments stand that were heard of lately. */
export interface ShipmentCounts {
  readonly statuses: readonly { readonly status: string; readonly count: number }[]
  /** Open exceptions by category. */
  readonly exceptions: readonly { readonly category: string; readonly count: number }[]
}

export interface Overview {
  shipments(tenant: string): Promise<ShipmentCounts>
}

/** Who looks at the same moment is given the same answer: counting is not cheap. */
const sameMs = 2000
const tenantsMax = 100

export function overview(pool: Pick<Pool, 'query'>, now: () => number): Overview {
  const answers = new Map<string, { readonly at: number; readonly counts: Promise<ShipmentCounts> }>()
  return {
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
