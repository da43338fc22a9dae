import { describe, expect, test } from 'vitest'
import { periodOf, periodsUntil } from './period.ts'
import { standingOf } from './standing.ts'

const at = (text: string): number => Date.parse(text)
const month = { startsAt: at('2026-04-01T00:00:00Z'), endsAt: at('2026-05-01T00:00:00Z'), target: 95 }
const tenth = at('2026-04-04T00:00:00Z')

describe('a period', () => {
  test('without anything that counts is unknown, and neither 0 nor 100 percent', () => {
    expect(standingOf({ met: 0, missed: 0 }, { ...month, now: tenth })).toEqual({ state: 'unknown' })
    expect(standingOf({ met: 0, missed: 0 }, { ...month, now: month.endsAt })).toEqual({ state: 'unknown' })
  })

  test('is kept as long as the share is, and its attainment is never rounded up', () => {
    expect(standingOf({ met: 95, missed: 5 }, { ...month, now: tenth })).toEqual({
      ...{ state: 'met', attainment: 95, burnRate: 1, budgetUsed: 0.1 },
    })
    expect(standingOf({ met: 94_999, missed: 5001 }, { ...month, now: month.endsAt })).toMatchObject({
      ...{ state: 'missed', attainment: 94.99 },
    })
  })

  test('that burns five times what is allowed has used half of its budget after a tenth, and all of it after a fifth', () => {
    const standing = standingOf({ met: 75, missed: 25 }, { ...month, now: tenth })
    expect(standing).toMatchObject({ state: 'at_risk', attainment: 75, burnRate: 5, budgetUsed: 0.5 })
    expect(new Date(standing.usedUpAt ?? 0).toISOString()).toBe('2026-04-07T00:00:00.000Z')
    const later = { ...month, now: at('2026-04-10T00:00:00Z') }
    expect(standingOf({ met: 75, missed: 25 }, later)).toMatchObject({ state: 'used_up', budgetUsed: 1.5 })
  })

  test('says that nothing or all of it was kept, or used, only where it is so', () => {
    const few = standingOf({ met: 1, missed: 99_999 }, { ...month, now: month.endsAt })
    expect(few.attainment).toBeGreaterThan(0)
    const almost = standingOf({ met: 950_002, missed: 49_998 }, { ...month, now: month.endsAt })
    expect(almost).toMatchObject({ state: 'met' })
    expect(almost.budgetUsed).toBeLessThan(1)
    expect(standingOf({ met: 95, missed: 5 }, { ...month, now: month.endsAt }).budgetUsed).toBe(1)
    expect(standingOf({ met: 5, missed: 0 }, { ...month, now: tenth })).toMatchObject({
      budgetUsed: 0,
      attainment: 100,
    })
  })

  test('has the days of its calendar, also where the clocks change', () => {
    const iso = ({ startsAt, endsAt }: ReturnType<typeof periodOf>): readonly string[] =>
      [startsAt, endsAt].map((one) => new Date(one).toISOString())
    expect(iso(periodOf(at('2026-03-29T12:00:00Z'), 'day', 'Europe/Berlin'))).toEqual([
      ...['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ])
    expect(iso(periodOf(at('2026-03-29T12:00:00Z'), 'week', 'Europe/Berlin'))).toEqual([
      ...['2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ])
    expect(iso(periodOf(at('2026-03-31T22:30:00Z'), 'month', 'Europe/Berlin'))).toEqual([
      ...['2026-03-31T22:00:00.000Z', '2026-04-30T22:00:00.000Z'],
    ])
    expect(periodsUntil(tenth, 'month', 'UTC', 3).map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual([
      ...['2026-04-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-02-01T00:00:00.000Z'],
    ])
  })
})
