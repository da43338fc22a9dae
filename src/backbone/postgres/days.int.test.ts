import { expect, test } from 'vitest'
import { sharedPostgres } from '../contract/postgres.contract.ts'
import { committed, effect, fence, message, owned } from '../contract/rows.contract.ts'
import { heldBecause } from '../retention.ts'
import { Database } from './database.ts'
import { prepareDays } from './days.ts'

const open = sharedPostgres()

async function withDatabase<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database({ url, connections: 1, queryTimeoutMs: 10_000, connectTimeoutMs: 5000, name: 'test' })
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}

test('partitions are made ahead, twice does no harm', async () => {
  const { url, run } = await open()
  await withDatabase(url, async (database) => {
    await prepareDays(database, { today: '2031-03-30', daysAhead: 3 })
    await prepareDays(database, { today: '2031-03-31', daysAhead: 2 })
  })
  const made = await run("SELECT relname FROM pg_class WHERE relname LIKE '%_2031%' AND relkind = 'r' ORDER BY 1")
  const days = ['20310329', '20310330', '20310331', '20310401', '20310402']
  expect(made.map(({ relname }) => relname)).toEqual([
    ...['dedupe_20310101', 'dedupe_20310401'],
    ...['fact', 'fact_origin', 'inbox'].flatMap((table) => days.map((day) => `${table}_${day}`)),
  ])
})

test('an identity noted in the last moment of a quarter outlives its message of the day after', async () => {
  const { backbone, url, run } = await open()
  await withDatabase(url, (database) => prepareDays(database, { today: '2020-03-31', daysAhead: 3 }))
  await committed(backbone, { messages: [message('a')], fences: [] })
  const translate = await owned(backbone, 'translate')
  await committed(backbone, {
    fences: [fence(translate, 1)],
    counts: [{ partition: 0, applied: 1, ignored: 0, refused: 0, parked: 0 }],
  })
  // The step began on the 31st and got its offset on the 1st.
  for (const table of ['inbox', 'inbox_day', 'inbox_head'])
    await run(`UPDATE ${table} SET day = '2020-04-01' WHERE day > '-infinity'`)
  await run("UPDATE dedupe SET window_day = '2020-01-01'")

  expect(await backbone.retire({ messagesBefore: '2020-04-01', dryRun: false })).toMatchObject({
    held: [{ kind: 'identities', day: '2020-01-01', reason: heldBecause.identities }],
  })
  expect((await backbone.known([message('a')]))[0]).toEqual({ id: 'msg_0-0', sameBody: true })
  expect(await backbone.retire({ messagesBefore: '2020-04-02', dryRun: false })).toMatchObject({
    messages: 1,
    identities: 1,
    held: [],
  })
})

test('a retention never waits for a reader, nor lets others wait for it', async () => {
  const { backbone, url, run } = await open()
  await committed(backbone, { messages: [message('a')] })
  await committed(backbone, { fences: [fence(await owned(backbone, 'translate'), 1)] })
  await withDatabase(url, (database) => prepareDays(database, { today: '2020-05-05', daysAhead: 0 }))
  for (const table of ['inbox', 'inbox_day', 'inbox_head'])
    await run(`UPDATE ${table} SET day = '2020-05-05' WHERE day > '-infinity'`)
  const { default: pg } = await import('pg')
  const reader = new pg.Client({ connectionString: url })
  await reader.connect()
  await reader.query('BEGIN')
  await reader.query('SELECT count(*) FROM inbox_20200505')
  expect(await backbone.retire({ messagesBefore: '2020-05-06', dryRun: false })).toMatchObject({
    messages: 0,
    held: expect.arrayContaining([{ kind: 'messages', day: '2020-05-05', reason: heldBecause.busy }]),
  })
  await reader.query('ROLLBACK')
  await reader.end()
  expect(await backbone.retire({ messagesBefore: '2020-05-06', dryRun: false })).toMatchObject({ messages: 1 })
})

test('an intent that meets the removal of its lane is never lost', async () => {
  const { backbone, run } = await open()
  let wanted = 0
  for (let round = 0; round < 60; round++) {
    await committed(backbone, { effects: [effect(`old-${round}`)] })
    await run("UPDATE effect SET state = 'sending'")
    await run("UPDATE effect SET state = 'applied', updated_at = 0")
    await run('UPDATE lane SET head_seq = NULL, next_at = NULL')
    const [retired] = await Promise.all([
      backbone.retire({ effectsBefore: '2020-01-01', dryRun: false }),
      committed(backbone, { effects: [effect(`new-${round}`)] }),
      committed(backbone, { effects: [effect(`other-${round}`)] }),
    ])
    expect(retired.effects).toBeGreaterThan(0)
    wanted += 2
    const found = await run(
      "SELECT count(*) AS n FROM effect WHERE effect_id LIKE 'eff_new-%' OR effect_id LIKE 'eff_other-%'",
    )
    const past = await run('SELECT count(*) AS n FROM effect_past')
    // Those of earlier rounds are settled by hand and gone; each is either a row or past.
    expect(Number(found[0]?.['n']) + Number(past[0]?.['n'])).toBe(wanted + round + 1)
  }
})
