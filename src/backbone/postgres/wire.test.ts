import { expect, test } from 'vitest'
import { Wire } from './wire.ts'

test('a statement is Bind and Execute with binary parameters, and one Sync ends them all', () => {
  const wire = new Wire(Buffer.alloc(16))
  wire.begin('s', 2).int2s([7]).null().end()
  expect(wire.statements).toBe(1)
  const expected = [
    ...[0x42, 0, 0, 0, 49], // Bind, length
    ...[0, 0x73, 0], // unnamed portal, statement "s"
    ...[0, 1, 0, 1, 0, 2], // one format for all: binary; two parameters
    ...[0, 0, 0, 26, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 21, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 7], // int2[] of one element
    ...[255, 255, 255, 255], // NULL
    ...[0, 0], // results as text
    ...[0x45, 0, 0, 0, 9, 0, 0, 0, 0, 0], // Execute
    ...[0x53, 0, 0, 0, 4], // Sync
  ]
  expect([...wire.finish()]).toEqual(expected)
})

test('numbers keep their sign and all of their 53 bits', () => {
  const wire = new Wire(Buffer.alloc(1024))
  const values = [-1, 0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER, -(2 ** 40), undefined]
  wire.begin('s', 1).int8s(values).end()
  const bytes = wire.finish()
  let at = 5 + 3 + 6 + 4 + 20
  for (const value of values) {
    const length = bytes.readInt32BE(at)
    expect(length === -1 ? undefined : Number(bytes.readBigInt64BE(at + 4))).toBe(value)
    at += 4 + Math.max(length, 0)
  }
})

test('text is written as UTF-8 with its length in bytes, and the buffer grows', () => {
  const wire = new Wire(Buffer.alloc(8))
  const text = 'ü🚚'.repeat(1000)
  wire.begin('s', 1).texts([text, null, '']).end()
  const bytes = wire.finish()
  const at = 5 + 3 + 6 + 4 + 20
  expect(bytes.readInt32BE(at)).toBe(6000)
  expect(bytes.toString('utf8', at + 4, at + 4 + 6000)).toBe(text)
  expect(bytes.readInt32BE(at + 6004)).toBe(-1)
  expect(bytes.readInt32BE(at + 6008)).toBe(0)
})

test('an empty array has no dimensions', () => {
  const wire = new Wire(Buffer.alloc(1024))
  wire.begin('s', 1).texts([]).end()
  expect([...wire.finish().subarray(14, 30)]).toEqual([0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 25])
})
