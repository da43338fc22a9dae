import { type Database, type Row, text } from './database.ts'

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

export interface Retention {
  /** Days before this one go, YYYY-MM-DD. */
  readonly before: string
  /** Only says what would go. */
  readonly dryRun: boolean
}

export interface Dropped {
  readonly partitions: readonly string[]
  /** Partitions that are old enough but still needed, with the reason. */
  readonly kept: readonly { readonly partition: string; readonly reason: string }[]
}

/**
 * Drops day partitions of the inbox and dedupe windows that end before a day. What a parked or untranslated message needs stays,
 * and a window of dedupe stays as long as any day of it is in the log. Facts are kept: they are the business's memory.
 */
export async function dropDays(database: Database, { before, dryRun }: Retention): Promise<Dropped> {
  const partitions: string[] = []
  const kept: { partition: string; reason: string }[] = []
  for (const partition of await partitionsOf(database, 'inbox')) {
    if (partition.to > before) continue
    const reason = await neededBy(database, partition)
    if (reason === undefined) partitions.push(partition.name)
    else kept.push({ partition: partition.name, reason })
  }
  const gone = new Set(partitions)
  const staying = (await partitionsOf(database, 'inbox')).filter(({ name }) => !gone.has(name))
  for (const window of await partitionsOf(database, 'dedupe')) {
    if (window.to > before) continue
    if (staying.some(({ from, to }) => from < window.to && to > window.from))
      kept.push({ partition: window.name, reason: 'its days are still in the log' })
    else partitions.push(window.name)
  }
  if (!dryRun) for (const partition of partitions) await database.write(`DROP TABLE ${partition}`)
  return { partitions, kept }
}

interface Partition {
  readonly name: string
  readonly from: string
  readonly to: string
}

async function partitionsOf(database: Database, table: string): Promise<Partition[]> {
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

/** Why a day of the inbox cannot go yet. */
async function neededBy(database: Database, { name }: Partition): Promise<string | undefined> {
  const rows = await database.read(
    `SELECT (SELECT count(*) FROM ${name} i JOIN parked p ON p.part = i.part AND p.off >= i.first_off AND p.off < i.first_off + i.n) AS parked,
            (SELECT count(*) FROM ${name} i LEFT JOIN owner o ON o.consumer = 'translate' AND o.part = i.part
              WHERE i.first_off + i.n - 1 > coalesce(o.off, -1)) AS pending`,
  )
  const of = (column: string): string => text((rows[0] ?? ({} satisfies Row))[column])
  if (of('parked') !== '0') return `${of('parked')} parked messages`
  if (of('pending') !== '0') return 'messages that are not translated yet'
  return undefined
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
