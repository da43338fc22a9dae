import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { StubHub } from '../../test/cli/stub-hub.ts'
import { HubDesk } from './hub-desk.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

const wanted = { url: 'http://127.0.0.1:5002/simulated-customer', types: ['shipment.*'], once: 'once' }

function replyWith(data: readonly { id: string; url: string }[]): void {
  hub.reply = ({ method, url }) =>
    method === 'GET' && url.startsWith('/v1/subscriptions?')
      ? { body: { data } }
      : { body: { secret: `whsec of ${url}` } }
}

test('the first start subscribes, and leaves what others have subscribed alone', async () => {
  replyWith([
    { id: 'sub_mine', url: 'http://127.0.0.1:5001/hook' },
    { id: 'sub_far', url: 'https://customer.example/simulated-customer' },
  ])
  const desk = new HubDesk({ hub: hub.url, key: 'k' })
  expect(await desk.subscribe(wanted)).toBe('whsec of /v1/subscriptions')
  expect(hub.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET /v1/subscriptions?limit=200',
    'POST /v1/subscriptions',
  ])
})

test('a later start moves its subscription to the new address, so that nobody is owed something for ever', async () => {
  replyWith([{ id: 'sub_1', url: 'http://127.0.0.1:5001/simulated-customer' }])
  const desk = new HubDesk({ hub: hub.url, key: 'k' })
  expect(await desk.subscribe(wanted)).toBe('whsec of /v1/subscriptions/sub_1/rotate?overlapHours=0')
  const moved = hub.asked.find(({ method }) => method === 'PATCH')
  expect(moved).toMatchObject({ url: '/v1/subscriptions/sub_1', body: JSON.stringify({ url: wanted.url }) })
  expect(hub.asked.some(({ method, url }) => method === 'POST' && url === '/v1/subscriptions')).toBe(false)
})
