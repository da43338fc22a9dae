import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GapFound } from '../backbone.ts'
import type { LookedBack } from '../look-back.ts'
import { committed, type Harness, message, messages, type OpenHarness, owned } from './rows.contract.ts'

/** What is promised about taking messages in. */
export function inboxContract(open: OpenHarness): void {
  describe('inbox', () => {
    let harness: Harness
    beforeEach(async () => {
      harness = await open()
    })
    afterEach(() => harness.close())

    test('gives every input the next offset of its partition and its bytes back as received', async () => {
      const { backbone } = harness
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
      const sent = [
        message('a', { body: bytes, orderKey: '1Z1', headers: { 'x-one': '1' } }),
        message('b', { partition: 2 }),
        message('c', { replayOf: 'msg_0-0', lane: 'bulk' }),
      ]
      const { messages: results } = await committed(backbone, { messages: sent })
      expect(results).toEqual([
        { outcome: 'accepted', id: 'msg_0-0' },
        { outcome: 'accepted', id: 'msg_2-0' },
        { outcome: 'accepted', id: 'msg_0-1' },
      ])
      expect(await backbone.readInbox(0, -1, 10)).toEqual([
        { ...sent[0], id: 'msg_0-0', offset: 0 },
        { ...sent[2], id: 'msg_0-1', offset: 1 },
      ])
      expect(await backbone.message('msg_2-0')).toEqual({ ...sent[1], id: 'msg_2-0', offset: 0 })
      expect(await backbone.message('msg_2-1')).toBeUndefined()
      expect(await backbone.message('msg_292-0')).toBeUndefined()
      expect(await backbone.heads()).toEqual({ inbox: [1, -1, 0, -1], facts: [-1, -1, -1, -1] })
    })

    test('answers the same identity with the same id, whatever became of the first answer', async () => {
      const { backbone } = harness
      await committed(backbone, { messages: [message('a'), message('b')] })
      const again = await committed(backbone, { messages: [message('c'), message('b'), message('d'), message('a')] })
      expect(again.messages).toEqual([
        { outcome: 'accepted', id: 'msg_0-2' },
        { outcome: 'duplicate', id: 'msg_0-1' },
        { outcome: 'accepted', id: 'msg_0-3' },
        { outcome: 'duplicate', id: 'msg_0-0' },
      ])
      const stored = await backbone.readInbox(0, -1, 10)
      expect(stored.map(({ identity, offset }) => `${offset}${identity}`)).toEqual(['0a', '1b', '2c', '3d'])
    })

    test('shows the same identity with other bytes as a conflict and overwrites nothing', async () => {
      const { backbone } = harness
      const first = message('a')
      await committed(backbone, { messages: [first] })
      const other = message('a', { body: new Uint8Array([1]), bodyHash: 'f'.repeat(64) })
      expect((await committed(backbone, { messages: [other] })).messages).toEqual([
        { outcome: 'conflict', id: 'msg_0-0' },
      ])
      expect((await backbone.message('msg_0-0'))?.body).toEqual(first.body)
      expect(await backbone.known([first, other, message('z')])).toEqual([
        { id: 'msg_0-0', sameBody: true },
        { id: 'msg_0-0', sameBody: false },
        undefined,
      ])
    })

    test('folds repetitions within one step', async () => {
      const { backbone } = harness
      const other = message('a', { bodyHash: 'f'.repeat(64) })
      const { messages: results } = await committed(backbone, {
        messages: [message('a'), message('a'), message('b'), other],
      })
      expect(results).toEqual([
        { outcome: 'accepted', id: 'msg_0-0' },
        { outcome: 'duplicate', id: 'msg_0-0' },
        { outcome: 'accepted', id: 'msg_0-1' },
        { outcome: 'conflict', id: 'msg_0-0' },
      ])
      expect(await backbone.accounting()).toMatchObject({
        received: 2,
        pending: 2,
        duplicates: 1,
        conflicts: 1,
        unaccounted: 0,
      })
    })

    test('keeps the same identity of another connection or tenant apart', async () => {
      const { backbone } = harness
      const sent = [message('a'), message('a', { connection: 'other' }), message('a', { tenant: 'umbrella' })]
      const { messages: results } = await committed(backbone, { messages: sent })
      expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    })

    test('leaves no gap when many append at once and send the same things', async () => {
      const { backbone } = harness
      const batches = Array.from({ length: 24 }, (_, batch) =>
        Array.from({ length: 20 }, (_, index) => {
          const number = (batch * 13 + index * 7) % 200
          return message(`m${number}`, { partition: number % 2, connection: `c${number % 2}` })
        }),
      )
      const outcomes = await Promise.all(batches.map((batch) => committed(backbone, { messages: batch })))
      const accepted = outcomes
        .flatMap(({ messages: results }) => results)
        .filter(({ outcome }) => outcome === 'accepted')
      const stored = [...(await backbone.readInbox(0, -1, 1000)), ...(await backbone.readInbox(1, -1, 1000))]
      expect(accepted.map(({ id }) => id).sort()).toEqual(stored.map(({ id }) => id).sort())
      expect(new Set(stored.map(({ identity }) => identity)).size).toBe(stored.length)
      const { inbox } = await backbone.heads()
      expect(stored.length).toBe((inbox[0] ?? 0) + (inbox[1] ?? 0) + 2)
    })

    test('reads on from anywhere, across the rows in which it is stored', async () => {
      const { backbone } = harness
      const large = new Uint8Array(70_000).fill(7)
      for (const part of [messages(3), [message('large', { body: large }), message('after')], messages(5).slice(3)]) {
        await committed(backbone, { messages: part })
      }
      const offsets = async (after: number, limit: number): Promise<number[]> =>
        (await backbone.readInbox(0, after, limit)).map(({ offset }) => offset)
      expect(await offsets(-1, 100)).toEqual([0, 1, 2, 3, 4, 5, 6])
      expect(await offsets(1, 3)).toEqual([2, 3, 4])
      expect(await offsets(5, 3)).toEqual([6])
      expect(await offsets(6, 3)).toEqual([])
      expect((await backbone.message('msg_0-3'))?.body).toEqual(large)
    })

    test('stops at a hole in the inbox instead of skipping it, also when the newest row is gone', async () => {
      const { backbone } = harness
      for (let index = 0; index < 3; index++) await committed(backbone, { messages: [message(`m${index}`)] })
      await harness.loseInbox(0, 1)
      expect((await backbone.readInbox(0, -1, 1)).map(({ offset }) => offset)).toEqual([0])
      await expect(backbone.readInbox(0, -1, 10)).rejects.toBeInstanceOf(GapFound)
      await expect(backbone.readInbox(0, 0, 10)).rejects.toBeInstanceOf(GapFound)
      await harness.loseInbox(0, 2)
      await expect(backbone.readInbox(0, 1, 10)).rejects.toBeInstanceOf(GapFound)
    })

    test('is looked through backwards in parts, each going on where the one before ended, without the bodies', async () => {
      const { backbone } = harness
      const large = new Uint8Array(70_000).fill(7)
      await committed(backbone, { messages: messages(3) })
      await committed(backbone, { messages: [message('large', { body: large, receivedAt: 1_760_000_000_005 })] })
      // One is known already: its row holds fewer than were sent.
      await committed(backbone, { messages: [message('m1'), message('after', { orderKey: '1Z1' })] })
      const parts = async (before: number, most: { rows: number; bytes: number }): Promise<LookedBack[]> => {
        const found = [await backbone.lookBack(0, before, most)]
        for (let at = found[0]?.before ?? 0; at > 0; at = found.at(-1)?.before ?? 0)
          found.push(await backbone.lookBack(0, at, most))
        return found
      }
      const told = (found: readonly LookedBack[]): string =>
        found.flatMap(({ heads }) => heads.map(({ offset, identity }) => `${offset}${identity}`)).join(' ')
      for (const most of [
        { rows: 1, bytes: 1 },
        { rows: 2, bytes: 1_000_000 },
        { rows: 100, bytes: 1_000_000 },
      ])
        expect(told(await parts(5, most))).toBe('4after 3large 2m2 1m1 0m0')
      expect(told(await parts(2, { rows: 1, bytes: 1 }))).toBe('1m1 0m0')
      expect((await parts(5, { rows: 1, bytes: 1 })).length).toBeGreaterThan(2)
      const { heads, since, read } = await backbone.lookBack(0, 5, { rows: 1, bytes: 1 })
      const { body, headers: _, ...rest } = message('after', { orderKey: '1Z1' })
      expect(heads).toEqual([{ ...rest, id: 'msg_0-4', offset: 4, bytes: body.length }])
      expect({ since, read }).toEqual({ since: rest.receivedAt, read: 1 })
      expect(await backbone.lookBack(3, 9, { rows: 5, bytes: 1 })).toEqual({ heads: [], before: 0, read: 0 })
    })

    test('looking back ends where retention removed what is older, and passes over a hole', async () => {
      const { backbone } = harness
      for (const identity of ['a', 'b', 'c']) await committed(backbone, { messages: [message(identity)] })
      await harness.loseInbox(0, 1)
      const { heads, before } = await backbone.lookBack(0, 3, { rows: 10, bytes: 1_000_000 })
      expect(heads.map(({ id }) => id)).toEqual(['msg_0-2', 'msg_0-0'])
      expect(before).toBe(0)
      await harness.age(1)
      await committed(backbone, { messages: [message('d')] })
      expect((await backbone.lookBack(0, 4, { rows: 10, bytes: 1_000_000 })).heads.map(({ id }) => id)).toEqual([
        ...['msg_0-3', 'msg_0-2', 'msg_0-0'],
      ])
    })

    test('finds where a time begins in the inbox', async () => {
      const { backbone } = harness
      const at = await harness.now()
      await committed(backbone, {
        messages: [message('a', { receivedAt: at }), message('b', { receivedAt: at + 1000 })],
      })
      await committed(backbone, { messages: [message('c', { receivedAt: at + 2000 })] })
      expect(await Promise.all([0, 1, 1000, 1500, 9000].map((ms) => backbone.offsetAt(0, at + ms)))).toEqual([
        0, 1, 1, 2, 3,
      ])
    })

    test('counts what was received, what is pending and what came again, and shows a row that vanished', async () => {
      const { backbone } = harness
      const translate = await owned(backbone, 'translate')
      await committed(backbone, { messages: messages(4) })
      await committed(backbone, { messages: messages(2) })
      const from = { consumer: 'translate', partition: 0, epoch: translate.epoch, from: -1, to: 2 }
      await committed(backbone, {
        fences: [from],
        counts: [{ partition: 0, applied: 1, ignored: 1, refused: 1, parked: 0 }],
      })
      expect(await backbone.accounting()).toEqual({
        ...{ received: 4, applied: 1, ignored: 1, refused: 1, parked: 0, pending: 1 },
        ...{ duplicates: 2, conflicts: 0, unaccounted: 0 },
      })
      const day = { tenant: 'acme', day: '2026-01-01', accepted: 4, refused: 0 }
      await backbone.stores.intake.add([
        { ...day, connection: 'carrier', duplicate: 20, conflict: 3 },
        { ...day, connection: 'other', duplicate: 4, conflict: 0 },
      ])
      expect(await backbone.accounting()).toMatchObject({ duplicates: 24, conflicts: 3 })
      await committed(backbone, { messages: [message('late')] })
      await harness.loseInbox(0, 4)
      expect(await backbone.accounting()).toMatchObject({ received: 5, pending: 1, unaccounted: 1 })
    })

    test('shows an outcome that was not counted', async () => {
      const { backbone } = harness
      const translate = await owned(backbone, 'translate')
      await committed(backbone, { messages: messages(2) })
      await committed(backbone, {
        fences: [{ consumer: 'translate', partition: 0, epoch: translate.epoch, from: -1, to: 1 }],
      })
      expect((await backbone.accounting()).unaccounted).toBe(2)
    })
  })
}
