import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compress, isKept } from './compressor.ts'

const level1 = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

describe('the compressor that is used again', () => {
  test('is used again in the Node that the project comes with: a new release may take that away without a word', () => {
    compress(Buffer.from('x'))
    expect(isKept()).toBe(true)
  })

  test('writes what Node itself would write, whatever came before', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 5000 }),
      fc
        .record({ text: fc.string(), times: fc.integer({ min: 0, max: 3000 }) })
        .map(({ text, times }) => Buffer.from(text.repeat(times))),
    )
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 5 }), (list) => {
        for (const one of list) expect(compress(one)).toEqual(zstdCompressSync(one, level1))
      }),
    )
  })

  test('bytes that cannot be made smaller, and more of them than it keeps room for', () => {
    for (const size of [0, 1, 131_072, 262_143, 262_144, 262_145, 3_000_000]) {
      const bytes = crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)))
      const large = Buffer.alloc(size)
      for (let at = 0; at < size; at += bytes.length)
        large.set(bytes.subarray(0, Math.min(bytes.length, size - at)), at)
      expect(zstdDecompressSync(compress(large)).equals(large)).toBe(true)
    }
  })

  test('leaves nothing that waits for a full collection', () => {
    const bytes = Buffer.from('a segment of the log '.repeat(100))
    const before = process.memoryUsage().arrayBuffers
    for (let n = 0; n < 1000; n++) compress(bytes)
    // A compressor for each call would have left 16 MB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000)
  })
})
