import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Replayer } from '../../src/flow/replay/replay.ts'
import { SmallHub } from './small-hub.ts'

let hub: SmallHub

afterEach(async () => {
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

describe.each([true, false])('a message that cannot be read (inline lane: %s)', (inline) => {
  beforeEach(async () => {
    hub = await SmallHub.start({ inline, connections: [{ id: 'wms', connector: 'generic-wms', settings: {} }] })
  })

  test('that is corrected is translated in its own place, and what came behind it follows in order', async () => {
    const first = await hub.receive('wms', gain('e1', 'ten'))
    const second = await hub.receive('wms', gain('e2', '5'))
    const other = await hub.receive('wms', gain('e3', '1', 'SKU-2'))
    expect(await parked()).toEqual([
      [first, 'CONTENT_INVALID'],
      [second, 'BEHIND_PARKED'],
    ])
    expect(await hub.factsOf(other)).toContain('inventory.movement_posted')
    const correction = await hub.receive('wms', gain('e1', '10'), { corrects: first })
    await hub.pass(2000)
    expect(await parked()).toEqual([])
    expect(await hub.factsOf(correction)).toEqual([])
    const changes = await balances('SKU-1')
    // In the order in which they were received: the corrected one first.
    expect(changes).toEqual([
      [first, '10'],
      [second, '15'],
    ])
  })

  test('that waits behind another and is corrected still waits for its turn', async () => {
    const first = await hub.receive('wms', gain('e1', 'ten'))
    const second = await hub.receive('wms', gain('e2', 'five'))
    await hub.receive('wms', gain('e2', '5'), { corrects: second })
    await hub.pass(2000)
    expect(await parked()).toEqual([
      [first, 'CONTENT_INVALID'],
      [second, 'BEHIND_PARKED'],
    ])
    await hub.receive('wms', gain('e1', '10'), { corrects: first })
    await hub.pass(2000)
    expect(await balances('SKU-1')).toEqual([
      [first, '10'],
      [second, '15'],
    ])
  })

  test('that is released with those behind it and fails again is not overtaken by them', async () => {
    const first = await hub.receive('wms', gain('e1', 'ten'))
    const second = await hub.receive('wms', gain('e2', '5'))
    const third = await hub.receive('wms', gain('e3', 'three'))
    const fourth = await hub.receive('wms', gain('e4', '4'))
    for (const released of [[first, second, third, fourth], [second], [fourth]]) {
      await hub.backbone.release(released, 'operator')
      await hub.pass(8000)
      expect((await parked()).map(([message]) => message)).toEqual([first, second, third, fourth])
      expect(await balances('SKU-1')).toEqual([])
    }
    await hub.receive('wms', gain('e3', '3'), { corrects: third })
    await hub.receive('wms', gain('e1', '10'), { corrects: first })
    await hub.pass(8000)
    expect(await balances('SKU-1')).toEqual([
      [first, '10'],
      [second, '15'],
      [third, '18'],
      [fourth, '22'],
    ])
  })

  test('that is not released holds back what is released behind it, in a batch with many other keys', async () => {
    const wrong: string[] = []
    for (let item = 0; item < 30; item++) wrong.push(await hub.receive('wms', gain(`w${item}`, 'ten', `ITEM-${item}`)))
    const gap = await hub.receive('wms', gain('g', 'none', 'GAP'))
    const behind = await hub.receive('wms', gain('b', '5', 'GAP'))
    const good = await hub.receive('wms', gain('r', '7', 'ITEM-0'))
    for (const [item, id] of wrong.entries())
      await hub.receive('wms', gain(`w${item}`, '1', `ITEM-${item}`), { corrects: id })
    await hub.backbone.release([behind], 'operator')
    await hub.pass(8000)
    expect((await parked()).map(([message]) => message)).toEqual([gap, behind])
    expect(await balances('ITEM-0')).toEqual([
      [wrong[0], '1'],
      [good, '8'],
    ])
    await hub.receive('wms', gain('g', '2', 'GAP'), { corrects: gap })
    await hub.pass(8000)
    expect(await balances('GAP')).toEqual([
      [gap, '2'],
      [behind, '7'],
    ])
  })

  test('that is corrected wrongly stays parked with the new reason and can be corrected again', async () => {
    const first = await hub.receive('wms', gain('e1', 'ten'))
    await hub.receive('wms', gain('e1', '-10'), { corrects: first })
    await hub.pass(2000)
    const [park] = await hub.backbone.parked({ limit: 10 })
    expect(park).toMatchObject({ message: first, code: 'CONTENT_INVALID', attempts: 2 })
    expect(park?.detail).toContain('not negative')
    await hub.receive('wms', gain('e1', '10'), { corrects: first })
    await hub.pass(2000)
    expect(await parked()).toEqual([])
    expect(await balances('SKU-1')).toEqual([[first, '10']])
  })

  test('and was corrected is replayed as it was corrected, with nothing new', async () => {
    const first = await hub.receive('wms', gain('e1', 'ten'))
    await hub.receive('wms', gain('e1', '10'), { corrects: first })
    await hub.pass(2000)
    const spec = { dryRun: false, connection: 'wms', perSecond: 1000, by: 'anna' }
    await hub.backbone.stores.jobs.create({ id: 'again', tenant: 'main', kind: 'replay', spec })
    await replayAll()
    expect(await parked()).toEqual([])
    expect(await balances('SKU-1')).toEqual([[first, '10']])
    expect(await hub.backbone.stores.jobs.get('again')).toMatchObject({ progress: { done: 1, failed: 0 } })
  })

  test('holds its day against retention; a replay goes on behind what is gone, and says how much that was', async () => {
    await hub.receive('wms', gain('e0', '1'))
    await later(1)
    const poison = await hub.receive('wms', gain('e1', 'ten'))
    await later(1)
    await hub.receive('wms', gain('e2', '5', 'SKU-2'))
    await later(100)
    const before = new Date(hub.time.now - 90 * day).toISOString().slice(0, 10)
    expect(await hub.backbone.retire({ messagesBefore: before, dryRun: false })).toMatchObject({
      messages: 2,
      held: [{ reason: '1 parked messages' }],
    })
    await hub.receive('wms', gain('e3', '2', 'SKU-2'))
    const spec = { dryRun: false, perSecond: 1000, by: 'anna' }
    const { jobs } = hub.backbone.stores
    await jobs.create({ id: 'range', tenant: 'main', kind: 'replay', spec: { ...spec, connection: 'wms' } })
    await jobs.create({
      id: 'list',
      tenant: 'main',
      kind: 'replay',
      spec: { ...spec, messages: ['msg_0-0', 'msg_1-0'] },
    })
    const recent = { ...spec, connection: 'wms', since: hub.time.now - day }
    await jobs.create({ id: 'recent', tenant: 'main', kind: 'replay', spec: recent })
    await replayAll()
    expect(await jobs.get('range')).toMatchObject({ state: 'done', progress: { done: 2, missing: 2 } })
    expect(await jobs.get('list')).toMatchObject({ state: 'done', progress: { missing: 2 } })
    expect(await jobs.get('recent')).toMatchObject({ state: 'done', progress: { done: 1, missing: 0 } })
    expect(await parked()).toContainEqual([poison, 'CONTENT_INVALID'])
  })

  test('with an identity that was used before waits alone: its key goes on, and a person decides', async () => {
    await hub.receive('wms', gain('e1', '10'))
    const reused = await hub.receive('wms', gain('e1', '12', 'SKU-1', 'another'))
    const next = await hub.receive('wms', gain('e2', '5'))
    expect(await parked()).toEqual([[reused, 'IDENTITY_REUSED']])
    expect(await hub.factsOf(next)).toContain('inventory.movement_posted')
    await hub.backbone.release([reused], 'anna')
    hub.node.wake()
    await hub.pass(2000)
    expect(await parked()).toEqual([])
    expect(await hub.factsOf(reused)).toContain('inventory.movement_posted')
  })

  test('with an identity that was used before does not overtake a parked one of its key when it is released', async () => {
    await hub.receive('wms', gain('e1', '10'))
    const reused = await hub.receive('wms', gain('e1', '12'))
    const poison = await hub.receive('wms', gain('e2', 'five'))
    await hub.backbone.release([reused], 'anna')
    hub.node.wake()
    await hub.pass(2000)
    expect(await parked()).toEqual([
      [reused, 'BEHIND_PARKED'],
      [poison, 'CONTENT_INVALID'],
    ])
  })
})

test('an event that EasyPost tells again with other delivery details is a duplicate, and blocks nothing', async () => {
  hub = await SmallHub.start({
    connections: [{ id: 'easypost', connector: 'easypost', settings: { webhookSecret: 'not-a-real-secret' } }],
  })
  const event = (pending: readonly string[], status: string): unknown => ({
    id: 'evt_1',
    object: 'Event',
    description: 'tracker.updated',
    pending_urls: pending,
    completed_urls: ['https://a.example'].filter((url) => !pending.includes(url)),
    result: {
      id: 'trk_1',
      object: 'Tracker',
      tracking_code: 'EZ1000000001',
      carrier: 'UPS',
      status,
      updated_at: '2026-04-12T12:00:00Z',
      tracking_details: [{ status, message: 'On its way', datetime: '2026-04-12T11:00:00Z' }],
    },
  })
  const first = await hub.receive('easypost', event(['https://a.example'], 'in_transit'))
  expect(await hub.receive('easypost', event([], 'in_transit'))).toBe(first)
  expect(await parked()).toEqual([])
  const other = await hub.receive('easypost', event([], 'delivered'))
  expect(await parked()).toEqual([[other, 'IDENTITY_REUSED']])
})

function gain(id: string, quantity: string, sku = 'SKU-1', document = id): unknown {
  return {
    eventId: id,
    type: 'movement',
    occurredAt: '2026-04-12T12:00:00Z',
    data: {
      movement: 'adjust_gain',
      sku,
      quantity,
      uom: 'EA',
      to: { location: 'W1' },
      document: { kind: 'adjustment', id: document },
    },
  }
}

async function parked(): Promise<[message: string, code: string][]> {
  return (await hub.backbone.parked({ limit: 100 })).map(({ message, code }) => [message, code])
}

/** Which message changed the stock of an item, and what was there afterwards. */
async function balances(sku: string): Promise<[message: string, onHand: string][]> {
  const { facts } = await hub.backbone.heads()
  const logs = await Promise.all(facts.map((head, partition) => hub.backbone.readLog(partition, -1, head + 1)))
  return logs.flat().flatMap(({ fact }) => {
    const data = fact.data as { sku?: string; changes?: readonly { onHand: string }[] }
    if (fact.type !== 'inventory.balance_changed' || data.sku !== sku) return []
    return [[fact.id.split('.')[0] ?? '', data.changes?.[0]?.onHand ?? '']]
  })
}

const day = 86_400_000

/** Days pass in which nothing happens; everybody looks around then. */
async function later(days: number): Promise<void> {
  hub.time.now += days * day
  await hub.pass(20_000)
}

/** Works on all jobs, portion by portion, until there are none. */
async function replayAll(): Promise<void> {
  const replayer = new Replayer(hub.node.place, hub.node.intake)
  for (let isBusy = true; isBusy; ) {
    const round = replayer.round()
    await hub.pass(5000)
    isBusy = await round
  }
}
