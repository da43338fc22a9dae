import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Claimed } from '../ledger.ts'
import type { Step } from '../step.ts'
import { committed, effect, fact, fence, type Harness, type OpenHarness, owned } from './rows.contract.ts'

/** What is promised about outcomes that are written in the step that folds them. */
export function conclusionsContract(open: OpenHarness): void {
  describe('conclusions in a step', () => {
    let harness: Harness

    const going = async (limit: number): Promise<readonly Claimed[]> => {
      const { ledger } = harness.backbone
      const claimed = await ledger.claim({ node: 'node-1', claimSeconds: 60, limit })
      await ledger.intend(
        claimed.map(({ lane, claimEpoch, effect: { id } }) => ({ lane, claimEpoch, effect: id, reserveMs: 35_000 })),
      )
      return claimed
    }
    const applied = ({ lane, claimEpoch, effect: { id } }: Claimed): NonNullable<Step['conclusions']>[number] => ({
      ...{ lane, claimEpoch, effect: id, from: 'sending', to: 'applied', documentReference: `D-${id}` },
      attempt: { wire: true, outcome: 'applied', endedAt: 1_760_000_000_000 },
    })
    const outcome = (id: string) => fact(`eff_${id}.1.applied`, { type: 'effect.applied' })

    beforeEach(async () => {
      harness = await open()
    })
    afterEach(() => harness.close())

    test('an outcome, what follows from it and the next of its lane are one step', async () => {
      const { backbone } = harness
      const owner = await owned(backbone, 'advance')
      await committed(backbone, { effects: [effect('1')] })
      const [head] = await going(1)
      if (head === undefined) throw new Error('nothing is due')
      const { factOffsets } = await committed(backbone, {
        fences: [fence(owner, 1)],
        inline: true,
        facts: [outcome('1')],
        states: [{ subject: 'shp_1', tenant: 'acme', version: 1, body: '{"posted":true}' }],
        conclusions: [applied(head)],
        effects: [effect('2')],
      })
      expect(factOffsets).toEqual([0])
      expect(await backbone.ledger.effect('eff_1')).toMatchObject({ state: 'applied', documentReference: 'D-eff_1' })
      expect(await backbone.ledger.attempts('eff_1')).toMatchObject([{ attempt: 1, outcome: 'applied', wire: true }])
      expect((await going(10)).map(({ effect: { id } }) => id)).toEqual(['eff_2'])
      expect((await backbone.states(['shp_1'])).get('shp_1')?.body).toBe('{"posted":true}')
    })

    test('one claim that is lost takes the whole step back', async () => {
      const { backbone } = harness
      const owner = await owned(backbone, 'advance')
      await committed(backbone, { effects: [effect('1'), effect('2', { key: 'delivery-2' })] })
      const [first, second] = await going(2)
      if (first === undefined || second === undefined) throw new Error('nothing is due')
      const lost = { ...applied(second), claimEpoch: second.claimEpoch - 1 }
      const step = { fences: [fence(owner, 2)], inline: true, facts: [outcome('1'), outcome('2')] } as const
      expect(await backbone.commit({ ...step, conclusions: [applied(first), lost] })).toEqual({
        outcome: 'conflict',
        reason: 'claim',
      })
      expect((await backbone.ledger.effect('eff_1'))?.state).toBe('sending')
      expect(await backbone.readLog(0, -1, 10)).toEqual([])
      // A claim is good for one conclusion.
      const twice = await backbone.commit({ ...step, conclusions: [applied(first), applied(first)] })
      expect(twice).toEqual({ outcome: 'conflict', reason: 'claim' })
      await committed(backbone, { ...step, conclusions: [applied(first), applied(second)] })
      expect((await backbone.readLog(0, -1, 10)).map(({ fact: { id } }) => id)).toEqual([
        'eff_1.1.applied',
        'eff_2.1.applied',
      ])
    })

    test('a step of somebody who has lost the partition concludes nothing', async () => {
      const { backbone } = harness
      const owner = await owned(backbone, 'advance')
      await committed(backbone, { effects: [effect('1')] })
      const [head] = await going(1)
      if (head === undefined) throw new Error('nothing is due')
      const fences = [{ ...fence(owner, 1), epoch: owner.epoch + 1 }]
      const step = { fences, inline: true, facts: [outcome('1')], conclusions: [applied(head)] } as const
      expect(await backbone.commit(step)).toEqual({ outcome: 'fenced' })
      expect((await backbone.ledger.effect('eff_1'))?.state).toBe('sending')
    })

    test('what the table of transitions does not allow is a fault of ours, and changes nothing', async () => {
      const { backbone } = harness
      await committed(backbone, { effects: [effect('1')] })
      const [head] = await going(1)
      if (head === undefined) throw new Error('nothing is due')
      const wrong = { ...applied(head), from: 'queued', to: 'awaiting' } as const
      await expect(backbone.commit({ conclusions: [wrong] })).rejects.toThrow()
      expect((await backbone.ledger.effect('eff_1'))?.state).toBe('sending')
    })
  })
}
