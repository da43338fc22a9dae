import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LargeIntake } from '../../src/flow/intake/large-intake.ts'
import { PieceReading } from '../../src/flow/intake/large-reading.ts'
import { SmallHub } from './small-hub.ts'

const head = 'movement,sku,quantity,uom,effective_at,to_location,document_kind,document,line'
const count = 2000

function movements(wrong = -1): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const quantity = at === wrong ? 'five' : `${(at % 9) + 1}`
    return `receipt,LAMP-${at % 50},${quantity},EA,2026-04-01T09:00:00Z,NORTH,receipt,R${at},1`
  })
  return [head, ...rows, ''].join('\n')
}

let hub: SmallHub

async function hubWith(settings: Readonly<Record<string, unknown>>): Promise<SmallHub> {
  return SmallHub.start({ connections: [{ id: 'north', connector: 'warehouse-files', settings }] })
}

beforeEach(async () => {
  hub = await hubWith({ badRows: 'park_rows' })
})

afterEach(async () => {
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

/** Takes a file as if it were too large for one message; resolves with what became of it. */
async function take(text: string, name = 'movements.csv', dyingAt = Number.POSITIVE_INFINITY): Promise<unknown> {
  const connection = hub.connections.get('north')
  if (connection === undefined) throw new Error('there is no connection')
  const bytes = new TextEncoder().encode(text)
  let calls = 0
  const intake = {
    accept: (arrival: Parameters<typeof hub.node.intake.accept>[0]) => {
      if (++calls >= dyingAt) throw new Error('the hub died here')
      return hub.node.intake.accept(arrival)
    },
  }
  const hash = () => {
    const running = createHash('sha256')
    return { update: (piece: Uint8Array) => void running.update(piece), digest: () => running.digest('hex') }
  }
  let outcome: unknown = 'not over'
  const file = {
    connection,
    name,
    contentType: 'text/csv',
    trace: '4bf92f3577b34da6a3ce929d0e0e4736',
    size: bytes.length,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
    },
  }
  const work = new LargeIntake(hub.node.place, intake).accept(file, new PieceReading({ ...file, hash })).then(
    (code) => {
      outcome = code ?? 'taken'
    },
    (error: unknown) => {
      outcome = error
    },
  )
  for (let turn = 0; turn < 100 && outcome === 'not over'; turn++) await hub.pass(1000)
  await work
  await hub.pass(3000)
  return outcome
}

/** What was received into stock, by document. */
function received(one: SmallHub): string[] {
  const facts = one.backbone.tables.facts.flat().map(({ fact }) => fact)
  return facts
    .filter(({ type }) => type === 'inventory.movement_reported')
    .map(({ data }) => JSON.stringify(data))
    .toSorted()
}

describe('a flat file that is too large for one message', () => {
  test('comes in parts, and means the same as in one message', async () => {
    expect(await take(movements())).toBe('taken')
    const parts = hub.backbone.tables.inbox.flat().filter(({ headers }) => headers['interline-part'] === 'content')
    expect(parts.length).toBeGreaterThan(20)
    for (const { body } of parts) expect(Buffer.from(body).toString().startsWith(head)).toBe(true)
    const other = await hubWith({})
    await other.receive('north', movements())
    await other.pass(3000)
    expect(received(hub)).toHaveLength(count)
    expect(received(hub)).toEqual(received(other))
    await other.stop()
  })

  test('counts once, wherever the hub dies on the way, and however often it comes', async () => {
    for (const at of [1, 2, 10, 30]) expect(String(await take(movements(), 'movements.csv', at))).toContain('died')
    expect(await take(movements())).toBe('taken')
    expect(await take(movements())).toBe('taken')
    expect(received(hub)).toHaveLength(count)
  })

  test('has a wrong row parked with its line in the file, and does not wait for it', async () => {
    expect(await take(movements(1500))).toBe('taken')
    expect(received(hub)).toHaveLength(count - 1)
    const parked = await hub.backbone.parked({ limit: 10 })
    expect(parked.map(({ code }) => code)).toEqual(['FILE_ROWS_PARKED'])
    expect(parked[0]?.detail).toContain('row 1502, column quantity')
    const message = parked[0]?.message ?? ''
    const part = await hub.backbone.message(message)
    const corrected = Buffer.from(part?.body ?? [])
      .toString()
      .replace('five', '5')
    await hub.receive('north', corrected, { corrects: message })
    await hub.pass(60_000)
    expect(await hub.backbone.parked({ limit: 10 })).toEqual([])
    expect(new Set(received(hub)).size).toBe(count)
  })

  test('of which all or nothing counts says what is wrong, and nothing of it counts', async () => {
    await hub.stop()
    hub = await hubWith({ badRows: 'park_file' })
    expect(await take(movements(1500))).toBe('FILE_FAULTY')
    expect(received(hub)).toEqual([])
    const parked = await hub.backbone.parked({ limit: 10 })
    expect(parked.map(({ code }) => code)).toEqual(['FILE_FAULTY'])
    expect(parked[0]?.detail).toContain('row 1502, column quantity')
    const announced = JSON.parse(Buffer.from(hub.backbone.tables.inbox.flat()[0]?.body ?? []).toString()) as object
    expect(announced).toMatchObject({ file: 'movements.csv', summary: { rows: count, documents: count, faults: 1 } })
    await hub.backbone.commit({ unparks: [{ message: parked[0]?.message ?? '', outcome: 'refused' }] })
  })

  test('that nobody knows is said to be unknown', async () => {
    expect(await take('a,b\n1,2\n'.repeat(10_000))).toBe('FILE_UNKNOWN')
    const [parked] = await hub.backbone.parked({ limit: 10 })
    expect(parked?.code).toBe('FILE_UNKNOWN')
    await hub.backbone.commit({ unparks: [{ message: parked?.message ?? '', outcome: 'refused' }] })
  })

  test('that counts only whole is one message, as large as one may be', async () => {
    const line = (at: number): string => `snapshot,LAMP-${at},4,EA,2026-04-01T09:00:00Z,NORTH,true`
    const lines = Array.from({ length: 500 }, (_, at) => line(at))
    const snapshot = ['counted,sku,quantity,uom,effective_at,location,complete', ...lines].join('\n')
    expect(await take(snapshot, 'stock.csv')).toBe('taken')
    expect(hub.backbone.tables.inbox.flat().map(({ body }) => body.length)).toEqual([snapshot.length])
    const types = hub.backbone.tables.facts.flat().map(({ fact }) => fact.type)
    expect(types.filter((type) => type === 'inventory.snapshot_scope_reported')).toHaveLength(500)
    const connection = hub.connections.get('north')
    if (connection === undefined) throw new Error('there is no connection')
    Object.assign(connection, { bodyBytesMax: 1000 })
    expect(await take(snapshot, 'again.csv')).toBe('FILE_INDIVISIBLE')
    expect(hub.backbone.tables.inbox.flat()).toHaveLength(1)
  })
})
