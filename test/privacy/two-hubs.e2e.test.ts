import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReceiver } from '../gateway/receiver.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { placesOf } from './every-table.ts'

const timeout = 120_000
const environment = { INTERLINE_LEASE_SECONDS: '3', INTERLINE_PARTITIONS: '4' }
const words = ['ottilie@quillfeather.example', 'Ottilie', 'Marmalade']
let first: HubProcess
let second: HubProcess
let books: Awaited<ReturnType<typeof startReceiver>>
let database: pg.Client
const rows = async (text: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await database.query<Readonly<Record<string, unknown>>>(text)).rows
const count = async (from: string): Promise<number> =>
  Number((await rows(`SELECT count(*)::int AS n FROM ${from}`))[0]?.['n'])
const places = async (): Promise<readonly string[]> =>
  [...(await placesOf({ rows }, words)).keys()].filter((place) => !place.startsWith('audit:'))

/** Two real hubs on one database: each has some of the partitions, with their states in its memory. */
beforeAll(async () => {
  books = await startReceiver(() => ({ status: 201, body: { documentNumber: '4711', status: 'posted' } }))
  const erp = { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: books.url } }
  const network = {
    connections: [
      { ...erp, allowHttp: true, allowedCidrs: ['127.0.0.0/8'] },
      {
        ...{ id: 'depot', tenant: 'main', connector: 'generic-wms', settings: { url: books.url } },
        ...{ allowHttp: true, allowedCidrs: ['127.0.0.0/8'] },
      },
    ],
    routes: [{ command: 'release_delivery', target: 'depot', tenant: 'main' }],
  }
  first = await HubProcess.start({ network, environment })
  second = await HubProcess.start({ network, environment, databaseUrl: first.databaseUrl, key: first.key })
  database = new pg.Client({ connectionString: first.databaseUrl })
  await database.connect()
  await eventually(
    () => count(`(SELECT DISTINCT owner FROM owner WHERE consumer = 'advance' AND owner <> '') o`),
    (owners) => owners === 2,
    30_000,
  )
}, timeout)
afterAll(async () => {
  await database?.end()
  await second?.stop()
  await first?.stop()
  await books?.stop()
})

let events = 0
async function tell(hub: HubProcess, connection: string, type: string, data: object): Promise<void> {
  const json = { eventId: `two-${++events}`, type, occurredAt: '2026-04-02T11:00:00Z', data }
  const { status, text } = await hub.call('POST', `/v1/inbound/${connection}`, { json })
  if (status !== 202) throw new Error(text)
}
const lines = [{ lineNo: '1', line: '1', sku: 'MUG', quantity: '1', uom: 'EA' }]
const shipTo = { name: 'Ottilie Quillfeather', street: 'Marmalade Lane 7', email: words[0], city: 'Ulm', country: 'DE' }
const numbers = Array.from({ length: 24 }, (_, at) => `SO-${at}`)
const hubOf = (at: number): HubProcess => (at % 2 === 0 ? first : second)
const understood = (): Promise<number> =>
  eventually(
    () =>
      count(
        `fact_head h WHERE h.next_off > 1 + coalesce((SELECT o.off FROM owner o WHERE o.consumer = 'advance' AND o.part = h.part), -1)`,
      ),
    (behind) => behind === 0,
    30_000,
  )
async function erase(hub: HubProcess, person: object): Promise<{ readonly id: string; readonly job: string }> {
  const headers = { 'idempotency-key': `"erase-${++events}"` }
  const json = { person, reason: 'Request 14', evenInUse: true }
  const { status, text } = await hub.call('POST', '/v1/privacy/erasures', { json, headers })
  expect([status, status === 202 ? '' : text]).toEqual([202, ''])
  return JSON.parse(text) as { id: string; job: string }
}
const standing = async (id: string): Promise<{ readonly state: string; readonly erased: Record<string, number> }> =>
  (await second.call('GET', `/v1/privacy/erasures/${id}`)).json() as never

