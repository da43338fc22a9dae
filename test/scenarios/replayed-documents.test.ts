import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InterlineError } from '../../src/base/errors.ts'
import { Replayer, type ReplayProgress } from '../../src/flow/replay/replay.ts'
import type { ReplaySpec } from '../../src/flow/replay/replay-spec.ts'
import type { DocumentState } from '../../src/model/documents/document.ts'
import { SmallHub } from './small-hub.ts'

let hub: SmallHub

beforeEach(async () => {
  hub = await SmallHub.start({
    connections: [{ id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } }],
  })
})

afterEach(async () => {
  expect(hub.failures).toEqual([])
  expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
  await hub.stop()
})

describe('a replay of what was said word for word before', () => {
  test('holds no order again that was let go since', async () => {
    await say('order.created', { lines: [{ line: '10', sku: 'LAMP', quantity: '4', uom: 'EA' }] })
    const held = await say('order.held')
    await say('order.hold_released')
    const before = order()
    expect(before.status).toBe('accepted')
    const { newFacts, newEffects } = await replay(held, { dryRun: true })
    expect([newFacts, newEffects]).toEqual([0, 0])
    const facts = await factCount()
    await replay(held)
    expect(order()).toEqual(before)
    // The report itself, that it came again.
    expect(await factCount()).toBe(facts + 1)
  })

  test('takes no newer word back', async () => {
    const first = await say('order.created', { route: 'R-1' })
    await say('order.changed', { route: 'R-2' })
    const before = order()
    expect(before.object).toMatchObject({ route: 'R-2' })
    await replay(first)
    expect(order()).toEqual(before)
  })
})

test('what was never folded is told anew by a replay', async () => {
  const first = await say('order.created', { route: 'R-1' })
  const [id] = hub.backbone.tables.states.keys()
  // As after a fault of ours: the log knows which fact was not folded.
  const told = (await hub.backbone.factsOf(first, 10)).find(({ fact }) => fact.type === 'order.reported')
  if (id === undefined || told === undefined) throw new Error('the order is not there')
  const failed = { fact: told.fact.id, type: told.fact.type, problem: 'TypeError' }
  const fact = { ...told.fact, id: `${told.fact.id}.fold_failed`, type: 'hub.fold_failed', data: failed }
  await hub.backbone.commit({ facts: [{ partition: told.partition, fact }] })
  const { version } = hub.backbone.tables.states.get(id) ?? { version: 0 }
  await replay(first)
  expect(hub.backbone.tables.states.get(id)?.version).toBe(version + 1)
})

let events = 0

/** The ERP says something of the one order. */
function say(type: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  return hub.receive('erp', {
    ...{ eventId: `e-${events++}`, type, occurredAt: '2026-04-12T12:00:00Z' },
    data: { orderNumber: 'SO-1', ...more },
  })
}

function order(): DocumentState {
  const found = [...hub.backbone.tables.states].find(([id]) => id.startsWith('ord_'))
  if (found === undefined) throw new Error('there is no order')
  return JSON.parse(found[1].body) as DocumentState
}

test.for(['DATABASE_UNAVAILABLE', 'HUB_BUSY'] as const)('a replay outlives %s and does nothing twice', async (code) => {
  const messages = [await say('order.created', { route: 'R-1' }), await say('order.held')]
  const before = (await hub.backbone.accounting()).received
  const { jobs } = hub.backbone.stores
  const spec: ReplaySpec = { dryRun: false, messages, perSecond: 100, by: 'a test' }
  await jobs.create({ id: 'job_away', kind: 'replay', tenant: 'main', spec })
  let calls = 0
  const { intake } = hub.node
  const replayer = new Replayer(hub.node.place, {
    // The first of the portion is taken, the second is not.
    accept: (arrival) =>
      ++calls === 2 ? Promise.reject(new InterlineError(code, { state: 'connect' })) : intake.accept(arrival),
  })
  const interrupted = expect(replayer.round()).rejects.toMatchObject({ code })
  await hub.pass(5000)
  await interrupted
  expect(await jobs.get('job_away')).toMatchObject({ state: 'running' })
  for (let isBusy = true; isBusy; ) {
    const round = replayer.round()
    await hub.pass(5000)
    isBusy = await round
  }
  expect(await jobs.get('job_away')).toMatchObject({ state: 'done', progress: { done: 2, failed: 0 } })
  expect((await hub.backbone.accounting()).received).toBe(before + 2)
})

async function factCount(): Promise<number> {
  const { facts } = await hub.backbone.heads()
  return facts.reduce((sum, head) => sum + head + 1, 0)
}

/** How far it got. */
async function replay(message: string, { dryRun = false } = {}): Promise<ReplayProgress> {
  const spec: ReplaySpec = { dryRun, messages: [message], perSecond: 100, by: 'a test' }
  const { jobs } = hub.backbone.stores
  const id = `job_${events++}`
  await jobs.create({ id, kind: 'replay', tenant: 'main', spec })
  const replayer = new Replayer(hub.node.place, hub.node.intake)
  for (let isBusy = true; isBusy; ) {
    const round = replayer.round()
    await hub.pass(5000)
    isBusy = await round
  }
  return (await jobs.get(id))?.progress as unknown as ReplayProgress
}
