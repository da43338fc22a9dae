import { expect, test } from 'vitest'
import type { Backbone } from './backbone.ts'
import { countParts, partIdentity, partsOf } from './parts-of.ts'

const whole = { id: 'msg_3-7', tenant: 'main', connection: 'meridian' }

/** Knows so many parts, and how often it was asked. */
function backboneWith(count: number): Pick<Backbone, 'known'> & { asked: number } {
  const ids = new Map(Array.from({ length: count }, (_, at) => [partIdentity(whole.id, at), `msg_3-${100 + at}`]))
  return {
    asked: 0,
    async known(inputs) {
      this.asked++
      return inputs.map(({ identity }) => {
        const id = ids.get(identity)
        return id === undefined ? undefined : { id, sameBody: false }
      })
    },
  }
}

test.each([0, 1, 2, 31, 32, 33, 5000, 10_001])('of %i parts all are counted, with a few looks', async (count) => {
  const backbone = backboneWith(count)
  expect(await countParts(backbone, whole)).toBe(count)
  expect(backbone.asked).toBeLessThan(6)
})

test('parts come in their order, as far as there are some', async () => {
  const backbone = backboneWith(5)
  expect(await partsOf(backbone, whole, { from: 0, most: 3 })).toEqual(['msg_3-100', 'msg_3-101', 'msg_3-102'])
  expect(await partsOf(backbone, whole, { from: 3, most: 3 })).toEqual(['msg_3-103', 'msg_3-104'])
  expect(await partsOf(backbone, { ...whole, id: 'msg_3-8' }, { from: 0, most: 3 })).toEqual([])
})