describe('an erasure with two hubs on one database', () => {
  test(
    'reaches what the other one has in its memory and in its outbox, and nobody comes back with the next word',
    async () => {
      for (const [at, orderNumber] of numbers.entries())
        await tell(hubOf(at), 'erp', 'order.created', { orderNumber, customer: 'C-1', lines, shipTo })
      // What is owed to the books waits, with the name of the person in it.
      await first.call('POST', '/v1/flow/depot/pause', { json: { stage: 'dispatch', reason: 'It is counted.' } })
      await second.call('POST', '/v1/flow/depot/pause', { json: { stage: 'dispatch', reason: 'It is counted.' } })
      for (const [at, orderNumber] of numbers.entries()) {
        const delivery = { deliveryNumber: `DN-${at}`, orderNumber, location: 'DC1', carrier: 'ups', shipTo, lines }
        await tell(hubOf(at), 'erp', 'delivery.created', delivery)
        await tell(hubOf(at + 1), 'erp', 'delivery.released', delivery)
      }
      await eventually(
        () => count(`effect WHERE command = 'release_delivery' AND state = 'queued' AND payload ~ 'Ottilie'`),
        (owed) => owed === numbers.length,
        30_000,
      )
      await understood()
      expect(await count(`state WHERE body ~ 'Ottilie'`)).toBeGreaterThan(numbers.length)
      const { id } = await erase(first, { email: words[0] })
      await eventually(
        () => standing(id),
        ({ state }) => state === 'done',
        60_000,
      )
      // Each hub folds the next word about each object upon what it holds in memory.
      for (const [at, orderNumber] of numbers.entries()) {
        await tell(hubOf(at), 'erp', 'order.changed', { orderNumber, customer: 'C-2', lines })
        await tell(hubOf(at + 1), 'erp', 'delivery.changed', { deliveryNumber: `DN-${at}`, location: 'DC1' })
      }
      await eventually(
        () => count(`state WHERE subject LIKE 'ord_%' AND body ~ '"C-2"'`),
        (changed) => changed === numbers.length,
        30_000,
      )
      await understood()
      for (const hub of [first, second])
        await hub.call('POST', '/v1/flow/depot/resume', { json: { stage: 'dispatch', reason: 'It is counted.' } })
      await eventually(
        async () => books.received.length,
        (sent) => sent >= numbers.length,
        30_000,
      )
      expect(books.received.filter(({ body }) => words.some((word) => body.includes(word)))).toEqual([])
      expect(await places()).toEqual([])
      expect((await second.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
    },
    timeout,
  )

  test(
    'that is called off ends, forgets who it was, says what it did, and can be asked for again',
    async () => {
      const other = { name: 'Ottilie Marmalade', street: 'Hill Road 3', email: words[0], city: 'Ulm', country: 'DE' }
      for (const [at, orderNumber] of numbers.entries())
        await tell(hubOf(at), 'erp', 'order.created', {
          orderNumber: `B-${orderNumber}`,
          customer: 'C-1',
          lines,
          shipTo: other,
        })
      await understood()
      // Nobody begins with it before it is called off.
      const { id, job } = await erase(first, { email: words[0] })
      const called = await second.call('POST', `/v1/jobs/${job}/cancel`, { headers: { 'idempotency-key': '"off"' } })
      const wasInTime = called.status === 200
      await eventually(
        () => standing(id),
        ({ state }) => state !== 'running',
        60_000,
      )
      const [left] = await rows(`SELECT state, person, messages, found FROM erasure WHERE id = '${id}'`)
      expect(left).toMatchObject({
        state: wasInTime ? expect.stringMatching(/cancelled|done/) : 'done',
        person: null,
        messages: null,
        found: [],
      })
      expect(
        await rows(
          `SELECT change FROM audit WHERE kind = 'erasure' AND name = '${id}' AND change IN ('cancel', 'end')`,
        ),
      ).toHaveLength(1)
      const again = await erase(second, { email: words[0] }).catch(() => undefined)
      if (again !== undefined)
        await eventually(
          () => standing(again.id),
          ({ state }) => state === 'done',
          60_000,
        )
      expect(await places()).toEqual([])
    },
    timeout,
  )
})
