import { expect, test } from 'vitest'
import { listsFollow } from './flow-desk.ts'

type Place = Parameters<typeof listsFollow>[0]

/** A log of two partitions that ends at 7 and 3; the lists are where they are at each look, the last of them for ever. */
function place(looks: readonly (readonly [number, number])[]): Place & { readonly asked: () => number } {
  let asked = 0
  const load = async (subscriber: string) => {
    const offsets = looks[Math.min(asked++, looks.length - 1)] ?? []
    return offsets.flatMap((offset, partition) => (offset < 0 ? [] : [{ subscriber, partition, offset }]))
  }
  const place = { heads: async () => ({ inbox: [9, 9], facts: [7, 3] }), stores: { cursors: { load } } }
  return { ...(place as unknown as Place), asked: () => asked }
}

test('lists are waited for until each partition has come to where the log ended', async () => {
  const behind = place([
    [6, -1],
    [7, 2],
    [8, 3],
  ])
  const rests: number[] = []
  expect(await listsFollow(behind, async (ms) => rests.push(ms))).toBe(true)
  expect(rests).toHaveLength(2)
})

test('lists that stand still are not waited for without end', async () => {
  const still = place([[7, 2]])
  expect(await listsFollow(still, async () => undefined)).toBe(false)
  expect(still.asked()).toBeLessThan(100)
})
