import { expect, test } from 'vitest'
import { Spacing } from './spacing.ts'

/** Messages evenly spread from `from` on; returns when the last one came. */
function come(
  spacing: Spacing,
  { from, perSecond, count }: { from: number; perSecond: number; count: number },
): number {
  for (let n = 0; n < count; n++) spacing.message(from + (n * 1000) / perSecond)
  return from + ((count - 1) * 1000) / perSecond
}

test('a batch never waits while messages come one at a time, however long that goes on', () => {
  const spacing = new Spacing()
  const now = come(spacing, { from: 0, perSecond: 500, count: 2000 })
  spacing.batch(now)
  expect(spacing.wait(now)).toBe(0)
})

test('while messages come thick, a batch begins 5 ms after the one before it', () => {
  const spacing = new Spacing()
  const now = come(spacing, { from: 0, perSecond: 1000, count: 500 })
  expect(spacing.wait(now)).toBe(0)
  spacing.batch(now)
  expect([spacing.wait(now), spacing.wait(now + 2), spacing.wait(now + 5)]).toEqual([5, 3, 0])
})

test('what comes after a rest is not held back for how it was before', () => {
  const spacing = new Spacing()
  const thick = come(spacing, { from: 0, perSecond: 1000, count: 500 })
  const now = come(spacing, { from: thick + 500, perSecond: 500, count: 2 })
  spacing.batch(now)
  expect(spacing.wait(now)).toBe(0)
})

test('the end of a rush is noticed within a tenth of a second', () => {
  const spacing = new Spacing()
  const thick = come(spacing, { from: 0, perSecond: 1000, count: 500 })
  const now = come(spacing, { from: thick + 10, perSecond: 100, count: 25 })
  spacing.batch(now)
  expect(spacing.wait(now)).toBe(0)
})
