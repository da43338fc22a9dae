import { describe, expect, test } from 'vitest'
import { memoryBackbone } from '../backbone/memory/memory.ts'
import type { ContractsInForce } from '../gateway/desks/contract-desk.ts'
import type { Fact } from '../model/fact.ts'
import type { ContractUser } from '../registry/contract-uses.ts'
import type { Standing } from '../registry/contracts/lifecycle.ts'
import { Subscribers } from './subscribers.ts'

const body = {
  url: 'https://customer.example/hook',
  types: ['shipment.*'],
  references: [],
  secrets: [],
  state: 'active',
}

async function read(rows: Readonly<Record<string, unknown>>): Promise<readonly [string[], string[]]> {
  const backbone = memoryBackbone({ partitions: 1, now: () => 0 })
  for (const [id, stored] of Object.entries(rows))
    await backbone.stores.subscriptions.create({ id, tenant: 'main', body: stored })
  const unreadable: string[] = []
  const subscribers = new Subscribers({
    backbone,
    sealing: { seal: async (text) => text, open: async () => undefined },
    unreadable: (id, code) => unreadable.push(`${id} ${code}`),
    partitions: 1,
    allowedCidrs: [],
    now: () => 0,
    contracts: { standing: () => undefined, used: () => undefined },
    subjects: async () => [],
  })
  await subscribers.refresh()
  return [subscribers.list().map(({ id }) => id), unreadable]
}

test('a subscription that cannot be read is told and sent nothing; the others go on', async () => {
  const [followed, unreadable] = await read({
    sub_1: body,
    sub_2: { ...body, url: 'https://' },
    sub_4: { state: 'active', references: [], secrets: [] },
    sub_5: { ...body, types: 'all' },
    sub_6: { ...body, sealedSecrets: 'of another key' },
    sub_7: body,
  })
  expect(followed).toEqual(['subscription:sub_1', 'subscription:sub_7'])
  expect(unreadable).toEqual([
    ...['sub_2', 'sub_4', 'sub_5'].map((id) => `${id} SUBSCRIPTION_UNREADABLE`),
    'sub_6 SECRET_UNREADABLE',
  ])
})

const delivered: Fact = {
  id: 'fact_1',
  tenant: 'main',
  subject: 'shp_1',
  type: 'shipment.delivered',
  source: 'carrier',
  recordedAt: '2026-04-01T11:00:00Z',
  correlation: 'c',
  causation: 'm',
  trace: '0af7651916cd43dd8448eb211c80319c',
  data: {},
} as unknown as Fact
const day = 86_400_000

/** What two subscribers are sent of an event that stands like this, and the uses that are counted. */
async function sent(standing: Standing | undefined, now = 10 * day) {
  const backbone = memoryBackbone({ partitions: 1, now: () => 0 })
  for (const [id, types] of [
    ['sub_1', ['shipment.*']],
    ['sub_2', ['order.*', 'shipment.delivered']],
    ['sub_3', ['order.*']],
  ] as const)
    await backbone.stores.subscriptions.create({ id, tenant: 'main', body: { ...body, types } })
  const uses: ContractUser[] = []
  const standings = (tenant: string, contract: string) =>
    tenant === 'main' && contract === 'event:shipment.delivered' ? standing : undefined
  const subscribers = new Subscribers({
    backbone,
    sealing: { seal: async (text) => text, open: async () => undefined },
    unreadable: () => {},
    partitions: 1,
    allowedCidrs: [],
    now: () => now,
    contracts: {
      standing: standings as unknown as ContractsInForce['standing'],
      used: (user) => uses.push(user),
    },
    subjects: async () => [],
  })
  await subscribers.refresh()
  const events = subscribers
    .list()
    .filter((one) => one.matches(delivered))
    .map((one) => ({
      to: one.id,
      ...(JSON.parse(one.event(delivered, { partition: 0, offset: 1 })) as Record<string, unknown>),
    }))
  return { events, uses }
}

describe('an event that ends', () => {
  const deprecated: Standing = {
    state: 'deprecated',
    deprecatedAt: 9 * day,
    sunsetAt: 20 * day,
    successor: 'event:shipment.status_changed',
  }

  test('says so to each subscriber that takes it, with the day and what takes its place, and each use is counted', async () => {
    const { events, uses } = await sent(deprecated)
    const ending = {
      deprecated: true,
      deprecationfrom: '1970-01-10T00:00:00.000Z',
      deprecationsunset: '1970-01-21T00:00:00.000Z',
      deprecationmigration: '/v1/contracts/event%3Ashipment.status_changed',
    }
    expect(events).toMatchObject([
      { to: 'subscription:sub_1', ...ending },
      { to: 'subscription:sub_2', ...ending },
    ])
    expect(uses).toEqual(
      ['sub_1', 'sub_2'].map((id) => ({
        tenant: 'main',
        contract: 'event:shipment.delivered',
        principal: `subscription:${id}`,
        name: 'customer.example',
      })),
    )
  })

  test('is not sent any more from its sunset on, by decision or by the day', async () => {
    expect((await sent(deprecated, 20 * day)).events).toEqual([])
    expect((await sent({ ...deprecated, state: 'sunset' })).events).toEqual([])
    expect((await sent({ ...deprecated, state: 'retired' })).events).toEqual([])
    expect((await sent(deprecated, 20 * day - 1)).events).toHaveLength(2)
  })

  test('that does not end, or not any more, says nothing and is not counted', async () => {
    for (const standing of [undefined, { state: 'published' } as const]) {
      const { events, uses } = await sent(standing)
      expect(events).toHaveLength(2)
      for (const event of events) expect(Object.keys(event).filter((name) => name.startsWith('deprecat'))).toEqual([])
      expect(uses).toEqual([])
    }
  })
})
