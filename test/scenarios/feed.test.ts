import { expect, test } from 'vitest'
import type { Connector } from '../../src/connectors/kit/connector.ts'
import { defineConnector } from '../../src/connectors/kit/connector.ts'
import type { FeedFailure, FeedPage } from '../../src/connectors/kit/feed.ts'
import type { Conversation } from '../../src/connectors/kit/procedure.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'
import { SmallHub } from './small-hub.ts'

/** A system that lists its orders from a place on, two at a time. */
const lister = defineConnector({
  id: 'lister',
  label: 'Lister',
  kind: 'erp',
  about: 'A system of this test.',
  certification: 'draft',
  settings: {},
  baseUrl: () => 'https://lister.example',
  inbound: {
    verify: () => ({ scheme: 'api-key' }),
    identify: () => undefined,
    mapping: 'lister/1',
    format: 'json',
    translate: ({ content }) => {
      const { number } = content as { number: string }
      const about = {
        entity: 'order' as const,
        references: [{ scheme: 'order', issuer: 'lister', value: number }],
        unknown: 'create' as const,
      }
      const data = { status: 'received', object: { orderNumber: number } }
      return { assertions: [{ type: 'order.reported', about, occurredAt: '2026-04-12T13:00:00Z', data }] }
    },
  },
  feed: {
    everySeconds: () => 60,
    converse: function* ({ cursor }): Conversation<FeedPage | FeedFailure> {
      const reply = yield { ask: { method: 'GET', path: `/orders?after=${cursor ?? 0}` }, changes: false }
      if (reply.status !== 200) return { outcome: 'retry', reason: 'busy' }
      const { orders, more } = reply.json as { orders: string[]; more: boolean }
      const messages = orders.map((number) => ({ identity: `order ${number}`, content: { number } }))
      return { messages, cursor: orders.at(-1) ?? cursor ?? '0', more }
    },
  },
})

class Orders {
  numbers = [1, 2, 3]
  asked: string[] = []
  isBusy = false

  readonly answer = ({ url }: HttpRequest): HttpResult => {
    this.asked.push(new URL(url).search)
    const after = Number(new URL(url).searchParams.get('after'))
    const rest = this.numbers.filter((one) => one > after)
    const body = JSON.stringify({ orders: rest.slice(0, 2).map(String), more: rest.length > 2 })
    const status = this.isBusy ? 503 : 200
    return { outcome: 'answer', wire: true, status, headers: {}, body: new TextEncoder().encode(body) }
  }
}

function start(orders: Orders, beside?: SmallHub): Promise<SmallHub> {
  return SmallHub.start({
    connections: [{ id: 'shop', connector: 'lister', settings: {} }],
    connectors: [lister as unknown as Connector],
    answer: orders.answer,
    ...(beside === undefined ? {} : { beside }),
  })
}

async function known(hub: SmallHub): Promise<number> {
  const logs = await Promise.all([0, 1].map((one) => hub.backbone.readLog(one, -1, 1000)))
  return logs.flat().filter(({ fact }) => fact.type === 'order.received').length
}

test('what has changed is asked for page by page, and comes in like a message', async () => {
  const orders = new Orders()
  const hub = await start(orders)
  await hub.pass(5000)
  expect(orders.asked).toEqual(['?after=0', '?after=2'])
  expect(await known(hub)).toBe(3)
  orders.numbers.push(4)
  await hub.pass(60_000)
  expect(orders.asked.slice(2)).toEqual(['?after=3'])
  expect(await known(hub)).toBe(4)
  expect(hub.node.feeder.counts()).toEqual([{ connection: 'shop', asked: 3, changes: 4, failures: 0 }])
  await hub.stop()
  expect(hub.failures).toEqual([])
})

test('an answer that does not come leaves the feed where it was', async () => {
  const orders = new Orders()
  orders.isBusy = true
  const hub = await start(orders)
  await hub.pass(5000)
  orders.isBusy = false
  await hub.pass(60_000)
  expect(orders.asked).toEqual(['?after=0', '?after=0', '?after=2'])
  expect(await known(hub)).toBe(3)
  await hub.stop()
})

test('of two instances one asks, and the other goes on where it stopped', async () => {
  const orders = new Orders()
  const first = await start(orders)
  const second = await start(orders, first)
  await first.pass(65_000)
  expect(orders.asked).toEqual(['?after=0', '?after=2', '?after=3'])
  await first.stop()
  orders.numbers.push(4, 5)
  await second.pass(200_000)
  expect(orders.asked.slice(3, 4)).toEqual(['?after=3'])
  expect(await known(second)).toBe(5)
  await second.stop()
})
