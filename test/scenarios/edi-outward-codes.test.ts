import { afterEach, describe, expect, test } from 'vitest'
import { deskArrival } from '../../src/flow/stewardship/desk.ts'
import { type CodedKind, codeKey } from '../../src/model/codes/code-key.ts'
import type { TaskState } from '../../src/model/task/state.ts'
import { erp, partner, route, taken, wms } from './edi-hub.ts'
import { MemoryCodes } from './memory-codes.ts'
import { SmallHub } from './small-hub.ts'

let hub: SmallHub
let codes: MemoryCodes
let events = 0

const meridian = { partnerId: 'MERIDIANCARRIER', partnerQualifier: '02', acknowledgementMinutes: 120 }

async function start(outward: 'park' | 'pass', standard: 'x12' | 'edifact' = 'x12'): Promise<void> {
  codes = new MemoryCodes()
  const policy = { outward, system: 'theirs', kinds: ['item', 'uom', 'location', 'carrier'] } as const
  hub = await SmallHub.start({
    codes,
    connections: [erp, wms, { ...partner('meridian', { ...meridian, standard }), codes: policy }],
    routes: [route('release_delivery', 'meridian'), route('notify_shipment', 'meridian')],
    answer: () => taken,
  })
}

afterEach(async () => {
  await hub.pass(5000)
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

const called = (kind: CodedKind, value: string, name: string): void => {
  codes.names.set(codeKey({ tenant: 'main', kind, system: 'theirs', qualifier: '', value }), name)
}

async function told(connection: string, type: string, data: object): Promise<void> {
  hub.time.now += 1000
  const occurredAt = new Date(hub.time.now).toISOString()
  await hub.receive(connection, { eventId: `E${++events}`, type, occurredAt, data })
  await hub.pass(3000)
}

const release = async (deliveryNumber: string, sku: string, uom = 'EA'): Promise<void> => {
  const lines = [{ line: '10', sku, quantity: '3', uom }]
  await told('erp', 'delivery.created', { deliveryNumber, orderNumber: 'SO1', location: 'DC1', lines })
  await told('erp', 'delivery.released', { deliveryNumber })
}

/** Segments that were sent, by their tags, document by document. */
const sent = (...tags: readonly string[]): string[] =>
  hub.sent
    .filter(({ request }) => request.url.includes('meridian'))
    .map(({ request }) => Buffer.from(request.body ?? []).toString())
    .map((text) =>
      text
        .split(/[~']\s*/)
        .filter((segment) => tags.includes(segment.split(/[*+]/)[0] ?? ''))
        .join(' '),
    )

async function tasks(): Promise<readonly { readonly id: string; readonly state: TaskState }[]> {
  await hub.pass(5000)
  const logs = await Promise.all([0, 1].map((one) => hub.backbone.readLog(one, -1, 100_000)))
  const ids = logs.flat().flatMap(({ fact }) => (fact.type === 'task.opened' ? [fact.subject] : []))
  const states = await hub.backbone.states(ids)
  return ids.map((id) => ({ id, state: JSON.parse(states.get(id)?.body ?? '{}') as TaskState }))
}

async function decide(id: string, decision: string, data: object = {}): Promise<void> {
  const about = { entity: 'task', references: [{ scheme: 'task', value: id }], unknown: 'create' } as const
  const said = {
    type: 'task.decided',
    about,
    data: { decision, by: { key: 'k', person: 'anna' }, reason: 'seen', data },
  }
  const more = { tenant: 'main', identity: `decide ${id}`, trace: '0'.repeat(32), partitions: 2 }
  const stored = hub.node.intake.accept(deskArrival([said], more))
  await hub.pass(30_000)
  await stored
}

describe('a document to a partner', () => {
  test('says items, units and places as the partner calls them', async () => {
    await start('pass')
    called('item', 'LAMP', 'B-77')
    called('uom', 'EA', 'PC')
    called('location', 'DC1', '0100')
    await release('80000001', 'LAMP')
    expect(sent('W01', 'N1')).toEqual(['N1*WH*0100*92*0100 W01*3*PC**SK*B-77'])
  })

  test('about a shipment says the carrier and the items as the partner calls them, in EDIFACT too', async () => {
    await start('pass', 'edifact')
    called('item', 'LAMP', 'B-77')
    called('carrier', 'dhl', 'DHLX')
    await told('wms', 'shipment.confirmed', {
      ...{ deliveryNumber: '80000001', orderNumber: 'SO1', location: 'DC1', carrier: 'dhl' },
      ...{ packages: [{ trackingNumber: 'JD1' }], lines: [{ line: '10', sku: 'LAMP', quantity: '4', uom: 'EA' }] },
    })
    expect(sent('LIN', 'TDT')).toEqual(['TDT+20++++DHLX LIN+10++B-77:SA'])
  })

  test('waits for a name alone, is asked about once, and all of them leave in order when it is named', async () => {
    await start('park')
    called('item', 'LAMP', 'B-77')
    called('location', 'DC1', '0100')
    for (const number of ['80000001', '80000002', '80000003']) await release(number, 'MUG')
    await release('80000004', 'LAMP')
    expect(sent('W05')).toEqual(['W05*N*80000004'])
    const [asked, ...others] = await tasks()
    expect(others).toEqual([])
    expect(asked?.state.request).toMatchObject({ name: 'name-code', question: 'What does theirs call our item MUG?' })
    await decide(asked?.id ?? '', 'map', { externalValue: 'B-12' })
    expect(sent('W05').slice(1)).toEqual(['W05*N*80000001', 'W05*N*80000002', 'W05*N*80000003'])
    expect(sent('W01').slice(1)).toEqual(Array.from({ length: 3 }, () => 'W01*3*EA**SK*B-12'))
  })

  test('that nobody wants to name a code of is not sent, and is shown at its delivery', async () => {
    await start('park')
    called('location', 'DC1', '0100')
    await release('80000001', 'MUG')
    const [asked] = await tasks()
    await decide(asked?.id ?? '', 'refuse')
    expect(sent('W05')).toEqual([])
    const logs = await Promise.all([0, 1].map((one) => hub.backbone.readLog(one, -1, 100_000)))
    const problems = logs
      .flat()
      .flatMap(({ fact }) =>
        fact.type === 'transmission.unwritable' ? [(fact.data as { problem: string }).problem] : [],
      )
    expect(problems.at(-1)).toMatch(/^Nobody names a code of it/)
  })

  test('leaves in our codes where nothing is named and nobody is strict', async () => {
    await start('pass')
    await release('80000001', 'MUG')
    expect(sent('W01')).toEqual(['W01*3*EA**SK*MUG'])
  })
})
