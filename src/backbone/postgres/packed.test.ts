import { expect, test } from 'vitest'
import { pack, unpack } from './packed.ts'

test('what is stored comes back, compressed where that pays', () => {
  const small = 'ü'.repeat(100)
  const large = 'ü'.repeat(2000)
  expect(unpack(pack(small)).toString('utf8')).toBe(small)
  expect(pack(small).length).toBe(201)
  expect(unpack(pack(large)).toString('utf8')).toBe(large)
  expect(pack(large).length).toBeLessThan(100)
  expect([...unpack(pack(Uint8Array.of(0, 255, 7)))]).toEqual([0, 255, 7])
})

test('a coding of a later release is refused', () => {
  expect(() => unpack(Uint8Array.of(9, 1, 2))).toThrow('coded as 9')
})
