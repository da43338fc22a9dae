import { afterEach, expect, test, vi } from 'vitest'
import { eventually } from './hub-process.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test('the patience of a test is a time, not a number of looks: slow looks do not make it longer', async () => {
  let now = 0
  let looks = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const look = (): Promise<number> => {
    now += 1000
    looks += 1
    return Promise.resolve(looks)
  }
  expect(await eventually(look, () => false, 2000)).toBe(3)
})

test('what comes true during the last slow look is seen: one more look begins when the patience is over', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const look = (): Promise<boolean> => {
    const isTrue = now >= 5000
    now += 5000
    return Promise.resolve(isTrue)
  }
  expect(await eventually(look, (value) => value, 2000)).toBe(true)
})
