import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTraceparent, parseTraceparent, rootSpanId, traceparentOf } from './traceparent.ts'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'

test('what is written is read', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-f]{31}[1-9a-f]$/), fc.boolean(), (id, sampled) => {
      const context = { trace: id, span: rootSpanId(id), sampled }
      expect(parseTraceparent(formatTraceparent(context))).toEqual(context)
    }),
  )
})

test('the root of a trace is never an id that means none', () => {
  expect(rootSpanId(`${'1'.repeat(16)}${'0'.repeat(16)}`)).toBe('0000000000000001')
})

test('whoever carries a trace on names its root', () => {
  expect(traceparentOf(trace)).toBe(`00-${trace}-${rootSpanId(trace)}-01`)
})

test('a sampled and an unsampled context are told apart', () => {
  expect(parseTraceparent(`00-${trace}-${span}-01`)).toEqual({ trace, span, sampled: true })
  expect(parseTraceparent(`00-${trace}-${span}-00`)).toEqual({ trace, span, sampled: false })
})

test('a later version is read as far as it is known', () => {
  expect(parseTraceparent(`01-${trace}-${span}-01-what-follows`)?.trace).toBe(trace)
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
})
