import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '../../model/fact.ts'
import { decodeFacts, encodeFacts } from './fact-segment.ts'
import { pack } from './packed.ts'

/** From few values, so that neighbours often have them in common. */
const few = fc.oneof(fc.constantFrom('', 'a', '.b', 'msg_0-1', 'msg_0-1.0'), fc.string({ unit: 'grapheme' }))
const anyFact: fc.Arbitrary<Fact> = fc
  .record({
    id: fc.constantFrom('msg_0-1.0', 'msg_0-1.0.status', 'msg_0-10.0', 'msg_0-1', 'tmr_x'),
    type: few,
    subject: few,
    tenant: few,
    occurredAt: fc.option(few, { nil: undefined }),
    recordedAt: few,
    source: few,
    causation: fc.constantFrom('msg_0-1', 'msg_0-1.0', 'tmr_x'),
    correlation: few,
    trace: few,
    mapping: fc.option(few, { nil: undefined }),
    replayed: fc.constantFrom({}, { replay: true as const }, { replay: true as const, retold: true as const }),
    data: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(0), fc.constant(null))),
  })
  .map(({ occurredAt, mapping, replayed, ...fact }) => ({
    ...fact,
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(mapping === undefined ? {} : { mapping }),
    ...replayed,
  }))

test('any facts come back as they were, with the offsets of their row', () => {
  fc.assert(
    fc.property(fc.array(anyFact, { maxLength: 12 }), fc.nat(), (facts, first) => {
      const read = decodeFacts({ partition: 3, first, count: facts.length, bytes: encodeFacts(facts) })
      expect(read.map(({ offset }) => offset)).toEqual(facts.map((_, index) => first + index))
      expect(JSON.stringify(read.map(({ fact }) => sorted(fact)))).toBe(JSON.stringify(facts.map(sorted)))
    }),
  )
})

test('a row of the first release, which wrote whole objects, is read like any other', () => {
  const fact: Fact = {
    id: 'msg_0-1.0',
    type: 'order.reported',
    subject: 'ord_1',
    tenant: 'main',
    recordedAt: '2026-03-02T06:00:00.000Z',
    source: 'shop',
    causation: 'msg_0-1',
    correlation: 'ord_1',
    trace: '0'.repeat(32),
    data: { status: 'received' },
  }
  const read = decodeFacts({ partition: 0, first: 5, count: 1, bytes: pack(JSON.stringify([fact])) })
  expect(read).toEqual([{ partition: 0, offset: 5, fact }])
})

test('a row that holds another number of facts than it says is not read', () => {
  expect(() => decodeFacts({ partition: 0, first: 5, count: 2, bytes: encodeFacts([]) })).toThrow(
    'row 0-5 of the fact log holds 0 facts instead of 2',
  )
})

function sorted(fact: Fact): [string, unknown][] {
  return Object.entries(fact).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
