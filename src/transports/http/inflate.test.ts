import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InterlineError } from '../../base/errors.ts'
import { inflate, inflateBeside } from './inflate.ts'

const megabyte = 1024 * 1024

function codeOf(work: () => unknown): string | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof InterlineError) return error.code
    throw error
  }
  return undefined
}

test('what was packed comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
      expect(Buffer.from(inflate(gzipSync(bytes), megabyte))).toEqual(Buffer.from(bytes))
    }),
  )
})

test('beside the main thread it is judged the same', async () => {
  const random = Buffer.from(Array.from({ length: 40_000 }, (_, at) => (at * 7919) % 251))
  const packed = gzipSync(Buffer.concat([random, random.toSorted()]))
  const bomb = gzipSync(Buffer.alloc(64 * megabyte))
  expect(Buffer.from(await inflateBeside(packed, megabyte))).toEqual(Buffer.from(inflate(packed, megabyte)))
  for (const [bytes, code] of [
    [bomb, 'BODY_TOO_LARGE'],
    [bomb.subarray(0, -1), 'BODY_TOO_LARGE'],
    [Buffer.alloc(20_000, 'plain'), 'BODY_MALFORMED'],
  ] as const)
    await expect(inflateBeside(bytes, 64 * megabyte)).rejects.toMatchObject({ code })
})

test('a body that unpacks beyond the limit of the endpoint is refused, one at the limit is read', () => {
  const packed = gzipSync(Buffer.alloc(5000, 'abcdefg'))
  expect(inflate(packed, 5000)).toHaveLength(5000)
  expect(codeOf(() => inflate(packed, 4999))).toBe('BODY_TOO_LARGE')
})

test('a bomb is cut at a hundred times its size, long before the limit of the endpoint', () => {
  const bomb = gzipSync(Buffer.alloc(64 * megabyte))
  expect(bomb.length).toBeLessThan(70_000)
  const before = process.memoryUsage().arrayBuffers
  expect(codeOf(() => inflate(bomb, 64 * megabyte))).toBe('BODY_TOO_LARGE')
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * megabyte)
})

test('up to a megabyte the ratio does not matter', () => {
  expect(inflate(gzipSync(Buffer.alloc(megabyte)), megabyte)).toHaveLength(megabyte)
})

test('what is no gzip, another coding, or ends too early is malformed', () => {
  const packed = gzipSync('a document that is long enough to be cut')
  for (const bytes of [
    Buffer.from('plain'),
    deflateSync('other'),
    packed.subarray(0, -1),
    packed.subarray(0, 12),
    Buffer.alloc(0),
  ])
    expect(codeOf(() => inflate(bytes, megabyte))).toBe('BODY_MALFORMED')
})

test('one changed bit in the packed text never comes back as another text', () => {
  const text = 'ORDER 4711, 12 pieces of SKU-1, delivered'
  const packed = gzipSync(text)
  for (let at = 10; at < packed.length; at++) {
    const changed = Buffer.from(packed)
    changed[at] = (changed[at] ?? 0) ^ 1
    let read: string | undefined
    const code = codeOf(() => {
      read = Buffer.from(inflate(changed, megabyte)).toString()
    })
    expect(code === 'BODY_MALFORMED' || read === text, `byte ${at}`).toBe(true)
  }
})
