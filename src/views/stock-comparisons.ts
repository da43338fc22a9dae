import type { Pool } from 'pg'

/** A comparison of stock as it is listed: its own words in `body`. */
export interface ComparisonRow {
  readonly id: string
  readonly tenant: string
  readonly connection: string
  readonly startedAt: string
}

/** Stock that two systems do not agree on, as it is listed. */
export interface DifferenceRow {
  readonly sku: string
  readonly location: string
  readonly status: string
  readonly lot: string
  readonly cause: string
}

/** A difference in a list. */
export interface ListedDifference extends DifferenceRow {
  readonly position: string
  /** When the first of the comparisons that are kept began which saw it without a break until this one, RFC 3339. */
  readonly firstSeenAt: string
}

/** Which differences of a comparison are wanted. */
export interface DifferenceFilter {
  readonly comparison: string
  readonly sku?: string
  readonly location?: string
  readonly cause?: string
  /** `sku␟location␟status␟lot` of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** Comparisons of stock with other systems. The newest ten of each connection are kept, and the last one that came to its end. */
export interface ComparisonRows {
  save(comparison: ComparisonRow): Promise<void>
  add(comparison: string, differences: readonly DifferenceRow[]): Promise<void>
  get(tenant: string, id: string): Promise<unknown>
  list(tenant: string, connection?: string): Promise<readonly unknown[]>
  differences(filter: DifferenceFilter): Promise<readonly ListedDifference[]>
}

const keptMost = 10
const brokenOff = 'It was broken off: the hub stopped meanwhile.'

/** The list of one database. */
export function comparisonRows(pool: Pick<Pool, 'query'>): ComparisonRows {
  return {
    save: (comparison) => save(pool, comparison),
    add: (comparison, differences) => add(pool, comparison, differences),
    get: async (tenant, id) => {
      const { rows } = await pool.query<{ body: unknown }>(
        'SELECT body FROM view_stock_comparison WHERE tenant = $1 AND id = $2',
        [tenant, id],
      )
      return rows[0]?.body
    },
    list: async (tenant, connection) => {
      const { rows } = await pool.query<{ body: unknown }>(
        `SELECT body FROM view_stock_comparison WHERE tenant = $1 AND ($2::text IS NULL OR connection = $2) ORDER BY started_at DESC, id LIMIT 200`,
        [tenant, connection ?? null],
      )
      return rows.map(({ body }) => body)
    },
    differences: (filter) => listed(pool, filter),
  }
}

async function save(pool: Pick<Pool, 'query'>, comparison: ComparisonRow): Promise<void> {
  const { id, tenant, connection, startedAt } = comparison
  // Two never run at once: one that says so still was broken off. Should its hub live after all, its end takes the place of this.
  await pool.query(
    `UPDATE view_stock_comparison SET body = body || $4::jsonb
      WHERE tenant = $1 AND connection = $2 AND id <> $3 AND started_at < $5 AND body ->> 'state' = 'running'`,
    [tenant, connection, id, JSON.stringify({ state: 'failed', problem: brokenOff }), startedAt],
  )
  await pool.query(
    `INSERT INTO view_stock_comparison (id, tenant, connection, started_at, body) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
    [id, tenant, connection, startedAt, JSON.stringify(comparison)],
  )
  await pool.query(
    `DELETE FROM view_stock_comparison WHERE id IN
       (SELECT id FROM view_stock_comparison WHERE tenant = $1 AND connection = $2 ORDER BY started_at DESC, id OFFSET $3)
       AND id IS DISTINCT FROM (SELECT id FROM view_stock_comparison
         WHERE tenant = $1 AND connection = $2 AND body ->> 'state' = 'done' ORDER BY started_at DESC, id LIMIT 1)`,
    [tenant, connection, keptMost],
  )
}

async function add(
  pool: Pick<Pool, 'query'>,
  comparison: string,
  differences: readonly DifferenceRow[],
): Promise<void> {
  await pool.query(
    `INSERT INTO view_stock_difference (comparison, sku, location, status, lot, cause, body)
     SELECT $1, d->>'sku', d->>'location', d->>'status', d->>'lot', d->>'cause', d FROM jsonb_array_elements($2::jsonb) d
     ON CONFLICT DO NOTHING`,
    [comparison, JSON.stringify(differences)],
  )
}

const key = 'concat_ws(chr(31), sku, location, status, lot)'

/** After the newest finished comparison of the same system that did not see it; those that failed say nothing. */
const firstSeen = `(
  WITH own AS (SELECT tenant, connection, started_at FROM view_stock_comparison WHERE id = d.comparison),
       before AS (SELECT c.id, c.started_at, EXISTS (SELECT FROM view_stock_difference o WHERE o.comparison = c.id
                    AND (o.sku, o.location, o.status, o.lot) = (d.sku, d.location, d.status, d.lot)) AS saw
                  FROM view_stock_comparison c JOIN own USING (tenant, connection)
                  WHERE c.started_at <= own.started_at AND (c.body->>'state' = 'done' OR c.id = d.comparison))
  SELECT min(started_at) FROM before WHERE saw
     AND started_at > coalesce((SELECT max(started_at) FROM before WHERE NOT saw), '-infinity'))`

async function listed(
  pool: Pick<Pool, 'query'>,
  { comparison, sku, location, cause, after, limit }: DifferenceFilter,
): Promise<readonly ListedDifference[]> {
  const { rows } = await pool.query<{ body: DifferenceRow; position: string; seen: Date }>(
    `SELECT body, ${key} AS position, ${firstSeen} AS seen FROM view_stock_difference d
     WHERE comparison = $1 AND ($2::text IS NULL OR sku = $2) AND ($3::text IS NULL OR location = $3) AND ($4::text IS NULL OR cause = $4)
       AND ($5::text IS NULL OR (sku, location, status, lot) > (SELECT a[1], a[2], a[3], a[4] FROM string_to_array($5, chr(31)) a))
     ORDER BY sku, location, status, lot LIMIT $6`,
    [comparison, sku ?? null, location ?? null, cause ?? null, after ?? null, limit],
  )
  return rows.map(({ body, position, seen }) => ({ ...body, position, firstSeenAt: seen.toISOString() }))
}

/** Items of a tenant that have stock or had it lately, in the order of bytes, after one of them. */
export async function knownItems(
  pool: Pick<Pool, 'query'>,
  tenant: string,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ sku: string }>(
    `SELECT DISTINCT sku COLLATE "C" AS sku FROM view_balance WHERE tenant = $1 AND sku COLLATE "C" > $2 ORDER BY 1 LIMIT $3`,
    [tenant, page.after, page.limit],
  )
  return rows.map(({ sku }) => sku)
}
