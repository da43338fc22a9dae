import { describe, expect, test } from 'vitest'
import { openMemory } from '../backbone/contract/memory.contract.ts'
import { committed, effect, fact, type Harness, messages, owned, park } from '../backbone/contract/rows.contract.ts'
import type { Effect, Ledger } from '../backbone/ledger.ts'
import { Oracle, type Violation } from './oracle.ts'

async function opened(rowsPerRound = 2000) {
  const harness = await openMemory()
  const reported: Violation[] = []
  let now = await harness.now()
  const oracle = new Oracle({
    backbone: harness.backbone,
    now: () => now,
    report: (one) => reported.push(one),
    rowsPerRound,
  })
  const pass = async (ms: number): Promise<void> => {
    await harness.pass(ms)
    now += ms
  }
  return { harness, oracle, reported, pass }
}

const hours = 3_600_000

test('a hub in order has nothing to report, and says so for every check', async () => {
  const { harness, oracle, reported } = await opened()
  const { backbone } = harness
  await committed(backbone, {
    messages: messages(5),
    facts: [fact('msg_0-0.0'), fact('msg_0-1.0')],
    effects: [effect('a'), effect('b')],
  })
  await send(harness, 'eff_a')
  await oracle.round()
  expect(reported).toEqual([])
  expect(oracle.counts()).toEqual(
    ['accounting', 'density', 'order', 'orphans'].map((check) => ({ labels: { check }, value: 0 })),
  )
})

test('an input that is nowhere is found', async () => {
  const { harness, oracle, reported } = await opened()
  const { backbone } = harness
  await committed(backbone, { messages: messages(2) })
  const owner = await owned(backbone, 'translate')
  const { partition, epoch, offset } = owner
  await committed(backbone, {
    fences: [{ consumer: 'translate', partition, epoch, from: offset, to: offset + 2 }],
    parks: [park('msg_0-0'), park('msg_0-1')],
    counts: [{ partition, applied: 0, ignored: 0, refused: 0, parked: 2 }],
  })
  await oracle.round()
  expect(reported).toEqual([])
  await harness.loseParked('msg_0-1')
  await oracle.round()
  expect(reported).toEqual([{ check: 'accounting', subject: 'inputs', detail: '1 inputs are unaccounted for' }])
})

describe('a hole', () => {
  test.each(['inbox', 'facts'] as const)('in the %s is found, stays found, and is reported once', async (what) => {
    const { harness, oracle, reported } = await opened()
    await committed(harness.backbone, {
      messages: messages(5),
      facts: [0, 1, 2, 3, 4].map((n) => fact(`msg_0-${n}.0`)),
    })
    await (what === 'inbox' ? harness.loseInbox(0, 2) : harness.loseFacts(0, 2))
    await oracle.round()
    await oracle.round()
    expect(reported.filter(({ check }) => check === 'density')).toMatchObject([{ subject: `${what}-0` }])
    expect(oracle.counts().find(({ labels }) => labels.check === 'density')?.value).toBe(1)
  })

  test('at the end is found', async () => {
    const { harness, oracle, reported } = await opened()
    await committed(harness.backbone, { facts: [fact('msg_0-0.0'), fact('msg_0-1.0')] })
    await harness.loseFacts(0, 1)
    await oracle.round()
    expect(reported).toMatchObject([{ check: 'density', subject: 'facts-0' }])
  })

  test('is found by an oracle that reads a few rows a round and by the next one that goes on from there', async () => {
    const { harness, oracle, reported } = await opened(2)
    const { backbone } = harness
    const append = (from: number) => committed(backbone, { facts: [0, 1].map((n) => fact(`msg_0-${from + n}.0`)) })
    await oracle.round()
    for (let from = 0; from < 8; from += 2) await append(from)
    await harness.loseFacts(0, 5)
    await oracle.round()
    await oracle.round()
    expect(reported).toEqual([])
    const next = new Oracle({ backbone, now: () => 0, report: (one) => reported.push(one), rowsPerRound: 2 })
    await next.round()
    expect(reported).toMatchObject([{ check: 'density', subject: 'facts-0' }])
  })
})

describe('order', () => {
  test('an effect that left before an earlier one of its lane was settled is found', async () => {
    const { harness, oracle, reported } = await opened()
    await committed(harness.backbone, { effects: [effect('a'), effect('b'), effect('other', { key: 'delivery-2' })] })
    await send(harness, 'eff_a')
    const faulty = overtaken(harness, 'eff_b')
    const strict = new Oracle({ backbone: faulty, now: () => 0, report: (one) => reported.push(one) })
    await oracle.round()
    expect(reported).toEqual([])
    await strict.round()
    expect(reported).toEqual([{ check: 'order', subject: 'eff_b', detail: 'eff_a comes first' }])
  })

  test('one that was settled while the oracle looked is no violation', async () => {
    const { harness, reported } = await opened()
    await committed(harness.backbone, { effects: [effect('a'), effect('b')] })
    const backbone = overtaken(harness, 'eff_b', 'eff_a')
    const oracle = new Oracle({ backbone, now: () => 0, report: (one) => reported.push(one) })
    await oracle.round()
    expect(reported).toEqual([])
  })
})

