import { expect, test } from 'vitest'
import { Condition } from './condition.ts'

test('only what was asked for is a condition, and values never become text of the statement', () => {
  const where = new Condition().when('tenant = ?', "a' OR true").when('code = ?', undefined).when('(x = ? OR y = ?)', 3)
  expect(where.toString()).toBe('tenant = $1 AND (x = $2 OR y = $2)')
  expect(where.value(10)).toBe('$3')
  expect(where.values).toEqual(["a' OR true", 3, 10])
})

test('no condition at all is every row', () => {
  expect(new Condition().toString()).toBe('true')
})
