import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoffMs, readRetryAfter, webhookPauseMs, webhookSchedule } from './backoff.ts'

const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('a pause before the next attempt', () => {
  test('is anywhere from nothing to the doubled base, and never beyond the cap', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), dice, (attempt, random) => {
        const pause = backoffMs(attempt, random)
        expect(pause).toBeGreaterThanOrEqual(0)
        expect(pause).toBeLessThanOrEqual(Math.min(300_000, 1000 * 2 ** Math.min(attempt, 30)))
      }),
    )
    expect([0, 1, 2, 8, 9, 5000].map((attempt) => backoffMs(attempt, 1))).toEqual([
      1000, 2000, 4000, 256_000, 300_000, 300_000,
    ])
    expect(backoffMs(3, 0.5, { baseMs: 10, capMs: 60 })).toBe(30)
  })
})

describe('the pauses of a webhook', () => {
  test('grow, and give a subscriber three days to come back', () => {
    expect(webhookSchedule.toSorted((a, b) => a - b)).toEqual(webhookSchedule)
    const hours = webhookSchedule.reduce((sum, ms) => sum + ms, 0) / 3_600_000
    expect(hours).toBeGreaterThan(72)
    expect(hours).toBeLessThan(80)
  })

  test('are never shorter than announced and at most a tenth longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: webhookSchedule.length }), dice, (failures, random) => {
        const told = webhookSchedule[failures - 1] ?? 0
        const pause = webhookPauseMs(failures, random) ?? 0
        expect(pause).toBeGreaterThanOrEqual(told)
        expect(pause).toBeLessThanOrEqual(told * 1.1 + 1)
      }),
    )
  })

  test('end', () => {
    expect(webhookPauseMs(webhookSchedule.length, 0)).toBeDefined()
    expect(webhookPauseMs(webhookSchedule.length + 1, 0)).toBeUndefined()
  })
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 4, 16, 0, 0)

  test.for([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7000],
    ['999999', 3_600_000],
    ['Sun, 04 Jan 2026 16:00:30 GMT', 30_000],
    ['Sun, 04 Jan 2026 15:00:00 GMT', 0],
    ['Fri, 01 Jan 2027 00:00:00 GMT', 3_600_000],
  ] as const)('%j is a pause of %i ms', ([value, ms]) => {
    expect(readRetryAfter(value, now)).toBe(ms)
  })

  test.for([
    '',
    'soon',
    '-5',
    '1.5',
    '1e3',
    '9999999',
    'Sun, 31 Feb 2026 16:00:00 GMT',
    'Sun, 04 Foo 2026 16:00:00 GMT',
  ])('%j says nothing', (value) => {
    expect(readRetryAfter(value, now)).toBeUndefined()
  })

  test('that was not sent says nothing', () => {
    expect(readRetryAfter(undefined, now)).toBeUndefined()
  })
})
