import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RowRefused } from '../backbone.ts'
import type { Claimed, Conclusion, EffectState, Ledger } from '../ledger.ts'
import type { NewEffect } from '../step.ts'
import { transitions } from '../transitions.ts'
import { committed, effect, fact, type Harness, type OpenHarness } from './rows.contract.ts'

/** What is promised about effects. */
export function ledgerContract(open: OpenHarness): void {
  describe('ledger', () => {
    let harness: Harness
    let ledger: Ledger

    const add = (...effects: NewEffect[]): Promise<unknown> => committed(harness.backbone, { effects })
    const claim = (limit = 10): Promise<readonly Claimed[]> => ledger.claim({ node: 'node-1', claimSeconds: 60, limit })
    const claimOne = async (): Promise<Claimed> => {
      const [claimed] = await claim(1)
      if (claimed === undefined) throw new Error('nothing is due')
      return claimed
    }
    const intend = ({ lane, claimEpoch, effect: { id } }: Claimed, reserveMs = 35_000) =>
      ledger.intend([{ lane, claimEpoch, effect: id, reserveMs }])
    const conclude = async (
      claimed: Claimed,
      change: Omit<Conclusion, 'lane' | 'claimEpoch' | 'effect'>,
    ): Promise<boolean> => {
      const { lane, claimEpoch } = claimed
      return (await ledger.conclude([{ lane, claimEpoch, effect: claimed.effect.id, ...change }]))[0] === true
    }
    const stateOf = async (id: string): Promise<EffectState | undefined> => (await ledger.effect(`eff_${id}`))?.state
    const answered = (outcome: string, wire = true) => ({ attempt: { wire, outcome, endedAt: 1_760_000_000_000 } })

    beforeEach(async () => {
      harness = await open()
      ledger = harness.backbone.ledger
    })
    afterEach(() => harness.close())

    test('an intent exists once by its natural key, however often it is wanted', async () => {
      await add(effect('1'), effect('1', { id: 'eff_other', payload: '{}' }))
      await add(effect('1', { id: 'eff_again', externalReference: 'IL-again' }))
      const stored = await ledger.effects({ limit: 10 })
      expect(stored).toMatchObject([
        { ...effect('1'), state: 'queued', seq: 0, attempt: 0, ambiguous: 0, processDeaths: 0 },
      ])
      await add(effect('1', { tenant: 'umbrella', id: 'eff_2', externalReference: 'IL-2' }))
      expect(await ledger.effects({ limit: 10 })).toHaveLength(2)
    })

    test('refuses an external reference that belongs to another intent', async () => {
      await add(effect('1'))
      await expect(add(effect('2'), effect('3', { externalReference: 'IL-1' }))).rejects.toBeInstanceOf(RowRefused)
      expect(await ledger.effects({ limit: 10 })).toHaveLength(1)
    })

    test('only the head of a lane is worked on, lanes are independent, urgent ones first', async () => {
      await add(
        effect('1'),
        effect('2'),
        effect('3', { key: 'delivery-2', priority: 1 }),
        effect('4', { target: 'wms' }),
      )
      expect(await ledger.due()).toEqual([
        { target: 'erp', lanes: 2 },
        { target: 'wms', lanes: 1 },
      ])
      expect(await ledger.claim({ node: 'n', claimSeconds: 60, limit: 10, targets: ['crm'] })).toEqual([])
      expect(await ledger.claim({ node: 'n', claimSeconds: 60, limit: 10, lanes: ['bulk'] })).toEqual([])
      const erp = await ledger.claim({ node: 'n', claimSeconds: 60, limit: 10, except: ['wms'] })
      expect(erp.map(({ effect: { id } }) => id)).toEqual(['eff_3', 'eff_1'])
      expect((await claim()).map(({ effect: { id } }) => id)).toEqual(['eff_4'])
      expect(await claim()).toEqual([])
      expect(await ledger.due()).toEqual([])
      expect(await ledger.openKeys('erp')).toEqual(new Set(['delivery-1', 'delivery-2']))
    })

    test('many workers never hold the same lane', async () => {
      await add(...Array.from({ length: 40 }, (_, index) => effect(`${index}`, { key: `k${index % 20}` })))
      const claims = (await Promise.all(Array.from({ length: 8 }, () => claim(5)))).flat()
      expect(new Set(claims.map(({ lane }) => lane)).size).toBe(claims.length)
      expect(claims.length).toBeGreaterThan(0)
    })

    test('an intent is noted before anything leaves, with the time that is left', async () => {
      await add(effect('1'))
      const claimed = await claimOne()
      expect(claimed.claimEpoch).toBe(1)
      const [result] = await intend(claimed)
      expect(result).toMatchObject({ ok: true, attempt: 1, sendDeadline: claimed.claimUntil - 35_000 })
      expect(result?.ok === true && result.msLeft > 0 && result.msLeft <= 25_000).toBe(true)
      expect(await ledger.attempts('eff_1')).toMatchObject([
        { effect: 'eff_1', attempt: 1, claimEpoch: 1, sendDeadline: claimed.claimUntil - 35_000 },
      ])
      expect((await ledger.attempts('eff_1'))[0]?.wire).toBeUndefined()
      expect((await ledger.effect('eff_1'))?.state).toBe('sending')
      expect(await intend(claimed)).toEqual([{ ok: false }])
    })

    test('no intent without time enough, without the claim, or for what is not the head', async () => {
      await add(effect('1'), effect('2'))
      const claimed = await claimOne()
      expect(await intend(claimed, 60_001)).toEqual([{ ok: false }])
      expect(await intend({ ...claimed, claimEpoch: 7 })).toEqual([{ ok: false }])
      expect(await intend({ ...claimed, effect: { ...claimed.effect, id: 'eff_2' } })).toEqual([{ ok: false }])
      expect(await intend({ ...claimed, effect: { ...claimed.effect, id: 'eff_none' } })).toEqual([{ ok: false }])
      await harness.pass(30_000)
      expect(await intend(claimed)).toEqual([{ ok: false }])
      await ledger.unclaim([claimed])
      expect(await intend(claimed, 0)).toEqual([{ ok: false }])
    })

    test('an applied effect keeps its document and its lane goes on with the next', async () => {
      await add(effect('1'), effect('2'))
      const first = await claimOne()
      await intend(first)
      const applied = fact('eff_1.1.applied', { type: 'effect.applied', causation: 'msg_0-0.0', partition: 2 })
      const done = await conclude(first, {
        from: 'sending',
        to: 'applied',
        documentReference: '4900001',
        ...answered('applied'),
        fact: applied,
      })
      expect(done).toBe(true)
      expect(await ledger.effect('eff_1')).toMatchObject({ state: 'applied', documentReference: '4900001', attempt: 1 })
      expect(await ledger.attempts('eff_1')).toMatchObject([
        { wire: true, outcome: 'applied', endedAt: 1_760_000_000_000 },
      ])
      expect(await harness.backbone.readLog(2, -1, 10)).toEqual([{ partition: 2, offset: 0, fact: applied.fact }])
      expect((await harness.backbone.factsOf('msg_0-0', 10)).map((row) => row.fact.id)).toEqual(['eff_1.1.applied'])
      const second = await claimOne()
      expect(second).toMatchObject({ lane: first.lane, claimEpoch: 2, effect: { id: 'eff_2' } })
      await intend(second)
      await conclude(second, { from: 'sending', to: 'applied', ...answered('applied') })
      expect(await ledger.openKeys('erp')).toEqual(new Set())
      expect(await ledger.counts()).toEqual([
        { target: 'erp', command: 'post_goods_issue', state: 'applied', count: 2 },
      ])
    })

    test('back-off, quarantine and hold keep a lane until their time', async () => {
      await add(effect('1'), effect('2'))
      const now = await harness.now()
      const first = await claimOne()
      await intend(first)
      await conclude(first, {
        from: 'sending',
        to: 'unknown',
        nextAt: now + 600_000,
        notBefore: now + 600_000,
        reason: 'time-out',
        addAmbiguous: true,
        ...answered('unknown'),
      })
      expect(await claim()).toEqual([])
      await harness.pass(601_000)
      const again = await claimOne()
      expect(again.effect).toMatchObject({ id: 'eff_1', state: 'unknown', ambiguous: 1, reason: 'time-out' })
      expect(again.effect.firstSentAt).toBeDefined()
      await conclude(again, {
        from: 'unknown',
        to: 'applied',
        documentReference: 'D1',
        holdUntil: (await harness.now()) + 60_000,
      })
      expect(await claim()).toEqual([])
      await harness.pass(61_000)
      expect((await claimOne()).effect.id).toBe('eff_2')
    })

    test('whoever lost the claim writes no outcome, and leaves evidence instead', async () => {
      await add(effect('1'))
      const old = await claimOne()
      await intend(old)
      await harness.pass(61_000)
      const fresh = await claimOne()
      expect(fresh).toMatchObject({ lane: old.lane, claimEpoch: 2, effect: { state: 'sending' } })
      const late = {
        from: 'sending',
        to: 'applied',
        documentReference: 'D1',
        ...answered('applied'),
        fact: fact('eff_1.1.applied'),
      } as const
      expect(await conclude(old, late)).toBe(false)
      expect((await harness.backbone.heads()).facts[0]).toBe(-1)
      expect(
        await conclude(fresh, { from: 'sending', to: 'unknown', addProcessDeath: true, nextAt: 1, notBefore: 1 }),
      ).toBe(true)
      expect(await conclude(fresh, { from: 'unknown', to: 'queued' })).toBe(false)
      const told = { packages: [{ trackingNumber: '1Z\0', weight: '1.50' }] }
      await ledger.evidence([
        {
          effect: 'eff_1',
          attempt: 1,
          seenAt: 5,
          kind: 'answer',
          documentReference: 'D1',
          detail: 'late\0',
          answer: told,
        },
      ])
      await ledger.evidence([{ effect: 'eff_1', attempt: 1, seenAt: 6, kind: 'read_back' }])
      expect((await ledger.evidenceOf('eff_1')).map(({ answer }) => answer)).toEqual([told, undefined])
      expect(
        (await ledger.evidenceOf('eff_1')).map(({ kind, documentReference }) => [kind, documentReference]),
      ).toEqual([
        ['answer', 'D1'],
        ['read_back', undefined],
      ])
      expect(await ledger.effect('eff_1')).toMatchObject({ state: 'unknown', processDeaths: 1, ambiguous: 0 })
    })

    test('refused and parked hold their lane until somebody decides', async () => {
      await add(effect('1'), effect('2'))
      const first = await claimOne()
      await intend(first)
      await conclude(first, {
        from: 'sending',
        to: 'refused',
        reason: 'posting period closed\0',
        ...answered('refused'),
      })
      expect(await ledger.effect('eff_1')).toMatchObject({ state: 'refused', reason: 'posting period closed\ufffd' })
      await harness.pass(3_600_000)
      expect(await claim()).toEqual([])
      expect(await ledger.openKeys('erp')).toEqual(new Set(['delivery-1']))
      expect(await ledger.decide({ effect: 'eff_1', action: 'release', reason: 'period opened', by: 'anna' })).toBe(
        'done',
      )
      expect((await claimOne()).effect).toMatchObject({ id: 'eff_1', state: 'queued', reason: 'period opened' })
    })

    test('a decision on an attempt that nobody can vouch for goes through a look at the target', async () => {
      await add(effect('1'))
      const first = await claimOne()
      await intend(first)
      await conclude(first, {
        from: 'sending',
        to: 'parked',
        reason: 'ambiguous',
        addAmbiguous: true,
        ...answered('unknown'),
      })
      expect(
        await ledger.decide({
          effect: 'eff_1',
          action: 'edit',
          payload: '{"quantity":"4"}',
          reason: 'typo',
          by: 'anna',
        }),
      ).toBe('done')
      expect(await ledger.effect('eff_1')).toMatchObject({
        state: 'unknown',
        payload: '{"quantity":"4"}',
        externalReference: 'IL-1',
        ambiguous: 0,
      })
      expect(await ledger.decide({ effect: 'eff_1', action: 'release', reason: 'again', by: 'anna' })).toBe(
        'not_allowed',
      )
      expect(await ledger.decide({ effect: 'eff_1', action: 'cancel', reason: 'no', by: 'anna' })).toBe('not_allowed')
      const applied = {
        effect: 'eff_1',
        action: 'applied',
        documentReference: 'D7',
        reason: 'seen in the ERP',
        by: 'anna',
      } as const
      expect(await ledger.decide({ ...applied, fact: fact('eff_1.applied', { type: 'effect.applied' }) })).toBe('done')
      expect(await ledger.effect('eff_1')).toMatchObject({ state: 'applied', documentReference: 'D7' })
      expect(await ledger.evidenceOf('eff_1')).toMatchObject([
        { kind: 'operator', documentReference: 'D7', detail: 'anna' },
      ])
      expect((await harness.backbone.heads()).facts[0]).toBe(0)
      expect(await ledger.decide({ effect: 'eff_none', action: 'cancel', reason: 'no', by: 'anna' })).toBe('not_found')
    })

    test('an attempt that sent nothing, or was answered with a definite no, is simply queued again', async () => {
      await add(effect('1'))
      const first = await claimOne()
      await intend(first)
      await conclude(first, { from: 'sending', to: 'queued', reason: 'refused port', ...answered('retry', false) })
      const second = await claimOne()
      await intend(second)
      await conclude(second, { from: 'sending', to: 'refused', reason: 'no', ...answered('refused') })
      await ledger.decide({ effect: 'eff_1', action: 'release', reason: 'again', by: 'anna' })
      expect(await stateOf('1')).toBe('queued')
    })

    test('cancelling lets the lane go on, and fences whoever holds it', async () => {
      await add(effect('1'), effect('2'), effect('3'))
      expect(await ledger.decide({ effect: 'eff_2', action: 'cancel', reason: 'obsolete', by: 'anna' })).toBe('done')
      const held = await claimOne()
      expect(await ledger.decide({ effect: 'eff_1', action: 'cancel', reason: 'obsolete', by: 'anna' })).toBe('done')
      expect(await intend(held)).toEqual([{ ok: false }])
      const next = await claimOne()
      expect(next.effect.id).toBe('eff_3')
      await intend(next)
      expect(await ledger.decide({ effect: 'eff_3', action: 'cancel', reason: 'no', by: 'anna' })).toBe('not_allowed')
    })

    test('lanes that are given back are due again, at once or later', async () => {
      await add(effect('1'))
      const first = await claimOne()
      await ledger.unclaim([first])
      const second = await claimOne()
      await ledger.unclaim([first], 1)
      expect(await claim()).toEqual([])
      await ledger.unclaim([second], (await harness.now()) + 60_000)
      expect(await claim()).toEqual([])
      await harness.pass(61_000)
      expect(await claim()).toHaveLength(1)
    })

    test('only the transitions of the table exist', async () => {
      await add(effect('1'))
      const claimed = await claimOne()
      const states = Object.keys(transitions) as EffectState[]
      for (const from of ['sending', 'unknown', 'queued', 'awaiting'] as const) {
        for (const to of states.filter((state) => !transitions[from].includes(state))) {
          await expect(conclude(claimed, { from, to })).rejects.toThrow(`from ${from} to ${to}`)
        }
      }
      expect(await stateOf('1')).toBe('queued')
    })

    test('an effect that waits too long is parked from the queue', async () => {
      await add(effect('1', { expiresAt: 5 }))
      const claimed = await claimOne()
      expect(claimed.effect.expiresAt).toBe(5)
      expect(await conclude(claimed, { from: 'queued', to: 'parked', reason: 'expired' })).toBe(true)
      expect(await stateOf('1')).toBe('parked')
    })

    test('a batch of outcomes is judged one by one', async () => {
      await add(effect('1'), effect('2', { key: 'b' }), effect('3', { key: 'c' }))
      const claims = await claim()
      await ledger.intend(
        claims.map(({ lane, claimEpoch, effect: { id } }) => ({ lane, claimEpoch, effect: id, reserveMs: 0 })),
      )
      const outcomes = claims.map(({ lane, claimEpoch, effect: { id } }, index) => ({
        ...({
          lane,
          claimEpoch: claimEpoch + (index === 1 ? 1 : 0),
          effect: id,
          from: 'sending',
          to: 'applied',
        } as const),
        fact: fact(`${id}.1.applied`, { partition: index % 2 }),
      }))
      expect(await ledger.conclude(outcomes)).toEqual([true, false, true])
      expect((await harness.backbone.heads()).facts).toEqual([1, -1, -1, -1])
    })

    test('finds effects by what people ask for', async () => {
      await add(
        effect('1'),
        effect('2', { key: 'b', command: 'post_invoice', correlation: 'shp_2' }),
        effect('3', { target: 'wms', causation: 'msg_0-5.0' }),
      )
      const found = async (filter: object): Promise<string[]> =>
        (await ledger.effects({ ...filter, limit: 10 })).map(({ id }) => id)
      expect(await found({ target: 'erp' })).toEqual(['eff_1', 'eff_2'])
      expect(await found({ command: 'post_invoice' })).toEqual(['eff_2'])
      expect(await found({ correlation: 'shp_2' })).toEqual(['eff_2'])
      expect(await found({ causation: 'msg_0-5.0' })).toEqual(['eff_3'])
      expect(await found({ naturalKey: 'post_goods_issue:erp:1' })).toEqual(['eff_1'])
      expect(await found({ state: ['applied', 'parked'] })).toEqual([])
      const changed = (await ledger.effects({ limit: 10 })).map(({ updatedAt }) => updatedAt)
      expect(await found({ updatedSince: Math.min(...changed) })).toEqual(['eff_1', 'eff_2', 'eff_3'])
      expect(await found({ updatedSince: Math.max(...changed) + 1 })).toEqual([])
      expect(await found({ state: ['queued'], after: 'eff_1', tenant: 'acme' })).toEqual(['eff_2', 'eff_3'])
    })
  })
}
