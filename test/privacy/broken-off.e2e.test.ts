import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { placesOf } from './every-table.ts'

const timeout = 120_000
const word = 'ottilie@quillfeather.example'
const network = { connections: [{ id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } }] }
let hub: HubProcess
let database: pg.Client
const rows = async (text: string): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await database.query<Readonly<Record<string, unknown>>>(text)).rows

beforeAll(async () => {
  hub = await HubProcess.start({ network })
  database = new pg.Client({ connectionString: hub.databaseUrl })
  await database.connect()
  const shipTo = {
    name: 'Ottilie Quillfeather',
    street: 'Marmalade Lane 7',
    email: word,
    city: 'Ulm',
    postalCode: '89073',
    country: 'DE',
  }
  await Promise.all(
    Array.from({ length: 120 }, async (_, at) => {
      const lines = [{ lineNo: '1', sku: 'MUG', quantity: '1', uom: 'EA' }]
      const data = { orderNumber: `SO-${at}`, customer: 'C-1', lines, shipTo }
      const json = { eventId: `order-${at}`, type: 'order.created', occurredAt: '2026-04-02T11:00:00Z', data }
      const { status, text } = await hub.call('POST', '/v1/inbound/erp', { json })
      if (status !== 202) throw new Error(text)
    }),
  )
  await eventually(
    async () => Number((await rows(`SELECT count(*) AS n FROM state WHERE subject LIKE 'ord_%'`))[0]?.['n']),
    (count) => count === 120,
    30_000,
  )
}, timeout)
afterAll(async () => {
  await database.end()
  await hub.stop()
})

test(
  'an erasure whose hub is killed, wherever it was, is gone on with by the next one and ends in the same',
  async () => {
    const json = { person: { email: word }, reason: 'Request 13', evenInUse: true }
    const headers = { 'idempotency-key': '"erase"' }
    const { status, text } = await hub.call('POST', '/v1/privacy/erasures', { json, headers })
    expect([status, status === 202 ? '' : text]).toEqual([202, ''])
    const { id } = JSON.parse(text) as { id: string }
    const { key, databaseUrl } = hub
    for (const reached of [
      'SELECT FROM erasure WHERE messages IS NOT NULL',
      `SELECT FROM state WHERE body LIKE '%[erased]%'`,
    ]) {
      await eventually(
        async () => (await rows(reached)).length,
        (count) => count > 0,
        30_000,
      )
      await hub.die()
      // As if the claim of the dead one, and its partitions, had run out.
      await rows(`UPDATE job SET until = 0 WHERE state = 'running'`)
      await rows(`UPDATE owner SET until = '-infinity'`)
      hub = await HubProcess.start({ network, databaseUrl, key })
    }
    await eventually(
      async () => (await hub.call('GET', `/v1/privacy/erasures/${id}`)).text,
      (said) => said.includes('"done"'),
      60_000,
    )
    const places = [...(await placesOf({ rows }, [word, 'Ottilie', 'Marmalade'])).keys()]
    expect(places.filter((place) => !place.startsWith('audit:'))).toEqual([])
    expect(Number((await rows(`SELECT count(*) AS n FROM state WHERE subject LIKE 'ord_%'`))[0]?.['n'])).toBe(120)
  },
  timeout,
)
