import pg from 'pg'
import { expect, test } from 'vitest'
import { sharedPostgres } from '../contract/postgres.contract.ts'
import { accountingStatement } from './accounting.ts'
import { segmentsStatement } from './reading.ts'

const open = sharedPostgres()
const rowsOfTheDay = 5000

/** One connection whose plans are made while every day is empty, as those of each new day are, and kept. */
async function plannedWhileEmpty(): Promise<pg.Client> {
  const { url } = await open()
  const client = new pg.Client({
    connectionString: url,
    options: '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan',
  })
  await client.connect()
  for (const table of ['inbox', 'fact'] as const)
    await client.query(`PREPARE ${table}_rows (smallint, bigint, bigint) AS ${segmentsStatement(table)}`)
  await client.query(`PREPARE accounts AS ${accountingStatement}`)
  for (const statement of ['inbox_rows(1, 0, 9)', 'fact_rows(1, 0, 9)', 'accounts'])
    await client.query(`EXECUTE ${statement}`)
  await client.query(
    `INSERT INTO inbox (part, day, first_off, n, received_from, received_to, bytes)
       SELECT 1, current_date, o * 2, 2, 0, 0, '' FROM generate_series(0, ${rowsOfTheDay - 1}) o`,
  )
  await client.query(
    `INSERT INTO fact (part, day, first_off, n, subjects, bytes)
       SELECT 1, current_date, o * 2, 2, '{}', '' FROM generate_series(0, ${rowsOfTheDay - 1}) o`,
  )
  for (const table of ['inbox', 'fact']) {
    await client.query(`INSERT INTO ${table}_day (part, first_off, day) VALUES (1, 0, current_date)`)
    await client.query(`UPDATE ${table}_head SET next_off = ${rowsOfTheDay * 2} WHERE part = 1`)
  }
  return client
}

/** How many rows of a table were looked at, taken or not. */
async function looked(client: pg.Client, statement: string, table: string): Promise<number> {
  const { rows } = await client.query<Record<string, string>>(
    `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF, SUMMARY OFF) EXECUTE ${statement}`,
  )
  const plan = rows.map((row) => row['QUERY PLAN'] ?? '')
  const scans = plan.flatMap((line, at) =>
    new RegExp(`(?<!Bitmap Index )Scan .*\\bon ${table}_(\\d|p)`).test(line) ? [at] : [],
  )
  expect(scans.length).toBeGreaterThan(0)
  return scans.reduce((sum, at) => {
    const loops = Number(/loops=(\d+)/.exec(plan[at] ?? '')?.[1] ?? 0)
    const taken = Number(/rows=([\d.]+)/.exec(plan[at] ?? '')?.[1] ?? 0)
    const node = plan.slice(
      at + 1,
      plan.findIndex((line, next) => next > at && line.includes('->')),
    )
    const removed = Number(/Removed by (?:Filter|Index Recheck): (\d+)/.exec(node.join(' '))?.[1] ?? 0)
    return sum + loops * (taken + removed)
  }, 0)
}

test('a range is read without looking at the rest of the day, also by a plan that was made before the day began', async () => {
  const client = await plannedWhileEmpty()
  try {
    for (const table of ['inbox', 'fact']) {
      expect(
        (await client.query(`EXECUTE ${table}_rows(1, 9001, 9100)`)).rows.map((row) => Number(row['first_off'])),
      ).toEqual(Array.from({ length: 51 }, (_, index) => 9000 + index * 2))
      // One more finds where to begin.
      expect(await looked(client, `${table}_rows(1, 9001, 9100)`, table)).toBeLessThanOrEqual(52)
      expect(
        await looked(client, `${table}_rows(1, ${rowsOfTheDay * 2}, ${rowsOfTheDay * 2 + 99})`, table),
      ).toBeLessThanOrEqual(2)
    }
  } finally {
    await client.end()
  }
})

test('what is pending is counted over the rows behind what was translated, and no others', async () => {
  const client = await plannedWhileEmpty()
  try {
    await client.query(
      `INSERT INTO owner (consumer, part, epoch, off, applied) VALUES ('translate', 1, 1, 8999, 9000)
         ON CONFLICT (consumer, part) DO UPDATE SET off = 8999, applied = 9000`,
    )
    const { rows } = await client.query<{ pending: string }>('EXECUTE accounts')
    expect(rows.map(({ pending }) => Number(pending)).reduce((sum, one) => sum + one, 0)).toBe(1000)
    expect(await looked(client, 'accounts', 'inbox')).toBeLessThanOrEqual(501)
  } finally {
    await client.end()
  }
})
