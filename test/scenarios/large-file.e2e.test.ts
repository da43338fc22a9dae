import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { group, set, x12 } from '../edi/interchanges.ts'
import { HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'

const count = 6000
const root = mkdtempSync(join(tmpdir(), 'interline-large-'))
const [inbox, outbox] = [join(root, 'in'), join(root, 'out')]
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
      pickUps: [
        { connection: 'meridian', protocol: 'folder', path: inbox, settledLooks: 1, everySeconds: 1, ediTrailer: true },
      ],
      drops: [{ connection: 'meridian', protocol: 'folder', path: outbox }],
    },
    environment: { INTERLINE_LEASE_SECONDS: '3' },
  })
}

beforeAll(async () => {
  for (const folder of [root, inbox, outbox]) {
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
async function patiently<T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const value = await look()
    if (holds(value) || tries > 700) return value
    await sleep(200)
  }
}

async function counted(query: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>(query)
  return Number(rows[0]?.count)
}

test('a large interchange whose hub is killed on the way counts once, whole, and is answered once', async () => {
  const sets = Array.from({ length: count }, (_, at) =>
    set({
      number: `${10_001 + at}`,
      body: [
        `B10*PRO${1000 + at}*BOL${1000 + at}*MRDN`,
        'L11*A REFERENCE THAT MAKES A FILE*CR',
        'L11*LARGE ENOUGH TO COME IN PARTS*CR',
        'LX*1',
        'AT7*X3*NS***20260114*0815*LT',
        'MS1*GHENT*OV*BE',
        'AT8*G*L*1240*12',
      ],
    }),
  )
  const file = x12({ groups: [group({ sets })] })
  expect(file.length).toBeGreaterThan(1_048_576)
  writeFileSync(join(inbox, 'large.edi'), file)
  const shipments = (): Promise<number> => counted('SELECT count(*) FROM view_shipment')
  expect(await patiently(shipments, (found) => found > 300)).toBeGreaterThan(300)
  const { key } = hub
  await hub.die()
  expect(await shipments()).toBeLessThan(count)
  hub = await start(key)
  const archived = join(inbox, 'archive', 'large.edi')
  expect(await patiently(async () => existsSync(archived), Boolean)).toBe(true)
  const answered = (): readonly string[] => readdirSync(outbox).filter((name) => name.endsWith('.edi'))
  await patiently(
    async () => answered().length,
    (found) => found > 0,
  )
  expect(await patiently(shipments, (found) => found === count)).toBe(count)
  expect(answered()).toHaveLength(1)
  expect(readFileSync(join(outbox, answered()[0] ?? ''), 'latin1')).toContain(`AK9*A*${count}*${count}*${count}~`)
  expect((await hub.call('GET', '/v1/accounting')).json()).toMatchObject({ unaccounted: 0 })
}, 180_000)
