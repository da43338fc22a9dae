import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { postgresBackbone } from '../backbone/postgres/postgres.ts'
import { upkeep } from './upkeep.ts'

const day = 86_400_000

test('days are dropped when they are kept long enough, and answers after a week', async () => {
  const backbone = await postgresBackbone({ url: await testDatabase(), partitions: 1 })
  onTestFinished(() => backbone.close())
  const dropped: number[] = []
  const at = (now: number) =>
    upkeep({ backbone, retentionDays: 90, now: () => now, dropped: ({ count }) => dropped.push(count) })
  const name = { tenant: 'main', client: 'key_1', route: 'POST /v1/replays', key: 'once' }
  await backbone.stores.answers.begin(name, { fingerprint: 'a', holdSeconds: 60 })
  await backbone.stores.answers.finish(name, { status: 202, headers: {}, body: '{}' })

  await at(Date.now() + 6 * day)
  expect(await backbone.stores.answers.begin(name, { fingerprint: 'a', holdSeconds: 60 })).toMatchObject({
    outcome: 'answered',
  })
  await at(Date.now() + 8 * day)
  expect(await backbone.stores.answers.begin(name, { fingerprint: 'a', holdSeconds: 60 })).toMatchObject({
    outcome: 'begun',
  })

  // Yesterday and seven days ahead exist: the day before the limit goes, the others stay.
  expect(dropped).toEqual([])
  await at(Date.now() + 90 * day)
  expect(dropped).toEqual([1])
})
