import { describe, expect, test } from 'vitest'
import { agreedTogether, isValidOn, overlaps, type Validity } from './validity.ts'

describe('something with days', () => {
  test('is agreed on its first and its last day, and on no other before or after', () => {
    const half = { from: '2026-01-01', until: '2026-06-30' }
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((day) => isValidOn(half, day))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isValidOn({}, '1999-01-01')).toBe(true)
  })

  test('meets something else where both are agreed on some day', () => {
    const first = { until: '2026-06-30' }
    expect(overlaps(first, { from: '2026-07-01' })).toBe(false)
    expect(overlaps(first, { from: '2026-06-30' })).toBe(true)
    expect(overlaps({ from: '2026-06-30' }, first)).toBe(true)
    expect(overlaps({}, {})).toBe(true)
    expect(overlaps({ from: '2026-02-01', until: '2026-03-01' }, {})).toBe(true)
  })

  test('stands beside whatever is agreed on the same day', () => {
    const [always, old, next] = [
      { name: 'always' },
      { name: 'old', until: '2026-06-30' },
      { name: 'next', from: '2026-07-01' },
    ]
    const names = (all: readonly (Validity & { readonly name: string })[]) =>
      agreedTogether(all).map((group) => group.map(({ name }) => name))
    expect(names([always, old, next])).toEqual([
      ['always', 'old'],
      ['always', 'next'],
    ])
    expect(names([always])).toEqual([['always']])
    expect(names([])).toEqual([[]])
  })
})
