import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closest, editDistance } from './suggestion.ts'

test('counts insertions, deletions, replacements and swaps', () => {
  expect(editDistance('port', 'port')).toBe(0)
  expect(editDistance('prot', 'port')).toBe(1)
  expect(editDistance('ports', 'port')).toBe(1)
  expect(editDistance('', 'port')).toBe(4)
  expect(editDistance('kitten', 'sitting')).toBe(3)
})

test('is the same in both directions and never more than the longer word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
      const distance = editDistance(one, other)
      expect(distance).toBe(editDistance(other, one))
      expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length))
      expect(distance === 0).toBe(one === other)
    }),
  )
})

test('suggests only what is near', () => {
  expect(closest('INTERLINE_PROT', ['INTERLINE_PORT', 'INTERLINE_HOST'])).toBe('INTERLINE_PORT')
  expect(closest('zzzz', ['INTERLINE_PORT'])).toBeUndefined()
  expect(closest('port', [])).toBeUndefined()
})
