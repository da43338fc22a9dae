import { randomUUID } from 'node:crypto'
import { parseList } from 'structured-headers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type HubAnswer, HubProcess } from '../hub-process.ts'

let one: HubProcess
let other: HubProcess
beforeAll(async () => {
  one = await HubProcess.start()
  other = await HubProcess.start({ databaseUrl: one.databaseUrl, key: one.key })
}, 240_000)
afterAll(async () => {
  await other.stop()
  await one.stop()
})

/** A key, and what it is told where it asks. */
async function newKey(): Promise<{ readonly id: string; readonly ask: (hub: HubProcess) => Promise<HubAnswer> }> {
  const made = await one.call('POST', '/v1/keys', { json: { name: 'counted', scopes: ['system:read'] } })
  const { id, key } = made.json() as { id: string; key: string }
  return { id, ask: (hub) => hub.call('GET', '/v1/pick-ups', { headers: { authorization: `Bearer ${key}` } }) }
}

function setQuota(client: string, json: object, version: number): Promise<HubAnswer> {
  return one.call('PUT', `/v1/quotas/${client}`, { json, headers: { 'if-match': `"v${version}"` } })
}

function member(answer: HubAnswer, header: string, name: string): unknown {
  return parseList(String(answer.headers[header]))[0]?.[1].get(name)
}

test('one client has a quota of its own, and two instances share it: each lets ten requests through beyond it, at most', async () => {
  const { id, ask } = await newKey()
  const perSecond = 2
  expect((await setQuota(id, { perSecond, burst: 100 }, 0)).json()).toMatchObject({ client: id, perSecond, version: 1 })
  // At once where it was said, within seconds elsewhere.
  expect(member(await ask(one), 'ratelimit-policy', 'q')).toBe(100)
  await eventually(
    () => ask(other),
    (answer) => member(answer, 'ratelimit-policy', 'q') === 100,
    30_000,
  )
  const from = performance.now()
  const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => ask(n % 2 === 0 ? one : other)))
  const seconds = (performance.now() - from) / 1000
  const granted = answers.filter(({ status }) => status === 200).length
  const refused = answers.filter(({ status }) => status === 429)
  expect(granted + refused.length).toBe(300)
  expect(granted).toBeLessThanOrEqual(100 + 2 * 10 + Math.ceil(perSecond * seconds))
  expect(refused.length).toBeGreaterThan(100)
  for (const answer of refused) {
    expect(answer.json()).toMatchObject({
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      code: 'QUOTA_EXCEEDED',
      'violated-policies': ['client'],
    })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(member(answer, 'ratelimit', 'r')).toBe(0)
  }
  // Nobody else notices.
  expect((await one.call('GET', '/v1/pick-ups')).status).toBe(200)
}, 60_000)

test('what is used of a quota, when it is free again and what was refused is told', async () => {
  const made = await one.call('POST', '/v1/keys', { json: { name: 'ours', scopes: ['shipments:read'] } })
  const ours = made.json() as { id: string; key: string }
  await setQuota(ours.id, { perSecond: 1, burst: 3 }, 0)
  const headers = { authorization: `Bearer ${ours.key}` }
  const answers = await Promise.all(Array.from({ length: 20 }, () => one.call('GET', '/v1/shipments', { headers })))
  const refused = answers.filter(({ status }) => status === 429).length
  const use = async (asked: object = {}): Promise<Use[]> =>
    ((await one.call('GET', '/v1/quota-use', asked)).json() as { data: Use[] }).data
  const found = await eventually(
    async () => (await use()).find(({ client }) => client === ours.id),
    (seen) => (seen?.refused ?? 0) >= refused,
  )
  expect(found).toMatchObject({ kind: 'key', name: 'ours', perSecond: 1, burst: 3, refused })
  expect(found?.refusals).toEqual([{ operation: 'listShipments', refused, lastAt: expect.any(String) as string }])
  expect((await use()).find(({ name }) => name === 'counted')).toMatchObject({ perSecond: 2, burst: 100 })
  // A bucket that nobody touches fills again by itself.
  await eventually(
    async () => (await use()).find(({ client }) => client === ours.id),
    (seen) => seen?.used === 0 && seen.secondsUntilFull === 0,
    30_000,
  )
}, 60_000)

interface Use {
  readonly client: string
  readonly name: string
  readonly used: number
  readonly secondsUntilFull: number
  readonly refused: number
  readonly refusals: readonly object[]
}

test('each instance says what is left for all', async () => {
  const { id, ask } = await newKey()
  await setQuota(id, { perSecond: 1, burst: 1000 }, 0)
  for (let n = 0; n < 40; n++) await ask(one)
  const seen = await eventually(
    () => ask(other),
    (answer) => Number(member(answer, 'ratelimit', 'r')) <= 990,
    30_000,
  )
  expect(member(seen, 'ratelimit-policy', 'q')).toBe(1000)
}, 60_000)

test('a quota is listed, changed by whoever has seen it, and given back', async () => {
  expect((await setQuota('carrier', { perSecond: 7 }, 0)).json()).toMatchObject({ perSecond: 7, burst: 14, version: 1 })
  expect((await setQuota('carrier', { perSecond: 8 }, 0)).json()).toMatchObject({ status: 412, code: 'VERSION_STALE' })
  const listed = (await one.call('GET', '/v1/quotas')).json() as { everybody: object; data: { client: string }[] }
  expect(listed.everybody).toEqual({ perSecond: 5000, burst: 10_000 })
  expect(listed.data.map(({ client }) => client)).toContain('carrier')
  const gone = await one.call('DELETE', '/v1/quotas/carrier', { headers: { 'if-match': '"v1"' } })
  expect(gone.status).toBe(204)
  const now = await one.call('GET', '/v1/quotas/carrier')
  expect([now.json(), now.headers['etag']]).toMatchObject([{ perSecond: 5000, version: 0 }, '"v0"'])
  expect((await one.call('GET', '/v1/quotas/%20')).json()).toMatchObject({ status: 422 })
  const audit = (await one.call('GET', '/v1/audit?kind=quota')).json() as { data: { change: string }[] }
  expect(audit.data.slice(0, 2).map(({ change }) => change)).toEqual(['remove', 'change'])
})

test('one Idempotency-Key at two instances at once makes one key', async () => {
  const name = randomUUID()
  const order = { json: { name, scopes: ['system:read'] }, headers: { 'idempotency-key': name } }
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? one : other).call('POST', '/v1/keys', order)),
  )
  const last = await eventually(
    () => other.call('POST', '/v1/keys', order),
    ({ status }) => status === 201,
  )
  for (const answer of answers)
    if (answer.status === 201) expect(answer.json()).toEqual(last.json())
    else expect(answer.json()).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_RUNNING' })
  const { data } = (await one.call('GET', '/v1/keys?limit=200')).json() as { data: { name: string }[] }
  expect(data.filter((key) => key.name === name)).toHaveLength(1)
})
