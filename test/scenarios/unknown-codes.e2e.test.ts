import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { postgresBackbone } from '../../src/backbone/postgres/postgres.ts'
import { codeKey } from '../../src/model/codes/code-key.ts'
import { stockSubject } from '../../src/model/stock/subject.ts'
import { Translations } from '../../src/registry/translations.ts'
import { commandLine } from '../cli/command-line.ts'
import { eventually, HubProcess } from '../hub-process.ts'

const network = {
  connections: [
    {
      ...{ id: 'depot', tenant: 'main', connector: 'generic-wms', settings: {} },
      codes: { unknown: 'park', kinds: ['uom'] },
    },
  ],
  routes: [],
}

let hub: HubProcess | undefined
afterEach(() => hub?.stop())

const receipt = (n: number, sku: string) => ({
  eventId: `e${n}`,
  type: 'movement',
  occurredAt: '2026-04-12T10:00:00Z',
  data: {
    ...{ movement: 'receipt', sku, quantity: '1', uom: 'CRATE', to: { location: 'N-1' } },
    document: { kind: 'receipt', id: `R${n}` },
  },
})

interface Task {
  readonly id: string
  readonly state: string
  readonly name: string
}

async function tasks(of: HubProcess, query = 'state=all'): Promise<readonly Task[]> {
  return ((await of.call('GET', `/v1/tasks?${query}`)).json() as { data: readonly Task[] }).data
}

async function accounting(of: HubProcess): Promise<Readonly<Record<string, number>>> {
  return (await of.call('GET', '/v1/accounting')).json() as Readonly<Record<string, number>>
}

/** A thousand messages about forty items, in an order for each. Answers their ids by item. */
async function sendAll(of: HubProcess): Promise<ReadonlyMap<string, string[]>> {
  const sent = new Map<string, string[]>()
  for (let from = 0; from < 1000; from += 40) {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, item) =>
        of.call('POST', '/v1/inbound/depot', { json: receipt(from + item, `S${item}`) }),
      ),
    )
    answers.forEach((answer, item) => {
      const list = sent.get(`S${item}`) ?? []
      sent.set(`S${item}`, [...list, (answer.json() as { id: string }).id])
    })
  }
  return sent
}

test('a thousand messages with one unknown unit are one task; mapped, all go on in order although the hub dies in between', async () => {
  hub = await HubProcess.start({ network })
  const sent = await sendAll(hub)
  expect(
    await eventually(
      () => accounting(hub as HubProcess),
      ({ pending }) => pending === 0,
    ),
  ).toMatchObject({ parked: 1000 })
  const [task, ...others] = await eventually(
    () => tasks(hub as HubProcess),
    (list) => list.length > 0,
  )
  expect([task?.name, others]).toEqual(['map-code', []])
  const shown = (await hub.call('GET', `/v1/tasks/${task?.id}`)).json() as {
    evidence: { code: string; waiting: number }
  }
  expect(shown.evidence.code).toBe('CRATE')
  // The mapping is stored by a hub that dies before it lets anything go: nobody else has heard of it.
  const { databaseUrl, key } = hub
  await hub.die()
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const code = { tenant: 'main', kind: 'uom', system: 'depot', qualifier: '', value: 'CRATE' } as const
  expect(await new Translations(pool).approve(codeKey(code), { canonicalId: 'XCR', by: 'anna' })).toBe('approved')
  hub = await HubProcess.start({ network, databaseUrl, key })
  const done = await eventually(
    () => accounting(hub as HubProcess),
    ({ parked }) => parked === 0,
    60_000,
  )
  expect(done).toMatchObject({ parked: 0, unaccounted: 0 })
  const { rows } = await pool.query<{ count: string }>('SELECT count(*) FROM master_data')
  expect(rows).toEqual([{ count: '1' }])
  await pool.end()
  const backbone = await postgresBackbone({ url: databaseUrl, partitions: 8 })
  for (const [item, ids] of sent) {
    const facts = (await backbone.history(stockSubject('main', item), 1000)).map(({ fact }) => fact)
    const posted = facts.filter(({ type }) => type === 'inventory.movement_posted')
    expect(posted.map(({ causation }) => causation.split('.')[0])).toEqual(ids)
  }
  await backbone.close()
  expect(await tasks(hub)).toMatchObject([{ id: task?.id, state: 'obsolete' }])
}, 120_000)