describe('an orphan', () => {
  test('is an attempt that was never ended, half an hour after its deadline', async () => {
    const { harness, oracle, reported, pass } = await opened()
    await committed(harness.backbone, { effects: [effect('a')] })
    await send(harness, 'eff_a')
    await pass(30 * 60_000)
    await oracle.round()
    expect(reported).toEqual([])
    await pass(60_000)
    await oracle.round()
    expect(reported).toEqual([{ check: 'orphans', subject: 'eff_a', detail: 'an attempt was never ended' }])
  })

  test('is a doubt that nobody looked into for more than a day', async () => {
    const { harness, oracle, reported, pass } = await opened()
    const { backbone } = harness
    await committed(backbone, { effects: [effect('a')] })
    const { lane, claimEpoch } = await send(harness, 'eff_a')
    const notBefore = (await harness.now()) + hours
    await backbone.ledger.conclude([
      { lane, claimEpoch, effect: 'eff_a', from: 'sending', to: 'unknown', notBefore, nextAt: notBefore },
    ])
    await pass(25 * hours)
    await oracle.round()
    expect(reported).toEqual([])
    await pass(2 * hours)
    await oracle.round()
    expect(reported).toEqual([{ check: 'orphans', subject: 'eff_a', detail: 'a doubt was never looked into' }])
  })

  test('is a timer that did not fire within ten minutes', async () => {
    const { harness, oracle, reported, pass } = await opened()
    const at = await harness.now()
    const timer = { partition: 0, tenant: 'acme', subject: 'shp_1', name: 'delivery_due', at }
    await committed(harness.backbone, { timers: [timer] })
    await oracle.round()
    await pass(9 * 60_000)
    await oracle.round()
    expect(reported).toEqual([])
    await pass(2 * 60_000)
    await oracle.round()
    expect(reported).toEqual([{ check: 'orphans', subject: 'shp_1', detail: 'the timer delivery_due did not fire' }])
  })

  test('is not a timer that was late when it was made: news of yesterday comes today', async () => {
    const { harness, oracle, reported, pass } = await opened()
    const at = (await harness.now()) - 20 * hours
    for (const name of ['first', 'second', 'third']) {
      await committed(harness.backbone, {
        timers: [{ partition: 0, tenant: 'acme', subject: 'shp_1', name, at }],
      })
      await oracle.round()
      await committed(harness.backbone, {
        timers: [{ partition: 0, tenant: 'acme', subject: 'shp_1', name, at: null }],
      })
      await pass(11 * 60_000)
    }
    expect(reported).toEqual([])
  })
})

test('a violation that is gone and comes back is reported again', async () => {
  const { harness, oracle, reported, pass } = await opened()
  const { backbone } = harness
  const now = await harness.now()
  const timer = { partition: 0, tenant: 'acme', subject: 'shp_1', name: 'delivery_due' }
  for (const at of [now - hours, null, now - hours]) {
    await committed(backbone, { timers: [{ ...timer, at }] })
    await oracle.round()
    await pass(11 * 60_000)
    await oracle.round()
  }
  expect(reported).toHaveLength(2)
})

async function send({ backbone }: Harness, id: string): Promise<{ lane: string; claimEpoch: number }> {
  const [claimed] = await backbone.ledger.claim({ node: 'n1', claimSeconds: 60, limit: 1 })
  if (claimed?.effect.id !== id) throw new Error(`expected ${id} at the head`)
  const { lane, claimEpoch } = claimed
  await backbone.ledger.intend([{ lane, claimEpoch, effect: id, reserveMs: 35_000 }])
  return { lane, claimEpoch }
}

/** The same backbone with a fault: this effect is on its way, whatever its lane says. */
function overtaken({ backbone }: Harness, id: string, settled?: string): Harness['backbone'] {
  const { ledger } = backbone
  const seen = (one: Effect): Effect => (one.id === id ? { ...one, state: 'sending' } : one)
  const faulty: Partial<Ledger> = {
    counts: () => ledger.counts(),
    effects: async (filter) => (await ledger.effects(filter)).map(seen),
    effect: async (one) => {
      const found = await ledger.effect(one)
      return found !== undefined && one === settled ? { ...found, state: 'applied' } : found
    },
  }
  return new Proxy(backbone, {
    get: (real, name) => {
      const value: unknown = name === 'ledger' ? faulty : Reflect.get(real, name)
      return typeof value === 'function' ? value.bind(real) : value
    },
  })
}
