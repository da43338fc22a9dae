import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from '../../src/app/terminal/program.ts'
import { postgresBackbone } from '../../src/backbone/postgres/postgres.ts'
import { topicsOf } from '../../src/gateway/stream/topics.ts'
import { isReport } from '../../src/model/fact.ts'
import { expectProblem } from '../gateway/asked-hub.ts'
import { network, sendSigned, signed, trackerEvent } from '../gateway/senders.ts'
import { HubProcess } from '../hub-process.ts'
import { Listening } from '../listening.ts'

const foreign = { id: 'foreign', tenant: 'other', connector: 'easypost', settings: { webhookSecret: 'their-secret' } }
const environment = {
  INTERLINE_LEASE_SECONDS: '3',
  INTERLINE_STREAM_CLIENTS_PER_PRINCIPAL: '3',
  INTERLINE_STREAM_CLIENTS: '5',
}
let hub: HubProcess
const open: Listening[] = []

beforeAll(async () => {
  hub = await HubProcess.start({ network: { connections: [...network.connections, foreign] }, environment })
})
afterAll(async () => {
  for (const one of open) one.leave()
  await hub.stop()
})

async function listen(query: string, more: { lastId?: string; key?: string } = {}): Promise<Listening> {
  const { key = hub.key, ...rest } = more
  const headers = { authorization: `Bearer ${key}` }
  const listening = await Listening.to(`${hub.url}/v1/stream${query}`, { headers, ...rest })
  open.push(listening)
  return listening
}

const factsIn = (listening: Listening): readonly string[] =>
  listening.heard.flatMap(({ data }) => (typeof data['fact'] === 'string' ? [data['fact']] : []))

/** Ids of the facts about shipments of the tenant that stand in the log: what must have been heard. */
async function written(): Promise<readonly string[]> {
  const backbone = await postgresBackbone({ url: hub.databaseUrl, partitions: 8 })
  try {
    const logs = Array.from({ length: 8 }, (_, partition) => backbone.readLog(partition, -1, 10_000))
    return (await Promise.all(logs))
      .flat()
      .filter(({ fact }) => fact.tenant === 'main' && topicsOf(fact).includes('shipments') && !isReport(fact.type))
      .map(({ fact }) => fact.id)
  } finally {
    await backbone.close()
  }
}

async function createKey(scopes: readonly string[]): Promise<string> {
  const json = { name: scopes.join(' '), scopes }
  const answer = await hub.call('POST', '/v1/keys', { json, headers: { 'idempotency-key': scopes.join('-') } })
  return (answer.json() as { key: string }).key
}

