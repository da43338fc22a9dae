import type { Queryable } from './queryable.ts'
import { keyNameOf, sealedFormat } from './sealed-text.ts'
import type { Sealing } from './sealing.ts'

/** A column that holds secrets, and how SQL comes to them. */
interface SealedColumn {
  readonly table: string
  readonly column: string
  /** Columns that name the row. */
  readonly ids: readonly string[]
  readonly tenant: string
  /** The text, sealed or as releases before had it. */
  readonly value: string
  /** Puts `u.sealed` in its place. */
  readonly set: string
}

/** Whatever keeps a secret has to be here: sealing at the start and rotation go over this list. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'subscription',
    column: 'secrets',
    ids: ['id'],
    tenant: 't.tenant',
    value: `coalesce(t.body::jsonb ->> 'sealedSecrets', t.body::jsonb ->> 'secrets')`,
    set: `body = (t.body::jsonb - 'secrets' || jsonb_build_object('sealedSecrets', u.sealed))::text`,
  },
  whole({ table: 'answer', column: 'body', ids: ['client', 'route', 'key'], tenant: 't.tenant' }),
  whole({ table: 'answer', column: 'seed', ids: ['client', 'route', 'key'], tenant: 't.tenant' }),
  whole({
    table: 'second_factor',
    column: 'sealed_secret',
    ids: ['person'],
    tenant: '(SELECT p.tenant FROM person p WHERE p.id = t.person)',
  }),
  whole({
    table: 'session',
    column: 'sealed_id_token',
    ids: ['person'],
    tenant: '(SELECT p.tenant FROM person p WHERE p.id = t.person)',
  }),
  whole({ table: 'signing_key', column: 'sealed_key', ids: ['id'], tenant: `''` }),
]

function whole(column: Omit<SealedColumn, 'value' | 'set'>): SealedColumn {
  return { ...column, value: `t.${column.column}`, set: `${column.column} = u.sealed` }
}

/** How far a walk over all columns is. */
export interface SealingPosition {
  readonly column: number
  /** Place of the last row that was looked at, as PostgreSQL writes it. */
  readonly after: string
}

/** What became of a portion. */
export interface SealedPortion {
  /** Undefined at the end. */
  readonly next: SealingPosition | undefined
  readonly sealed: number
  /** Texts whose key is gone or that were changed: they stay as they are. */
  readonly unreadable: number
}

/** Before the first row of the first column. */
export const sealingStart: SealingPosition = { column: 0, after: '(0,0)' }
const rowsAtOnce = 200

/**
 * Seals what is clear, or sealed by another key than `key`, with the newest key of its tenant: one portion of one column. May be
 * stopped and begun again anywhere; who reads meanwhile finds the old text or the new one.
 */
export async function sealPortion(
  database: Queryable,
  sealing: Sealing,
  { position, tenant, key }: { readonly position: SealingPosition; readonly tenant?: string; readonly key?: string },
): Promise<SealedPortion> {
  const column = sealedColumns[position.column]
  if (column === undefined) return { next: undefined, sealed: 0, unreadable: 0 }
  const { table, ids, value, set } = column
  const { rows } = await database.query(
    `SELECT t.ctid::text AS place, ${column.tenant} AS tenant, json_build_array(${ids.map((id) => `t.${id}`).join(', ')})::text AS ids, ${value} AS value
       FROM ${table} t WHERE t.ctid > $1::tid AND ${value} <> '' AND NOT starts_with(${value}, $2) AND ($3::text IS NULL OR ${column.tenant} = $3)
      ORDER BY t.ctid LIMIT ${rowsAtOnce}`,
    [position.after, [sealedFormat, ...(key === undefined ? [] : [key]), ''].join('.'), tenant ?? null],
  )
  const changes = await Promise.all(rows.map((row) => sealedAnew(sealing, column, row)))
  const made = changes.filter((one) => one !== undefined)
  const { rows: kept } = await database.query(
    `UPDATE ${table} t SET ${set} FROM unnest($1::text[], $2::text[], $3::text[]) u(place, old, sealed)
      WHERE t.ctid = u.place::tid AND ${value} = u.old RETURNING 1`,
    [made.map(({ place }) => place), made.map(({ old }) => old), made.map(({ sealed }) => sealed)],
  )
  const last = rows.at(-1)
  const next =
    last === undefined
      ? { column: position.column + 1, after: sealingStart.after }
      : { column: position.column, after: String(last['place']) }
  return { next, sealed: kept.length, unreadable: changes.length - made.length }
}

async function sealedAnew(
  sealing: Sealing,
  { table, column }: SealedColumn,
  row: Readonly<Record<string, unknown>>,
): Promise<{ readonly place: string; readonly old: string; readonly sealed: string } | undefined> {
  const old = String(row['value'])
  const place = {
    tenant: String(row['tenant']),
    table,
    column,
    // Written by the statement above.
    ids: JSON.parse(String(row['ids'])) as readonly string[],
  }
  const text = keyNameOf(old) === undefined ? old : await sealing.open(old, place)
  return text === undefined ? undefined : { place: String(row['place']), old, sealed: await sealing.seal(text, place) }
}

/** How many texts each key of a tenant has sealed; those that are clear stand under `''`. */
export async function sealedCounts(database: Queryable, tenant: string): Promise<ReadonlyMap<string, number>> {
  const parts = sealedColumns.map(
    ({ table, value, tenant: owner }) =>
      `SELECT CASE WHEN starts_with(${value}, '${sealedFormat}.') THEN split_part(${value}, '.', 2) ELSE '' END AS key FROM ${table} t WHERE ${value} <> '' AND ${owner} = $1`,
  )
  const { rows } = await database.query(
    `SELECT key, count(*)::int AS count FROM (${parts.join(' UNION ALL ')}) one GROUP BY key`,
    [tenant],
  )
  return new Map(rows.map((row) => [String(row['key']), Number(row['count'])]))
}
