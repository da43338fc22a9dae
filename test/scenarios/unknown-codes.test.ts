import { afterEach, describe, expect, test } from 'vitest'
import { deskArrival } from '../../src/flow/stewardship/desk.ts'
import { codeKey } from '../../src/model/codes/code-key.ts'
import type { TaskState } from '../../src/model/task/state.ts'
import { MemoryCodes } from './memory-codes.ts'
import { SmallHub, type SmallHubOptions } from './small-hub.ts'

let hub: SmallHub
let codes: MemoryCodes

async function start(more: Partial<SmallHubOptions> = {}): Promise<void> {
  codes = new MemoryCodes()
  const strict = { unknown: 'park', system: 'depot', kinds: ['item', 'uom'] } as const
  hub = await SmallHub.start({
    codes,
    connections: [{ id: 'wms', connector: 'generic-wms', settings: {}, codes: strict }],
    ...more,
  })
  codes.translations.set(keyOf('KNOWN'), 'KNOWN')
}

afterEach(async () => {
  await hub.pass(60_000)
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

function keyOf(value: string, kind: 'item' | 'uom' = 'item', system = 'depot'): string {
  return codeKey({ tenant: 'main', kind, system, qualifier: '', value })
}

/** The warehouse gained some; `sku` is its own code. */
const gain = (id: string, sku: string, more: object = {}) => ({
  eventId: id,
  type: 'movement',
  occurredAt: '2026-04-12T10:00:00Z',
  data: {
    ...{ movement: 'receipt', sku, quantity: '1', uom: 'EA', to: { location: 'N-1' } },
    document: { kind: 'receipt', id },
    ...more,
  },
})

async function facts() {
  const logs = await Promise.all([0, 1].map((partition) => hub.backbone.readLog(partition, -1, 100_000)))
  return logs.flat().map(({ fact }) => fact)
}

/** Tasks that were opened until now. */
async function opened(): Promise<string[]> {
  await hub.pass(2000)
  return (await facts()).filter(({ type }) => type === 'task.opened').map(({ subject }) => subject)
}

async function task(id: string): Promise<TaskState> {
  return JSON.parse((await hub.backbone.states([id])).get(id)?.body ?? '{}') as TaskState
}

async function decide(id: string, decision: string, data: object = {}, of = hub): Promise<void> {
  const by = { key: 'key_1', person: 'anna' }
  const about = { entity: 'task', references: [{ scheme: 'task', value: id }], unknown: 'create' } as const
  const said = { type: 'task.decided', about, data: { decision, by, reason: 'seen the label', data } }
  const more = { tenant: 'main', identity: `decide ${id}`, trace: '0'.repeat(32), partitions: 2 }
  const stored = of.node.intake.accept(deskArrival([said], more))
  await of.pass(100)
  await stored
}

/** What was posted of an item, by the messages that said so, in the order of the log. */
async function posted(sku: string): Promise<string[]> {
  return (await facts())
    .filter(({ type, data }) => type === 'inventory.movement_posted' && (data as { sku?: string }).sku === sku)
    .map(({ causation }) => causation.split('.')[0] ?? '')
}

describe.each([true, false])('a code that nobody has translated (inline: %s)', (inline) => {
  test('stops a thousand messages, is asked about once, and lets all of them go on in order when it is mapped', async () => {
    await start({ inline })
    const ids: string[] = []
    for (let n = 0; n < 1000; n += 100) {
      const some = Array.from({ length: 100 }, (_, index) =>
        hub.accept('wms', JSON.stringify(gain(`e${n + index}`, 'L-4711'))),
      )
      await hub.pass(1000)
      ids.push(...(await Promise.all(some)))
    }
    const other = await hub.receive('wms', gain('other', 'KNOWN'))
    await hub.pass(5000)
    expect(await hub.factsOf(other)).toContain('inventory.movement_posted')
    expect(await hub.backbone.accounting()).toMatchObject({ parked: 1000 })
    const [id = '', ...others] = await opened()
    expect(others).toEqual([])
    const { request } = await task(id)
    expect(request).toMatchObject({
      name: 'map-code',
      role: 'master-data',
      question: 'What does depot mean by the item L-4711?',
      evidence: { code: 'L-4711', system: 'depot', connections: ['wms'], proposals: [{ canonicalId: 'LAMP' }] },
    })
    await decide(id, 'map', { canonicalId: 'LAMP' })
    await hub.pass(120_000)
    expect(await hub.backbone.accounting()).toMatchObject({ parked: 0, applied: expect.any(Number) })
    expect(await posted('LAMP')).toEqual(ids)
    expect(codes.approvals).toEqual(['key_1/anna'])
    expect(await opened()).toEqual([id])
  })

  test('goes on after a hub died between the mapping and the release', async () => {
    await start({ inline })
    const ids = [await hub.receive('wms', gain('e1', 'L-1')), await hub.receive('wms', gain('e2', 'L-1'))]
    const [id = ''] = await opened()
    // The mapping is stored, and the hub that stored it does nothing any more.
    const [first, registry] = [hub, codes]
    await first.node.stop(0)
    await registry.approve(keyOf('L-1'), { canonicalId: 'LAMP', by: 'anna' })
    hub = await SmallHub.start({
      inline,
      codes: registry,
      beside: first,
      connections: [...first.connections.values()].map(({ id: name }) => ({
        ...{ id: name, connector: 'generic-wms', settings: {} },
        codes: { unknown: 'park', system: 'depot', kinds: ['item', 'uom'] },
      })),
    })
    await hub.pass(60_000)
    expect(await posted('LAMP')).toEqual(ids)
    expect(await task(id)).toMatchObject({ status: 'obsolete', outcome: { decision: 'obsolete' } })
  })
})

describe('a code that nobody has translated', () => {
  test('is asked about again when the answer names nothing of ours, and when it comes back after it was refused', async () => {
    await start()
    await hub.receive('wms', gain('e1', 'L-2'))
    const [first = ''] = await opened()
    await decide(first, 'map', { canonicalId: 'NOTHING' })
    await hub.pass(10_000)
    const second = (await opened()).find((id) => id !== first) ?? ''
    await decide(second, 'refuse')
    await hub.pass(10_000)
    expect(await hub.backbone.accounting()).toMatchObject({ parked: 0, refused: 1 })
    await hub.receive('wms', gain('e2', 'L-2'))
    await hub.pass(2000)
    const third = (await opened()).find((id) => id !== first && id !== second) ?? ''
    await decide(third, 'keep')
    await hub.pass(10_000)
    expect(await posted('L-2')).toHaveLength(1)
  })

  test('holds back later messages of its key, and no others; two unknown codes of one message are two questions', async () => {
    await start()
    const first = await hub.receive('wms', gain('e1', 'L-3', { uom: 'CRATE' }))
    const second = await hub.receive('wms', gain('e2', 'L-3'))
    const parks = await hub.backbone.parked({ limit: 10 })
    expect(parks.map(({ message, code, state }) => [message, code, state])).toEqual([
      [first, 'CODE_UNKNOWN', 'waiting'],
      [second, 'BEHIND_PARKED', 'parked'],
    ])
    const tasks = await opened()
    expect(tasks).toHaveLength(2)
    await codes.approve(keyOf('L-3'), { canonicalId: 'LAMP', by: 'anna' })
    await hub.pass(10_000)
    expect(await posted('LAMP')).toEqual([])
    await codes.approve(keyOf('CRATE', 'uom'), { canonicalId: 'C62', by: 'anna' })
    await hub.pass(60_000)
    expect(await posted('LAMP')).toEqual([first, second])
    const ends = await Promise.all(tasks.map(task))
    expect(ends.map(({ status }) => status)).toEqual(['obsolete', 'obsolete'])
  })

  test('passes as it is where the connection is not strict, and an approved translation counts there too', async () => {
    await start({ connections: [{ id: 'wms', connector: 'generic-wms', settings: {} }] })
    await hub.receive('wms', gain('e1', 'L-5'))
    await codes.approve(keyOf('L-5', 'item', 'wms'), { canonicalId: 'LAMP', by: 'anna' })
    await hub.pass(2000)
    await hub.receive('wms', gain('e2', 'L-5'))
    expect(await posted('L-5')).toHaveLength(1)
    expect(await posted('LAMP')).toHaveLength(1)
    expect(await opened()).toEqual([])
  })
})

const head = 'movement,sku,quantity,uom,effective_at,to_location,document_kind,document,line'
const row = (document: string, sku: string): string =>
  `receipt,${sku},4,EA,2026-04-01T09:00:00Z,NORTH,receipt,${document},1`

test('in one row of a file stops only that row where the agreement says so; each counts once in the end', async () => {
  const codesOf = (unknown: 'park' | 'park_lines') => ({ unknown, system: 'depot', kinds: ['item'] })
  await start({
    connections: [
      { id: 'rows', connector: 'warehouse-files', settings: {}, codes: codesOf('park_lines') },
      { id: 'whole', connector: 'warehouse-files', settings: {}, codes: codesOf('park') },
    ],
  })
  const file = [head, row('R1', 'KNOWN'), row('R2', 'L-6')].join('\n')
  const apart = await hub.receive('rows', file)
  expect(await posted('KNOWN')).toEqual([apart])
  const whole = await hub.receive('whole', file.replaceAll('R1', 'R3').replaceAll('R2', 'R4'))
  expect(await hub.factsOf(whole)).toEqual([])
  await codes.approve(keyOf('L-6'), { canonicalId: 'LAMP', by: 'anna' })
  await hub.pass(60_000)
  expect(await posted('KNOWN')).toEqual([apart, whole])
  expect(await posted('LAMP')).toEqual([apart, whole])
  expect(await hub.backbone.parked({ limit: 1 })).toEqual([])
})
