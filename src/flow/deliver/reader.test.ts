import { expect, test } from 'vitest'
import { LoneNode, replaced } from '../../../test/lone-node.ts'
import type { LoggedFact } from '../../backbone/step.ts'
import { readFacts } from './reader.ts'

test('who is fed from memory asks the database only after a silence, and at once where something is missing', async () => {
  let reads = 0
  const lone = new LoneNode({
    seam: (store) =>
      replaced(store, {
        readLog: async () => {
          reads++
          return []
        },
      }),
  })
  const { place } = lone.node
  const rows = [0, 1].map((offset) => ({ partition: 0, offset, fact: { id: `f${offset}` } }) as unknown as LoggedFact)
  const follow = (after: number) => readFacts(place, { reader: 'views', partition: 0, after, limit: 10 })
  place.factTails[0]?.offer(rows)
  place.factHeads[0] = 1
  expect(await follow(-1)).toEqual(rows)
  expect(await follow(1)).toEqual([])
  expect(reads).toBe(0)
  lone.now += place.ports.settings.pollMs
  await follow(1)
  expect(reads).toBe(1)
  // Somebody else has appended.
  place.factHeads[0] = 5
  place.factTails[0]?.offer([{ ...rows[0], offset: 5 } as LoggedFact])
  await follow(1)
  expect(reads).toBe(2)
})
