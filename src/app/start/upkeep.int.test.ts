import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { committed, fact, fence, message, owned } from '../../backbone/contract/rows.contract.ts'
import { postgresBackbone } from '../../backbone/postgres/postgres.ts'
import { upkeep } from './upkeep.ts'

const day = 86_400_000

test('days are dropped when they are kept long enough, and answers after a week', async () => {
  const backbone = await postgresBackbone({ url: await testDatabase(), partitions: 1 })
  onTestFinished(() => backbone.close())
  const gone: string[] = []
  const settings = { retentionDays: 90, factRetentionDays: 1100, effectRetentionDays: 400, replayRetentionDays: 90 }
  // Days that the test has lived through are not made again.
  const { stores } = backbone
  const kept = { prepareDays: async () => {}, retire: backbone.retire.bind(backbone), stores }
  const at = (now: number) =>
    upkeep({ backbone: kept, settings, now, retired: ({ kind, count }) => gone.push(`${count} ${kind}`) })
  const name = { tenant: 'main', client: 'key_1', route: 'POST /v1/replays', key: 'once' }
  await backbone.stores.answers.begin(name, { fingerprint: 'a', seed: 's', holdSeconds: 60 })
  await backbone.stores.answers.finish(name, { status: 202, headers: {}, body: '{}' })

  await at(Date.now() + 6 * day)
  expect(await backbone.stores.answers.begin(name, { fingerprint: 'a', seed: 's', holdSeconds: 60 })).toMatchObject({
    outcome: 'answered',
  })
  await at(Date.now() + 8 * day)
  expect(await backbone.stores.answers.begin(name, { fingerprint: 'a', seed: 's', holdSeconds: 60 })).toMatchObject({
    outcome: 'begun',
  })

  expect(gone).toEqual(['1 answers'])

  // A job, a message and a fact of today, all of them worked on.
  await backbone.stores.jobs.create({ id: 'job_1', tenant: 'main', kind: 'replay', spec: {} })
  await backbone.stores.jobs.cancel('job_1')
  await committed(backbone, { messages: [message('a')], facts: [fact('msg_0-0.0')] })
  for (const consumer of ['translate', 'advance'])
    await committed(backbone, { fences: [fence(await owned(backbone, consumer), 1)] })
  gone.length = 0
  await at(Date.now() + 89 * day)
  expect(gone).toEqual(['1 answers'])
  gone.length = 0
  const held = await at(Date.now() + 92 * day)
  expect(gone).toEqual(['1 messages', '1 replays'])
  expect(held.held.filter(({ kind }) => kind !== 'identities')).toEqual([])
  gone.length = 0
  await at(Date.now() + 1102 * day)
  expect(gone).toEqual(['1 facts', '1 identities'])
})
