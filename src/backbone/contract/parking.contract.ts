import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ownership } from '../backbone.ts'
import type { Step } from '../step.ts'
import { committed, type Harness, messages, type OpenHarness, owned, park } from './rows.contract.ts'

/** What is promised about messages that wait for somebody. */
export function parkingContract(open: OpenHarness): void {
  describe('parking', () => {
    let harness: Harness
    let translate: Ownership

    /** Four messages, translated; those of `parks` are parked. */
    async function translated(parks: Step['parks']): Promise<void> {
      await committed(harness.backbone, { messages: messages(4) })
      const counts = [
        { partition: 0, applied: 4 - (parks?.length ?? 0), ignored: 0, refused: 0, parked: parks?.length ?? 0 },
      ]
      const fences = [{ consumer: 'translate', partition: 0, epoch: translate.epoch, from: -1, to: 3 }]
      await committed(harness.backbone, { fences, counts, ...(parks === undefined ? {} : { parks }) })
    }

    beforeEach(async () => {
      harness = await open()
      translate = await owned(harness.backbone, 'translate')
    })
    afterEach(() => harness.close())

    test('messages that wait for a code hold back their key, are counted by code, and go on when it is known', async () => {
      const { backbone } = harness
      const waiting = (message: string, waitsFor: readonly string[], at: number) =>
        park(message, { code: 'CODE_UNKNOWN', orderKey: message, waitsFor, at })
      await translated([
        waiting('msg_0-1', ['code:a', 'code:b'], 1000),
        waiting('msg_0-2', ['code:b'], 900),
        park('msg_0-3', { code: 'PARENT_UNKNOWN', orderKey: 'parent', waitsFor: ['code:b'] }),
      ])
      expect(await backbone.blockedKeys(0)).toEqual(new Set(['carrier msg_0-1', 'carrier msg_0-2']))
      const b = { key: 'code:b', count: 2, since: 900, messages: ['msg_0-1', 'msg_0-2'] }
      const a = { key: 'code:a', count: 1, since: 1000, messages: ['msg_0-1'] }
      const about = { tenant: 'acme', connections: ['carrier'] }
      expect(await backbone.waits('CODE_UNKNOWN', 10)).toEqual([
        { ...b, ...about },
        { ...a, ...about },
      ])
      expect(await backbone.waits('CODE_UNKNOWN', 1)).toHaveLength(1)
      const found = await backbone.parked({ waitsFor: 'code:a', limit: 10 })
      expect(found.map(({ message }) => message)).toEqual(['msg_0-1'])
      expect(await backbone.releaseWaiting(['code:a'])).toBe(1)
      expect(await backbone.waits('CODE_UNKNOWN', 10)).toMatchObject([{ key: 'code:b', count: 1 }])
    })

    test('a parked message is listed with its reason and holds back its key, and only its key', async () => {
      const { backbone } = harness
      const first = park('msg_0-1', { orderKey: '1Z1' })
      const second = park('msg_0-2', { orderKey: '1Z2', code: 'BEHIND_PARKED', connection: 'other' })
      await translated([second, first, park('msg_0-3', { tenant: 'umbrella' })])
      expect(await backbone.parked({ limit: 10 })).toEqual([
        { ...first, state: 'parked', attempts: 1 },
        { ...second, state: 'parked', attempts: 1 },
        { ...park('msg_0-3', { tenant: 'umbrella' }), state: 'parked', attempts: 1 },
      ])
      const found = async (filter: object): Promise<string[]> =>
        (await backbone.parked({ ...filter, limit: 10 })).map(({ message }) => message)
      expect(await found({ connection: 'other' })).toEqual(['msg_0-2'])
      expect(await found({ code: 'MAP_FAILED', tenant: 'acme' })).toEqual(['msg_0-1'])
      expect(await found({ orderKey: '1Z2' })).toEqual(['msg_0-2'])
      expect(await found({ after: 'msg_0-1' })).toEqual(['msg_0-2', 'msg_0-3'])
      expect(await found({ state: 'released' })).toEqual([])
      expect(await backbone.parked({ limit: 1 })).toHaveLength(1)
      expect(await backbone.blockedKeys(0)).toEqual(new Set(['carrier 1Z1', 'other 1Z2']))
      expect(await backbone.blockedKeys(1)).toEqual(new Set())
    })

    test('released messages come back in the order in which they were received, and hold their key until they are through', async () => {
      const { backbone } = harness
      await translated([park('msg_0-3', { orderKey: 'k' }), park('msg_0-0', { orderKey: 'k' }), park('msg_0-1')])
      expect(await backbone.release(['msg_0-3', 'msg_0-0', 'msg_0-9'], 'anna')).toBe(2)
      expect(await backbone.release(['msg_0-3'], 'anna')).toBe(0)
      const released = await backbone.released(0, 10)
      expect(released.map(({ message, park: { state } }) => [message.id, message.identity, state])).toEqual([
        ['msg_0-0', 'm0', 'released'],
        ['msg_0-3', 'm3', 'released'],
      ])
      expect(await backbone.released(0, 1)).toHaveLength(1)
      expect(await backbone.released(1, 10)).toEqual([])
      expect(await backbone.blockedKeys(0)).toEqual(new Set(['carrier k']))
      await committed(backbone, {
        unparks: [
          { message: 'msg_0-0', outcome: 'applied' },
          { message: 'msg_0-3', outcome: 'ignored' },
        ],
      })
      expect(await backbone.blockedKeys(0)).toEqual(new Set())
      expect(await backbone.accounting()).toMatchObject({
        received: 4,
        applied: 2,
        ignored: 1,
        parked: 1,
        unaccounted: 0,
      })
    })

    test('what fails again is parked again with the new reason, and counted once', async () => {
      const { backbone } = harness
      await translated([park('msg_0-0')])
      await backbone.release(['msg_0-0'], 'anna')
      await committed(backbone, { parks: [park('msg_0-0', { code: 'IDENTITY_CONFLICT', detail: 'Two candidates.' })] })
      expect(await backbone.parked({ limit: 10 })).toEqual([
        { ...park('msg_0-0', { code: 'IDENTITY_CONFLICT', detail: 'Two candidates.' }), state: 'parked', attempts: 2 },
      ])
      expect(await backbone.accounting()).toMatchObject({ parked: 1, unaccounted: 0 })
    })

    test('a correction releases what it corrects, keeps its place, and is remembered when it is through', async () => {
      const { backbone } = harness
      const behind = park('msg_0-1', { orderKey: 'k', code: 'BEHIND_PARKED' })
      await translated([park('msg_0-0', { orderKey: 'k' }), behind, park('msg_0-2', { orderKey: 'other' })])
      await committed(backbone, {
        corrections: [
          { message: 'msg_0-0', by: 'msg_0-3' },
          { message: 'msg_0-1', by: 'msg_0-3' },
          { message: 'msg_0-3', by: 'msg_0-2' },
        ],
      })
      const states = (await backbone.parked({ limit: 10 })).map(({ message, state }) => [message, state])
      expect(states).toEqual([
        ['msg_0-0', 'released'],
        ['msg_0-1', 'parked'],
        ['msg_0-2', 'parked'],
      ])
      expect(await backbone.blockedKeys(0)).toEqual(new Set(['carrier k', 'carrier other']))
      await committed(backbone, { unparks: [{ message: 'msg_0-0', outcome: 'applied' }] })
      await committed(backbone, { corrections: [{ message: 'msg_0-0', by: 'msg_0-2' }] })
      expect(await backbone.correctionOf('msg_0-0')).toBe('msg_0-3')
      expect(await backbone.correctionOf('msg_0-1')).toBe('msg_0-3')
      expect(await backbone.correctionOf('msg_0-3')).toBeUndefined()
      expect(await backbone.accounting()).toMatchObject({ applied: 2, parked: 2, unaccounted: 0 })
    })

    test('the latest of two corrections counts', async () => {
      const { backbone } = harness
      await translated([park('msg_0-0')])
      await committed(backbone, { corrections: [{ message: 'msg_0-0', by: 'msg_0-1' }] })
      await committed(backbone, { corrections: [{ message: 'msg_0-0', by: 'msg_0-2' }] })
      expect(await backbone.correctionOf('msg_0-0')).toBe('msg_0-2')
    })

    test('two that settle the same message count it once', async () => {
      const { backbone } = harness
      await translated([park('msg_0-0')])
      await Promise.all(
        [1, 2, 3].map(() => committed(backbone, { unparks: [{ message: 'msg_0-0', outcome: 'refused' }] })),
      )
      expect(await backbone.accounting()).toMatchObject({ refused: 1, parked: 0, unaccounted: 0 })
    })

    test('a message that waits for its parent is released by it, and becomes a task when its time is over', async () => {
      const { backbone } = harness
      const now = await harness.now()
      const waiting = park('msg_0-0', {
        code: 'PARENT_UNKNOWN',
        orderKey: 'k',
        waitsFor: ['acme|a', 'acme|b"\\'],
        until: now + 60_000,
      })
      const other = park('msg_0-1', { code: 'PARENT_UNKNOWN', waitsFor: ['acme|c'], until: now + 3_600_000 })
      await translated([waiting, other])
      expect(await backbone.blockedKeys(0)).toEqual(new Set())
      expect((await backbone.parked({ limit: 10 })).map(({ state, waitsFor }) => [state, waitsFor])).toEqual([
        ['waiting', waiting.waitsFor],
        ['waiting', other.waitsFor],
      ])
      await harness.pass(61_000)
      expect((await backbone.parked({ limit: 10, state: 'parked' })).map(({ message }) => message)).toEqual(['msg_0-0'])
      expect(await backbone.releaseWaiting(['acme|x'])).toBe(0)
      expect(await backbone.releaseWaiting(['acme|b"\\', 'acme|y'])).toBe(1)
      expect((await backbone.released(0, 10)).map(({ message }) => message.id)).toEqual(['msg_0-0'])
      expect(await backbone.releaseWaiting([])).toBe(0)
    })

    test('a parked row that somebody deletes is missed', async () => {
      await translated([park('msg_0-0'), park('msg_0-1')])
      expect((await harness.backbone.accounting()).unaccounted).toBe(0)
      await harness.loseParked('msg_0-1')
      expect(await harness.backbone.accounting()).toMatchObject({ received: 4, parked: 1, unaccounted: 1 })
    })
  })
}