describe('the live stream', { timeout: 60_000 }, () => {
  test('comes as the standard wants it, unbuffered, and says how to come back', async () => {
    const listening = await listen('?topics=shipments')
    expect(listening.response.statusCode).toBe(200)
    expect(listening.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    await sendSigned(hub, trackerEvent('first'))
    await listening.until((heard) => heard.length > 0)
    expect(listening.retry).toBe(3000)
    const [first] = listening.heard
    expect(first).toMatchObject({
      event: 'shipments',
      data: { topic: 'shipments', subject: expect.stringMatching(/^shp_/) },
    })
    // Who is told finds it in the list already.
    const { data } = (await hub.call('GET', '/v1/shipments')).json() as { data: readonly { id: string }[] }
    expect(data.map(({ id }) => id)).toContain(first?.data['subject'])
    expect(await hub.counter('interline_sse_clients')).toBe(1)
    listening.leave()
  })

  test('loses nothing and goes on where it was when the hub is killed and starts again', async () => {
    let listening = await listen('?topics=shipments')
    const heard = new Set<string>()
    const send = async (from: number, count: number): Promise<void> => {
      for (let number = from; number < from + count; number++)
        expect((await sendSigned(hub, trackerEvent(`live-${number}`))).status).toBe(202)
    }
    const before = new Set(await written())
    await send(0, 20)
    await listening.until((all) => all.length > 0)
    // Some are heard, some are accepted and not told yet: the log has them.
    await send(20, 20)
    await hub.die()
    await listening.over()
    for (const fact of factsIn(listening)) heard.add(fact)
    const { databaseUrl, key } = hub
    const { lastId } = listening
    expect(lastId).not.toBe('')
    hub = await HubProcess.start({
      ...{ databaseUrl, key, environment },
      network: { connections: [...network.connections, foreign] },
    })
    await send(40, 20)
    listening = await listen('?topics=shipments', { lastId })
    await send(60, 20)
    const must = (await written()).filter((fact) => !before.has(fact) && !heard.has(fact))
    expect(must.length).toBeGreaterThan(40)
    await listening.until(() => new Set(must).isSubsetOf(new Set(factsIn(listening))))
    const again = factsIn(listening).filter((fact) => heard.has(fact))
    expect(listening.heard.map(({ event }) => event)).not.toContain('reset')
    // It stood with its last event, so nothing came twice.
    expect(again).toEqual([])
    listening.leave()
  })

  test('tells screens at most once a round what changed, and how many are parked', async () => {
    const listening = await listen('?topics=shipments,parked&detail=changes')
    await listening.until((heard) => heard.some(({ event }) => event === 'parked'))
    expect(listening.heard[0]).toMatchObject({ event: 'parked', data: { counts: {} } })
    await sendSigned(hub, 'no JSON at all')
    await sendSigned(hub, trackerEvent('screen'))
    await listening.until((heard) => heard.some(({ event }) => event === 'shipments'))
    await listening.until((heard) => heard.filter(({ event }) => event === 'parked').length > 1)
    expect(listening.heard.findLast(({ event }) => event === 'parked')?.data).toEqual({
      topic: 'parked',
      counts: { parked: 1 },
    })
    const id = (await hub.call('GET', '/v1/shipments?reference=PNscreen')).json() as { data: [{ id: string }] }
    await listening.until((heard) => heard.some(({ data }) => String(data['subjects']).includes(id.data[0].id)))
    listening.leave()
  })

  test('tells nobody what belongs to another tenant, or what their scopes do not allow', async () => {
    const few = await createKey(['shipments:read'])
    const listening = await listen('', { key: few })
    const body = trackerEvent('theirs')
    const headers = signed(body, 'their-secret')
    expect((await hub.call('POST', '/v1/inbound/foreign', { body, headers })).status).toBe(202)
    await sendSigned(hub, 'still no JSON')
    await sendSigned(hub, trackerEvent('ours'))
    const { data } = (await hub.call('GET', '/v1/shipments?reference=PNours')).json() as { data: readonly object[] }
    expect(data.length).toBeLessThanOrEqual(1)
    await listening.until((heard) => heard.length > 0)
    await sendSigned(hub, trackerEvent('ours too'))
    await listening.until((heard) => new Set(heard.map(({ data: { subject } }) => subject)).size === 2)
    expect(new Set(listening.heard.map(({ event }) => event))).toEqual(new Set(['shipments']))
    const refused = hub.call('GET', '/v1/stream?topics=parked', { headers: { authorization: `Bearer ${few}` } })
    await expectProblem(refused, 403, 'SCOPE_MISSING')
    await expectProblem(hub.call('GET', '/v1/stream?topics=weather'), 422, 'REQUEST_INVALID')
    await expectProblem(
      hub.call('GET', '/v1/stream', { headers: { authorization: '' } }),
      401,
      'AUTHENTICATION_REQUIRED',
    )
    listening.leave()
  })

  test('begins anew, and says so, for an id that it cannot go on from', async () => {
    for (const lastId of ['nonsense', '1.zzzzzz-0-0-0-0-0-0-0.', '1.0-0.']) {
      const listening = await listen('?topics=shipments', { lastId })
      await listening.until((heard) => heard.length > 0)
      expect(listening.heard[0]).toMatchObject({ event: 'reset' })
      expect(listening.lastId).not.toBe(lastId)
      listening.leave()
    }
  })

  test('is shown at a terminal, too', async () => {
    const written: string[] = []
    const terminal = {
      out: (text: string) => void written.push(text),
      error: (text: string) => void written.push(text),
      ...{ isWatched: false, columns: 100 },
    }
    const key = await createKey(['shipments:read', 'parked:read'])
    const surroundings = { INTERLINE_HUB_URL: hub.url, INTERLINE_KEY: key, INTERLINE_DATA_DIRECTORY: hub.directory }
    const sending = setInterval(() => void sendSigned(hub, trackerEvent(`seen-${written.length}`)), 200)
    const code = await runProgram(['listen', 'shipments', 'parked', '--count', '4'], terminal, surroundings)
    clearInterval(sending)
    expect(code).toBe(0)
    expect(written.join('')).toMatch(/^parked {2}parked \d+\n(.*shipments {2}\w+\.\w+ {2}shp_\w+\n){3}$/)
    const refused = await runProgram(['listen', 'weather'], terminal, surroundings)
    expect(refused).toBe(2)
    expect(written.join('')).toContain('knows no weather')
  })

  test('is open for so many at once, of one and of all', async () => {
    for (let count = 0; count < 3; count++) await listen('?topics=shipments')
    await expectProblem(hub.call('GET', '/v1/stream'), 429, 'QUOTA_EXCEEDED')
    const other = await createKey(['tasks:read'])
    for (let count = 0; count < 2; count++) await listen('', { key: other })
    const refused = await hub.call('GET', '/v1/stream', { headers: { authorization: `Bearer ${other}` } })
    expect(refused.json()).toMatchObject({ code: 'STREAM_FULL', status: 503, retryable: true })
    expect(refused.headers['retry-after']).toBe('5')
  })

  test('ends for everybody when the hub stops, at once', async () => {
    const listening = open.filter(({ isOver }) => !isOver)
    expect(listening.length).toBe(5)
    await hub.stop()
    await Promise.all(listening.map((one) => one.over()))
  })
})
