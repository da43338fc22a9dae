import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type HubAnswer, HubProcess } from '../hub-process.ts'
import { network, sendSigned, trackerEvent } from './senders.ts'

let hub: HubProcess
beforeAll(async () => {
  hub = await HubProcess.start({ network })
})
afterAll(() => hub.stop())

/** The request does its work and its answer is lost: as after a crash between the two, nothing is known of it but what it made. */
async function twice(path: string, json: object): Promise<readonly [HubAnswer, HubAnswer]> {
  const headers = { 'idempotency-key': path }
  const first = await hub.call('POST', path, { json, headers })
  const client = new pg.Client({ connectionString: hub.databaseUrl })
  await client.connect()
  const { rowCount } = await client.query('DELETE FROM answer WHERE key = $1', [path])
  await client.end()
  expect(rowCount).toBe(1)
  return [first, await hub.call('POST', path, { json, headers })]
}

test('a subscription is made once, and its secret is the one that signs', async () => {
  const [first, second] = await twice('/v1/subscriptions', { url: 'https://customer.example/hook' })
  expect(first.status).toBe(201)
  expect(second.json()).toEqual(first.json())
  const { data } = (await hub.call('GET', '/v1/subscriptions')).json() as { data: unknown[] }
  expect(data).toHaveLength(1)
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
