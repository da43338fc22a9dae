import { expect, test } from 'vitest'
import { message, messages } from '../contract/rows.contract.ts'
import { dedupeKey } from './encode.ts'
import { planInbox } from './inbox-plan.ts'

const shape = (sent: Parameters<typeof planInbox>[0]) =>
  planInbox(sent, sent.map(dedupeKey)).segments.map(({ place, rank, count }) => [place, rank, count])

test('messages of a partition share a row', () => {
  const sent = [message('a'), message('b', { partition: 2 }), message('c'), message('d', { partition: 2 })]
  const plan = planInbox(sent, sent.map(dedupeKey))
  expect(plan.spread).toEqual({ partitions: [0, 2], counts: [2, 2], places: [1, 2, 1, 2], ranks: [0, 0, 1, 1] })
  expect(shape(sent)).toEqual([
    [1, 0, 2],
    [2, 0, 2],
  ])
})

test('a large document has a row of its own, and its neighbours keep their order', () => {
  const large = message('large', { body: new Uint8Array(64 * 1024 + 1) })
  expect(shape([message('a'), large, message('b'), message('c')])).toEqual([
    [1, 0, 1],
    [1, 1, 1],
    [1, 2, 2],
  ])
})

test('a row holds at most 1,000 messages and 1 MiB', () => {
  expect(shape(messages(2001)).map(([, , count]) => count)).toEqual([1000, 1000, 1])
  const medium = messages(40).map((one) => ({ ...one, body: new Uint8Array(60_000) }))
  expect(shape(medium).map(([, , count]) => count)).toEqual([17, 17, 6])
})

test('a row knows when its messages were received', () => {
  const sent = [message('a', { receivedAt: 5 }), message('b', { receivedAt: 3 })]
  const plan = planInbox(sent, sent.map(dedupeKey))
  expect(plan.segments).toMatchObject([{ from: 3, until: 5 }])
})
