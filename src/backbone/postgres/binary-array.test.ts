import { expect, test } from 'vitest'
import { bigintArray, textArray } from './binary-array.ts'

test('texts go by their bytes, each with its length before it', () => {
  const bytes = textArray(['a', '', 'ü🚚', '{"NULL",\\'])
  expect([...bytes.subarray(0, 20)]).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 25, 0, 0, 0, 4, 0, 0, 0, 1])
  const found: string[] = []
  for (let at = 20; at < bytes.length; at += 4 + bytes.readInt32BE(at))
    found.push(bytes.toString('utf8', at + 4, at + 4 + bytes.readInt32BE(at)))
  expect(found).toEqual(['a', '', 'ü🚚', '{"NULL",\\'])
})

test('whole numbers keep their sign and all of their 53 bits', () => {
  const values = [0, 1, -1, 2 ** 32, -(2 ** 40), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
  const bytes = bigintArray(values)
  expect(bytes.readInt32BE(8)).toBe(20)
  expect(values.map((_, index) => Number(bytes.readBigInt64BE(20 + index * 12 + 4)))).toEqual(values)
})
