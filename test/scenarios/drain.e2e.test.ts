import { afterAll, beforeAll, expect, test } from 'vitest'
import { group, set, x12 } from '../edi/interchanges.ts'
import { startReceiver } from '../gateway/receiver.ts'
import { eventually, HubProcess } from '../hub-process.ts'

/** Two real hubs on one database, of which one is killed while a connection is being drained. */
let first: HubProcess
let second: HubProcess
let books: Awaited<ReturnType<typeof startReceiver>>

const environment = { INTERLINE_LEASE_SECONDS: '3', INTERLINE_PARTITIONS: '2' }
const edi = { partnerQualifier: '02', ta1: 'never', group: '997', acknowledgementMinutes: '120' }
const declared = (): object => ({
  connections: [
    {
      ...{ id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: books.url } },
      ...{ allowHttp: true, allowedCidrs: ['127.0.0.0/8'] },
    },
    { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
    {
      ...{ id: 'depot', tenant: 'main', connector: 'edi-partner', allowHttp: true, allowedCidrs: ['127.0.0.0/8'] },
      settings: { url: `${books.url}/edi`, ownId: 'HARBORGOODSLTD', partnerId: 'MERIDIANCARRIER', ...edi },
    },
  ],
  routes: [
    { command: 'release_delivery', target: 'depot', tenant: 'main' },
    { command: 'adjust_inventory', target: 'erp', tenant: 'main' },
  ],
})

beforeAll(async () => {
  books = await startReceiver(() => ({ status: 201, body: { documentNumber: '4711', status: 'posted' } }))
  first = await HubProcess.start({ network: declared(), environment })
  second = await HubProcess.start({
    ...{ network: declared(), environment, databaseUrl: first.databaseUrl, key: first.key },
  })
}, 120_000)
afterAll(async () => {
  await second.stop()
  await books.stop()
})

interface Drain {
  readonly state: string
  readonly reason: string
  readonly left: Readonly<Record<string, number>>
  readonly kept: number
}

let told = 0
const moved = (hub: HubProcess, quantity: string) => {
  const data = {
    ...{ movement: 'damage', sku: 'TEA-1', quantity, uom: 'EA', document: { kind: 'damage', id: `D-${++told}` } },
    from: { location: 'DC1', status: 'available' },
    to: { location: 'DC1', status: 'damaged' },
  }
  const event = { eventId: `m-${told}`, type: 'movement', occurredAt: `2026-04-01T11:${10 + told}:00Z`, data }
  return hub.call('POST', '/v1/inbound/wms', { json: event })
}
const turn = (hub: HubProcess, verb: string, connection: string, json: object = {}) =>
  hub.call('POST', `/v1/flow/${connection}/${verb}`, { json: { reason: 'It moves away.', ...json } })
async function drain(hub: HubProcess, id: string): Promise<Drain | null> {
  const { connections } = (await hub.call('GET', '/v1/flow')).json() as {
    connections: readonly { readonly id: string; readonly drain: Drain | null }[]
  }
  return connections.find((one) => one.id === id)?.drain ?? null
}
const reaches = (id: string, state: string) =>
  eventually(
    () => drain(second, id),
    (one) => one?.state === state,
    20_000,
  )

test('what a system was asked before a drain is sent by whoever is left; what comes later waits until it ends', async () => {
  // Whoever is asked has read it when the answer comes; the other one would, a moment later.
  for (const hub of [first, second]) await turn(hub, 'pause', 'erp', { stage: 'dispatch' })
  for (const hub of [first, second]) expect((await moved(hub, '1')).status).toBe(202)
  await eventually(
    async () => ((await first.call('GET', '/v1/effects?target=erp')).json() as { data: object[] }).data.length,
    (count) => count === 2,
  )
  const begun = (await turn(first, 'drain', 'erp')).json()
  expect(begun).toMatchObject({ drain: { state: 'draining', reason: 'It moves away.', left: { owed: 2 } } })
  await first.die()
  expect((await moved(second, '3')).status).toBe(202)
  await turn(second, 'resume', 'erp', { stage: 'dispatch' })
  const over = await eventually(
    () => drain(second, 'erp'),
    (one) => one?.state === 'drained' && one.kept === 1,
    20_000,
  )
  expect(over).toMatchObject({ left: { untranslated: 0, parked: 0, owed: 0, needPeople: 0 } })
  expect(books.received).toHaveLength(2)
  // Another restart changes nothing of it.
  const { databaseUrl, key } = second
  await second.die()
  second = await HubProcess.start({ network: declared(), environment, databaseUrl, key })
  expect(await reaches('erp', 'drained')).toMatchObject({ kept: 1 })
  expect(books.received).toHaveLength(2)
  expect((await turn(second, 'end-drain', 'erp')).json()).toMatchObject({ drain: null, changed: true })
  await eventually(
    async () => books.received.length,
    (count) => count === 3,
  )
}, 90_000)

