import { expect, test } from 'vitest'
import { memoryBackbone } from '../../backbone/memory/memory.ts'
import type { Connection } from '../connection.ts'
import { Target } from './target.ts'

test('what is handed back comes again at an instant that the database can keep', () => {
  const connection = { id: 'erp', outbound: { requestsPerSecond: 3, account: 'erp' } } as Connection
  const target = new Target(connection, 0.25, memoryBackbone({ partitions: 1, now: () => 0 }).stores.budgets)
  // The monotonic clock of the machine has parts of a millisecond; instants in the database have none.
  target.record(10.625, { end: 'retry', wire: true, status: 429, reason: 'too many', afterMs: 5000 })
  expect(target.waitMs(11.5)).toBe(5000)
  for (let failures = 0; failures < 20; failures++)
    target.record(20.125 + failures, { end: 'retry', wire: true, status: 503, reason: 'away' })
  expect(target.breaker.state).toBe('open')
  const waits = [40.375, 100.0625, 1000.7].map((now) => target.waitMs(now))
  expect(waits.filter((wait) => !Number.isInteger(wait))).toEqual([])
})
