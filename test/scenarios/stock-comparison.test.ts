import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ComparisonStore, StockComparer, type StockComparison } from '../../src/flow/stock/stock-comparison.ts'
import type { StockState } from '../../src/model/stock/state.ts'
import { stockSubject } from '../../src/model/stock/subject.ts'
import { taskSubject } from '../../src/model/task/subject.ts'
import type { StockDifference } from '../../src/processes/stock-difference/difference.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'
import { SmallHub } from './small-hub.ts'

interface Line {
  readonly sku: string
  readonly location: string
  readonly status?: string
  readonly lot?: string
  readonly quantity: string
  readonly uom: string
}

/** An ERP that has what the test says, in pages of three, and takes or refuses postings as the test says. */
class BookedErp {
  takenAt = ''
  readonly stock: Line[] = []
  refuses = false
  away = false
  readonly posted: unknown[] = []

  readonly answer = ({ method, url, body }: HttpRequest): HttpResult => {
    if (this.away) return { outcome: 'not_sent', wire: false, code: 'ECONNREFUSED' }
    const { pathname, searchParams } = new URL(url)
    if (method === 'GET' && pathname === '/stock') return json(200, this.#page(Number(searchParams.get('cursor') ?? 0)))
    if (method === 'GET') return json(200, { documents: [] })
    if (this.refuses) return json(422, { message: 'item is locked' })
    this.posted.push(JSON.parse(new TextDecoder().decode(body)))
    return json(201, { documentNumber: `D${this.posted.length}`, status: 'posted' })
  }

  #page(from: number): object {
    const stock = this.stock.slice(from, from + 3)
    const next = from + 3 < this.stock.length ? { next: String(from + 3) } : {}
    return { takenAt: this.takenAt, stock, ...next }
  }
}

let erp: BookedErp
let hub: SmallHub
let comparer: StockComparer
let runs: Map<string, StockComparison>
let found: StockDifference[]
let events = 0

beforeEach(async () => {
  erp = new BookedErp()
  runs = new Map()
  found = []
  hub = await SmallHub.start({
    connections: [
      { id: 'wms', connector: 'generic-wms', settings: {} },
      {
        id: 'erp',
        connector: 'generic-erp',
        settings: { url: 'https://erp.example', stockPlaces: 'DC1=DC1-IN, DC1-A' },
      },
    ],
    routes: [{ command: 'adjust_inventory', target: 'erp', tenant: 'main' }],
    answer: erp.answer,
  })
  const store: ComparisonStore = {
    save: async (one) => void runs.set(one.id, one),
    add: async (_, differences) => void found.push(...differences),
  }
  comparer = new StockComparer({
    place: hub.node.place,
    exchange: { outbound: hub.outbound, signer: { sign: () => '' } },
    intake: hub.node.intake,
    store,
    items: async (_tenant, { after, limit }) =>
      knownSkus()
        .filter((sku) => sku > after)
        .slice(0, limit),
    doubles: () => new Map(),
  })
})
afterEach(async () => {
  expect(hub.failures).toEqual([])
  await hub.stop()
})

test('stock that agrees place by place, over several pages, is no difference, whatever bins the warehouse keeps it in', async () => {
  for (const sku of ['A', 'B', 'C', 'D', 'E']) {
    await gain(sku, '4', 'DC1-IN')
    await gain(sku, '6', 'DC1-A')
    erp.stock.push(line(sku, '10'))
  }
  expect(await compared()).toMatchObject({ state: 'done', items: 5, lines: 5, differences: 0, told: 0 })
})

test('each planted difference is put down to its cause, and only those that need a person ask one', async () => {
  for (const sku of ['AGREES', 'EARLIER', 'PARKED']) await gain(sku, '5')
  erp.refuses = true
  await gain('REFUSED', '7')
  erp.refuses = false
  erp.away = true
  await gain('PENDING', '3')
  erp.away = false
  await hub.receive('wms', {
    eventId: 'odd',
    type: 'movement',
    occurredAt: instant(),
    data: movement('PARKED', '9', 'BX'),
  })
  erp.stock.push(line('AGREES', '5'), line('EARLIER', '4'), line('ONLY-THERE', '2'), line('PARKED', '14'))
  const run = await compared()
  expect(run).toMatchObject({ state: 'done', differences: 5, unreadable: 0 })
  expect(found.map(({ sku, cause, difference }) => [sku, cause, difference])).toEqual([
    ['EARLIER', 'unexplained', '1'],
    ['ONLY-THERE', 'unexplained', '-2'],
    ['PARKED', 'message_parked', '-9'],
    ['PENDING', 'posting_pending', '3'],
    ['REFUSED', 'posting_refused', '7'],
  ])
  expect(run.told).toBe(4)
  expect(await question('PENDING')).toBeUndefined()
  expect(await question('REFUSED')).toMatchObject({ status: 'open', request: { name: 'stock-difference' } })
})

