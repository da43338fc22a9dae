import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Tail } from './tail.ts'

const rows = (from: number, count: number) => Array.from({ length: count }, (_, n) => ({ offset: from + n }))
const offsets = (found: readonly { readonly offset: number }[] | undefined) => found?.map(({ offset }) => offset)

describe('the tail of a log', () => {
  test('has nothing to say before anything came', () => {
    expect(new Tail(10).after(-1, 5)).toBeUndefined()
  })

  test('gives what follows an offset, up to the limit', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 4))
    expect(offsets(tail.after(-1, 2))).toEqual([0, 1])
    expect(offsets(tail.after(1, 9))).toEqual([2, 3])
  })

  test('sends the reader to the database for what it no longer or not yet has', () => {
    const tail = new Tail(10)
    tail.offer(rows(5, 3))
    expect(tail.after(3, 9)).toBeUndefined()
    expect(offsets(tail.after(4, 9))).toEqual([5, 6, 7])
    expect(tail.after(7, 9)).toBeUndefined()
  })

  test('lets the older rows go when there is a gap: a reader must not jump over it', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 3))
    tail.offer(rows(5, 2))
    expect(tail.after(1, 9)).toBeUndefined()
    expect(offsets(tail.after(4, 9))).toEqual([5, 6])
  })

  test('forgets everything when told', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 3))
    tail.clear()
    expect(tail.after(-1, 9)).toBeUndefined()
  })

  test('is bounded, and never gives rows out of order or with a hole, whatever is offered', () => {
    const offers = fc.array(
      fc.record({ from: fc.integer({ min: 0, max: 60 }), count: fc.integer({ min: 0, max: 12 }) }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(offers, fc.integer({ min: -1, max: 80 }), fc.integer({ min: 1, max: 40 }), (list, after, limit) => {
        const tail = new Tail<{ offset: number }>(8)
        for (const { from, count } of list) tail.offer(rows(from, count))
        const found = offsets(tail.after(after, limit))
        if (found === undefined) return
        expect(found.length).toBeGreaterThan(0)
        expect(found.length).toBeLessThanOrEqual(Math.min(limit, 16))
        expect(found).toEqual(found.map((_, n) => after + 1 + n))
      }),
    )
  })
})
