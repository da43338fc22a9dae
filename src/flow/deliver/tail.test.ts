import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Tail } from './tail.ts'

const rows = (from: number, count: number) => Array.from({ length: count }, (_, n) => ({ offset: from + n }))
const offsets = (found: readonly { readonly offset: number }[] | undefined) => found?.map(({ offset }) => offset)

describe('the tail of a log', () => {
  test('has nothing to say before anything came', () => {
    expect(new Tail(10).after(-1, 5, 'r')).toBeUndefined()
  })

  test('gives what follows an offset, up to the limit', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 4))
    expect(offsets(tail.after(-1, 2, 'r'))).toEqual([0, 1])
    expect(offsets(tail.after(1, 9, 'r'))).toEqual([2, 3])
  })

  test('sends the reader to the database for what it no longer or not yet has', () => {
    const tail = new Tail(10)
    tail.offer(rows(5, 3))
    expect(tail.after(3, 9, 'r')).toBeUndefined()
    expect(offsets(tail.after(4, 9, 'r'))).toEqual([5, 6, 7])
    expect(tail.after(7, 9, 'r')).toBeUndefined()
  })

  test('lets the older rows go when there is a gap: a reader must not jump over it', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 3))
    tail.offer(rows(5, 2))
    expect(tail.after(1, 9, 'r')).toBeUndefined()
    expect(offsets(tail.after(4, 9, 'r'))).toEqual([5, 6])
  })

  test('keeps what a reader has still to come to, and lets go what all of them have passed', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 4))
    tail.after(3, 9, 'fast')
    tail.after(1, 9, 'slow')
    tail.offer(rows(4, 2))
    expect(tail.after(0, 9, 'late')).toBeUndefined()
    expect(offsets(tail.after(1, 9, 'slow'))).toEqual([2, 3, 4, 5])
    tail.after(5, 9, 'fast')
    tail.after(5, 9, 'slow')
    tail.offer(rows(6, 1))
    expect(tail.after(4, 9, 'fast')).toBeUndefined()
    expect(offsets(tail.after(5, 9, 'fast'))).toEqual([6])
    expect(tail.endsAt(6)).toBe(true)
  })

  test('does not wait for a reader that never comes back', () => {
    const tail = new Tail(4)
    tail.offer(rows(0, 2))
    tail.after(-1, 9, 'gone')
    for (let from = 2; from < 20; from += 2) {
      tail.offer(rows(from, 2))
      tail.after(from + 1, 9, 'here')
    }
    tail.offer(rows(20, 2))
    expect(tail.after(18, 9, 'late')).toBeUndefined()
    expect(offsets(tail.after(19, 9, 'here'))).toEqual([20, 21])
  })

  test('keeps what comes while a reader that was behind reads elsewhere, or it would never get here', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 4))
    tail.after(3, 9, 'fast')
    tail.offer(rows(4, 2))
    tail.after(5, 9, 'fast')
    expect(tail.after(1, 9, 'behind')).toBeUndefined()
    tail.offer(rows(6, 2))
    tail.after(7, 9, 'fast')
    tail.offer(rows(8, 1))
    // Elsewhere it has read up to what was newest when it asked.
    expect(offsets(tail.after(5, 9, 'behind'))).toEqual([6, 7, 8])
  })

  test('hears how far a reader has come that does not ask', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 2))
    tail.after(-1, 9, 'folder')
    tail.passed('folder', 1)
    tail.passed('nobody who ever asked', -1)
    tail.offer(rows(2, 2))
    expect(tail.after(0, 9, 'late')).toBeUndefined()
    tail.passed('folder', 0)
    tail.offer(rows(4, 1))
    expect(offsets(tail.after(1, 9, 'folder'))).toEqual([2, 3, 4])
  })

  test('forgets everything when told', () => {
    const tail = new Tail(10)
    tail.offer(rows(0, 3))
    tail.clear()
    expect(tail.after(-1, 9, 'r')).toBeUndefined()
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
        const found = offsets(tail.after(after, limit, 'r'))
        if (found === undefined) return
        expect(found.length).toBeGreaterThan(0)
        expect(found.length).toBeLessThanOrEqual(Math.min(limit, 16))
        expect(found).toEqual(found.map((_, n) => after + 1 + n))
      }),
    )
  })
})
