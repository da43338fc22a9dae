import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectors } from '../../src/connectors/all.ts'
import { cloudEvent } from '../../src/connectors/webhook/cloud-event.ts'
import { type ConnectionDeclaration, openConnection } from '../../src/flow/connection.ts'
import type { Subscriber } from '../../src/flow/deliver/subscriber.ts'
import { isReport } from '../../src/model/fact.ts'
import { SmallHub } from './small-hub.ts'

const order = {
  eventId: 'e1',
  type: 'order.created',
  occurredAt: '2026-04-12T10:00:00Z',
  data: { orderNumber: 'SO-1' },
}
let hub: SmallHub
let isBroken = true

function subscription(id: string): ConnectionDeclaration {
  const settings = { url: `https://${id}.example/events`, secrets: [] }
  return { id: `subscription:${id}`, tenant: 'main', connector: 'webhook', settings }
}

function subscriber(id: string, event: Subscriber['event']): Subscriber {
  const connection = openConnection(subscription(id), { connectors, partitions: 2 })
  const matches: Subscriber['matches'] = ({ type }) => type.startsWith('order.') && !isReport(type)
  return { id: connection.id, tenant: 'main', state: 'active', connection, matches, event }
}

beforeEach(async () => {
  isBroken = true
  const subscribers = [
    subscriber('broken', (fact, place) => {
      if (isBroken) throw new TypeError('a fault of ours')
      return cloudEvent(fact, place)
    }),
    subscriber('sound', cloudEvent),
  ]
  hub = await SmallHub.start({
    connections: [
      { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
      subscription('broken'),
      subscription('sound'),
    ],
    subscribers: () => subscribers,
    answer: () => ({ outcome: 'answer', wire: true, status: 204, headers: {}, body: new Uint8Array() }),
  })
  await hub.pass(2000)
})

afterEach(() => hub.stop())

test('a subscriber to whom nothing can be said keeps no other from what is said, nor from keeping its place', async () => {
  await hub.receive('erp', order)
  await hub.pass(10_000)
  expect(hub.sent.map(({ request }) => new URL(request.url).hostname)).toEqual(['sound.example'])
  const stored = await hub.backbone.stores.cursors.load('subscription:sound')
  const { facts } = await hub.backbone.heads()
  expect(stored.some(({ partition, offset }) => offset >= 0 && offset === facts[partition])).toBe(true)
  expect(hub.failures).not.toEqual([])
})

test('what it missed comes when the fault is repaired', async () => {
  await hub.receive('erp', order)
  await hub.pass(10_000)
  isBroken = false
  await hub.pass(60_000)
  expect(hub.sent.map(({ request }) => new URL(request.url).hostname)).toEqual(['sound.example', 'broken.example'])
})
