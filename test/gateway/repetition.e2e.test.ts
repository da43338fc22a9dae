import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyNameOf } from '../../src/registry/sealed-text.ts'
import { eventually, type HubAnswer, HubProcess } from '../hub-process.ts'
import { network, sendSigned, trackerEvent } from './senders.ts'

let hub: HubProcess
beforeAll(async () => {
  hub = await HubProcess.start({ network })
})
afterAll(() => hub.stop())

/** Does not know any more what became of a request: as after a crash between its work and the keeping of its answer. `heldMs`: it still runs. */
async function forget(key: string, heldMs = 0): Promise<void> {
  const client = new pg.Client({ connectionString: hub.databaseUrl })
  await client.connect()
  const { rowCount } = await client.query(
    'UPDATE answer SET status = NULL, headers = NULL, body = NULL, until = now_ms() + $2 WHERE key = $1',
    [key, heldMs],
  )
  await client.end()
  expect(rowCount).toBe(1)
}

/** The request does its work and its answer is lost: nothing is known of it but what it made. */
async function twice(path: string, json: object = {}): Promise<readonly [HubAnswer, HubAnswer]> {
  const headers = { 'idempotency-key': path }
  const first = await hub.call('POST', path, { json, headers })
  await forget(path)
  return [first, await hub.call('POST', path, { json, headers })]
}

/** What the repetition of a lost answer says, which is what the first one said. */
async function onceMade(path: string, json: object = {}): Promise<{ readonly id: string }> {
  const [first, second] = await twice(path, json)
  expect([first.status, path]).toEqual([second.status, path])
  expect(first.status).toBeLessThan(300)
  expect(second.json()).toEqual(first.json())
  return first.json() as { id: string }
}

async function count(path: string): Promise<number> {
  return ((await hub.call('GET', path)).json() as { data: unknown[] }).data.length
}

test('a subscription is made once, and its secret is the one that signs; rotated once, the secret before goes on signing', async () => {
  const { id } = await onceMade('/v1/subscriptions', { url: 'https://customer.example/hook' })
  expect(await count('/v1/subscriptions')).toBe(1)
  await onceMade(`/v1/subscriptions/${id}/rotate`)
})

test('a correction is stored once', async () => {
  const { id: message } = (await sendSigned(hub, 'not json')).json() as { id: string }
  const path = `/v1/parked/${message}/edit`
  const before = (await hub.call('GET', '/v1/accounting')).json() as { received: number }
  await twice(path, { reason: 'mended', body: trackerEvent('mended') })
  const page = await eventually(
    async () => (await hub.call('GET', '/v1/shipments?reference=PNmended')).json() as { data: unknown[] },
    ({ data }) => data.length > 0,
  )
  expect(page.data).toHaveLength(1)
  const after = (await hub.call('GET', '/v1/accounting')).json() as { received: number; unaccounted: number }
  expect(after).toMatchObject({ received: before.received + 1, unaccounted: 0 })
})

test('a replay is begun once', async () => {
  const [first, second] = await twice('/v1/replays', { connection: 'carrier', dryRun: false })
  const { id } = first.json() as { id: string }
  expect(second.json()).toMatchObject({ id })
})

test('keys, clients, people and rules are made once, and what is shown once is what counts', async () => {
  const before = await count('/v1/keys')
  const made = (await onceMade('/v1/keys', { name: 'once', scopes: ['system:read'] })) as { id: string; key: string }
  expect(await count('/v1/keys')).toBe(before + 1)
  const asked = await hub.call('GET', '/v1/pick-ups', { headers: { authorization: `Bearer ${made.key}` } })
  expect(asked.status).toBe(200)

  const { id: client } = await onceMade('/v1/clients', {
    name: 'once',
    scopes: ['system:read'],
    method: 'client_secret_basic',
  })
  await onceMade(`/v1/clients/${client}/credentials`)
  const { data } = (await hub.call('GET', '/v1/clients')).json() as { data: { credentials: object[] }[] }
  // The one that the client has, and the new one.
  expect(data.map(({ credentials }) => credentials.length)).toEqual([2])

  const { id: person } = await onceMade('/v1/people', { email: 'once@hub.example', name: 'Once', roles: ['viewer'] })
  await onceMade(`/v1/people/${person}/link`)
  await onceMade('/v1/alert-rules', { name: 'told once', check: 'stale-feeds' })
  expect(await count('/v1/alert-rules')).toBe(1)
})

test('what says how it shall be needs no key, and answers the same to one that is sent', async () => {
  const { id } = (await hub.call('POST', '/v1/keys', { json: { name: 'gone', scopes: ['system:read'] } })).json() as {
    id: string
  }
  const revoke = (headers: Record<string, string>) => hub.call('DELETE', `/v1/keys/${id}`, { headers })
  expect((await revoke({ 'idempotency-key': 'end' })).status).toBe(204)
  const again = await revoke({ 'idempotency-key': 'end' })
  expect([again.status, again.headers['idempotency-replayed']]).toEqual([204, 'true'])
  expect((await revoke({})).status).toBe(404)
})

test('a key without a value is refused, one of another request too, and one that is under way says when to come again', async () => {
  const make = (name: string, key: string) =>
    hub.call('POST', '/v1/keys', { json: { name, scopes: ['system:read'] }, headers: { 'idempotency-key': key } })
  expect((await make('a', '')).json()).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_REQUIRED' })
  expect((await make('a', '"under way"')).status).toBe(201)
  expect((await make('b', 'under way')).json()).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' })
  await forget('under way', 60_000)
  const running = await make('a', 'under way')
  expect(running.json()).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_RUNNING', retryable: true })
  expect(Number(running.headers['retry-after'])).toBeGreaterThan(0)
  await forget('under way')
  // Open again, and still the key of the first request alone.
  expect((await make('b', 'under way')).json()).toMatchObject({ status: 422 })
  expect((await make('a', 'under way')).status).toBe(201)
})

test('keys and what is random in their work lie sealed in the database', async () => {
  const client = new pg.Client({ connectionString: hub.databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ seed: string }>('SELECT seed FROM answer')
  await client.end()
  expect(rows.length).toBeGreaterThan(5)
  for (const { seed } of rows) expect(keyNameOf(seed)).toBeDefined()
})