test('master data is imported from files, exported, and mapped at the terminal; a task is decided there', async () => {
  hub = await HubProcess.start({ network })
  const folder = mkdtempSync(join(tmpdir(), 'interline-master-'))
  const environment = { INTERLINE_HUB_URL: hub.url, INTERLINE_KEY: hub.key, INTERLINE_DATA_DIRECTORY: folder }
  const run = (...args: string[]) => commandLine(args, environment)
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const items = file(
    'items.csv',
    'sku,baseUom,description,uomConversions\nLAMP,C62,"Lamp, large",XCS=12 XZ=1/3\nWRONG,KISTE,,\n',
  )
  const first = await run('master-data', 'import', 'items', items)
  expect(first.out).toContain('line 3: baseUom: KISTE is no unit of the table')
  expect([first.code, first.out]).toEqual([3, expect.stringContaining('1 created, 0 changed, 0 unchanged, 1 refused.')])
  expect((await run('master-data', 'import', 'items', items)).out).toContain('0 created, 0 changed, 1 unchanged')
  const { out } = await run('master-data', 'export', 'items')
  expect(out).toContain('LAMP,C62,"Lamp, large",,XCS=12 XZ=1/3')
  const lines = file('items.jsonl', (await run('--json', 'master-data', 'export', 'items')).out)
  expect((await run('master-data', 'import', 'items', lines)).out).toContain('1 unchanged')
  expect((await run('master-data', 'show', 'items', 'LAMP')).out).toContain('import')
  expect((await run('master-data', 'list', 'nothing')).code).toBe(2)

  await hub.call('POST', '/v1/inbound/depot', { json: receipt(1, 'LAMP') })
  const [task] = await eventually(
    () => tasks(hub as HubProcess),
    (list) => list.length > 0,
  )
  expect((await run('task', 'list', '--role', 'master-data')).out).toContain(
    'What does depot mean by the unit of measure CRATE?',
  )
  expect((await run('task', 'assign', task?.id ?? '', 'Anna')).code).toBe(0)
  expect((await run('task', 'note', task?.id ?? '', 'asked')).code).toBe(0)
  expect((await run('task', 'decide', task?.id ?? '', 'map')).error).toContain('also needs canonicalId')
  const decided = await run('task', 'decide', task?.id ?? '', 'map', '--data', '{"canonicalId":"XCS"}', '--by', 'Anna')
  expect(decided.out).toContain('completes')
  expect(
    await eventually(
      () => accounting(hub as HubProcess),
      ({ parked }) => parked === 0,
    ),
  ).toMatchObject({ parked: 0 })
  expect((await run('task', 'show', task?.id ?? '')).out).toContain('decided')
  const balances = async () =>
    ((await (hub as HubProcess).call('GET', '/v1/inventory/balances?sku=LAMP')).json() as { data: readonly object[] })
      .data
  expect(await eventually(balances, (list) => list.length > 0)).toMatchObject([{ onHand: '12', uom: 'C62' }])

  expect((await run('master-data', 'map', 'uom', 'depot', 'BUNDLE', 'XCS')).out).toContain('created')
  expect((await run('master-data', 'map', 'uom', 'depot', 'BUNDLE', 'C62')).out).toContain('changed')
  expect((await run('master-data', 'list', 'cross-references')).out).toContain('uom/depot/BUNDLE')
  rmSync(folder, { recursive: true })
})
