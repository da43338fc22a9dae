import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BoundedMap } from './bounded-map.ts'

const texts = (bounds: { entriesMax: number; charactersMax: number }) =>
  new BoundedMap<string>(bounds, (_, value) => value.length)

describe('a cache with bounds', () => {
  test('lets go what was set longest ago, and keeps what was set again', () => {
    const map = texts({ entriesMax: 2, charactersMax: 100 })
    for (const key of ['a', 'b', 'a', 'c']) map.set(key, 'x')
    map.shrink()
    expect(['a', 'b', 'c'].map((key) => map.has(key))).toEqual([true, false, true])
  })

  test('keeps what was asked for as the newest, and nothing that was not there', () => {
    const map = texts({ entriesMax: 2, charactersMax: 100 })
    for (const key of ['a', 'b']) map.set(key, key)
    expect([map.touch('a'), map.touch('c')]).toEqual(['a', undefined])
    map.set('d', 'd')
    map.shrink()
    expect(['a', 'b', 'c', 'd'].map((key) => map.has(key))).toEqual([true, false, false, true])
    expect(map.characters).toBe(2)
  })

  test('counts characters, so that one large object does not count like a small one', () => {
    const map = texts({ entriesMax: 100, charactersMax: 10 })
    map.set('small', 'x')
    map.set('large', 'x'.repeat(10))
    map.shrink()
    expect([map.get('small'), map.get('large')?.length]).toEqual([undefined, 10])
    map.set('too large', 'x'.repeat(11))
    map.shrink()
    expect([map.size, map.characters]).toEqual([0, 0])
  })

  test('keeps within its bounds, and its count of characters true, whatever is set and deleted', () => {
    const change = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      value: fc.option(fc.string({ maxLength: 9 })),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const map = texts({ entriesMax: 3, charactersMax: 12 })
        for (const { key, value } of changes) {
          if (value === null) map.delete(key)
          else map.set(key, value)
          map.shrink()
          expect(map.size).toBeLessThanOrEqual(3)
          expect(map.characters).toBeLessThanOrEqual(12)
        }
        const held = ['a', 'b', 'c', 'd'].map((key) => map.get(key) ?? '')
        expect(map.characters).toBe(held.join('').length)
      }),
    )
  })

  test('lets go in the order of a list that is sorted by use', () => {
    const use = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      how: fc.constantFrom('set', 'touch', 'delete'),
    })
    fc.assert(
      fc.property(fc.array(use, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (uses, entriesMax) => {
        const map = texts({ entriesMax, charactersMax: 100 })
        let newestLast: string[] = []
        for (const { key, how } of uses) {
          const isThere = newestLast.includes(key)
          newestLast = newestLast.filter((one) => one !== key)
          if (how === 'set' || (how === 'touch' && isThere)) newestLast.push(key)
          newestLast = newestLast.slice(-entriesMax)
          if (how === 'set') map.set(key, key)
          else if (how === 'touch') expect(map.touch(key)).toBe(isThere ? key : undefined)
          else map.delete(key)
          map.shrink()
          expect(['a', 'b', 'c', 'd', 'e'].filter((one) => map.has(one))).toEqual(newestLast.toSorted())
        }
      }),
    )
  })
})
