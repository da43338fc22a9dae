import { expect, test } from 'vitest'
import { dueMs } from './control.ts'

test('tells the first hours ten times as fast and the rest at the speed asked for, without a gap', () => {
  const pace = { speed: 100, sprintSeconds: 1000 }
  expect(dueMs(0, pace)).toBe(0)
  expect(dueMs(1000, pace)).toBe(1000)
  expect(dueMs(1100, pace)).toBe(2000)
  expect(dueMs(500, { speed: 100, sprintSeconds: 0 })).toBe(5000)
})
