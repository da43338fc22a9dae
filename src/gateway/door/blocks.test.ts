import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Blocks, BlockWriter, blockBytes, joined } from './blocks.ts'

test('what was written comes back, however it was cut, and whatever the blocks held before', () => {
  const pool = new Blocks()
  const sizes = fc.array(fc.oneof(fc.nat(100), fc.nat(3 * blockBytes)), { maxLength: 5 })
  fc.assert(
    fc.property(sizes, fc.nat(255), (lengths, first) => {
      const chunks = lengths.map((length, at) => Buffer.alloc(length, (first + at) % 256))
      const writer = new BlockWriter(pool)
      for (const chunk of chunks) writer.write(chunk)
      const whole = joined(writer)
      writer.free()
      expect(whole.equals(Buffer.concat(chunks))).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('two bodies that come at the same time have blocks of their own', () => {
  const pool = new Blocks()
  const [one, other] = [new BlockWriter(pool), new BlockWriter(pool)]
  one.write(Buffer.alloc(10, 1))
  other.write(Buffer.alloc(10, 2))
  one.write(Buffer.alloc(blockBytes, 1))
  expect(new Set(joined(one))).toEqual(new Set([1]))
  expect(new Set(joined(other))).toEqual(new Set([2]))
  const before = [...one.blocks]
  one.free()
  const next = new BlockWriter(pool)
  next.write(Buffer.alloc(10, 3))
  expect(before).toContain(next.blocks[0])
  expect(joined(next)).toEqual(Buffer.alloc(10, 3))
})
