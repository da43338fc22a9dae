import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyWebhook } from '../../src/transports/signature.ts'
import { type Answered, type ReceivedRequest, startReceiver } from '../gateway/receiver.ts'
import { network, sendSigned, trackerEvent } from '../gateway/senders.ts'
import { eventually, type HubAnswer, HubProcess } from '../hub-process.ts'

/** What a partner does about its own secrets: a key, and the webhook by which it is told. */
let hub: HubProcess
let harbor: Awaited<ReturnType<typeof startReceiver>>
let answers: Answered = 200
let key = ''
let subscription = { id: '', secret: '' }

beforeAll(async () => {
  harbor = await startReceiver(() => answers)
  hub = await HubProcess.start({
    network: { ...network, partner: { id: 'harbor', name: 'Harbor' } },
    environment: { INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8' },
  })
  const scopes = ['keys:write', 'shipments:read', 'subscriptions:read', 'subscriptions:write']
  const made = await hub.call('POST', '/v1/keys', { json: { name: 'harbor', scopes, partner: 'harbor' } })
  key = (made.json() as { key: string }).key
  const json = { url: `${harbor.url}/hook`, partner: 'harbor' }
  const headers = { 'idempotency-key': '"harbor"' }
  subscription = (await hub.call('POST', '/v1/subscriptions', { json, headers })).json() as typeof subscription
}, 240_000)
afterAll(async () => {
  await hub.stop()
  await harbor.stop()
})

const as = (
  text: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  json?: object,
): Promise<HubAnswer> =>
  hub.call(method, path, {
    ...(json === undefined ? {} : { json }),
    headers: { authorization: `Bearer ${text}`, 'idempotency-key': `"${randomUUID()}"`, 'if-match': '"v1"' },
  })
const judged = ({ headers, body }: ReceivedRequest, secret: string): string =>
  verifyWebhook(
    { headers: headers as Record<string, string>, body: Buffer.from(body), nowSeconds: Date.now() / 1000 },
    secret,
  )

test('a key is replaced: the new one is shown once, the old one counts until the moment that was said', async () => {
  const { data } = (await as(key, 'GET', '/v1/keys')).json() as { data: { id: string }[] }
  const old = data[0]?.id ?? ''
  const began = Date.now()
  const made = await as(key, 'POST', `/v1/keys/${old}/rotate`, { overlapHours: 2 })
  const rotated = made.json() as { id: string; key: string; old: { id: string; validUntil: string } }
  expect(made.status).toBe(201)
  const until = Date.parse(rotated.old.validUntil) - began
  expect(until).toBeGreaterThan(2 * 3_600_000 - 60_000)
  expect(until).toBeLessThan(2 * 3_600_000 + 60_000)
  for (const one of [key, rotated.key]) expect((await as(one, 'GET', '/v1/shipments')).status).toBe(200)
  const listed = await as(rotated.key, 'GET', '/v1/keys')
  expect(listed.text).not.toContain(rotated.key)
  expect(listed.json()).toMatchObject({
    data: expect.arrayContaining([
      expect.objectContaining({ id: old, expiresAt: rotated.old.validUntil }),
      expect.objectContaining({ id: rotated.id, name: 'harbor', partner: 'harbor' }),
    ]) as unknown,
  })
  // Again, at once: only the newest is left.
  const last = (await as(rotated.key, 'POST', `/v1/keys/${rotated.id}/rotate`, { overlapHours: 0 })).json() as {
    key: string
  }
  expect((await as(rotated.key, 'GET', '/v1/shipments')).status).toBe(401)
  expect((await as(last.key, 'GET', '/v1/shipments')).status).toBe(200)
  expect((await as(last.key, 'POST', `/v1/keys/${rotated.id}/rotate`, {})).status).toBe(404)
  const audit = (await hub.call('GET', '/v1/audit?kind=key&limit=200')).json() as {
    data: { change: string; name: string }[]
  }
  expect(audit.data.filter(({ name }) => name === old).map(({ change }) => change)).toEqual(['change', 'create'])
  key = last.key
})

test('nobody replaces a key of somebody else, or one that may do more', async () => {
  const all = (await hub.call('GET', '/v1/keys')).json() as { data: { id: string; partner?: string }[] }
  const staff = all.data.find(({ partner }) => partner === undefined)?.id ?? ''
  expect((await as(key, 'POST', `/v1/keys/${staff}/rotate`, {})).status).toBe(404)
  const json = { name: 'small', scopes: ['keys:write'] }
  const small = (await hub.call('POST', '/v1/keys', { json })).json() as { key: string }
  expect((await as(small.key, 'POST', `/v1/keys/${staff}/rotate`, {})).json()).toMatchObject({ status: 403 })
})

test('an example is signed like every event and says that it is one; the partner sees what left and what came back', async () => {
  const before = harbor.received.length
  const sent = await as(key, 'POST', `/v1/subscriptions/${subscription.id}/examples`)
  expect({ status: sent.status, text: sent.text }).toMatchObject({ status: 200 })
  const shown = sent.json() as {
    request: { body: string; headers: Record<string, string> }
    answer: { status: number }
  }
  expect(shown).toMatchObject({ delivered: true, answer: { status: 200 } })
  const got = harbor.received[before]
  expect(harbor.received).toHaveLength(before + 1)
  if (got === undefined) return
  expect(judged(got, subscription.secret)).toBe('ok')
  expect(judged(got, 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')).not.toBe('ok')
  expect(shown.request.body).toBe(got.body)
  expect(shown.request.headers['webhook-signature']).toBe(got.headers['webhook-signature'])
  expect(JSON.parse(got.body)).toMatchObject({ specversion: '1.0', type: 'shipment.delivered', example: true })
  answers = { status: 500, body: { why: 'the door is shut' } }
  const refused = (await as(key, 'POST', `/v1/subscriptions/${subscription.id}/examples`)).json()
  expect(refused).toMatchObject({ delivered: false, answer: { status: 500, body: '{"why":"the door is shut"}' } })
  answers = 200
  // Nothing is owed for it, and no real event says that it is an example.
  const owed = await hub.call('GET', `/v1/effects?target=subscription:${subscription.id}`)
  expect(owed.json()).toMatchObject({ data: [] })
  const count = harbor.received.length
  await sendSigned(hub, trackerEvent('real'))
  const real = await eventually(
    async () => harbor.received.slice(count),
    (all) => all.length > 0,
  )
  expect(real.length).toBeGreaterThan(0)
  expect(real.filter(({ body }) => body.includes('"example"'))).toEqual([])
})

test('its webhook gets a new secret: both sign until the moment that is said', async () => {
  const path = `/v1/subscriptions/${subscription.id}/rotate`
  const rotated = (await as(key, 'POST', `${path}?overlapHours=1`)).json() as { secret: string; oldValidUntil: string }
  expect(Date.parse(rotated.oldValidUntil) - Date.now()).toBeLessThan(3_600_001)
  await as(key, 'POST', `/v1/subscriptions/${subscription.id}/examples`)
  const both = harbor.received.at(-1)
  expect(both === undefined ? [] : [subscription.secret, rotated.secret].map((one) => judged(both, one))).toEqual([
    'ok',
    'ok',
  ])
  const last = (await as(key, 'POST', `${path}?overlapHours=0`)).json() as { secret: string }
  await as(key, 'POST', `/v1/subscriptions/${subscription.id}/examples`)
  const one = harbor.received.at(-1)
  expect(one === undefined ? '' : judged(one, last.secret)).toBe('ok')
  expect(one === undefined ? 'ok' : judged(one, rotated.secret)).not.toBe('ok')
})

test('a partner sees its own subscriptions and no others, and does not change what it is told of', async () => {
  const json = { url: `${harbor.url}/staff` }
  const headers = { 'idempotency-key': '"staff"' }
  const staff = (await hub.call('POST', '/v1/subscriptions', { json, headers })).json() as { id: string }
  const { data } = (await as(key, 'GET', '/v1/subscriptions')).json() as { data: { id: string; partner: string }[] }
  expect(data).toEqual([expect.objectContaining({ id: subscription.id, partner: 'harbor' })])
  for (const path of ['', '/rotate', '/examples'])
    expect((await as(key, path === '' ? 'GET' : 'POST', `/v1/subscriptions/${staff.id}${path}`)).status).toBe(404)
  for (const [method, path] of [
    ['PATCH', `/v1/subscriptions/${subscription.id}`],
    ['DELETE', `/v1/subscriptions/${subscription.id}`],
    ['POST', '/v1/subscriptions'],
  ] as const)
    expect((await as(key, method, path, { url: 'https://elsewhere.example/' })).json()).toMatchObject({
      status: 403,
    })
  const stranger = { url: `${harbor.url}/x`, partner: 'nobody' }
  expect(
    (await hub.call('POST', '/v1/subscriptions', { json: stranger, headers: { 'idempotency-key': '"x"' } })).status,
  ).toBe(422)
})
