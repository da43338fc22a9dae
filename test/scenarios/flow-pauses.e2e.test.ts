import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReceiver } from '../gateway/receiver.ts'
import { eventually, HubProcess } from '../hub-process.ts'

/** Two real hubs on one database, of which one is killed while connections are paused. */
let first: HubProcess
let second: HubProcess
let books: Awaited<ReturnType<typeof startReceiver>>
let answers: 'well' | 'locked out' = 'well'

const environment = { INTERLINE_LEASE_SECONDS: '3', INTERLINE_PARTITIONS: '2' }
const open = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
const declared = (): object => ({
  connections: [
    { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: books.url }, ...open },
    { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
  ],
  routes: [{ command: 'adjust_inventory', target: 'erp', tenant: 'main' }],
})

beforeAll(async () => {
  books = await startReceiver(() =>
    answers === 'well' ? { status: 201, body: { documentNumber: '4711', status: 'posted' } } : 401,
  )
  first = await HubProcess.start({ network: declared(), environment })
  second = await HubProcess.start({
    ...{ network: declared(), environment, databaseUrl: first.databaseUrl, key: first.key },
  })
}, 60_000)
afterAll(async () => {
  await second.stop()
  await books.stop()
})

interface Half {
  readonly held: number
  readonly waiting: number
  readonly breaker: string
  readonly pause: { readonly reason: string; readonly by: string } | null
}

let told = 0
async function moved(hub: HubProcess, quantity: string): Promise<void> {
  const data = {
    ...{ movement: 'damage', sku: 'TEA-1', quantity, uom: 'EA', document: { kind: 'damage', id: `D-${++told}` } },
    from: { location: 'DC1', status: 'available' },
    to: { location: 'DC1', status: 'damaged' },
  }
  const event = { eventId: `m-${told}`, type: 'movement', occurredAt: `2026-04-01T11:${10 + told}:00Z`, data }
  const { status, text } = await hub.call('POST', '/v1/inbound/wms', { json: event })
  expect({ status, text }).toMatchObject({ status: 202 })
}
const turn = (hub: HubProcess, verb: string, connection: string, json: object) =>
  hub.call('POST', `/v1/flow/${connection}/${verb}`, { json: { reason: 'The warehouse counts.', ...json } })
async function half(hub: HubProcess, id: string, way: 'inbound' | 'outbound'): Promise<Half> {
  const { connections } = (await hub.call('GET', '/v1/flow')).json() as {
    connections: readonly (Readonly<Record<'inbound' | 'outbound', Half>> & { readonly id: string })[]
  }
  const found = connections.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no ${id}`)
  return found[way]
}
const applied = async (hub: HubProcess): Promise<number> => {
  const { data } = (await hub.call('GET', '/v1/effects?target=erp&state=applied')).json() as { data: readonly object[] }
  return data.length
}

test('what a paused connection takes in is kept by every hub, survives the death of one, and follows in order', async () => {
  expect((await turn(first, 'pause', 'wms', { stage: 'translate' })).json()).toMatchObject({ changed: true })
  expect((await turn(second, 'pause', 'wms', { stage: 'translate', reason: 'Again.' })).json()).toMatchObject({
    isPaused: true,
    changed: false,
  })
  // Each hub was asked, so each knows it by now.
  for (const hub of [first, second, first, second]) await moved(hub, '1')
  const held = await eventually(
    () => half(second, 'wms', 'inbound'),
    (one) => one.held === 4,
  )
  expect(held).toMatchObject({ held: 4, pause: { reason: 'The warehouse counts.' } })
  expect((await second.call('GET', '/v1/parked?code=CONNECTION_PAUSED')).text).toContain('Resume the connection')
  await first.die()
  await moved(second, '1')
  await eventually(
    () => half(second, 'wms', 'inbound'),
    (one) => one.held === 5,
  )
  expect(books.received).toEqual([])
  expect((await second.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
  await turn(second, 'resume', 'wms', { stage: 'translate' })
  await eventually(
    () => applied(second),
    (count) => count === 5,
  )
  expect(await half(second, 'wms', 'inbound')).toMatchObject({ held: 0, pause: null })
  expect(books.received).toHaveLength(5)
  const audit = (await second.call('GET', '/v1/audit?kind=connection')).json() as { data: readonly object[] }
  const changes = audit.data.map((one) => (one as { readonly change: string }).change)
  expect(changes.filter((one) => one !== 'create')).toEqual(['resume', 'pause'])
}, 60_000)

test('what is owed to a paused system stays where it is over a restart, and is sent once', async () => {
  await turn(second, 'pause', 'erp', { stage: 'dispatch', reason: 'The books are closed.' })
  await moved(second, '2')
  expect(
    await eventually(
      () => half(second, 'erp', 'outbound'),
      (one) => one.waiting === 1,
    ),
  ).toMatchObject({ waiting: 1, pause: { reason: 'The books are closed.' } })
  const { databaseUrl, key } = second
  await second.die()
  second = await HubProcess.start({ network: declared(), environment, databaseUrl, key })
  // What is owed after the restart wakes whoever sends: it has seen both, and has let both lie.
  await moved(second, '2')
  await eventually(
    () => half(second, 'erp', 'outbound'),
    (one) => one.waiting === 2,
  )
  expect(books.received).toHaveLength(5)
  await turn(second, 'resume', 'erp', { stage: 'dispatch' })
  await eventually(
    () => applied(second),
    (count) => count === 7,
  )
  expect(books.received).toHaveLength(7)
}, 60_000)

test('a breaker that opened is closed by hand, and what waited goes at once', async () => {
  answers = 'locked out'
  await moved(second, '3')
  await eventually(
    () => half(second, 'erp', 'outbound'),
    ({ breaker }) => breaker === 'open',
  )
  answers = 'well'
  expect((await turn(second, 'reset-breaker', 'erp', {})).status).toBe(200)
  // Without it the next probe would go after 30 seconds.
  await eventually(
    () => applied(second),
    (count) => count === 8,
    15_000,
  )
  expect(await half(second, 'erp', 'outbound')).toMatchObject({ breaker: 'closed', waiting: 0 })
}, 60_000)

test('nobody pauses what is not there, or without a reason', async () => {
  expect((await turn(second, 'pause', 'nowhere', { stage: 'dispatch' })).status).toBe(404)
  expect((await turn(second, 'pause', 'erp', { stage: 'dispatch', reason: '' })).status).toBe(422)
  expect((await turn(second, 'pause', 'erp', { stage: 'advance' })).status).toBe(422)
})
