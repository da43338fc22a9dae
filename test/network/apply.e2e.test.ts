import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runProgram } from '../../src/app/terminal/program.ts'
import { eventually, HubProcess } from '../hub-process.ts'

let hub: HubProcess
let other: HubProcess
const root = mkdtempSync(join(tmpdir(), 'interline-apply-'))
beforeAll(async () => {
  const environment = { INTERLINE_SECRET_NORTH: 'a token of the test', INTERLINE_LEASE_SECONDS: '3' }
  hub = await HubProcess.start({ environment })
  other = await HubProcess.start({ environment, databaseUrl: hub.databaseUrl, key: hub.key })
}, 60_000)
afterAll(async () => {
  await other.stop()
  await hub.stop()
  rmSync(root, { recursive: true })
})

/** A folder with these files. */
function folder(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(root, name)
  rmSync(path, { recursive: true, force: true })
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), text)
  }
  return path
}

/** What the command line says to a hub, and its exit code. */
async function interline(of: HubProcess, ...args: readonly string[]): Promise<{ code: number; said: string }> {
  let said = ''
  const note = (text: string): void => {
    said += text
  }
  const environment = { INTERLINE_HUB_URL: of.url, INTERLINE_KEY: of.key, INTERLINE_DATA_DIRECTORY: root }
  const code = await runProgram(args, { out: note, error: note, isWatched: false, columns: 120 }, environment)
  return { code, said }
}

const north = `
partner: {id: north, name: North Warehouse, role: 3pl}
connections:
  # Its files come by HTTP until it has an SFTP server.
  - id: north
    connector: generic-wms
    settings:
      apiKey: {env: NORTH}
`

/** A movement as the warehouse tells it. */
function movement(id: string): string {
  const data = {
    movement: 'receipt',
    sku: 'SKU-1',
    quantity: '1',
    uom: 'EA',
    to: { location: 'N-1' },
    document: { kind: 'receipt', id },
  }
  return JSON.stringify({ eventId: id, type: 'movement', occurredAt: '2026-04-01T11:00:00Z', data })
}

const tell = (to: HubProcess, connection: string, id: string): Promise<{ readonly status: number }> =>
  to.call('POST', `/v1/inbound/${connection}`, {
    body: movement(id),
    headers: { 'content-type': 'application/json' },
  })

interface Accounting {
  readonly received: number
  readonly unaccounted: number
}
const accounting = async (): Promise<Accounting> => (await hub.call('GET', '/v1/accounting')).json() as Accounting
const parked = async (): Promise<readonly object[]> =>
  ((await hub.call('GET', '/v1/parked')).json() as { data: readonly object[] }).data
const onHand = async (): Promise<string> => {
  const answer = (await hub.call('GET', '/v1/inventory/balances')).json() as {
    data: readonly { sku: string; onHand: string }[]
  }
  return answer.data.find(({ sku }) => sku === 'SKU-1')?.onHand ?? '0'
}

describe('a folder of manifests', () => {
  test('is planned first, then applied, and then there is nothing to do', async () => {
    const path = folder('first', { 'north/partner.yaml': north })
    const plan = await interline(hub, 'apply', path)
    expect(plan).toMatchObject({
      code: 0,
      said: expect.stringMatching(/\+ +connection +north[\s\S]*2 to create.*--yes/),
    })
    expect((await tell(hub, 'north', 'too early')).status).toBe(404)
    const done = await interline(hub, 'apply', path, '--yes')
    expect(done).toMatchObject({ code: 0, said: expect.stringContaining('Done: 2 to create') })
    expect(done.said).not.toContain('a token of the test')
    expect((await tell(hub, 'north', 'first')).status).toBe(202)
    const again = await interline(hub, 'apply', path, '--yes')
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining('Nothing to do') })
  })

  test('is in force on every hub of the database within a moment', async () => {
    const found = await eventually(
      async () => (await interline(other, 'partner', 'list')).said,
      (said) => said.includes('North Warehouse'),
    )
    expect(found).toContain('north')
    expect((await tell(other, 'north', 'by the other')).status).toBe(202)
  })

  test('is written down: who, when, from what to what', async () => {
    const changed = folder('first', { 'north/partner.yaml': north.replace('North Warehouse', 'Northern Warehouse') })
    const plan = await interline(hub, 'apply', changed, '--yes')
    expect(plan.said).toMatch(/~ +partner +north +name +North Warehouse +Northern Warehouse/)
    expect((await interline(hub, 'audit')).said).toMatch(/first key[\s\S]*~ +partner +north/)
    const { data } = (await hub.call('GET', '/v1/audit?name=north')).json() as {
      data: readonly Record<string, unknown>[]
    }
    expect(data[0]).toMatchObject({
      change: 'change',
      kind: 'partner',
      before: { name: 'North Warehouse' },
      after: { name: 'Northern Warehouse' },
      actor: expect.stringMatching(/^key_.* first key$/) as unknown,
    })
    expect(JSON.stringify(data)).not.toContain('a token of the test')
  })

  test('that is wrong changes nothing, and says everything that is wrong', async () => {
    const wrong = folder('first', {
      'north/partner.yaml': north.replace('{env: NORTH}', 'shown').replace('role: 3pl', 'role: 4pl'),
      'south.yaml': 'connections:\n  - {id: south, connector: generic-vms}\n',
    })
    const refused = await interline(hub, 'apply', wrong, '--yes')
    expect(refused.code).toBe(2)
    expect(refused.said).toMatch(/partner\.yaml:2 +MANIFEST_VALUE_INVALID/)
    expect(refused.said).toMatch(/partner\.yaml:8 +MANIFEST_SECRET_SHOWN/)
    expect(refused.said).toMatch(/south\.yaml:2 +MANIFEST_REFERENCE_UNKNOWN[\s\S]*known are .*generic-wms/)
    expect((await tell(hub, 'north', 'still there')).status).toBe(202)
    const forced = await hub.call('POST', '/v1/network', {
      json: { files: [{ path: 'a.yaml', content: Buffer.from('colour: red').toString('base64') }] },
    })
    expect(forced).toMatchObject({ status: 422 })
    expect(forced.json()).toMatchObject({ code: 'NETWORK_INVALID' })
  })

  test('of another name leaves alone what this one declares', async () => {
    const path = folder('second', { 'west.yaml': 'connections:\n  - {id: west, connector: generic-wms}\n' })
    const plan = await interline(hub, 'apply', path, '--source', 'second', '--yes')
    expect(plan.said).toContain('1 to create, 0 to change, 0 to remove')
    const taken = folder('third', { 'north.yaml': 'connections:\n  - {id: north, connector: generic-wms}\n' })
    const refused = await interline(hub, 'apply', taken, '--source', 'third', '--yes')
    expect(refused).toMatchObject({ code: 2, said: expect.stringContaining('MANIFEST_DUPLICATE') })
  })

  test('that somebody else changed meanwhile is not applied by an old plan', async () => {
    const content = Buffer.from('connections:\n  - {id: late, connector: generic-wms}\n').toString('base64')
    const json = { source: 'late', files: [{ path: 'late.yaml', content }] }
    const { revision } = (await hub.call('POST', '/v1/network/plans', { json })).json() as { revision: number }
    const both = await Promise.all(
      [hub, other].map((one) => one.call('POST', '/v1/network', { json: { ...json, revision } })),
    )
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })
})

