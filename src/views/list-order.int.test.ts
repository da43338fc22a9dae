import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { documentOrders, documentRows } from './documents.ts'
import { shipmentOrders, shipmentRows } from './shipments.ts'
import { taskOrders, taskRows } from './tasks.ts'

const many = 100_000
let pool: pg.Pool

/** Every third row has no instant of its own; many rows share one, some of them to the microsecond only. */
const fills = [
  `INSERT INTO view_shipment (id, tenant, version, status, carrier, tracking_number, exceptions, eta, updated_at, gaps)
   SELECT 'shp_' || n, CASE WHEN n % 10 = 0 THEN 'other' ELSE 'main' END, 1, 'in_transit', 'c' || n % 7, 'T' || n, '{}',
          CASE WHEN n % 3 > 0 THEN '2026-03-01'::timestamptz + (n * 7919 % 5000) * interval '1 minute' + n % 4 * interval '1 microsecond' END,
          '2026-01-01'::timestamptz + (n * 31 % 50000) * interval '1 second', '{}' FROM generate_series(1, ${many}) n`,
  `INSERT INTO view_document (id, tenant, entity, version, number, status, names, mentions, parties, locations, carriers, exceptions, placed_at, due_at, updated_at, merged_into)
   SELECT 'doc_' || n, 'main', CASE WHEN n % 10 = 0 THEN 'delivery' ELSE 'order' END, 1, 'SO' || n, 'accepted', '{}', '{}', '{}', '{}', '{}', '{}',
          '2026-01-01'::timestamptz + (n * 17 % 90000) * interval '1 second',
          CASE WHEN n % 3 > 0 THEN '2026-03-01'::timestamptz + (n * 7919 % 500) * interval '1 hour' ELSE 'infinity' END,
          '2026-01-01'::timestamptz + (n * 31 % 50000) * interval '1 second', '' FROM generate_series(1, ${many}) n`,
  `INSERT INTO view_task (id, tenant, version, name, role, escalate_to, state, assignee, origin, objects, question, decision, overdue, due_at, opened_at, updated_at)
   SELECT 'tsk_' || n, 'main', 1, 'map-code', 'data', '', CASE WHEN n % 10 = 0 THEN 'completed' ELSE 'open' END, '', '', '{}', 'What is it?', '', false,
          CASE WHEN n % 3 > 0 THEN '2026-03-01'::timestamptz + (n * 7919 % 500) * interval '1 hour' ELSE 'infinity' END,
          '2026-01-01'::timestamptz + (n * 31 % 50000) * interval '1 second', '2026-01-02' FROM generate_series(1, ${many}) n`,
]

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  for (const fill of fills) await pool.query(fill)
  for (const table of ['view_shipment', 'view_document', 'view_task']) await pool.query(`VACUUM ANALYZE ${table}`)
}, 120_000)
afterAll(() => pool.end())

interface Listed {
  readonly id: string
  readonly position: string
}
type Read = (page: { sort: string; after?: string; limit: number }) => Promise<readonly Listed[]>

const lists: readonly {
  readonly name: string
  readonly orders: readonly string[]
  readonly table: string
  read: Read
}[] = [
  {
    ...{ name: 'shipments', orders: shipmentOrders, table: `view_shipment WHERE tenant = 'main'` },
    read: (page) => shipmentRows(pool).list({ tenant: 'main', ...page }),
  },
  {
    ...{ name: 'orders', orders: documentOrders, table: `view_document WHERE entity = 'order'` },
    read: (page) => documentRows(pool).list({ tenant: 'main', entity: 'order', ...page }),
  },
  {
    ...{ name: 'tasks', orders: taskOrders, table: `view_task WHERE state = 'open'` },
    read: (page) => taskRows(pool).list({ tenant: 'main', state: 'open', ...page }),
  },
]
const cases = lists.flatMap(({ orders, ...list }) => orders.map((sort) => ({ ...list, sort })))

/** The same order by one sort of everything: what has no instant comes last, by what the list says of it. */
function wholeOrder(sort: string): string {
  const [name, up] = sort.startsWith('-') ? [sort.slice(1), 'DESC'] : [sort, 'ASC']
  if (name === 'eta') return `eta IS NULL, eta ${up}, CASE WHEN eta IS NULL THEN updated_at END DESC`
  if (name === 'dueAt') return `due_at = 'infinity', CASE WHEN due_at < 'infinity' THEN due_at END ${up}`
  return `${{ updatedAt: 'updated_at', placedAt: 'placed_at', openedAt: 'opened_at' }[name]} ${up}`
}

test.each(cases)(
  'every page of $name by $sort follows the one before: nothing twice, nothing left out',
  async ({ read, table, sort }) => {
    const ids: string[] = []
    for (let after: string | undefined; ; ) {
      const rows = await read({ sort, limit: 9000, ...(after === undefined ? {} : { after }) })
      ids.push(...rows.map(({ id }) => id))
      if (rows.length < 9000) break
      after = rows.at(-1)?.position
    }
    expect(new Set(ids).size).toBe(ids.length)
    const { rows } = await pool.query<{ id: string; key: string }>(
      `SELECT id, dense_rank() OVER (ORDER BY ${wholeOrder(sort)})::text AS key FROM ${table}`,
    )
    const keys = new Map(rows.map(({ id, key }) => [id, Number(key)]))
    expect(ids.length).toBe(keys.size)
    const ranks = ids.map((id) => keys.get(id) ?? Number.NaN)
    expect(ranks.findIndex((rank, at) => at > 0 && !(rank >= (ranks[at - 1] ?? 0)))).toBe(-1)
  },
  60_000,
)

test.each(cases)(
  'a page of $name by $sort is read out of an index, at the beginning, in the middle and at the end',
  async ({ read, sort }) => {
    const first = await read({ sort, limit: 9000 })
    const positions = [undefined, first.at(-1)?.position]
    for (let last = positions.at(-1), at = 0; at < 6 && last !== undefined; at++) {
      last = (await read({ sort, limit: 9000, after: last })).at(-1)?.position
      positions.push(last)
    }
    for (const after of positions) {
      const plans = await plansOf(() => read({ sort, limit: 51, ...(after === undefined ? {} : { after }) }))
      expect(plans.length).toBeGreaterThan(0)
      for (const plan of plans) expect(plan.looked, plan.text).toBeLessThan(2500)
    }
  },
  60_000,
)

/** How the database came to what it was asked meanwhile, and how many rows of the lists it looked at for it. */
async function plansOf(ask: () => Promise<unknown>): Promise<{ text: string; looked: number }[]> {
  const asked: [string, unknown[]][] = []
  const query = pool.query.bind(pool)
  pool.query = ((text: string, values: unknown[]) => {
    asked.push([text, values])
    return query(text, values)
  }) as typeof pool.query
  await ask()
  pool.query = query
  return Promise.all(
    asked.map(async ([text, values]) => {
      const { rows } = await query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)
      const plan = rows[0]?.['QUERY PLAN'][0].Plan
      return { text: `${text}\n${JSON.stringify(plan, null, 1)}`, looked: plan === undefined ? 0 : lookedAt(plan) }
    }),
  )
}

interface Plan {
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Plan[]
}

function lookedAt(plan: Plan): number {
  const isList = /^view_(shipment|document|task)$/.test(plan['Relation Name'] ?? '')
  const here = isList ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'] : 0
  return (plan.Plans ?? []).reduce((sum, one) => sum + lookedAt(one), here)
}
