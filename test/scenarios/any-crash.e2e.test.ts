import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { documentKinds } from '../../src/connectors/generic-erp/contract.ts'
import { SandboxErp } from '../../src/sandbox/erp.ts'
import { Faults } from '../../src/sandbox/faults.ts'
import { seeded } from '../../src/sandbox/random.ts'
import { startReceiver } from '../gateway/receiver.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { personCases, tradeCases } from './trade-cases.ts'

let hub: HubProcess | undefined
let database: pg.Client | undefined
let stopErp: (() => Promise<void>) | undefined
afterEach(async () => {
  await database?.end()
  database = undefined
  await hub?.stop()
  await stopErp?.()
})

const load = 'a load that its carrier does not take'
const policies = {
  ...personCases[load]?.policies,
  'freight-settlement': {},
  'order-to-ship': {},
  'procure-to-receive': { awaitsPutaway: false },
  'return-to-restock': {},
  'ship-to-invoice': { proofRequired: 'delivered_event' },
}
const commands = Object.keys(documentKinds) as (keyof typeof documentKinds)[]

/** What is told about each piece of business, with numbers of its own, told twice and the other way round the second time. */
function told(): readonly { readonly connection: string; readonly event: object }[] {
  const pieces = [...Object.values(tradeCases), personCases[load]]
    .flatMap((one) => one ?? [])
    .map((one, n) =>
      one.told.map(([connection, type, data], index) => {
        const own = JSON.stringify(data).replaceAll(
          /"(80000001|4711|4500000001|JD1|PRO1|RM1|R1|F1)"/g,
          (_, number: string) => `"${number}0${n}"`,
        )
        const occurredAt = new Date(Date.now() - (20 - index) * 60_000).toISOString()
        return { connection, event: { eventId: `C${n}-${index}`, type, occurredAt, data: JSON.parse(own) as unknown } }
      }),
    )
  const all = pieces.flat()
  return [...all, ...all.toReversed()]
}

/**
 * Nobody asks what became of a posting before the time is over in which its answer could still come: ten minutes when its sender was
 * killed. They pass in the ledger: whatever is looked at later is looked at now. The ERP has answered all that it was ever asked.
 * What the hub is writing at this moment is left to the next call: whoever waits for several rows waits in a circle one day.
 */
async function letTimePass(): Promise<void> {
  await database?.query(`
    UPDATE effect SET next_at = least(next_at, now_ms()), not_before = least(not_before, now_ms())
      WHERE effect_id IN (SELECT effect_id FROM effect WHERE state NOT IN ('applied', 'cancelled') FOR UPDATE SKIP LOCKED)`)
  await database?.query(`
    UPDATE lane SET next_at = now_ms(), hold_until = NULL
      WHERE lane_id IN (SELECT lane_id FROM lane WHERE head_seq IS NOT NULL AND next_at > now_ms() FOR UPDATE SKIP LOCKED)`)
}

test('six processes on PostgreSQL come to one end, each document once, although the hub is killed in the middle twice', {
  timeout: 300_000,
}, async () => {
  const erp = new SandboxErp(new Faults(), seeded(3))
  const server = await startReceiver(({ path, body }) => {
    const { pathname, searchParams: query } = new URL(path, 'http://erp')
    const method = body === '' ? 'GET' : 'POST'
    const { status, body: answer } = erp.handle({ method, path: pathname, query, headers: {}, body }, Date.now())
    return { status, body: answer }
  })
  stopErp = () => server.stop()
  const network = {
    connections: [
      {
        ...{ id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: server.url } },
        ...{ allowHttp: true, allowedCidrs: ['127.0.0.0/8'], requestsPerSecond: 50, concurrent: 4, timeoutSeconds: 5 },
      },
      { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
      { id: 'dhl', tenant: 'main', connector: 'generic-carrier', settings: { carrier: 'dhl' } },
    ],
    processes: Object.entries(policies).map(([process, policy]) => ({ process, tenant: 'main', policy })),
    routes: commands.map((command) => ({ command, target: 'erp', tenant: 'main' })),
  }
  // The kernel of this machine gives up at once what a killed process was sending: nobody has to wait for it.
  const environment = { INTERLINE_VANISHED_SECONDS: '1' }
  let running = await HubProcess.start({ network, environment })
  hub = running
  const { databaseUrl, key } = running
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  const messages = told()
  for (const [index, { connection, event }] of messages.entries()) {
    const answer = await running.call('POST', `/v1/inbound/${connection}`, { json: event })
    expect([200, 202]).toContain(answer.status)
    if (index !== 5 && index !== messages.length - 1) continue
    await running.die()
    running = await HubProcess.start({ network, environment, databaseUrl, key })
    hub = running
  }
  const wanted = ['post_goods_receipt', 'post_return_receipt', 'post_freight_invoice', 'release_invoice'] as const
  const counts = () =>
    Object.fromEntries(
      wanted.map((command) => [command, erp.documents.filter(({ kind }) => kind === documentKinds[command]).length]),
    )
  const cases = Object.values(tradeCases)
  const sum = (command: keyof typeof documentKinds) =>
    cases.reduce((count, { booked }) => count + (booked[command] ?? 0), 0)
  const expected = {
    post_goods_receipt: sum('post_goods_receipt'),
    post_return_receipt: sum('post_return_receipt'),
    post_freight_invoice: sum('post_freight_invoice'),
    // Each delivery of which somebody says that it has arrived: every process runs here, whatever the case is about.
    release_invoice: cases.filter(({ told: facts }) => facts.some(([connection]) => connection === 'dhl')).length,
  }
  await eventually(
    async () => {
      await letTimePass()
      return counts()
    },
    (found) => JSON.stringify(found) === JSON.stringify(expected),
    120_000,
  )
  const open = async (): Promise<readonly { readonly state: string }[]> => {
    await letTimePass()
    return ((await running.call('GET', '/v1/effects?limit=200')).json() as { data: { state: string }[] }).data.filter(
      ({ state }) => state !== 'applied',
    )
  }
  expect(await eventually(open, (list) => list.length === 0, 150_000)).toEqual([])
  expect(counts()).toEqual(expected)
  const references = erp.documents.map(({ externalReference }) => externalReference)
  expect(new Set(references).size).toBe(references.length)
  expect((await running.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0, parked: 0 })
})
