import type { Pool } from 'pg'
import { bigintArray, textArray } from '../backbone/postgres/binary-array.ts'
import { normalizeIdentifier } from '../model/identifier.ts'

/** Any reference finds the object: every identifier of every object by its normalised value, whoever issued it. */
export interface ReferenceRow {
  readonly tenant: string
  readonly entity: string
  readonly scheme: string
  readonly issuer: string
  readonly value: string
  readonly normalized: string
  readonly subject: string
}

/** Adds references. One that is known stays as it is, so that replays change nothing. */
export async function saveReferences(pool: Pick<Pool, 'query'>, rows: readonly ReferenceRow[]): Promise<void> {
  if (rows.length === 0) return
  await pool.query({
    name: 'view-reference-save',
    text: `INSERT INTO view_reference (tenant, entity, scheme, issuer, value, normalized, subject)
           SELECT DISTINCT ON (1, 6, 2, 3, 4, 7) * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
           ON CONFLICT (tenant, normalized, entity, scheme, issuer, subject) DO NOTHING`,
    values: columns(rows, ['tenant', 'entity', 'scheme', 'issuer', 'value', 'normalized', 'subject']),
  })
}

/** Objects with this reference, newest first. The normalised forms come from the caller: each scheme has its own. */
export async function findReferences(
  pool: Pick<Pool, 'query'>,
  input: {
    readonly tenant: string
    readonly normalized: readonly string[]
    readonly limit: number
    /** Names that a partner answers to; absent for whoever is none. */
    readonly parts?: readonly string[]
  },
): Promise<readonly ReferenceRow[]> {
  const found = await pool.query<ReferenceRow>({
    name: 'view-reference-find',
    text: `SELECT tenant, entity, scheme, issuer, value, normalized, subject FROM view_reference
           WHERE tenant = $1 AND normalized = ANY($2::text[])
             AND ($4::text[] IS NULL OR subject IN (SELECT object FROM view_part WHERE tenant = $1 AND part = ANY($4::text[])))
           ORDER BY seen_at DESC, subject LIMIT $3`,
    values: [input.tenant, input.normalized, input.limit, input.parts ?? null],
  })
  return found.rows
}

/** What an object is known by, in order of scheme and value; the first 200. */
export async function referencesOf(pool: Pick<Pool, 'query'>, subject: string): Promise<readonly ReferenceRow[]> {
  const found = await pool.query<ReferenceRow>({
    name: 'view-reference-of',
    text: `SELECT tenant, entity, scheme, issuer, value, normalized, subject FROM view_reference WHERE subject = $1 ORDER BY scheme, value LIMIT 200`,
    values: [subject],
  })
  return found.rows
}

/** Numbers by which people know an object, the best first; what is none of these comes after them. */
const spokenSchemes = [
  ...['delivery', 'order', 'invoice', 'purchase_order', 'return', 'receipt', 'appointment', 'freight_invoice'],
  ...['tracking_number', 'pro', 'bol', 'booking', 'sscc'],
]

/** What people call each of these objects, by its id: a process by its key. One that has no number is left out. */
export async function namesOf(
  pool: Pick<Pool, 'query'>,
  tenant: string,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (subjects.length === 0) return new Map()
  const found = await pool.query<{ subject: string; value: string }>({
    name: 'view-reference-names',
    text: `(SELECT DISTINCT ON (subject) subject, value FROM view_reference WHERE tenant = $1 AND subject = ANY($2::text[])
            ORDER BY subject, coalesce(array_position($3::text[], scheme), 100), seen_at, value)
           UNION ALL SELECT id, key FROM view_process WHERE tenant = $1 AND id = ANY($2::text[])`,
    values: [tenant, subjects, spokenSchemes],
  })
  return new Map(found.rows.map(({ subject, value }) => [subject, value]))
}

/** Objects that one of these means, each as `<scheme>:<value>`. */
export async function subjectsOf(
  pool: Pick<Pool, 'query'>,
  tenant: string,
  references: readonly string[],
): Promise<readonly string[]> {
  const normalized = references.map((one) => {
    const at = one.indexOf(':')
    return normalizeIdentifier({ scheme: one.slice(0, at), value: one.slice(at + 1) })
  })
  // The normalised value is what the index begins with; the words themselves decide.
  const found = await pool.query<{ subject: string }>(
    `SELECT DISTINCT subject FROM view_reference
      WHERE tenant = $1 AND normalized = ANY($3::text[]) AND scheme || ':' || value = ANY($2::text[])`,
    [tenant, references, normalized],
  )
  return found.rows.map(({ subject }) => subject)
}

/** Rows as one array per column, for `unnest`: of texts, or of whole numbers. */
export function columns<T>(rows: readonly T[], names: readonly (keyof T & string)[]): Buffer[] {
  return names.map((name) => {
    const values = rows.map((row) => row[name])
    return isNumbers(values) ? bigintArray(values) : textArray(values.map(String))
  })
}

function isNumbers(values: readonly unknown[]): values is readonly number[] {
  return typeof values[0] === 'number'
}
