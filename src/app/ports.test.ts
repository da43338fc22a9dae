import { expect, test } from 'vitest'
import { Bell } from '../flow/ports.ts'
import { systemClock, systemRandom } from './ports.ts'

test('a bell ends a sleep early', async () => {
  const bell = new Bell()
  const sleeping = systemClock.sleep(3_600_000, bell)
  bell.ring()
  await sleeping
})

test('a ring that came before the sleep is not lost', async () => {
  const bell = new Bell()
  bell.ring()
  await systemClock.sleep(3_600_000, bell)
})

test('a sleep that ends by itself no longer listens', async () => {
  const bell = new Bell()
  await systemClock.sleep(1, bell)
  bell.ring()
  await systemClock.sleep(3_600_000, bell)
})

test('randomness lies between 0 and 1 and does not repeat itself', () => {
  const values = Array.from({ length: 1000 }, () => systemRandom.next())
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...values)).toBeLessThan(1)
  expect(new Set(values).size).toBeGreaterThan(990)
})
