import fc from 'fast-check'
import { expect, test } from 'vitest'
import { message } from '../contract/rows.contract.ts'
import { decodeSegment, encodeSegment } from './segment.ts'

const anyMessage = fc
  .record({
    identity: fc.string({ unit: 'binary' }),
    body: fc.uint8Array({ maxLength: 200 }),
    orderKey: fc.option(fc.string(), { nil: undefined }),
    headers: fc.dictionary(fc.string({ minLength: 1 }), fc.string()),
    replayOf: fc.option(fc.constant('msg_0-1'), { nil: undefined }),
    contentType: fc.string(),
  })
  .map(({ identity, orderKey, replayOf, ...rest }) =>
    message(identity, {
      ...rest,
      ...(orderKey === undefined ? {} : { orderKey }),
      ...(replayOf === undefined ? {} : { replayOf }),
    }),
  )

test('any messages come back byte for byte, with the offsets of their row', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { minLength: 1, maxLength: 10 }), fc.nat(), (messages, first) => {
      const bytes = Buffer.from(encodeSegment(messages))
      const read = decodeSegment({ partition: 0, first, count: messages.length, bytes })
      expect(read).toEqual(
        messages.map((one, index) => ({
          ...one,
          headers: { ...one.headers },
          offset: first + index,
          id: `msg_0-${first + index}`,
        })),
      )
    }),
  )
})

test('entries that turned out to be duplicates take no offset', () => {
  const bytes = Buffer.from(encodeSegment([message('a'), message('b'), message('c'), message('d')]))
  const read = decodeSegment({ partition: 0, first: 7, count: 2, members: [1, 3], bytes })
  expect(read.map(({ id, identity }) => [id, identity])).toEqual([
    ['msg_0-7', 'b'],
    ['msg_0-8', 'd'],
  ])
})

test('bytes that do not hold what the row says are an error, not fewer messages', () => {
  const bytes = Buffer.from(encodeSegment([message('a'), message('b')]))
  expect(() => decodeSegment({ partition: 0, first: 0, count: 3, bytes })).toThrow('holds 2 messages instead of 3')
  bytes[0] = 9
  expect(() => decodeSegment({ partition: 0, first: 0, count: 2, bytes })).toThrow('coded as 9')
})
