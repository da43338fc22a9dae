import { expect, test } from 'vitest'
import { openPostgres, sharedPostgres } from '../contract/postgres.contract.ts'
import { committed, fence, messages, owned, park } from '../contract/rows.contract.ts'
import { Database } from './database.ts'
import { dropDays, prepareDays } from './days.ts'

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

test('old days go, unless a message of theirs is parked or not translated', async () => {
  const harness = await openPostgres()
  const { backbone, url, run } = harness
  const older = (days: number): Promise<unknown> =>
    run(`UPDATE inbox SET day = '2020-02-0${days}' WHERE day = current_date; UPDATE inbox_day SET day = '2020-02-0${days}' WHERE day = current_date;
         UPDATE inbox_head SET day = '2020-02-0${days}' WHERE day = current_date; UPDATE dedupe SET window_day = '2020-01-01' WHERE window_day > '2021-01-01'`)
  await withDatabase(url, async (database) => {
    await prepareDays(database, { today: '2020-02-02', daysAhead: 2 })
    const translate = await owned(backbone, 'translate')
    for (const day of [1, 2, 3]) {
      await committed(backbone, { messages: messages(2).map((one) => ({ ...one, identity: `${day}${one.identity}` })) })
      await older(day)
    }
    await committed(backbone, {
      fences: [fence(translate, 5)],
      parks: [park('msg_0-2')],
      counts: [{ partition: 0, applied: 4, ignored: 0, refused: 0, parked: 1 }],
    })
    const plan = {
      partitions: ['inbox_20200201', 'inbox_20200204'],
      kept: [
        { partition: 'inbox_20200202', reason: '1 parked messages' },
        { partition: 'inbox_20200203', reason: 'messages that are not translated yet' },
        { partition: 'dedupe_20200101', reason: 'its days are still in the log' },
      ],
    }
    expect(await dropDays(database, { before: '2021-01-01', dryRun: true })).toEqual(plan)
    expect(await backbone.message('msg_0-0')).toBeDefined()
    expect(await dropDays(database, { before: '2021-01-01', dryRun: false })).toEqual(plan)
    expect(await backbone.message('msg_0-0')).toBeUndefined()
    expect((await backbone.message('msg_0-3'))?.identity).toBe('2m1')
    expect(await backbone.accounting()).toMatchObject({
      received: 6,
      applied: 4,
      parked: 1,
      pending: 1,
      unaccounted: 0,
    })
    expect(
      (await committed(backbone, { messages: messages(1).map((one) => ({ ...one, identity: '1m0' })) })).messages,
    ).toEqual([{ outcome: 'duplicate', id: 'msg_0-0' }])
    expect(await dropDays(database, { before: '2020-01-31', dryRun: true })).toEqual({ partitions: [], kept: [] })
  })
  await harness.close()
})
