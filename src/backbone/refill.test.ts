import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refill } from './refill.ts'

const budget = { capacity: 10, refillPerSecond: 2 }

test('grants what is there and says how long until the next token', () => {
  expect(refill({ tokens: 3, at: 0, heldUntil: 0 }, { budget, wanted: 5, now: 0 })).toEqual({
    tokens: 0,
    granted: 3,
    waitMs: 500,
  })
  expect(refill({ tokens: 0, at: 0, heldUntil: 0 }, { budget, wanted: 5, now: 60_000 })).toEqual({
    tokens: 5,
    granted: 5,
    waitMs: 0,
  })
})

test('grants nothing while the target wants to be left alone', () => {
  expect(refill({ tokens: 9, at: 0, heldUntil: 700 }, { budget, wanted: 1, now: 100 })).toMatchObject({
    granted: 0,
    waitMs: 600,
  })
})

test('never grants more than capacity plus what time brings, however it is asked', () => {
  const ask = fc.record({ wanted: fc.nat({ max: 20 }), pauseMs: fc.nat({ max: 3000 }) })
  fc.assert(
    fc.property(fc.array(ask, { maxLength: 30 }), (asks) => {
      let bucket = { tokens: budget.capacity, at: 0, heldUntil: 0 }
      let granted = 0
      for (const { wanted, pauseMs } of asks) {
        const now = bucket.at + pauseMs
        const result = refill(bucket, { budget, wanted, now })
        granted += result.granted
        bucket = { tokens: result.tokens, at: now, heldUntil: 0 }
        expect(granted).toBeLessThanOrEqual(budget.capacity + (now / 1000) * budget.refillPerSecond + 1e-6)
      }
    }),
  )
})
