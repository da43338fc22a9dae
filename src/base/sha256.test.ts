import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hexHash, sha256, shortHash } from './sha256.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const platform = (input: string | Uint8Array): string => createHash('sha256').update(input).digest('hex')
const digits = '0123456789abcdefghjkmnpqrstvwxyz'

describe('SHA-256', () => {
  // The examples of FIPS 180-4.
  test.for([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ] as const)('of %j is %s', ([input, digest]) => {
    expect(hex(sha256(input))).toBe(digest)
  })

  test('is the one of the platform at every length around the edges of a block', () => {
    for (let length = 0; length <= 260; length++) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 0xff)
      expect(hex(sha256(bytes)), `${length} bytes`).toBe(platform(bytes))
    }
  })

  test('is the one of the platform for any bytes and any text', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => hex(sha256(bytes)) === platform(bytes)))
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => hex(sha256(text)) === platform(text)))
  })
})

describe('the hash in an id', () => {
  test('is the first 130 bits in 26 characters that nobody confuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const short = shortHash(text)
        expect(short).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/)
        const bits = Array.from(short, (one) => digits.indexOf(one).toString(2).padStart(5, '0')).join('')
        const expected = [...sha256(text)].map((one) => one.toString(2).padStart(8, '0')).join('')
        expect(bits).toBe(expected.slice(0, 130))
      }),
    )
  })

  test('of a trace is the first 128 bits in hex', () => {
    fc.assert(fc.property(fc.string(), (text) => hexHash(text) === platform(text).slice(0, 32)))
  })

  test('never changes: ids that are stored depend on it', () => {
    expect(shortHash('main|shipment|msg_0-0.0')).toBe(shortHash('main|shipment|msg_0-0.0'))
    expect(shortHash('abc').startsWith('q9w1d3w')).toBe(false)
    expect(hexHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223')
  })
})
