import { type Database, type Row, text } from '../../backbone/postgres/database.ts'

/** A table whose rows say something in words. */
export interface WordedTable {
  readonly name: string
  readonly key: readonly string[]
  /** Columns with words, and whether a column is JSON or a list. */
  readonly columns: readonly { readonly name: string; readonly type: 'text' | 'jsonb' | 'list' }[]
  /** Which of its rows are of tenant $1. */
  readonly own: string
}

/** Read elsewhere: the log and the states. Hashes alone: who is known again. What is no more than configuration of the hub. */
const apart: ReadonlySet<string> = new Set([
  ...['state', 'audit', 'audit_chain', 'erasure', 'network_source', 'data_key', 'api_client', 'api_key'],
  ...['contract_version', 'contract_standing', 'watch_check', 'watch_sample', 'watch_sla', 'flow_sample'],
])

/** Tables without a column for the tenant, whose rows belong to a row of one. */
const dependent: Readonly<Record<string, string>> = {
  effect_evidence: 'effect_id IN (SELECT e.effect_id FROM effect e WHERE e.tenant = $1)',
}

/** Every table of the hub that may say something about people, as the database itself knows them: a new one is among them at once. */
export async function wordedTables(database: Database): Promise<readonly WordedTable[]> {
  const rows = await database.read(
    `SELECT c.relname AS name, bool_or(a.attname = 'tenant') AS has_tenant,
            array_agg(a.attname || ' ' || t.typname ORDER BY a.attnum) FILTER (WHERE t.typname IN ('text', 'varchar', 'json', 'jsonb', '_text') AND a.attname <> 'tenant') AS words,
            (SELECT array_agg(k.attname ORDER BY k.attnum) FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
              WHERE i.indrelid = c.oid AND i.indisprimary) AS key
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_type t ON t.oid = a.atttypid
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition GROUP BY c.oid, c.relname ORDER BY c.relname`,
  )
  return rows.flatMap((row) => {
    const name = text(row['name'])
    const own = row['has_tenant'] === true ? 'tenant = $1' : dependent[name]
    const columns = listOf(row['words']).map(columnOf)
    return own === undefined || apart.has(name) || columns.length === 0
      ? []
      : [{ name, key: listOf(row['key']), columns, own }]
  })
}

function columnOf(written: string): WordedTable['columns'][number] {
  const [name = '', type] = written.split(' ')
  return { name, type: type === '_text' ? 'list' : type === 'text' || type === 'varchar' ? 'text' : 'jsonb' }
}

function listOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String)
  // Names are `name[]`, which the driver gives as a text.
  return typeof value === 'string'
    ? value
        .replaceAll(/[{}"]/g, '')
        .split(',')
        .filter((one) => one !== '')
    : []
}

const rowsAtOnce = 500

/** Rows of a tenant in which the pattern stands, with their words as values. */
export async function* rowsWith(
  database: Database,
  { name, key, columns, own }: WordedTable,
  { tenant, pattern }: { readonly tenant: string; readonly pattern: string },
): AsyncGenerator<Row> {
  const order = key.map((one) => `t.${one}`).join(', ')
  const words = columns.map((one) => `t.${one.name}${one.type === 'jsonb' ? '::text' : ''} AS "${one.name}"`).join(', ')
  const keys = key.map((one, at) => `t.${one}::text AS "key ${at}"`).join(', ')
  const isIn = columns.map((one) => `t.${one.name}::text ~* $2`).join(' OR ')
  // Behind the last key, not behind so many rows: whoever writes over them on the way would have the rest come forward.
  const behind = `(${order}) > (${key.map((_, at) => `$${at + 3}`).join(', ')})`
  for (let last: readonly string[] | undefined; ; ) {
    const rows: readonly Row[] = await database.read(
      `SELECT ${keys}, ${words} FROM ${name} t WHERE ${own} AND (${isIn})${last === undefined ? '' : ` AND ${behind}`} ORDER BY ${order} LIMIT ${rowsAtOnce}`,
      [tenant, pattern, ...(last ?? [])],
    )
    yield* rows
    const end = rows.at(-1)
    if (rows.length < rowsAtOnce || end === undefined) return
    last = key.map((_, at) => String(end[`key ${at}`]))
  }
}

/** The words of a row as one document: what is JSON is read as such. */
export function recordOf({ columns }: WordedTable, row: Row): Readonly<Record<string, unknown>> {
  return Object.fromEntries(columns.flatMap(({ name }) => (row[name] === null ? [] : [[name, valueOf(row[name])]])))
}

/** Texts that are JSON objects or lists are read. */
function valueOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
