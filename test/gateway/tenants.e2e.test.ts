import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { network, signed, trackerEvent } from './senders.ts'

let hub: HubProcess
let foreign = ''
beforeAll(async () => {
  const other = { id: 'foreign', tenant: 'other', connector: 'easypost', settings: { webhookSecret: 'their-secret' } }
  hub = await HubProcess.start({ network: { connections: [...network.connections, other] } })
  for (const body of [trackerEvent('theirs'), 'their secret, not JSON']) {
    const headers = signed(body, 'their-secret')
    const answer = await hub.call('POST', '/v1/inbound/foreign', { body, headers })
    foreign = (answer.json() as { id: string }).id
  }
})
afterAll(() => hub.stop())

const status = async (path: string): Promise<number> => (await hub.call('GET', path)).status

test('what belongs to another tenant does not exist', async () => {
  expect(await status(`/v1/messages/${foreign}`)).toBe(404)
  expect(await status(`/v1/messages/${foreign}/raw`)).toBe(404)
  expect(await status(`/v1/trace?reference=${foreign}`)).toBe(404)
  expect(await status('/v1/trace?reference=PNtheirs')).toBe(404)
  expect((await hub.call('GET', '/v1/shipments')).json()).toMatchObject({ data: [] })
  expect((await hub.call('GET', '/v1/parked')).json()).toMatchObject({ data: [] })
  const json = { reason: 'for the test' }
  for (const decision of ['release', 'skip', 'edit']) {
    const order = {
      json: decision === 'edit' ? { ...json, body: '{}' } : json,
      headers: { 'idempotency-key': decision },
    }
    expect((await hub.call('POST', `/v1/parked/${foreign}/${decision}`, order)).status).toBe(404)
  }
})

test('and is not replayed', async () => {
  const replay = (json: object) =>
    hub.call('POST', '/v1/replays', {
      json: { dryRun: false, ...json },
      headers: { 'idempotency-key': JSON.stringify(json) },
    })
  expect((await replay({ connection: 'foreign' })).json()).toMatchObject({ code: 'CONNECTION_UNKNOWN' })
  expect((await replay({ connection: 'nobody' })).status).toBe(404)
  for (const order of [{ messages: [foreign] }, { cause: 'JSON_MALFORMED' }]) {
    const { id } = (await replay(order)).json() as { id: string }
    const job = await eventually(
      async () => (await hub.call('GET', `/v1/replays/${id}`)).json() as { status: string },
      (one) => one.status === 'done',
    )
    expect(job).toMatchObject({ status: 'done', done: 0, failed: 0 })
  }
})

test('of many same requests at once one does the work, and the others hear of it', async () => {
  const order = { json: { url: 'https://customer.example/hook' }, headers: { 'idempotency-key': 'at once' } }
  const answers = await Promise.all(Array.from({ length: 10 }, () => hub.call('POST', '/v1/subscriptions', order)))
  for (const answer of answers) {
    if (answer.status === 201) continue
    expect(answer.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_RUNNING', status: 409, retryable: true })
    expect(answer.headers['retry-after']).toBe('1')
  }
  const made = answers.filter((answer) => answer.status === 201).map((answer) => answer.text)
  expect(new Set(made).size).toBe(1)
  expect(((await hub.call('GET', '/v1/subscriptions')).json() as { data: unknown[] }).data).toHaveLength(1)
})
