import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { identifierKey } from '../../model/identifier.ts'
import { GapFound, RowRefused } from '../backbone.ts'
import {
  claim,
  committed,
  effect,
  fact,
  fence,
  type Harness,
  message,
  type OpenHarness,
  owned,
  park,
} from './rows.contract.ts'

/** What is promised about steps: facts, states, identifiers, timers, owners and fences. */
export function logContract(open: OpenHarness): void {
  describe('log', () => {
    let harness: Harness
    beforeEach(async () => {
      harness = await open()
    })
    afterEach(() => harness.close())

    test('gives facts dense offsets per partition and tells which', async () => {
      const { backbone } = harness
      const facts = [fact('msg_0-0.0'), fact('msg_0-0.1', { partition: 3, subject: 'shp_2' }), fact('msg_0-1.0')]
      expect((await committed(backbone, { facts })).factOffsets).toEqual([0, 0, 1])
      expect((await committed(backbone, { facts: [fact('msg_0-2.0')] })).factOffsets).toEqual([2])
      expect(await backbone.readLog(0, -1, 10)).toEqual([
        { partition: 0, offset: 0, fact: facts[0]?.fact },
        { partition: 0, offset: 1, fact: facts[2]?.fact },
        { partition: 0, offset: 2, fact: fact('msg_0-2.0').fact },
      ])
      expect(await backbone.readLog(0, 1, 1)).toHaveLength(1)
      expect((await backbone.heads()).facts).toEqual([2, -1, -1, 0])
    })

    test('tells the time that schedules are judged by', async () => {
      const before = await harness.now()
      const told = await harness.backbone.now()
      expect(told).toBeGreaterThanOrEqual(before)
      expect(told).toBeLessThanOrEqual(await harness.now())
    })

    test('stops at a hole in the fact log', async () => {
      const { backbone } = harness
      for (let index = 0; index < 3; index++) await committed(backbone, { facts: [fact(`msg_0-${index}.0`)] })
      await harness.loseFacts(0, 1)
      await expect(backbone.readLog(0, 0, 10)).rejects.toBeInstanceOf(GapFound)
    })

    test('tells the history of an object in order, and what came of a message', async () => {
      const { backbone } = harness
      const facts = [
        fact('msg_1-7.0', { subject: 'shp_1' }),
        fact('msg_1-7.0.delivered', { subject: 'shp_1' }),
        fact('msg_1-7.1', { subject: 'shp_2', partition: 2 }),
        fact('msg_1-70.0', { subject: 'shp_1' }),
      ]
      await committed(backbone, { facts })
      await committed(backbone, {
        facts: [
          fact('eff_1.1.applied', { subject: 'shp_1', causation: 'msg_1-7.0' }),
          fact('tmr_1', { causation: 'tmr_1' }),
        ],
      })
      const ids = (rows: readonly { readonly fact: { readonly id: string } }[]): string[] =>
        rows.map((row) => row.fact.id)
      expect(ids(await backbone.history('shp_1', 10))).toEqual([
        'msg_1-7.0',
        'msg_1-7.0.delivered',
        'msg_1-70.0',
        'eff_1.1.applied',
        'tmr_1',
      ])
      expect(ids(await backbone.history('shp_1', 2))).toEqual(['msg_1-7.0', 'msg_1-7.0.delivered'])
      expect(ids(await backbone.history('shp_9', 2))).toEqual([])
      expect(ids(await backbone.factsOf('msg_1-7', 10))).toEqual([
        'msg_1-7.0',
        'msg_1-7.0.delivered',
        'eff_1.1.applied',
        'msg_1-7.1',
      ])
      expect(ids(await backbone.factsOf('msg_1-8', 10))).toEqual([])
    })

    test('keeps the last state of an object', async () => {
      const { backbone } = harness
      const state = { subject: 'shp_1', tenant: 'acme', version: 1, body: '{"status":"in_transit"}' }
      await committed(backbone, { states: [state, { ...state, subject: 'shp_2' }] })
      await committed(backbone, { states: [{ ...state, version: 2, body: '{"status":"delivered"}' }] })
      const states = await backbone.states(['shp_1', 'shp_2', 'shp_3'])
      expect(states.get('shp_1')).toEqual({ tenant: 'acme', version: 2, body: '{"status":"delivered"}' })
      expect(states.get('shp_2')).toEqual({ tenant: 'acme', version: 1, body: '{"status":"in_transit"}' })
      expect(states.size).toBe(2)
    })

    test('lets one owner at a time work on a partition, and the next one after the lease', async () => {
      const { backbone } = harness
      const first = await backbone.takeOwner('advance', 1, 'node-1', 15)
      expect(first).toEqual({ consumer: 'advance', partition: 1, owner: 'node-1', epoch: 1, offset: -1 })
      expect(await backbone.takeOwner('advance', 1, 'node-2', 15)).toBeUndefined()
      expect(await backbone.takeOwner('translate', 1, 'node-2', 15)).toMatchObject({ epoch: 1 })
      await harness.pass(10_000)
      expect(first === undefined ? false : await backbone.renewOwner(first, 15)).toBe(true)
      await harness.pass(10_000)
      expect(await backbone.takeOwner('advance', 1, 'node-2', 15)).toBeUndefined()
      await harness.pass(6000)
      expect(await backbone.takeOwner('advance', 1, 'node-2', 15)).toMatchObject({ owner: 'node-2', epoch: 2 })
      expect(first === undefined ? true : await backbone.renewOwner(first, 15)).toBe(false)
    })

    test('hands a released partition over at once, with its offset', async () => {
      const { backbone } = harness
      const first = await owned(backbone, 'advance')
      await committed(backbone, { fences: [fence(first, 0)] })
      await committed(backbone, { facts: [fact('msg_0-0.0')] })
      await committed(backbone, { fences: [fence(first, 1)] })
      await backbone.releaseOwner(first)
      expect(await backbone.takeOwner('advance', 0, 'node-2', 15)).toMatchObject({ epoch: 2, offset: 0 })
      expect(await backbone.position('advance', 0)).toEqual({ epoch: 2, offset: 0 })
      expect(await backbone.position('advance', 3)).toEqual({ epoch: 0, offset: -1 })
    })

    test('rolls back everything of a step whose epoch or offset is stale', async () => {
      const { backbone } = harness
      const old = await owned(backbone, 'advance')
      const everything = {
        messages: [message('a')],
        facts: [fact('msg_0-0.0')],
        states: [{ subject: 'shp_1', tenant: 'acme', version: 1, body: '{}' }],
        identifiers: [claim('1Z1', 'shp_1')],
        effects: [effect('1')],
        timers: [{ partition: 0, tenant: 'acme', subject: 'shp_1', name: 'late', at: 1 }],
        parks: [park('msg_0-0')],
        counts: [{ partition: 0, applied: 1, ignored: 0, refused: 0, parked: 0 }],
      }
      expect(await backbone.commit({ ...everything, fences: [{ ...fence(old, 1), from: 5 }] })).toEqual({
        outcome: 'fenced',
      })
      await harness.pass(61_000)
      const fresh = await owned(backbone, 'advance', 0, 'node-2')
      expect(await backbone.commit({ ...everything, fences: [fence(old, 1)] })).toEqual({ outcome: 'fenced' })
      expect(await backbone.heads()).toEqual({ inbox: [-1, -1, -1, -1], facts: [-1, -1, -1, -1] })
      expect((await backbone.states(['shp_1'])).size).toBe(0)
      expect(await backbone.ledger.effects({ limit: 10 })).toEqual([])
      expect(await backbone.dueTimers(0, 10, 10)).toEqual([])
      expect(await backbone.parked({ limit: 10 })).toEqual([])
      expect((await backbone.identifiers([identifierKey(claim('1Z1', 'shp_1'))])).size).toBe(0)
      expect(await backbone.commit({ fences: [fence(fresh, 3)], states: everything.states })).toMatchObject({
        outcome: 'committed',
      })
      expect(await backbone.commit({ fences: [fence(fresh, 3)], states: everything.states })).toEqual({
        outcome: 'fenced',
      })
    })

    test('commits steps in the order of the calls, so that one may be planned on the other', async () => {
      const { backbone } = harness
      const advance = await owned(backbone, 'advance')
      const translate = await owned(backbone, 'translate')
      const chain = Array.from({ length: 12 }, (_, index) => ({
        fences: [
          { ...fence(advance, 1), from: index - 1, to: index },
          ...(index % 3 === 0 ? [{ ...fence(translate, 1), from: index / 3 - 1, to: index / 3 }] : []),
        ],
        states: [{ subject: 'shp_1', tenant: 'acme', version: index, body: '{}' }],
      }))
      const outcomes = await Promise.all(chain.map((step) => backbone.commit(step)))
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(chain.map(() => 'committed'))
      expect((await backbone.states(['shp_1'])).get('shp_1')?.version).toBe(11)
    })

    test('inline: commits only what was planned, at the offsets that were planned', async () => {
      const { backbone } = harness
      const translate = await owned(backbone, 'translate')
      const advance = await owned(backbone, 'advance')
      const step = (identity: string, from: number) => ({
        inline: true as const,
        fences: [
          { ...fence(translate, 1), from, to: from + 1 },
          { ...fence(advance, 1), from, to: from + 1 },
        ],
        messages: [message(identity)],
        facts: [fact(`msg_0-${from + 1}.0`)],
        counts: [{ partition: 0, applied: 1, ignored: 0, refused: 0, parked: 0 }],
      })
      expect(await backbone.commit(step('a', -1))).toEqual({
        outcome: 'committed',
        messages: [{ outcome: 'accepted', id: 'msg_0-0' }],
        factOffsets: [0],
      })
      expect(await backbone.commit(step('a', 0))).toEqual({ outcome: 'conflict', reason: 'duplicate' })
      expect(await backbone.commit({ ...step('b', 0), messages: [message('b'), message('b')] })).toEqual({
        outcome: 'conflict',
        reason: 'duplicate',
      })
      await committed(backbone, { messages: [message('staged')] })
      expect(await backbone.commit(step('c', 0))).toEqual({ outcome: 'conflict', reason: 'offset' })
      expect(await backbone.accounting()).toMatchObject({ received: 2, applied: 1, pending: 1, unaccounted: 0 })
      const catchUp = { ...fence(translate, 1), from: 0, to: 1 }
      await committed(backbone, {
        fences: [catchUp],
        facts: [fact('msg_0-1.0')],
        counts: [{ partition: 0, applied: 0, ignored: 1, refused: 0, parked: 0 }],
      })
      expect(
        await backbone.commit({
          ...step('c', 1),
          fences: [
            { ...fence(translate, 1), from: 1, to: 2 },
            { ...fence(advance, 1), from: 0, to: 1 },
          ],
        }),
      ).toEqual({
        outcome: 'conflict',
        reason: 'offset',
      })
      expect(await backbone.commit({ ...step('c', 1), fences: [] })).toEqual({ outcome: 'conflict', reason: 'offset' })
    })

    test('one identifier belongs to one object at a time', async () => {
      const { backbone } = harness
      const first = claim('1Z1', 'shp_1')
      const key = identifierKey(first)
      await committed(backbone, { identifiers: [first, claim('1Z2', 'shp_1')] })
      await committed(backbone, { identifiers: [first] })
      const step = { identifiers: [claim('1Z9', 'shp_9'), claim('1Z1', 'shp_2')], facts: [fact('msg_0-0.0')] }
      expect(await backbone.commit(step)).toEqual({ outcome: 'conflict', reason: 'identifier' })
      expect((await backbone.identifiers([identifierKey(claim('1Z9', 'shp_9'))])).size).toBe(0)
      expect((await backbone.heads()).facts[0]).toBe(-1)
      await committed(backbone, { identifiers: [claim('1Z1', 'shp_2', { replaces: 'shp_1', from: first.from + 5 })] })
      expect((await backbone.identifiers([key])).get(key)).toEqual([
        { subject: 'shp_2', from: first.from + 5, lastUsed: first.from + 5 },
      ])
    })

    test('a recycled tracking number belongs to both objects, each in its time', async () => {
      const { backbone } = harness
      const first = claim('1Z1', 'shp_1')
      const days = 86_400_000
      await committed(backbone, { identifiers: [first] })
      await committed(backbone, { identifiers: [claim('1Z1', 'shp_2', { from: first.from + 200 * days })] })
      const known = (await backbone.identifiers([identifierKey(first)])).get(identifierKey(first))
      expect(known?.map(({ subject }) => subject)).toEqual(['shp_1', 'shp_2'])
      const sscc = { reference: { scheme: 'sscc', value: '376123450000000018' }, normalized: '376123450000000018' }
      await committed(backbone, { identifiers: [claim('', 'shp_1', sscc)] })
      expect(
        await backbone.commit({ identifiers: [claim('', 'shp_2', { ...sscc, from: first.from + 2000 * days })] }),
      ).toMatchObject({ reason: 'identifier' })
    })

    test('an identifier that is offered is taken where nobody holds it, and whoever holds it keeps it', async () => {
      const { backbone } = harness
      const first = claim('1Z1', 'shp_1')
      const held = async (value: string): Promise<unknown> => {
        const key = identifierKey(claim(value, ''))
        return (await backbone.identifiers([key])).get(key)?.map(({ subject }) => subject)
      }
      await committed(backbone, { identifiers: [first] })
      await committed(backbone, { offers: [claim('1Z1', 'shp_2'), claim('1Z2', 'shp_2'), claim('1Z2', 'shp_3')] })
      await committed(backbone, { offers: [claim('1Z2', 'shp_2'), claim('1Z2', 'shp_4')] })
      expect([await held('1Z1'), await held('1Z2')]).toEqual([['shp_1'], ['shp_2']])
      expect(await backbone.commit({ identifiers: [claim('1Z2', 'shp_9')] })).toMatchObject({ reason: 'identifier' })
      await committed(backbone, { offers: [claim('1Z1', 'shp_5', { from: first.from + 200 * 86_400_000 })] })
      expect(await held('1Z1')).toEqual(['shp_1', 'shp_5'])
    })

    test('of two that claim an identifier at once, one wins', async () => {
      const { backbone } = harness
      const outcomes = await Promise.all(
        ['shp_1', 'shp_2', 'shp_3', 'shp_4'].map((subject) =>
          backbone.commit({ identifiers: [claim('1Z1', subject)] }),
        ),
      )
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['committed', 'conflict', 'conflict', 'conflict'])
    })

    test('timers are armed, moved, disarmed and due in order', async () => {
      const { backbone } = harness
      const timer = (name: string, at: number | null, data?: unknown) => ({
        partition: 0,
        tenant: 'acme',
        subject: 'shp_1',
        name,
        at,
        ...(data === undefined ? {} : { data }),
      })
      await committed(backbone, {
        timers: [
          timer('late', 2000, { code: 'late' }),
          timer('stale', 1000),
          timer('gone', 500),
          { ...timer('other', 1), partition: 1 },
        ],
      })
      await committed(backbone, { timers: [timer('gone', null), timer('never', null)] })
      expect(await backbone.dueTimers(0, 2000, 10)).toEqual([
        timer('stale', 1000),
        timer('late', 2000, { code: 'late' }),
      ])
      expect(await backbone.dueTimers(0, 1999, 10)).toEqual([timer('stale', 1000)])
      expect(await backbone.dueTimers(0, 2000, 1)).toEqual([timer('stale', 1000)])
      await committed(backbone, { timers: [timer('stale', 3000)] })
      expect(await backbone.dueTimers(0, 2000, 10)).toEqual([timer('late', 2000, { code: 'late' })])
    })

    test('timers of a tenant are listed over all partitions, the first that is due first, page by page', async () => {
      const { backbone } = harness
      const timer = (subject: string, at: number, tenant = 'acme', name = 'late') => ({
        partition: subject === 'shp_1' ? 0 : 1,
        ...{ tenant, subject, name, at },
      })
      const [first, second, third] = [timer('shp_2', 10), timer('shp_1', 20), timer('shp_2', 20, 'acme', 'stale')]
      const asked = timer('shp_1', 5, 'acme', 'poll:dhl')
      await committed(backbone, { timers: [third, second, first, asked, timer('shp_3', 1, 'other')] })
      const all = { tenant: 'acme', except: 'poll:', limit: 10 }
      expect(await backbone.timers(all)).toEqual([first, second, third])
      expect(await backbone.timers({ ...all, limit: 2 })).toEqual([first, second])
      expect(await backbone.timers({ ...all, after: second })).toEqual([third])
      expect(await backbone.timers({ ...all, before: 20 })).toEqual([first])
      expect(await backbone.timers({ ...all, subject: 'shp_1' })).toEqual([second])
    })

    test('refuses a step with text that no column takes, and stores nothing of it', async () => {
      const { backbone } = harness
      const step = {
        facts: [fact('msg_0-0.0')],
        states: [{ subject: 'shp_\0', tenant: 'acme', version: 1, body: '{}' }],
      }
      await expect(backbone.commit(step)).rejects.toBeInstanceOf(RowRefused)
      expect((await backbone.heads()).facts[0]).toBe(-1)
      await expect(backbone.commit({ identifiers: [claim('1Z\0', 'shp_1')] })).rejects.toThrow(/identifiers\[0\]/)
    })

    test('keeps text of a fact that a column would refuse', async () => {
      const { backbone } = harness
      const odd = fact('msg_0-0.0', { data: { text: 'a\0b \ud800 ü 🚚' } })
      await committed(backbone, { facts: [odd] })
      expect((await backbone.readLog(0, -1, 1))[0]?.fact).toEqual(odd.fact)
    })
  })
}
