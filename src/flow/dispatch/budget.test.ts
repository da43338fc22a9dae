import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Budget } from './budget.ts'

describe('a budget of requests', () => {
  test('gives out what a second holds, then one at a time as time passes', () => {
    const budget = new Budget(10, 0)
    expect(budget.take(0, 25)).toBe(10)
    expect(budget.take(0, 1)).toBe(0)
    expect(budget.waitMs(0)).toBe(100)
    expect(budget.take(100, 5)).toBe(1)
    expect(budget.take(600, 5)).toBe(5)
  })

  test('never gives more than one second in store and the rate since then', () => {
    const asks = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 2000 }), wanted: fc.integer({ min: 0, max: 50 }) }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), asks, (perSecond, list) => {
        const budget = new Budget(perSecond, 0)
        let now = 0
        let taken = 0
        for (const { pause, wanted } of list) {
          now += pause
          const got = budget.take(now, wanted)
          expect(got).toBeGreaterThanOrEqual(0)
          expect(got).toBeLessThanOrEqual(wanted)
          taken += got
          expect(taken).toBeLessThanOrEqual(perSecond + (now / 1000) * perSecond + 1e-6)
        }
      }),
    )
  })

  test('takes back what was not used', () => {
    const budget = new Budget(4, 0)
    expect(budget.take(0, 4)).toBe(4)
    budget.giveBack(3)
    expect(budget.take(0, 4)).toBe(3)
  })

  test('waits as long as the target says, then starts at a tenth', () => {
    const budget = new Budget(10, 0)
    budget.throttle(0, 5000)
    expect(budget.take(4999, 10)).toBe(0)
    expect(budget.waitMs(1000)).toBe(4000)
    expect(budget.take(5000, 10)).toBe(1)
    expect(budget.take(5000, 10)).toBe(0)
    expect(budget.take(6000, 10)).toBe(1)
  })

  test('gives one at once after a 429, however much was in store', () => {
    const budget = new Budget(100, 0)
    budget.throttle(0)
    expect(budget.take(0, 100)).toBe(1)
  })

  test('counts quiet seconds from the last step, whenever somebody looks', () => {
    const budget = new Budget(100, 0)
    budget.throttle(0)
    budget.remaining(15_000)
    budget.take(20_000, 1000)
    expect(budget.take(21_000, 1000)).toBe(30)
  })

  test('grows by a tenth in ten quiet seconds, up to the full rate', () => {
    const rateAt = (seconds: number): number => {
      const budget = new Budget(100, 0)
      budget.throttle(0)
      budget.take(seconds * 1000, 1000)
      return budget.take(seconds * 1000 + 1000, 1000)
    }
    expect([1, 10, 20, 50, 90, 900].map(rateAt)).toEqual([10, 20, 30, 60, 100, 100])
  })

  test('shrinks further when it is told "too many" again, and never to nothing', () => {
    const budget = new Budget(100, 0)
    for (let n = 0; n < 50; n++) budget.throttle(0)
    budget.take(0, 100)
    expect(budget.take(1000, 100)).toBe(5)
    const slow = new Budget(0.001, 0)
    slow.take(0, 1)
    expect(slow.waitMs(0)).toBeLessThanOrEqual(10_000)
  })

  test('tells what is left, from all to nothing', () => {
    const budget = new Budget(10, 0)
    expect(budget.remaining(0)).toBe(1)
    budget.take(0, 5)
    expect(budget.remaining(0)).toBe(0.5)
    budget.take(0, 5)
    expect(budget.remaining(0)).toBe(0)
  })
})
