import { expect, test } from 'vitest'
import type { Fact } from '../model/fact.ts'
import { reportedStatus } from './partner-transport.ts'

test('who is told of a scan hears the country of its place and the kind of trouble', () => {
  const scan = { code: 'delayed', occurredAt: '2026-03-02T10:15:00.000Z', place: 'Columbus, OH, US' }
  const stored = { code: scan.code, at: Date.parse(scan.occurredAt), place: scan.place, country: 'US' }
  const state = { about: {}, references: [], events: [{ ...stored, reason: { category: 'weather', code: 'AO' } }] }
  const fact = { subject: 'shp_1', data: { events: [scan] } } as unknown as Fact
  const [told] = reportedStatus(fact, state)
  expect(told?.payload).toMatchObject({ events: [{ ...scan, country: 'US', reason: 'weather' }] })
})
