import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countParts } from '../../src/backbone/parts-of.ts'
import { takenInParts } from '../../src/backbone/step.ts'
import type { ReadInParts } from '../../src/flow/intake/large-messages.ts'
import { PieceReading } from '../../src/flow/intake/large-reading.ts'
import { Replayer } from '../../src/flow/replay/replay.ts'
import type { ReplaySpec } from '../../src/flow/replay/replay-spec.ts'
import { group, set, x12 } from '../edi/interchanges.ts'
import { SmallHub, type SmallHubOptions } from './small-hub.ts'

let hub: SmallHub

const inParts: ReadInParts = async ({ body, ...whole }) =>
  new PieceReading({
    ...whole,
    open: async function* () {
      yield body
    },
    hash: () => {
      const running = createHash('sha256')
      return { update: (piece: Uint8Array) => void running.update(piece), digest: () => running.digest('hex') }
    },
  })

function optionsOf(settings: Readonly<Record<string, unknown>> = {}): SmallHubOptions {
  return {
    connections: [
      {
        id: 'meridian',
        connector: 'edi-partner',
        settings: { url: 'https://edi.meridian.example', ta1: 'always', ...settings },
      },
      { id: 'warehouse', connector: 'warehouse-files', settings: { badRows: 'park_rows' } },
      { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
    ],
    routes: [
      { command: 'acknowledge_interchange', target: 'meridian', tenant: 'main', when: { connection: 'meridian' } },
    ],
    answer: () => ({ outcome: 'answer', wire: true, status: 200, headers: {}, body: new Uint8Array() }),
    inParts,
  }
}

beforeEach(async () => {
  hub = await SmallHub.start(optionsOf())
})

afterEach(async () => {
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

const count = 1500

/** Statuses of so many shipments, of which some have another set in their place. */
function statuses(others: Readonly<Record<number, Parameters<typeof set>[0]>> = {}): string {
  const sets = Array.from({ length: count }, (_, at) =>
    set({
      number: `${10_001 + at}`,
      body: [
        `B10*PRO${1000 + at}*BOL${1000 + at}*MRDN`,
        'L11*A REFERENCE THAT MAKES A FILE*CR',
        'L11*LARGE ENOUGH TO BE IN PARTS*CR',
        'LX*1',
        'AT7*X3*NS***20260114*0815*LT',
        'MS1*GHENT*OV*BE',
        'AT8*G*L*1240*12',
      ],
      ...others[at],
    }),
  )
  return x12({ groups: [group({ sets })] })
}

/** Well-formed, and without the date that it takes to be understood. */
const undated = { body: ['B10*PRO9*BOL9*MRDN', 'LX*1', 'AT7*X3*NS'] }

async function receive(text: string, at = hub): Promise<string> {
  const id = await at.receive('meridian', text)
  for (let turn = 0; turn < 60 && (await waits(id, at)); turn++) await at.pass(1000)
  await at.pass(3000)
  return id
}

async function waits(message: string, at = hub): Promise<boolean> {
  return (await at.backbone.parked({ message, code: takenInParts, limit: 1 })).length > 0
}

/** From now on a step takes a while, and after so many of them each fails. Call what you get to have it as before. */
function slow({ backbone, time }: SmallHub, stepsMost = Number.POSITIVE_INFINITY): () => void {
  const commit = backbone.commit.bind(backbone)
  let steps = 0
  backbone.commit = async (step) => {
    await time.sleep(10)
    if (++steps > stepsMost) throw new Error('the hub died here')
    return commit(step)
  }
  return () => {
    backbone.commit = commit
  }
}

const answers = (at = hub): string[] => at.sent.map(({ request }) => Buffer.from(request.body ?? []).toString())

/** What is known of the world, without what names it. */
function meaning(one: SmallHub): unknown {
  const anonymous = (value: unknown): string =>
    JSON.stringify(value)
      .replaceAll(/\b(?:[a-z]{3}_[\w-]+|msg_[\d-]+[\w.]*)/g, 'id')
      // Milliseconds of today: a part is received a moment later.
      .replaceAll(/\b1776\d{9}\b/g, 'now')
  const facts = one.backbone.tables.facts
    .flat()
    .filter(({ fact }) => !fact.type.startsWith('interchange.') && !fact.type.startsWith('transmission.'))
    .map(({ fact }) => anonymous([fact.type, fact.data]))
  const effects = answers(one).map((text) => text.replaceAll(/\d{6}\*\d{4}/g, 'at'))
  const shipments = [...one.backbone.tables.states].flatMap(([id, { body }]) =>
    id.startsWith('shp_') ? [anonymous(JSON.parse(body))] : [],
  )
  return { facts: facts.toSorted(), effects: effects.toSorted(), shipments: shipments.toSorted() }
}

const shipments = (at = hub): number =>
  new Set(
    at.backbone.tables.facts.flat().flatMap(({ fact }) => (fact.type === 'tracking.reported' ? [fact.subject] : [])),
  ).size

describe('a large message that came whole', () => {
  test('means in parts what it means at once, and is answered the same, with a set refused and one not understood', async () => {
    const text = statuses({ 300: { segmentsDeclared: '99' }, 700: undated })
    const { inParts: _, ...whole } = optionsOf()
    const other = await SmallHub.start(whole)
    await receive(text, other)
    const id = await receive(text)
    expect(await countParts(hub.backbone, { id, tenant: 'main', connection: 'meridian' })).toBeGreaterThan(50)
    expect(await countParts(other.backbone, { id, tenant: 'main', connection: 'meridian' })).toBe(0)
    expect(meaning(hub)).toEqual(meaning(other))
    expect(answers().filter((answer) => answer.includes('AK9*'))).toHaveLength(1)
    const parked = async (one: SmallHub) =>
      (await one.backbone.parked({ limit: 9 })).map(({ message, code }) => ({ message, code }))
    expect(await parked(other)).toEqual([{ message: id, code: 'EDI_SETS_PARKED' }])
    const [part, ...more] = await parked(hub)
    expect([part?.code, more]).toEqual(['EDI_SETS_PARKED', []])
    expect(part?.message).not.toBe(id)
    await other.stop()
  })

  test('of plain rows means in parts what it means at once, and a wrong row is parked with its part', async () => {
    const rows = Array.from(
      { length: 6000 },
      (_, at) => `receipt,LAMP,${at === 3000 ? 'many' : 4},EA,2026-04-01T09:00:00Z,NORTH,receipt,R${at},1`,
    )
    const file = ['movement,sku,quantity,uom,effective_at,to_location,document_kind,document,line', ...rows].join('\n')
    const { inParts: _, ...whole } = optionsOf()
    const other = await SmallHub.start(whole)
    const id = await hub.receive('warehouse', file)
    expect(await other.receive('warehouse', file)).toBe(id)
    await other.pass(5000)
    for (let turn = 0; turn < 60 && (await waits(id)); turn++) await hub.pass(1000)
    await hub.pass(3000)
    expect(meaning(hub)).toEqual(meaning(other))
    expect(await countParts(hub.backbone, { id, tenant: 'main', connection: 'warehouse' })).toBeGreaterThan(50)
    const [part, ...more] = await hub.backbone.parked({ limit: 9 })
    expect([part?.code, more]).toEqual(['FILE_ROWS_PARKED', []])
    expect(part?.detail).toContain('3002')
    expect(part?.message).not.toBe(id)
    expect((await other.backbone.parked({ limit: 9 })).map(({ message }) => message)).toEqual([id])
    await other.stop()
  })

  test('is durable and answered before its first part is read, and others are understood between its parts', async () => {
    const id = await hub.accept('meridian', statuses(), { contentType: 'application/edi-x12' })
    slow(hub)
    expect(hub.backbone.tables.inbox.flat().map((one) => one.id)).toEqual([id])
    const order = (number: number) => ({
      ...{ eventId: `E${number}`, type: 'order.created', occurredAt: '2026-03-02T06:00:00Z' },
      data: { orderNumber: `SO-${number}` },
    })
    for (let number = 0; (await waits(id)) || number === 0; number++) {
      await hub.receive('erp', order(number))
      await hub.pass(100)
    }
    await hub.pass(3000)
    const causes = hub.backbone.tables.facts.flat().map(({ fact }) => fact)
    const inOrder = causes
      .filter(({ type }) => type === 'order.reported' || type === 'tracking.reported')
      .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1))
      .map(({ type }) => type)
    const turns = inOrder.filter((type, at) => type !== inOrder[at - 1]).length
    expect(turns).toBeGreaterThan(20)
    expect(shipments()).toBe(count)
  })

  test('is taken once, wherever the hub dies on the way', async () => {
    const text = statuses()
    const dying = hub
    const id = await dying.accept('meridian', text, { contentType: 'application/edi-x12' })
    const revive = slow(dying, 5)
    await dying.pass(1000)
    expect(await waits(id)).toBe(true)
    const before = shipments()
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(count)
    revive()
    dying.failures.splice(0)
    hub = await SmallHub.start({ ...optionsOf(), beside: dying })
    await dying.stop()
    for (let turn = 0; turn < 90 && (await waits(id)); turn++) await hub.pass(1000)
    await hub.pass(3000)
    expect(shipments()).toBe(count)
    const told = hub.backbone.tables.facts.flat().filter(({ fact }) => fact.type === 'tracking.reported')
    expect(told).toHaveLength(count)
  })

  test('that comes again is a duplicate, answered again, and counts once', async () => {
    const id = await receive(statuses())
    const facts = hub.backbone.tables.facts.flat().length
    expect(await receive(statuses())).toBe(id)
    expect(shipments()).toBe(count)
    expect(hub.backbone.tables.facts.flat().length - facts).toBeLessThan(10)
    const [first, ...more] = answers().filter((answer) => answer.includes('AK9*'))
    expect(more).toEqual([first])
  })

  test('is one message where one set of it may hold up the others, and where all of it is about one number', async () => {
    await hub.stop()
    hub = await SmallHub.start(optionsOf({ notUnderstood: 'park_file' }))
    const id = await receive(statuses({ 700: undated }))
    expect((await hub.backbone.parked({ limit: 9 })).map(({ message }) => message)).toEqual([id])
    expect(hub.backbone.tables.inbox.flat()).toHaveLength(1)
    await hub.stop()
    hub = await SmallHub.start(optionsOf())
    const one = Array.from({ length: count }, (_, at) => [
      at,
      {
        body: [
          'B10*PRO1*BOL1*MRDN',
          ...Array.from({ length: 5 }, () => `L11*${'X'.repeat(29)}*CR`),
          'LX*1',
          'AT7*X3*NS***20260114*0815*LT',
        ],
      },
    ])
    await receive(statuses(Object.fromEntries(one)))
    expect(hub.backbone.tables.inbox.flat()).toHaveLength(1)
    expect(shipments()).toBe(1)
  })

  test('is replayed in its parts, by itself and with all of its connection, and nothing new comes of it', async () => {
    const id = await receive(statuses())
    const parts = await countParts(hub.backbone, { id, tenant: 'main', connection: 'meridian' })
    const facts = (): number =>
      hub.backbone.tables.facts.flat().filter(({ fact }) => fact.type === 'tracking.reported').length
    const replayer = new Replayer(hub.node.place, hub.node.intake)
    hub.node.run('replays', () => replayer.round(), 1000)
    for (const wanted of [{ messages: [id] }, { connection: 'meridian' }]) {
      const spec: ReplaySpec = { ...wanted, dryRun: false, perSecond: 200, by: 'somebody' }
      const before = hub.backbone.tables.inbox.flat().filter(({ replayOf }) => replayOf !== undefined).length
      const sent = answers().length
      await hub.backbone.stores.jobs.create({
        id: `job_${Object.keys(wanted).join('')}`,
        tenant: 'main',
        kind: 'replay',
        spec,
      })
      for (let turn = 0; turn < 60; turn++) await hub.pass(1000)
      const copies = hub.backbone.tables.inbox.flat().filter(({ replayOf }) => replayOf !== undefined)
      expect(copies.length - before).toBe(parts)
      expect(copies.map(({ replayOf }) => replayOf)).not.toContain(id)
      expect(answers()).toHaveLength(sent)
    }
    expect(shipments()).toBe(count)
    expect(facts()).toBe(count * 3)
  })
})