test('a drained connection refuses so that nothing is lost, and waits for people where people are needed', async () => {
  const broken = { eventId: 'broken', type: 'movement', occurredAt: '2026-04-01T11:00:00Z', data: { movement: 'odd' } }
  expect((await second.call('POST', '/v1/inbound/wms', { json: broken })).status).toBe(202)
  await eventually(
    async () => (await second.call('GET', '/v1/parked?connection=wms')).json() as { data: { message: string }[] },
    ({ data }) => data.length === 1,
  )
  await turn(second, 'drain', 'wms')
  const refused = await moved(second, '1')
  expect(refused.status).toBe(503)
  expect(refused.json()).toMatchObject({ code: 'CONNECTION_DRAINING', retryable: true })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(await reaches('wms', 'draining')).toMatchObject({ left: { parked: 1, untranslated: 0 } })
  const { data } = (await second.call('GET', '/v1/parked?connection=wms')).json() as { data: { message: string }[] }
  const skipped = await second.call('POST', `/v1/parked/${data[0]?.message}/skip`, {
    ...{ json: { reason: 'Nobody needs it.' }, headers: { 'idempotency-key': '"skip"' } },
  })
  expect(skipped.status).toBeLessThan(300)
  await reaches('wms', 'drained')
  expect((await second.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
  await turn(second, 'end-drain', 'wms')
  expect((await moved(second, '1')).status).toBe(202)
  const audit = (await second.call('GET', '/v1/audit?kind=connection')).json() as { data: { change: string }[] }
  const changes = audit.data.map(({ change }) => change).filter((one) => one.includes('drain'))
  expect(changes.slice(0, 3)).toEqual(['end_drain', 'drain', 'end_drain'])
}, 60_000)

test('answers to documents that a partner was sent come in while he is drained; it is over when all are answered', async () => {
  const released = {
    ...{ deliveryNumber: '80001', orderNumber: 'SO1', location: 'DC1' },
    lines: [{ line: '10', sku: 'SKU-1', quantity: '3', uom: 'EA' }],
  }
  const event = { eventId: 'r-1', type: 'delivery.released', occurredAt: '2026-04-01T11:00:00Z', data: released }
  expect((await second.call('POST', '/v1/inbound/erp', { json: event })).status).toBe(202)
  const order = await eventually(
    async () => books.received.find(({ path }) => path.startsWith('/edi'))?.body ?? '',
    (body) => body.includes('ST*940'),
    20_000,
  )
  await turn(second, 'drain', 'depot')
  const numbers = { group: /GS\*OW\*[^*]+\*[^*]+\*\d+\*\d+\*(\d+)/.exec(order)?.[1] ?? '' }
  // The list of what awaits an answer follows the log.
  const awaited = await eventually(
    () => drain(second, 'depot'),
    (one) => one?.left['unanswered'] === 1 && one.left['owed'] === 0,
    20_000,
  )
  expect(awaited).toMatchObject({ state: 'draining' })
  const file = (identifier: string, functional: string, body: readonly string[], number: string) =>
    second.call('POST', '/v1/inbound/depot', {
      body: x12({ number, groups: [group({ identifier: functional, sets: [set({ identifier, body })] })] }),
      headers: { 'content-type': 'application/edi-x12' },
    })
  const refused = await file('214', 'QM', ['B10*PRO1*80001*MRDN', 'LX*1'], '000000001')
  expect([refused.status, refused.json()]).toMatchObject([503, { code: 'CONNECTION_DRAINING' }])
  expect(await reaches('depot', 'draining')).toMatchObject({ left: { unanswered: 1 } })
  const receipt = ['AK1*OW*' + numbers.group, 'AK2*940*0001', 'AK5*A', 'AK9*A*1*1*1']
  expect((await file('997', 'FA', receipt, '000000002')).status).toBe(202)
  expect(await reaches('depot', 'drained')).toMatchObject({ left: { unanswered: 0 } })
  expect((await second.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
}, 60_000)

test('nobody drains what is not there, or without a reason', async () => {
  expect((await turn(second, 'drain', 'nowhere')).status).toBe(404)
  expect((await turn(second, 'drain', 'wms', { reason: '' })).status).toBe(422)
})
