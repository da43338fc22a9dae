import { expect, test } from 'vitest'
import { listedTime } from './listed-time.ts'

const now = Date.UTC(2026, 0, 10, 12)

test.each([
  ['Jan  9 23:59', Date.UTC(2026, 0, 9)],
  ['Jan 11 00:10', Date.UTC(2026, 0, 11)],
  ['Dec 31 08:00', Date.UTC(2025, 11, 31)],
  ['Mar 05  2024', Date.UTC(2024, 2, 5)],
  ['01-09-26 10:30PM', Date.UTC(2026, 0, 9)],
  ['12-31-2025 22:30', Date.UTC(2025, 11, 31)],
  ['2025-12-31 22:30', Date.UTC(2025, 11, 31)],
  ['9. Jan 10:30', undefined],
  ['', undefined],
])('a listing that shows %j means about %s', (text, expected) => {
  expect(listedTime(text, now)).toBe(expected)
})
