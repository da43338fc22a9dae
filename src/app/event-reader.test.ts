import { expect, test } from 'vitest'
import { EventReader } from './event-reader.ts'

const stream = 'retry: 500\n\n: heartbeat\nid: a\n\nevent: shipments\nid: b\ndata: {"x":\ndata: 1}\n\nid: c\n\n'

test('reads events however the text is cut, and keeps the place, also of blocks without an event', () => {
  for (let size = 1; size <= stream.length; size++) {
    const reader = new EventReader()
    const events = []
    for (let at = 0; at < stream.length; at += size) events.push(...reader.take(stream.slice(at, at + size)))
    expect(events).toEqual([{ name: 'shipments', data: '{"x":\n1}' }])
    expect(reader).toMatchObject({ lastId: 'c', retryMs: 500 })
  }
})

test('forgets half an event when the connection broke in it', () => {
  const reader = new EventReader()
  reader.take('event: tasks\ndata: {"half')
  reader.restart()
  expect(reader.take('data: 2\n\n')).toEqual([{ name: 'message', data: '2' }])
})

test('refuses an event without an end', () => {
  expect(() => new EventReader().take(`data: ${'x'.repeat(1_100_000)}`)).toThrow('more than')
})
