import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ownership } from '../backbone.ts'
import type { Conclusion, EffectState } from '../ledger.ts'
import { heldBecause, quarterAfter, quarterOf, type Retention, type Retired } from '../retention.ts'
import {
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

/** What is promised about what is kept how long. */
export function retentionContract(open: OpenHarness): void {
  describe('retention', () => {
    let harness: Harness
    beforeEach(async () => {
      harness = await open()
    })
    afterEach(() => harness.close())

    /** What is older than so many days goes. */
    const retire = async (
      days: { readonly messages?: number; readonly facts?: number; readonly effects?: number },
      dryRun = false,
    ): Promise<Retired> => {
      const now = await harness.now()
      const before = (count: number | undefined): string | undefined =>
        count === undefined ? undefined : new Date(now - count * dayMs).toISOString().slice(0, 10)
      const wanted = {
        messagesBefore: before(days.messages),
        factsBefore: before(days.facts),
        effectsBefore: before(days.effects),
      }
      const retention = Object.fromEntries(Object.entries(wanted).filter(([, day]) => day !== undefined))
      return harness.backbone.retire({ ...retention, dryRun } as Retention)
    }
    const receive = (...names: string[]): Promise<unknown> =>
      committed(harness.backbone, { messages: names.map((name) => message(name)) })
    const translated = async (by: Ownership, count: number, parked = 0): Promise<Ownership> => {
      await committed(harness.backbone, {
        fences: [fence(by, count)],
        counts: [{ partition: 0, applied: count - parked, ignored: 0, refused: 0, parked }],
      })
      return { ...by, offset: by.offset + count }
    }

    test('messages go by whole days once they are old, are translated, and nobody needs them', async () => {
      const { backbone } = harness
      await receive('a', 'b')
      await harness.age(1)
      await receive('c')
      await harness.age(30)
      await receive('d')
      const translate = await owned(backbone, 'translate')
      expect(await retire({ messages: 30 })).toMatchObject({
        messages: 0,
        held: [{ kind: 'messages', reason: heldBecause.translate }],
      })
      await translated(translate, 4)
      expect(await retire({ messages: 30 }, true)).toMatchObject({ messages: 1, held: [] })
      expect(await backbone.message('msg_0-0')).toBeDefined()
      expect(await retire({ messages: 30 })).toMatchObject({ messages: 1, held: [] })
      expect(await Promise.all(['msg_0-0', 'msg_0-1'].map((id) => backbone.message(id)))).toEqual([
        undefined,
        undefined,
      ])
      expect((await backbone.readInbox(0, 1, 10)).map(({ identity }) => identity)).toEqual(['c', 'd'])
      expect(await backbone.droppedDays('inbox', 0)).toMatchObject([{ first: 0, next: 2 }])
      expect(await backbone.accounting()).toMatchObject({ received: 4, applied: 4, pending: 0, unaccounted: 0 })
      await receive('e')
      expect((await backbone.message('msg_0-4'))?.identity).toBe('e')
      expect(await retire({ messages: 30 })).toMatchObject({ messages: 0, held: [] })
    })

    test('a day of a parked message stays until somebody has decided, and the days after it need not wait', async () => {
      const { backbone } = harness
      await receive('a', 'b')
      await harness.age(1)
      await receive('c')
      await harness.age(100)
      const translate = await owned(backbone, 'translate')
      await committed(backbone, { parks: [park('msg_0-1')] })
      const after = await translated(translate, 3, 1)
      const retired = await retire({ messages: 90 })
      expect(retired).toMatchObject({ messages: 1, held: [{ kind: 'messages', reason: '1 parked messages' }] })
      expect(retired.oldest.messages).toBe(retired.held[0]?.day)
      expect((await backbone.message('msg_0-1'))?.identity).toBe('b')
      expect(await backbone.message('msg_0-2')).toBeUndefined()
      expect(await backbone.droppedDays('inbox', 0)).toMatchObject([{ first: 2, next: 3 }])
      expect(await backbone.accounting()).toMatchObject({ received: 3, applied: 2, parked: 1, unaccounted: 0 })
      await committed(backbone, {
        fences: [fence(after, 0)],
        unparks: [{ message: 'msg_0-1', outcome: 'applied' }],
      })
      expect(await retire({ messages: 90 })).toMatchObject({ messages: 1, held: [] })
      expect(await backbone.accounting()).toMatchObject({ received: 3, applied: 3, parked: 0, unaccounted: 0 })
    })

    test('corrected bytes stay as long as the message that they correct is parked', async () => {
      const { backbone } = harness
      await receive('a')
      await harness.age(1)
      await receive('correction of a')
      await harness.age(100)
      const translate = await owned(backbone, 'translate')
      await committed(backbone, { parks: [park('msg_0-0')] })
      await committed(backbone, { corrections: [{ message: 'msg_0-0', by: 'msg_0-1' }] })
      await translated(translate, 2, 1)
      expect((await retire({ messages: 90 })).held.map(({ reason }) => reason)).toEqual([
        heldBecause.parked(1),
        heldBecause.correction,
      ])
      expect((await backbone.message('msg_0-1'))?.identity).toBe('correction of a')
    })

    test('an identity is remembered at least as long as its message, and then forgotten too', async () => {
      const { backbone } = harness
      const isKnown = async (): Promise<boolean> => (await backbone.known([message('a')]))[0] !== undefined
      await receive('a')
      await translated(await owned(backbone, 'translate'), 1)
      const seen: string[] = []
      for (let days = 0; days < 220; days += 20) {
        await harness.age(20)
        await retire({ messages: 30 })
        const isThere = (await backbone.message('msg_0-0')) !== undefined
        seen.push(`${isThere ? 'message' : 'no message'}, ${(await isKnown()) ? 'known' : 'unknown'}`)
      }
      expect(seen).not.toContain('message, unknown')
      expect(seen[0]).toBe('message, known')
      expect(seen.at(-1)).toBe('no message, unknown')
      expect((await committed(backbone, { messages: [message('a')] })).messages).toEqual([
        { outcome: 'accepted', id: 'msg_0-1' },
      ])
    })

    test('facts stay until they are folded and every reader has had them; states, timers and identifiers stay for ever', async () => {
      const { backbone } = harness
      const { cursors } = backbone.stores
      const timer = { partition: 0, tenant: 'acme', subject: 'shp_1', name: 'late', at: 1 }
      const state = { subject: 'shp_1', tenant: 'acme', version: 3, body: '{"status":"in_transit"}' }
      await committed(backbone, {
        facts: [fact('msg_0-0.0'), fact('msg_0-1.0')],
        states: [state],
        timers: [timer],
      })
      await harness.age(1)
      await committed(backbone, { facts: [fact('msg_0-2.0')] })
      await harness.age(1200)
      const held = async (): Promise<readonly string[]> =>
        (await retire({ facts: 1100 })).held.map(({ reason }) => reason)
      expect(await held()).toEqual([heldBecause.advance, heldBecause.advance])
      const advance = await owned(backbone, 'advance')
      await committed(backbone, { fences: [fence(advance, 3)] })
      await cursors.save([
        { subscriber: 'subscription:1', partition: 0, offset: 1 },
        { subscriber: 'oracle-inbox', partition: 0, offset: -1 },
      ])
      expect(await retire({ facts: 1100 })).toMatchObject({
        facts: 1,
        held: [{ kind: 'facts', reason: heldBecause.reader('subscription:1') }],
      })
      expect((await backbone.history('shp_1', 10)).map(({ fact: { id } }) => id)).toEqual(['msg_0-2.0'])
      expect(await backbone.factsOf('msg_0-0', 10)).toEqual([])
      expect(await backbone.factsOf('msg_0-2', 10)).toHaveLength(1)
      expect((await backbone.readLog(0, 1, 10)).map(({ offset }) => offset)).toEqual([2])
      expect(await backbone.droppedDays('facts', 0)).toMatchObject([{ first: 0, next: 2 }])
      await cursors.remove('subscription:1')
      expect(await retire({ facts: 1100 })).toMatchObject({ facts: 1, held: [] })
      expect((await backbone.states(['shp_1'])).get('shp_1')).toEqual({
        tenant: 'acme',
        version: 3,
        body: '{"status":"in_transit"}',
      })
      expect(await backbone.dueTimers(0, 2, 10)).toMatchObject([{ subject: 'shp_1', name: 'late' }])
      expect((await committed(backbone, { facts: [fact('msg_0-3.0')] })).factOffsets).toEqual([3])
    })

    test('nothing goes for which no day is named', async () => {
      const { backbone } = harness
      await receive('a')
      await committed(backbone, { facts: [fact('msg_0-0.0')], effects: [effect('1')] })
      await translated(await owned(backbone, 'translate'), 1)
      await committed(backbone, { fences: [fence(await owned(backbone, 'advance'), 1)] })
      await settle('1', 'applied')
      await harness.age(3650)
      expect(await retire({})).toMatchObject({ messages: 0, facts: 0, identities: 0, effects: 0, lanes: 0, held: [] })
      expect(await backbone.message('msg_0-0')).toBeDefined()
      expect(await backbone.history('shp_1', 1)).toHaveLength(1)
    })

    /** Brings the head of its lane to a state, as a dispatcher does. */
    const settle = async (id: string, to: EffectState): Promise<void> => {
      const { ledger } = harness.backbone
      const claimed = (await ledger.claim({ node: 'n', claimSeconds: 60, limit: 20 })).find(
        (one) => one.effect.id === `eff_${id}`,
      )
      if (claimed === undefined) throw new Error(`eff_${id} is not due`)
      const { lane, claimEpoch, effect: head } = claimed
      await ledger.intend([{ lane, claimEpoch, effect: head.id, reserveMs: 1000 }])
      const attempt = { wire: true, outcome: to, endedAt: 1_760_000_000_000 }
      const conclusion: Conclusion = { lane, claimEpoch, effect: head.id, from: 'sending', to, attempt }
      expect(await ledger.conclude([conclusion])).toEqual([true])
    }

    test('settled effects go with their attempts and evidence; what is open, refused or parked stays', async () => {
      const { backbone } = harness
      const { ledger } = backbone
      await committed(backbone, { effects: ['1', '2', '3', '4'].map((id) => effect(id, { key: `k${id}` })) })
      await settle('1', 'applied')
      await harness.pass(61_000)
      await settle('2', 'refused')
      await harness.pass(61_000)
      await settle('3', 'parked')
      await ledger.evidence([{ effect: 'eff_1', attempt: 1, seenAt: 1, kind: 'answer', documentReference: 'D1' }])
      await harness.age(401)
      expect(await retire({ effects: 400 }, true)).toMatchObject({ effects: 1, lanes: 1 })
      expect(await ledger.attempts('eff_1')).toHaveLength(1)
      expect(await retire({ effects: 400 })).toMatchObject({ effects: 1, lanes: 1 })
      expect((await ledger.effects({ limit: 10 })).map(({ id, state }) => `${id} ${state}`)).toEqual([
        'eff_2 refused',
        'eff_3 parked',
        'eff_4 queued',
      ])
      expect(await ledger.attempts('eff_1')).toEqual([])
      expect(await ledger.evidenceOf('eff_1')).toEqual([])
      expect(await retire({ effects: 400 })).toMatchObject({ effects: 0, lanes: 0 })
    })

    test('what was posted once is never posted again, also when nobody remembers the posting itself', async () => {
      const { backbone } = harness
      const { ledger } = backbone
      await committed(backbone, { effects: [effect('1')] })
      await settle('1', 'applied')
      await harness.age(401)
      await retire({ effects: 400 })
      expect(await ledger.effect('eff_1')).toBeUndefined()
      await committed(backbone, { effects: [effect('1'), effect('2', { tenant: 'umbrella' })] })
      expect((await ledger.effects({ limit: 10 })).map(({ id }) => id)).toEqual(['eff_2'])
      const { naturalKey } = effect('1')
      expect(await ledger.knownKeys('acme', [naturalKey, 'other'])).toEqual(new Set([naturalKey]))
      expect(await ledger.knownKeys('umbrella', [naturalKey])).toEqual(new Set())
    })

    test('an empty lane goes and is made anew by the next intent; one with work keeps its order', async () => {
      const { backbone } = harness
      const { ledger } = backbone
      await committed(backbone, { effects: [effect('1'), effect('2', { key: 'busy' }), effect('3', { key: 'busy' })] })
      await settle('1', 'applied')
      await harness.pass(61_000)
      await settle('2', 'applied')
      await harness.age(401)
      expect(await retire({ effects: 400 })).toMatchObject({ effects: 2, lanes: 1 })
      await committed(backbone, { effects: [effect('4'), effect('5', { key: 'busy' })] })
      const due = await ledger.claim({ node: 'n', claimSeconds: 60, limit: 10 })
      expect(due.map(({ effect: { id, seq } }) => `${id} ${seq}`).toSorted()).toEqual(['eff_3 1', 'eff_4 0'])
    })

    test('replays that are over and counters of old days are forgotten', async () => {
      const { jobs, intake } = harness.backbone.stores
      for (const id of ['job_1', 'job_2']) await jobs.create({ id, tenant: 'acme', kind: 'replay', spec: {} })
      const running = await jobs.claim('replay', 'n', 60)
      await jobs.finish('job_1', running?.claimEpoch ?? 0, { state: 'done', progress: {} })
      await harness.age(91)
      const limit = (await harness.now()) - 90 * dayMs
      expect(await jobs.trim(limit, 10)).toBe(1)
      expect(await jobs.get('job_1')).toBeUndefined()
      expect(await jobs.get('job_2')).toMatchObject({ state: 'queued' })
      const day = { tenant: 'acme', connection: 'c', accepted: 1, duplicate: 0, conflict: 0, refused: 0 }
      await intake.add([
        { ...day, day: '2026-01-01' },
        { ...day, day: '2026-01-02' },
      ])
      expect(await intake.trim('2026-01-02')).toBe(1)
      expect(await intake.read({ since: '2026-01-01', until: '2026-12-31' })).toMatchObject([{ day: '2026-01-02' }])
    })

    test('quarters follow each other over the year', () => {
      expect(['2026-01-01', '2026-03-31', '2026-12-31'].map(quarterOf)).toEqual([
        '2026-01-01',
        '2026-01-01',
        '2026-10-01',
      ])
      expect(['2026-01-01', '2026-07-01', '2026-10-01'].map(quarterAfter)).toEqual([
        '2026-04-01',
        '2026-10-01',
        '2027-01-01',
      ])
    })
  })
}

const dayMs = 86_400_000
