import pg from 'pg'
import { afterAll } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { Database } from '../postgres/database.ts'
import { prepareDays } from '../postgres/days.ts'
import { postgresBackbone } from '../postgres/postgres.ts'
import { readMessageId } from '../step.ts'
import { type Harness, partitions } from './rows.contract.ts'

/** Time passes when everything that is stored grows older. */
const olderBy = [
  "UPDATE owner SET until = until - make_interval(secs => $1::float8 / 1000) WHERE until > '-infinity'",
  'UPDATE lane SET next_at = next_at - $1, hold_until = hold_until - $1, claim_until = claim_until - $1',
  'UPDATE parked SET until = until - $1',
  'UPDATE answer SET at = at - $1, until = until - $1',
  'UPDATE budget SET at = at - $1, held_until = held_until - $1',
  'UPDATE job SET until = until - $1',
]

export interface PostgresHarness extends Harness {
  readonly url: string
  readonly run: (statement: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>
}

const tables = [
  ...[
    'inbox',
    'inbox_day',
    'fact',
    'fact_day',
    'fact_origin',
    'dedupe',
    'state',
    'identifier',
    'timer',
    'parked',
    'lane',
    'effect',
  ],
  ...[
    'effect_attempt',
    'effect_evidence',
    'effect_past',
    'correction',
    'cursor',
    'subscription',
    'api_key',
    'answer',
    'budget',
    'job',
    'intake_count',
  ],
]
const emptied = [
  ...tables.map((table) => `DELETE FROM ${table}`),
  "DELETE FROM owner WHERE consumer <> 'translate'",
  "UPDATE owner SET owner = '', epoch = 0, until = '-infinity', off = -1, applied = 0, ignored = 0, refused = 0, parked = 0",
  "UPDATE inbox_head SET next_off = 0, day = '-infinity', duplicates = 0, conflicts = 0",
  "UPDATE fact_head SET next_off = 0, day = '-infinity'",
].join(';')

/** One database for a test file, emptied before each test: a copy of the template for each would take ten times as long. */
export function sharedPostgres(): () => Promise<PostgresHarness> {
  let shared: Promise<PostgresHarness> | undefined
  afterAll(async () => {
    await (await shared)?.close()
  })
  return async () => {
    shared ??= openPostgres()
    const harness = await shared
    await harness.run(emptied)
    return { ...harness, close: async () => {} }
  }
}

/** A backbone on a fresh database of its own. */
export async function openPostgres(): Promise<PostgresHarness> {
  const url = await testDatabase()
  const backbone = await postgresBackbone({ url, partitions, connections: 4 })
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  pool.on('error', () => {})
  const run: PostgresHarness['run'] = async (statement, values = []) =>
    (await pool.query<Record<string, unknown>>(statement, [...values])).rows
  return {
    backbone,
    url,
    run,
    now: async () => Number((await run('SELECT now_ms() AS now'))[0]?.['now']),
    pass: async (ms) => {
      for (const statement of olderBy) await run(statement, [ms])
    },
    age: (days) => age(url, run, days),
    loseParked: async (message) => {
      const { partition, offset } = readMessageId(message) ?? { partition: -1, offset: -1 }
      await run('DELETE FROM parked WHERE part = $1 AND off = $2', [partition, offset])
    },
    loseInbox: async (partition, offset) => {
      await run('DELETE FROM inbox WHERE part = $1 AND first_off <= $2 AND first_off + n > $2', [partition, offset])
    },
    loseFacts: async (partition, offset) => {
      await run('DELETE FROM fact WHERE part = $1 AND first_off <= $2 AND first_off + n > $2', [partition, offset])
    },
    close: async () => {
      await backbone.close()
      await pool.end()
    },
  }
}

/** Rows of day partitions move to older ones, which are made for them. */
async function age(url: string, run: PostgresHarness['run'], days: number): Promise<void> {
  const found = await run(
    `SELECT DISTINCT to_char(day - $1::int, 'YYYY-MM-DD') AS day
       FROM (SELECT day FROM inbox UNION SELECT day FROM fact UNION SELECT window_day FROM dedupe) d`,
    [days],
  )
  const database = new Database({ url, connections: 1, queryTimeoutMs: 10_000, connectTimeoutMs: 5000, name: 'test' })
  for (const { day } of found) await prepareDays(database, { today: String(day), daysAhead: 1 })
  await database.close()
  // An identity belongs in the quarter of its message's day; without a message, in that of its own.
  await run(
    `UPDATE dedupe d SET window_day = date_trunc('quarter', coalesce(
       (SELECT i.day FROM inbox i WHERE i.part = d.part AND i.first_off <= d.off AND i.first_off + i.n > d.off), d.window_day) - $1::int)::date`,
    [days],
  )
  for (const table of ['inbox', 'fact', 'fact_origin', 'inbox_day', 'fact_day', 'inbox_head', 'fact_head'])
    await run(`UPDATE ${table} SET day = day - $1::int WHERE day > '-infinity'`, [days])
  const ms = days * 86_400_000
  await run('UPDATE effect SET updated_at = updated_at - $1, created_at = created_at - $1', [ms])
  await run('UPDATE job SET updated_at = updated_at - $1', [ms])
  for (const statement of olderBy) await run(statement, [ms])
}
