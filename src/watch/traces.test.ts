import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTraceparent, parseTraceparent, readTraceparent, rootSpanId, traceIds } from './traces.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'

test('what is written is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.boolean(), (random, sampled) => {
      const id = traceIds(() => random)()
      const context = { trace: id, span: rootSpanId(id), sampled }
      expect(parseTraceparent(formatTraceparent(context))).toEqual(context)
    }),
  )
})

test('every id is used once, and randomness is drawn for many at a time', () => {
  const drawn: number[] = []
  const next = traceIds((count) => {
    drawn.push(count)
    return Uint8Array.from({ length: count }, (_, at) => (at >> 4) ^ drawn.length)
  })
  const ids = Array.from({ length: 512 }, next)
  expect(drawn).toEqual([4096, 4096])
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true)
  expect(new Set(ids.slice(0, 256)).size).toBe(256)
})

test('ids that mean none are never made', () => {
  expect(traceIds((count) => new Uint8Array(count))()).toBe('00000000000000000000000000000001')
  expect(rootSpanId(`${'1'.repeat(16)}${'0'.repeat(16)}`)).toBe('0000000000000001')
})

test('a sampled and an unsampled context are told apart', () => {
  expect(parseTraceparent(`00-${trace}-${span}-01`)).toEqual({ trace, span, sampled: true })
  expect(parseTraceparent(`00-${trace}-${span}-00`)).toEqual({ trace, span, sampled: false })
})

test('a later version is read as far as it is known', () => {
  expect(readTraceparent(`01-${trace}-${span}-01-what-follows`)).toBe(trace)
})

test.each([
  undefined,
  '',
  'nonsense',
  `00-${'0'.repeat(32)}-${span}-01`,
  `00-${trace}-${'0'.repeat(16)}-01`,
  `00-${trace.toUpperCase()}-${span}-01`,
  `00-${trace}-${span}-01-more`,
  `ff-${trace}-${span}-01`,
  `00-${trace.slice(1)}-${span}-01`,
  `00-${trace}-${span}`,
  ` 00-${trace}-${span}-01`,
])('%j is no context', (header) => {
  expect(parseTraceparent(header)).toBeUndefined()
  expect(readTraceparent(header)).toBeUndefined()
})
