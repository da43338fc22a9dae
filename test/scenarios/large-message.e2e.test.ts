import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { group, set, x12 } from '../edi/interchanges.ts'
import { HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'

const count = 4000
const root = mkdtempSync(join(tmpdir(), 'interline-large-message-'))
const outbox = join(root, 'out')
let databaseUrl: string
let database: pg.Client
let hub: HubProcess

function start(key?: string): Promise<HubProcess> {
  const acknowledged = { command: 'acknowledge_interchange', target: 'meridian', tenant: 'main' }
  return HubProcess.start({
    databaseUrl,
    ...(key === undefined ? {} : { key }),
    network: {
      connections: [{ id: 'meridian', tenant: 'main', connector: 'edi-partner', settings: { ta1: 'never' } }],
      routes: [{ ...acknowledged, when: { connection: 'meridian' } }],
      drops: [{ connection: 'meridian', protocol: 'folder', path: outbox }],
    },
    environment: { INTERLINE_LEASE_SECONDS: '3' },
  })
}

beforeAll(async () => {
  for (const folder of [root, outbox]) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o777)
  }
  databaseUrl = await testDatabase()
  hub = await start()
  database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await hub.stop()
  rmSync(root, { recursive: true, force: true })
})

/** As `eventually`, for work of minutes on a busy machine. */
async function patiently<T>(look: () => Promise<T>, holds: (value: T) => boolean, everyMs = 200): Promise<T> {
  for (let tries = 0; ; tries++) {
    const value = await look()
    if (holds(value) || tries > 140_000 / everyMs) return value
    await sleep(everyMs)
  }
}

async function shipments(): Promise<number> {
  const { rows } = await database.query<{ count: string }>('SELECT count(*) FROM view_shipment')
  return Number(rows[0]?.count)
}

const wrong = 2500
const sets = Array.from({ length: count }, (_, at) =>
  set({
    number: `${10_001 + at}`,
    body: [
      `B10*PRO${1000 + at}*BOL${1000 + at}*MRDN`,
      'L11*A REFERENCE THAT MAKES A FILE*CR',
      'LX*1',
      // A status without a date is well-formed, and cannot be understood.
      at === wrong ? 'AT7*X3*NS' : 'AT7*X3*NS***20260114*0815*LT',
      'MS1*GHENT*OV*BE',
      'AT8*G*L*1240*12',
    ],
  }),
)
const body = x12({ groups: [group({ sets })] })

async function post(): Promise<{ readonly id: string; readonly status: string }> {
  const headers = { 'content-type': 'application/edi-x12' }
  return (await hub.call('POST', '/v1/inbound/meridian', { body, headers })).json() as { id: string; status: string }
}

test('a large interchange by HTTP whose hub is killed on the way counts once, whole, is answered once, and is one message with its parts', async () => {
  expect(body.length).toBeGreaterThan(512 * 1024)
  const { id, status } = await post()
  expect(status).toBe('accepted')
  const page = async () => (await hub.call('GET', `/v1/messages/${id}`)).json() as Record<string, unknown>
  // Of some 290 parts the first few: an idle machine is through with all of them in two seconds.
  const begun = await patiently(page, ({ parts }) => Number(parts ?? 0) > 2, 20)
  expect(begun).toMatchObject({ status: 'pending', parts: expect.any(Number) })
  expect((await hub.call('GET', '/v1/messages?state=pending')).text).toContain(`"${id}"`)
  const { key } = hub
  await hub.die()
  expect(await shipments()).toBeLessThan(count)
  hub = await start(key)
  expect(await patiently(shipments, (found) => found === count - 1)).toBe(count - 1)
  const done = await patiently(page, (one) => one['status'] === 'applied')
  expect(done).toMatchObject({ status: 'applied', parts: expect.any(Number) })
  expect(done['parked']).toBeUndefined()

  const answered = (): readonly string[] => readdirSync(outbox).filter((name) => name.endsWith('.edi'))
  await patiently(
    async () => answered().length,
    (found) => found > 0,
  )
  expect(answered()).toHaveLength(1)
  expect(readFileSync(join(outbox, answered()[0] ?? ''), 'latin1')).toContain(`AK9*A*${count}*${count}*${count}~`)
  expect((await hub.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0, parked: 1 })
  const { data } = (await hub.call('GET', '/v1/parked')).json() as {
    data: readonly { message: string; code: string }[]
  }
  expect(data.map(({ code }) => code)).toEqual(['EDI_SETS_PARKED'])
  const part = await hub.call('GET', `/v1/messages/${data[0]?.message}`)
  expect(part.json()).toMatchObject({ partOf: id, status: 'parked', traceId: done['traceId'] })
  const list = (await hub.call('GET', `/v1/messages?traceId=${String(done['traceId'])}&limit=5`)).json() as {
    data: readonly { traceId: string }[]
  }
  expect(list.data.map(({ traceId }) => traceId)).toEqual(Array.from({ length: 5 }, () => done['traceId']))
  expect(await post()).toEqual({ id, status: 'duplicate' })
}, 300_000)
