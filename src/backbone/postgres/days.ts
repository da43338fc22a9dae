import { type Database, text } from './database.ts'

/** From which day on, and for how many days ahead; seven where nothing is said. */
export interface PrepareDaysOptions {
  /** YYYY-MM-DD in UTC; what the database says when absent. */
  readonly today?: string
  readonly daysAhead?: number
}

/**
 * Makes the partitions of the inbox and the fact log for yesterday, today and the days ahead, and the dedupe windows (quarters) they
 * need. Idempotent; called at start, daily, and when a row finds no partition.
 */
export async function prepareDays(
  database: Database,
  { today, daysAhead = 7 }: PrepareDaysOptions = {},
): Promise<void> {
  const days = await database.read(
    `SELECT to_char(d, 'YYYY-MM-DD') AS day, to_char(d + interval '1 day', 'YYYY-MM-DD') AS next,
            to_char(date_trunc('quarter', d), 'YYYY-MM-DD') AS quarter, to_char(date_trunc('quarter', d) + interval '3 months', 'YYYY-MM-DD') AS after
       FROM generate_series(coalesce($1::date, current_date) - 1, coalesce($1::date, current_date) + $2::int, interval '1 day') d`,
    [today ?? null, daysAhead],
  )
  const made = new Set(await partitionNames(database))
  for (const row of days) {
    const day = { from: text(row['day']), to: text(row['next']) }
    for (const table of ['inbox', 'fact', 'fact_origin']) await makePartition(database, { table, ...day }, made)
    await makePartition(database, { table: 'dedupe', from: text(row['quarter']), to: text(row['after']) }, made)
  }
}

/** One partition of a table, [from, to) as YYYY-MM-DD. */
export interface Partition {
  readonly name: string
  readonly from: string
  readonly to: string
}

/** Oldest first. */
export async function partitionsOf(database: Database, table: string): Promise<readonly Partition[]> {
  const found = await database.read(
    `SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bound
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass ORDER BY c.relname`,
    [table],
  )
  return found.map((row) => {
    const [from = '', to = ''] = [...text(row['bound']).matchAll(/'([\d-]+)'/g)].map((match) => match[1] ?? '')
    return { name: text(row['name']), from, to }
  })
}

async function partitionNames(database: Database): Promise<string[]> {
  const rows = await database.read(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent IN ('inbox'::regclass, 'fact'::regclass, 'fact_origin'::regclass, 'dedupe'::regclass)`,
  )
  return rows.map((row) => text(row['name']))
}

async function makePartition(
  database: Database,
  range: { readonly table: string; readonly from: string; readonly to: string },
  made: Set<string>,
): Promise<void> {
  const name = `${range.table}_${range.from.replaceAll('-', '')}`
  if (made.has(name)) return
  await database.write(
    `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${range.table} FOR VALUES FROM ('${range.from}') TO ('${range.to}')`,
  )
  made.add(name)
}
