import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { outward } from '../../src/flow/dispatch/outward.ts'
import { deskArrival } from '../../src/flow/stewardship/desk.ts'
import { codeKey, readCodeKey } from '../../src/model/codes/code-key.ts'
import { withCodesIn } from '../../src/model/codes/coded-members.ts'
import type { TaskState } from '../../src/model/task/state.ts'
import { MemoryCodes } from './memory-codes.ts'
import { SmallHub } from './small-hub.ts'

let hub: SmallHub
let codes: MemoryCodes

async function start(outwardPolicy: 'park' | 'pass' = 'park'): Promise<void> {
  codes = new MemoryCodes()
  hub = await SmallHub.start({
    codes,
    connections: [
      {
        ...{ id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
        codes: { outward: outwardPolicy, system: 'books', kinds: ['item', 'location'] },
      },
      { id: 'wms', connector: 'generic-wms', settings: {} },
    ],
    routes: [{ command: 'post_goods_issue', target: 'erp', tenant: 'main' }],
    answer: () => ({
      ...{ outcome: 'answer', wire: true, status: 201, headers: {} },
      body: new TextEncoder().encode('{"documentNumber":"D1"}'),
    }),
  })
}

afterEach(async () => {
  await hub.pass(60_000)
  expect(hub.failures).toEqual([])
  await hub.stop()
})

const keyOf = (kind: 'item' | 'location', value: string): string =>
  codeKey({ tenant: 'main', kind, system: 'books', qualifier: '', value })

async function ship(deliveryNumber: string, sku: string): Promise<void> {
  await hub.receive('wms', {
    ...{ eventId: `S${deliveryNumber}`, type: 'shipment.confirmed', occurredAt: '2026-04-12T10:00:00Z' },
    data: {
      ...{ deliveryNumber, location: 'DC1', carrier: 'dhl', packages: [{ trackingNumber: `T${deliveryNumber}` }] },
      lines: [{ line: '10', sku, quantity: '4', uom: 'EA' }],
    },
  })
  await hub.pass(2000)
}

/** Deliveries that were posted, with the item and the place as they were told. */
const posted = (): string[] =>
  hub.sent
    .filter(({ request }) => request.method === 'POST')
    .map(({ request }) => JSON.parse(new TextDecoder().decode(request.body as Uint8Array)))
    .map(({ header, lines }) => `${header.deliveryNumber} ${lines[0].sku} ${header.location}`)

async function tasks(): Promise<readonly { readonly id: string; readonly state: TaskState }[]> {
  await hub.pass(5000)
  const logs = await Promise.all([0, 1].map((one) => hub.backbone.readLog(one, -1, 100_000)))
  const ids = logs.flat().flatMap(({ fact }) => (fact.type === 'task.opened' ? [fact.subject] : []))
  const states = await hub.backbone.states(ids)
  return ids.map((id) => ({ id, state: JSON.parse(states.get(id)?.body ?? '{}') as TaskState }))
}

async function decide(id: string, decision: string, data: object = {}): Promise<void> {
  const about = { entity: 'task', references: [{ scheme: 'task', value: id }], unknown: 'create' } as const
  const by = { key: 'key_1', person: 'anna' }
  const said = { type: 'task.decided', about, data: { decision, by, reason: 'seen the catalogue', data } }
  const more = { tenant: 'main', identity: `decide ${id}`, trace: '0'.repeat(32), partitions: 2 }
  const stored = hub.node.intake.accept(deskArrival([said], more))
  await hub.pass(30_000)
  await stored
}

describe('what leaves for a system that has names of its own', () => {
  test('leaves with them', async () => {
    await start()
    codes.names.set(keyOf('item', 'LAMP'), 'B-77').set(keyOf('location', 'DC1'), '0100')
    await ship('80000001', 'LAMP')
    expect(posted()).toEqual(['80000001 B-77 0100'])
  })

  test('waits for a name alone, is asked about once however much waits, and leaves in order when it is named', async () => {
    await start()
    codes.names.set(keyOf('item', 'LAMP'), 'B-77').set(keyOf('location', 'DC1'), '0100')
    for (const number of ['80000001', '80000002', '80000003']) await ship(number, 'MUG')
    await ship('80000004', 'LAMP')
    expect(posted()).toEqual(['80000004 B-77 0100'])
    const [asked, ...others] = await tasks()
    expect(others).toEqual([])
    expect(asked?.state.request).toMatchObject({
      ...{ name: 'name-code', role: 'master-data', question: 'What does books call our item MUG?' },
    })
    await decide(asked?.id ?? '', 'map', { externalValue: 'B-12' })
    expect(posted().slice(1)).toEqual(['80000001 B-12 0100', '80000002 B-12 0100', '80000003 B-12 0100'])
    expect(await tasks()).toHaveLength(1)
    expect((await hub.backbone.ledger.counts()).every(({ state }) => state === 'applied')).toBe(true)
  })

  test('is asked about again when the name means something else there, and leaves as it is when that is right', async () => {
    await start()
    codes.names.set(keyOf('item', 'LAMP'), 'B-77').set(keyOf('location', 'DC1'), '0100')
    await ship('80000001', 'MUG')
    const [first] = await tasks()
    await decide(first?.id ?? '', 'map', { externalValue: 'B-77' })
    const [, second] = await tasks()
    await decide(second?.id ?? '', 'keep')
    expect(posted()).toEqual(['80000001 MUG 0100'])
  })

  test('needs nobody when the name comes by an import', async () => {
    await start()
    codes.names.set(keyOf('location', 'DC1'), '0100')
    await ship('80000001', 'MUG')
    expect(await tasks()).toHaveLength(1)
    await codes.name(keyOf('item', 'MUG'), { external: 'B-12' })
    await hub.pass(60_000)
    expect(posted()).toEqual(['80000001 B-12 0100'])
    expect((await tasks()).map(({ state }) => state.outcome?.decision)).toEqual(['obsolete'])
  })

  test('does not leave when a person does not want it, and the next one is asked about again', async () => {
    await start()
    codes.names.set(keyOf('location', 'DC1'), '0100')
    await ship('80000001', 'MUG')
    const [first] = await tasks()
    await decide(first?.id ?? '', 'refuse')
    expect((await hub.backbone.ledger.counts()).map(({ state }) => state)).toEqual(['cancelled'])
    await ship('80000002', 'MUG')
    const [, second] = await tasks()
    expect(second?.state.outcome).toBeUndefined()
    await decide(second?.id ?? '', 'keep')
    expect(posted()).toEqual(['80000002 MUG 0100'])
  })

  test('leaves as it is where nobody is strict and nothing is named', async () => {
    await start('pass')
    await ship('80000001', 'MUG')
    expect(posted()).toEqual(['80000001 MUG DC1'])
    expect(await tasks()).toEqual([])
  })
})

test('what is translated inwards and out again is what it was, whatever the names are', async () => {
  await start()
  const name = fc.stringMatching(/^[A-Z0-9-]{1,8}$/)
  const pairs = fc.uniqueArray(fc.tuple(name, name), { minLength: 1, maxLength: 8, selector: ([ours]) => ours })
  fc.assert(
    fc.property(pairs, fc.nat(100), (given, pick) => {
      // One name means one thing, and one thing has one name.
      const known = given.filter(([, theirs], index) => given.findIndex(([, other]) => other === theirs) === index)
      const inwards = new Map(known.map(([ours, theirs]) => [theirs, ours]))
      const [, theirs = ''] = known[pick % known.length] ?? []
      const document = { sku: theirs, lines: [{ sku: theirs, quantity: '1' }], references: [{ sku: theirs }] }
      const ours = withCodesIn(document, ({ value }) => inwards.get(value) ?? value)
      const namesOf = (key: string) =>
        known
          .filter(([canonical]) => canonical === readCodeKey(key).value)
          .map(([, external]) => ({ external, isFallback: false }))
      const policy = { unknown: 'pass', outward: 'park', system: 'books', kinds: ['item'] } as const
      const back = outward(ours, { at: 0, tenant: 'main', codes: policy, namesOf })
      expect(back).toEqual({ payload: document, missing: [] })
    }),
  )
})
