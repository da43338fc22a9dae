import { expect, test } from 'vitest'
import { LoneNode, replaced } from '../../../test/lone-node.ts'
import { memoryBackbone } from '../../backbone/memory/memory.ts'
import { partitionOf } from '../partition.ts'

const subjects = Array.from({ length: 40 }, (_, n) => `shp_${n}`)

/** A node, and what it asked the store for; `meanwhile` runs while the store is being read. */
function reading(meanwhile: (node: LoneNode) => void = () => {}) {
  const asked: (readonly string[])[] = []
  const store = memoryBackbone({ partitions: 4, now: () => 0 })
  const lone = new LoneNode({
    seam: () =>
      replaced(store, {
        states: async (wanted) => {
          asked.push(wanted)
          const found = await store.states(wanted)
          if (asked.length === 1) meanwhile(lone)
          return found
        },
      }),
  })
  return { asked, place: lone.node.place }
}

test('objects of all partitions are read in one go, and not again', async () => {
  const { asked, place } = reading()
  await place.loadStates(subjects)
  await place.loadStates(subjects)
  expect(new Set(subjects.map((subject) => partitionOf(subject, place.backbone.partitions))).size).toBeGreaterThan(1)
  expect(asked.map((wanted) => wanted.toSorted())).toEqual([subjects.toSorted()])
  expect(place.held('shp_7')).toEqual({ version: 0, state: undefined })
})

test('what was forgotten while it was read is read again: somebody else may have written it since', async () => {
  const forgotten = partitionOf('shp_7', 4)
  const { asked, place } = reading(({ node }) => node.place.states[forgotten]?.clear())
  await place.loadStates(subjects)
  expect(asked[1]?.toSorted()).toEqual(
    subjects.filter((subject) => partitionOf(subject, place.backbone.partitions) === forgotten).toSorted(),
  )
  expect(subjects.filter((subject) => place.held(subject) === undefined)).toEqual([])
})
