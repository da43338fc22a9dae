import { expect, test } from 'vitest'
import { memoryBackbone } from '../backbone/memory/memory.ts'
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