test('a case is closed, and its question taken back, by the comparison in which the two agree again', async () => {
  await gain('LAMP', '5')
  erp.stock.push(line('LAMP', '4'))
  await compared()
  expect(await question('LAMP')).toMatchObject({ status: 'open' })
  erp.stock.splice(0, 1, line('LAMP', '5'))
  expect(await compared()).toMatchObject({ differences: 0, told: 1 })
  expect(await question('LAMP')).toMatchObject({ status: 'obsolete' })
})

test('what a person has decided is posted to the ERP once', async () => {
  await gain('LAMP', '5')
  erp.stock.push(line('LAMP', '3'))
  await compared()
  const before = erp.posted.length
  await decide('LAMP', 'post_at_erp')
  await decide('LAMP', 'post_at_erp')
  await hub.pass(60_000)
  expect(erp.posted.slice(before)).toMatchObject([{ lines: [{ sku: 'LAMP', quantity: '2' }] }])
})

test('movements after the ERP looked are not held against it', async () => {
  await gain('LAMP', '5')
  erp.stock.push(line('LAMP', '5'))
  erp.takenAt = instant()
  await hub.pass(3_600_000)
  await gain('LAMP', '8')
  expect(await compared({ takenAt: erp.takenAt })).toMatchObject({ differences: 0 })
})

test('a list that is out of order, or cannot be read, ends the comparison and opens no case', async () => {
  await gain('B', '5')
  erp.stock.push(line('B', '4'), line('A', '4'))
  expect(await compared()).toMatchObject({ state: 'failed', problem: expect.stringContaining('behind') })
  erp.away = true
  expect(await compared()).toMatchObject({ state: 'failed', problem: expect.stringContaining('ECONNREFUSED') })
  erp.away = false
  await expect(comparer.begin('nobody')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' })
  await expect(comparer.begin('wms')).rejects.toMatchObject({ code: 'OPERATION_UNKNOWN' })
})

async function compared(more: { readonly takenAt?: string } = {}): Promise<StockComparison> {
  erp.takenAt = more.takenAt ?? instant()
  const { comparison, done } = await comparer.begin('erp')
  expect(runs.get(comparison.id)).toMatchObject({ state: 'running' })
  await expect(comparer.begin('erp')).rejects.toMatchObject({ code: 'COMPARISON_RUNNING' })
  await hub.pass(5000)
  const ended = await done
  await hub.pass(5000)
  expect(runs.get(ended.id)).toEqual(ended)
  return ended
}

async function gain(sku: string, quantity: string, location = 'DC1-A'): Promise<void> {
  const data = movement(sku, quantity, 'EA', location)
  await hub.receive('wms', { eventId: `g${events}`, type: 'movement', occurredAt: instant(), data })
  await hub.pass(2000)
}

function movement(sku: string, quantity: string, uom: string, location = 'DC1-A'): object {
  events++
  const document = { kind: 'adjustment', id: `ADJ${events}` }
  return { movement: 'adjust_gain', sku, quantity, uom, to: { location }, document }
}

function line(sku: string, quantity: string): Line {
  return { sku, location: 'DC1', quantity, uom: 'EA' }
}

function instant(): string {
  return new Date(hub.time.wall()).toISOString()
}

function knownSkus(): string[] {
  return [...hub.backbone.tables.states]
    .filter(([subject]) => subject.startsWith('stk_'))
    .map(([, { body }]) => (JSON.parse(body) as StockState).sku)
    .filter((sku) => sku !== '')
    .toSorted()
}

function taskOf(sku: string): string {
  const origin = stockSubject('main', sku)
  return taskSubject({ tenant: 'main', origin, name: 'stock-difference', n: 'erp|DC1||#1' })
}

async function question(sku: string): Promise<unknown> {
  const body = (await hub.backbone.states([taskOf(sku)])).get(taskOf(sku))?.body
  return body === undefined ? undefined : JSON.parse(body)
}

async function decide(sku: string, decision: string): Promise<void> {
  const about = { entity: 'task', references: [{ scheme: 'task', value: taskOf(sku) }], unknown: 'create' } as const
  const data = { decision, reason: 'Seen.', by: { key: 'key_1', person: 'Ann' } }
  const connection = hub.connections.get('wms')
  if (connection === undefined) throw new Error('no connection')
  await hub.node.intake.accept({
    connection,
    body: new TextEncoder().encode(JSON.stringify([{ type: 'task.decided', about, data }])),
    contentType: 'application/json',
    headers: {},
    trace: '4bf92f3577b34da6a3ce929d0e0e4736',
    identity: `decided ${sku} ${events++}`,
    asserts: true,
  })
  await hub.pass(2000)
}

function json(status: number, content: unknown): HttpResult {
  return {
    outcome: 'answer',
    wire: true,
    status,
    headers: { 'content-type': 'application/json' },
    body: new TextEncoder().encode(JSON.stringify(content)),
  }
}
