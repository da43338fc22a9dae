import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, freePort, HubProcess } from '../hub-process.ts'
import { startReceiver } from './receiver.ts'
import { network, sendSigned, trackerEvent } from './senders.ts'

let hub: HubProcess
let subscriber: Awaited<ReturnType<typeof startReceiver>>
const answered = Promise.withResolvers<number>()

beforeAll(async () => {
  subscriber = await startReceiver(() => answered.promise)
  hub = await HubProcess.start({
    network,
    environment: {
      INTERLINE_CLIENT_REQUESTS_PER_SECOND: '5',
      INTERLINE_QUEUE_MESSAGES: '1',
      INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8',
    },
  })
})
afterAll(async () => {
  answered.resolve(200)
  await hub.stop()
  await subscriber.stop()
})

test('who sends too much is told when to come again, and nobody else notices', async () => {
  const json = { url: subscriber.url, types: ['shipment.status_changed'] }
  expect((await hub.call('POST', '/v1/subscriptions', { json, headers: { 'idempotency-key': 'a' } })).status).toBe(201)
  const answers = await Promise.all(Array.from({ length: 40 }, () => hub.call('GET', '/v1/accounting')))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(10)
  for (const answer of refused) {
    expect(answer.json()).toMatchObject({ code: 'QUOTA_EXCEEDED', retryable: true, 'violated-policies': ['client'] })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(answer.headers['ratelimit']).toContain('"client";r=0')
  }
  expect((await hub.call('GET', '/livez')).status).toBe(200)
  expect((await sendSigned(hub, trackerEvent('other'))).status).toBe(202)
})

test('nobody uses up the quota of a sender whose secret he does not know', async () => {
  const forged = await Promise.all(
    Array.from({ length: 60 }, () =>
      hub.call('POST', '/v1/inbound/neighbour', { body: '{}', headers: { 'x-hmac-signature': 'forged' } }),
    ),
  )
  expect(new Set(forged.map(({ status }) => status))).toEqual(new Set([401]))
  const { 'x-hmac-signature': _, ...others } = forged[0]?.headers ?? {}
  expect(others['ratelimit']).toBeUndefined()
})

test('what the hub cannot hold is refused as a whole, and doubles nothing when it comes again', async () => {
  const event = (n: number) => ({
    specversion: '1.0',
    id: `e${n}`,
    source: '/c',
    type: 't',
    data: JSON.parse(trackerEvent(`many${n}`)) as unknown,
  })
  const body = JSON.stringify(Array.from({ length: 50 }, (_, n) => event(n)))
  const headers = { 'content-type': 'application/cloudevents-batch+json' }
  const answer = await sendSigned(hub, body, headers)
  expect(answer.json()).toMatchObject({ code: 'HUB_BUSY', status: 503, retryable: true })
  expect(answer.headers['retry-after']).toBe('1')
  const single = JSON.stringify([event(0)])
  const first = await eventually(
    () => sendSigned(hub, single, headers),
    ({ status }) => status === 202,
  )
  const again = await eventually(
    () => sendSigned(hub, single, headers),
    ({ status }) => status === 202,
  )
  const { results } = first.json() as { results: { id: string }[] }
  expect(again.json()).toEqual({ results: [{ id: results[0]?.id, status: 'duplicate' }] })
})

test('a disk that is nearly full closes the door before the database has to', async () => {
  const full = await HubProcess.start({ network, environment: { INTERLINE_WATERMARK_MEGABYTES: '1000000000' } })
  try {
    const answer = await sendSigned(full, trackerEvent('full'))
    expect(answer.json()).toMatchObject({ code: 'DISK_LOW', status: 503, retryable: true })
    const ready = await full.call('GET', '/readyz')
    expect(ready.status).toBe(503)
    expect(ready.json()).toMatchObject({
      checks: expect.arrayContaining([expect.objectContaining({ check: 'disk', ok: false })]),
    })
    expect((await full.call('GET', '/livez')).status).toBe(200)
  } finally {
    await full.stop()
  }
})

test('probes and metrics have a port of their own where one is named', async () => {
  const port = await freePort()
  const apart = await HubProcess.start({ environment: { INTERLINE_OPERATIONS_PORT: String(port) } })
  const status = async (path: string): Promise<number> => (await request(`http://127.0.0.1:${port}${path}`)).statusCode
  try {
    expect((await apart.call('GET', '/metrics')).status).toBe(404)
    expect((await apart.call('GET', '/v1/accounting')).status).toBe(200)
    expect([await status('/metrics'), await status('/readyz'), await status('/livez')]).toEqual([200, 200, 200])
    expect([await status('/v1/accounting'), await status('/v1/inbound/carrier')]).toEqual([404, 404])
  } finally {
    await apart.stop()
  }
})

test('a hub that stops takes nothing new, and finishes what it has begun', async () => {
  await eventually(
    async () => subscriber.received.length,
    (count) => count > 0,
  )
  const stopped = hub.stop()
  const answer = await eventually(
    () => sendSigned(hub, trackerEvent('late')),
    ({ status }) => status === 503,
  )
  expect(answer.json()).toMatchObject({ code: 'HUB_STOPPING', retryable: true })
  answered.resolve(200)
  await stopped
})
