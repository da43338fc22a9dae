import type { Pool } from 'pg'
import { columns } from './reference.ts'
import { Selection } from './selection.ts'

/** On-hand quantity of one stock key, decimal text in the base unit. Empty text where a part of the key is not used. */
export interface BalanceRow {
  readonly tenant: string
  readonly subject: string
  readonly version: number
  readonly sku: string
  readonly location: string
  readonly status: string
  readonly owner: string
  readonly lot: string
  readonly serial: string
  readonly package: string
  readonly onHand: string
  readonly uom: string
  readonly asOf: string
}

/** Which balances are wanted; what is absent does not matter. */
export interface BalanceFilter {
  readonly tenant: string
  /** Names that a partner answers to; absent for whoever is none. */
  readonly parts?: readonly string[]
  readonly sku?: readonly string[]
  readonly location?: readonly string[]
  readonly status?: readonly string[]
  /** Key of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

/** What is read of the balances. */
export interface StockRows {
  list(filter: BalanceFilter): Promise<readonly (BalanceRow & { readonly key: string })[]>
}

/** Reads the list from its table, which follows the log: the newest movements may not be in it yet. */
export function stockRows(pool: Pick<Pool, 'query'>): StockRows {
  return { list: (filter) => listBalances(pool, filter) }
}

/** SKUs that have stock in the scope, in order, after one of them. */
export async function stockedItems(
  pool: Pick<Pool, 'query'>,
  scope: { readonly tenant: string; readonly locations: readonly string[]; readonly owners?: readonly string[] },
  page: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const found = await pool.query<{ sku: string }>(
    `SELECT DISTINCT sku FROM view_balance
     WHERE tenant = $1 AND location = ANY($2::text[]) AND on_hand <> 0 AND ($3::text[] IS NULL OR owner = ANY($3::text[])) AND sku > $4
     ORDER BY sku LIMIT $5`,
    [scope.tenant, scope.locations, scope.owners ?? null, page.after, page.limit],
  )
  return found.rows.map(({ sku }) => sku)
}

/** All balances of one item at one version: what is not among them is not there. */
export interface ItemBalances extends Pick<BalanceRow, 'tenant' | 'subject' | 'version' | 'sku'> {
  readonly balances: readonly Omit<BalanceRow, 'tenant' | 'subject' | 'version' | 'sku'>[]
}

/** Replaces what is known of each item by its newest version; an older one that comes late changes nothing. */
export async function saveBalances(pool: Pick<Pool, 'query'>, items: readonly ItemBalances[]): Promise<void> {
  if (items.length === 0) return
  const rows = items.flatMap(({ balances, ...item }) => balances.map((balance) => ({ ...item, ...balance })))
  if (rows.length > 0) await putBalances(pool, rows)
  // A key may come to nothing and be forgotten between two looks at the item: its last figure must not stay.
  await pool.query({
    name: 'view-balance-gone',
    text: `DELETE FROM view_balance v USING unnest($1::text[], $2::text[], $3::bigint[]) AS t(tenant, sku, version)
            WHERE v.tenant = t.tenant AND v.sku = t.sku AND v.version < t.version`,
    values: columns(items, ['tenant', 'sku', 'version']),
  })
}

async function putBalances(pool: Pick<Pool, 'query'>, rows: readonly BalanceRow[]): Promise<void> {
  await pool.query({
    name: 'view-balance-save',
    text: `WITH t AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
             AS t(tenant, subject, version, sku, location, status, owner, lot, serial, package, on_hand, uom, as_of)),
             newer AS MATERIALIZED (SELECT DISTINCT n.tenant, n.sku FROM (SELECT DISTINCT tenant, sku, version FROM t) i
               JOIN view_balance n ON n.tenant = i.tenant AND n.sku = i.sku AND n.version > i.version)
           INSERT INTO view_balance (tenant, subject, version, sku, location, status, owner, lot, serial, package, on_hand, uom, as_of)
           SELECT t.tenant, t.subject, t.version, t.sku, t.location, t.status, t.owner, t.lot, t.serial, t.package, t.on_hand::numeric, t.uom, t.as_of::timestamptz
           FROM t WHERE NOT EXISTS (SELECT FROM newer n WHERE n.tenant = t.tenant AND n.sku = t.sku)
           ORDER BY t.subject, t.location, t.status, t.owner, t.lot, t.serial, t.package
           ON CONFLICT (tenant, sku, location, status, owner, lot, serial, package) DO UPDATE
             SET version = excluded.version, on_hand = excluded.on_hand, uom = excluded.uom, as_of = excluded.as_of
           WHERE view_balance.version < excluded.version`,
    values: columns(rows, [
      'tenant',
      'subject',
      'version',
      'sku',
      'location',
      'status',
      'owner',
      'lot',
      'serial',
      'package',
      'onHand',
      'uom',
      'asOf',
    ]),
  })
}

const key = `concat_ws(chr(31), sku, location, status, owner, lot, serial, package)`

async function listBalances(
  pool: Pick<Pool, 'query'>,
  filter: BalanceFilter,
): Promise<readonly (BalanceRow & { readonly key: string })[]> {
  const wanted = new Selection(filter.tenant)
  wanted.ask((p) => `'location:' || location = ANY(${p}::text[])`, filter.parts)
  wanted.ask((p) => `sku = ANY(${p}::text[])`, filter.sku)
  wanted.ask((p) => `location = ANY(${p}::text[])`, filter.location)
  wanted.ask((p) => `status = ANY(${p}::text[])`, filter.status)
  wanted.ask(
    (p) =>
      `(sku, location, status, owner, lot, serial, package) > (SELECT a[1], a[2], a[3], a[4], a[5], a[6], a[7] FROM string_to_array(${p}, chr(31)) a)`,
    filter.after,
  )
  const found = await pool.query<BalanceRow & { version: string; asOf: Date; key: string }>(
    `SELECT tenant, subject, version, sku, location, status, owner, lot, serial, package, on_hand::text AS "onHand", uom, as_of AS "asOf", ${key} AS key
     FROM view_balance ${wanted.orderedBy('sku, location, status, owner, lot, serial, package', filter.limit)}`,
    wanted.values,
  )
  return found.rows.map((row) => ({ ...row, version: Number(row.version), asOf: new Date(row.asOf).toISOString() }))
}