describe('while messages come in', () => {
  test('none is lost, doubled or parked, whatever is applied', { timeout: 120_000 }, async () => {
    const before = await accounting()
    let sent = 0
    let isOver = false
    const sender = async (to: HubProcess, name: string): Promise<void> => {
      for (let at = 0; !isOver; at++) {
        const { status } = await tell(to, 'north', `${name} ${at}`)
        expect(status).toBe(202)
        sent++
      }
    }
    const senders = [sender(hub, 'one'), sender(other, 'two')]
    for (let round = 0; round < 12; round++) {
      const text = `${north}    requestsPerSecond: ${round + 1}\n    timeoutSeconds: ${5 + round}\n`
      const path = folder('first', {
        'north/partner.yaml': text,
        'more.yaml': `connections:\n  - {id: round-${round}, connector: generic-wms}\n`,
      })
      const [by, at] = round % 2 === 0 ? [hub, other] : [other, hub]
      expect(await interline(by, 'apply', path, '--yes')).toMatchObject({ code: 0 })
      // What is new works at once, also where the other hub translates.
      expect((await tell(by, `round-${round}`, `new ${round}`)).status).toBe(202)
      sent++
      expect(at.url).not.toBe(by.url)
    }
    isOver = true
    await Promise.all(senders)
    const after = await eventually(
      accounting,
      (one) => one.received === before.received + sent && one.unaccounted === 0,
    )
    expect(after).toMatchObject({ received: before.received + sent, unaccounted: 0 })
    // Every message so far moved one piece.
    const left = await eventually(onHand, (quantity) => Number(quantity) === after.received)
    expect(Number(left)).toBe(after.received)
    expect(await parked()).toEqual([])
    expect(sent).toBeGreaterThan(50)
  })

  test('a folder is picked up as soon as it is declared, and not any more when it is not', async () => {
    const exchange = join(root, 'exchange')
    mkdirSync(exchange)
    const row = (id: string): string =>
      `counted,sku,location,status,quantity,uom,effective_at,document,line\ncount,${id},N-9,available,3,EA,2026-04-01T21:00:00Z,${id},1\n`
    const pickUp = `${north}pickUps:\n  - {connection: north, protocol: folder, path: ${exchange}, names: ['*.csv'], settledLooks: 1, everySeconds: 1}\n`
    await interline(hub, 'apply', folder('first', { 'north.yaml': pickUp }), '--yes')
    writeFileSync(join(exchange, 'one.csv'), row('CC-1'))
    const archived = await eventually(
      async () => readdirSync(exchange),
      (names) => names.includes('archive'),
    )
    expect(archived).toContain('archive')
    await interline(hub, 'apply', folder('first', { 'north.yaml': north }), '--yes')
    const gone = async (): Promise<readonly object[]> => {
      const answers = await Promise.all([hub, other].map((one) => one.call('GET', '/v1/pick-ups')))
      return answers.flatMap((one) => (one.json() as { data: readonly object[] }).data)
    }
    expect(await eventually(gone, (all) => all.length === 0)).toEqual([])
    writeFileSync(join(exchange, 'two.csv'), row('CC-2'))
    expect((await accounting()).unaccounted).toBe(0)
    expect(readdirSync(exchange)).toContain('two.csv')
  })
})

test('a hub that starts later has the same network', async () => {
  const third = await HubProcess.start({
    environment: { INTERLINE_SECRET_NORTH: 'a token of the test' },
    databaseUrl: hub.databaseUrl,
    key: hub.key,
  })
  expect((await interline(third, 'partner', 'show', 'north')).said).toContain('generic-wms')
  await third.stop()
})

test('a hub without the secret does not start, and says which one it has not', async () => {
  const start = HubProcess.start({ databaseUrl: hub.databaseUrl, key: hub.key })
  await expect(start).rejects.toThrow(/MANIFEST_SECRET_MISSING[\s\S]*INTERLINE_SECRET_NORTH/)
})
