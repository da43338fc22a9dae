import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectProblem } from '../gateway/asked-hub.ts'
import { network } from '../gateway/senders.ts'
import { eventually, HubProcess } from '../hub-process.ts'

/** INTERLINE_REPLAYED=100000 for the large one. */
const count = Number(process.env.INTERLINE_REPLAYED ?? 2000)
const environment = { INTERLINE_LEASE_SECONDS: '3' }
let hub: HubProcess

interface Job {
  readonly id: string
  readonly status: string
  readonly total: number | null
  readonly done: number
  readonly failed: number
  readonly skipped: number
  readonly newEffects: number
  readonly ratePerSecond: number | null
  readonly etaSeconds: number | null
  readonly owner: string
  readonly reason: string
  readonly allowed: readonly string[]
}

const job = async (id: string): Promise<Job> => (await hub.call('GET', `/v1/jobs/${id}`)).json() as Job
const change = async (id: string, verb: string): Promise<Job> =>
  (await hub.call('POST', `/v1/jobs/${id}/${verb}`)).json() as Job
const until = (id: string, holds: (one: Job) => boolean): Promise<Job> => eventually(() => job(id), holds, 240_000)

/** Item and quantity of each. */
async function balances(): Promise<readonly string[]> {
  const answer = await hub.call('GET', '/v1/inventory/balances?limit=200')
  const { data } = answer.json() as { data: readonly { sku: string; onHand: string }[] }
  return data.map(({ sku, onHand }) => `${sku} ${onHand}`)
}

async function start(order: object): Promise<string> {
  const headers = { 'idempotency-key': JSON.stringify(order) }
  const answer = await hub.call('POST', '/v1/replays', { json: order, headers })
  expect(answer.status).toBe(202)
  const { id } = answer.json() as Job
  expect(answer.headers['location']).toBe(`/v1/jobs/${id}`)
  return id
}

async function send(lines: readonly string[]): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson' }
  expect((await hub.call('POST', '/v1/inbound/warehouse', { body: lines.join('\n'), headers })).status).toBe(202)
}

const movement = (number: number): string =>
  JSON.stringify({
    ...{ eventId: `m-${number}`, type: 'movement', occurredAt: '2026-04-01T11:00:00Z' },
    data: {
      ...{ movement: 'receipt', sku: `SKU-${number % 50}`, quantity: '1', uom: 'EA', to: { location: 'N-1' } },
      document: { kind: 'test', id: `m-${number}` },
    },
  })

describe('a bulk replay', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    hub = await HubProcess.start({ network, environment })
    for (let from = 0; from < count; from += 500)
      await send(Array.from({ length: Math.min(500, count - from) }, (_, index) => movement(from + index)))
  }, 600_000)
  afterAll(() => hub.stop())

  test('is looked at first: how much it is, and that nothing would leave', async () => {
    const id = await start({ connection: 'warehouse' })
    const done = await until(id, ({ status }) => status === 'succeeded')
    expect(done).toMatchObject({ done: count, failed: 0, newEffects: 0, allowed: [] })
    expect(done.total).toBe(done.done + done.skipped)
    await expectProblem(hub.call('POST', `/v1/jobs/${id}/pause`), 409, 'JOB_NOT_SO')
    await expectProblem(hub.call('GET', '/v1/jobs/job_none'), 404, 'NOT_FOUND')
  })

  test('is paused, outlives the hub, goes on where it was and ends with the same stock', async () => {
    const all = (rows: readonly string[]): boolean =>
      rows.length === 50 && rows.every((row) => row.endsWith(` ${count / 50}`))
    expect(await eventually(balances, all, 240_000)).toSatisfy(all)
    const id = await start({ connection: 'warehouse', dryRun: false, perSecond: count / 4, reason: 'a better map' })
    const running = await until(id, ({ done }) => done > 0)
    expect(running).toMatchObject({ status: 'running', reason: 'a better map', allowed: ['pause', 'cancel'] })
    expect(running.total).toBeGreaterThanOrEqual(count)
    expect(running.ratePerSecond).toBeGreaterThan(0)
    expect(running.etaSeconds).toBeGreaterThanOrEqual(0)
    expect(await change(id, 'pause')).toMatchObject({ status: 'paused', allowed: ['resume', 'cancel'] })
    expect(await change(id, 'pause')).toMatchObject({ status: 'paused' })
    const paused = await job(id)
    expect(paused.done).toBeLessThan(count)
    const { databaseUrl, key } = hub
    await hub.die()
    hub = await HubProcess.start({ network, environment, databaseUrl, key })
    expect(await job(id)).toMatchObject({ status: 'paused', done: paused.done })
    await change(id, 'resume')
    expect(await until(id, ({ status }) => status === 'succeeded')).toMatchObject({ done: count, failed: 0 })
    await eventually(
      async () => (await hub.call('GET', '/v1/accounting')).json() as { pending: number },
      ({ pending }) => pending === 0,
      240_000,
    )
    expect(await eventually(balances, all)).toSatisfy(all)
    expect((await hub.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
  })

  test('goes on by itself when the hub is killed under it', async () => {
    const id = await start({ connection: 'warehouse', dryRun: false, perSecond: count / 4, reason: 'again' })
    await until(id, ({ done }) => done > 0)
    const { databaseUrl, key } = hub
    await hub.die()
    hub = await HubProcess.start({ network, environment, databaseUrl, key })
    expect(await until(id, ({ status }) => status === 'succeeded')).toMatchObject({ done: count, failed: 0 })
  })

  test('is cancelled for good', async () => {
    const id = await start({ connection: 'warehouse', dryRun: false, perSecond: 10 })
    await until(id, ({ done }) => done > 0)
    expect(await change(id, 'cancel')).toMatchObject({ status: 'cancelled', allowed: [] })
    const { done } = await job(id)
    await expectProblem(hub.call('POST', `/v1/jobs/${id}/resume`), 409, 'JOB_NOT_SO')
    expect((await job(id)).done).toBe(done)
    const listed = (await hub.call('GET', '/v1/jobs?limit=2')).json() as { data: Job[]; page: { next: string } }
    expect(listed.data.map((one) => one.id)).toContain(id)
    const more = await hub.call('GET', `/v1/jobs?limit=2&cursor=${listed.page.next}`)
    expect((more.json() as { data: Job[] }).data.length).toBe(2)
  })

  test('says in a file what it could not do', async () => {
    const bad = ['{"eventId":"bad-1"}', '{"eventId":"bad-2","type":"movement"}']
    await send(bad)
    const { data } = await eventually(
      async () => (await hub.call('GET', '/v1/parked')).json() as { data: { message: string; code: string }[] },
      (parked) => parked.data.length === 2,
    )
    const id = await start({ connection: 'warehouse', since: new Date(Date.now() - 600_000).toISOString() })
    const done = await until(id, ({ status }) => status === 'partly_failed')
    expect(done.failed).toBe(2)
    const file = await hub.call('GET', `/v1/jobs/${id}/failures`)
    expect(file.headers['content-type']).toBe('application/x-ndjson')
    const lines = file.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { item: string; code: string })
    expect(lines.map(({ item }) => item).toSorted()).toEqual(data.map(({ message }) => message).toSorted())
    expect(lines.map(({ code }) => code)).toEqual(data.map(({ code }) => code))
    // Released by cause, each once.
    const release = await start({ cause: data[0]?.code, dryRun: false })
    expect(await until(release, ({ status }) => status === 'succeeded')).toMatchObject({ failed: 0 })
  })
})
