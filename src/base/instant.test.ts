import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDate, readInstant, writeDate, writeInstant } from './instant.ts'

const earliest = Date.UTC(1, 0, 1)
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999)
const instants = fc.integer({ min: 0, max: latest })

describe('an instant', () => {
  test('is written as the platform writes it, and read back, for every millisecond until the year 9999', () => {
    fc.assert(
      fc.property(instants, (ms) => {
        expect(writeInstant(ms)).toBe(new Date(ms).toISOString())
        expect(readInstant(writeInstant(ms))).toBe(ms)
      }),
      { numRuns: 1000 },
    )
  })

  test('is the same moment with whatever offset it is told', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }), (ms, minutes) => {
        fc.pre(ms + minutes * 60_000 > 0 && ms + minutes * 60_000 < latest)
        const size = Math.abs(minutes)
        const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
        expect(readInstant(writeInstant(ms + minutes * 60_000).replace('Z', offset))).toBe(ms)
      }),
    )
  })

  test.for([
    ['2026-01-04T16:00:00Z', '2026-01-04T16:00:00.000Z'],
    ['2026-01-04t16:00:00z', '2026-01-04T16:00:00.000Z'],
    ['2026-01-04 16:00Z', '2026-01-04T16:00:00.000Z'],
    ['2026-01-04T16:00:00+0100', '2026-01-04T15:00:00.000Z'],
    ['2026-01-04T00:30:00-05:30', '2026-01-04T06:00:00.000Z'],
    ['2026-01-04T16:00:00,5 Z', '2026-01-04T16:00:00.500Z'],
    ['2026-01-04T16:00:00.123456789Z', '2026-01-04T16:00:00.123Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.000Z'],
  ] as const)('%s is %s', ([told, meant]) => {
    expect(writeInstant(readInstant(told) ?? Number.NaN)).toBe(meant)
  })

  test.for([
    '2026-01-04T16:00:00',
    '2026-01-04',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-04T24:00:00Z',
    '2026-01-04T16:60:00Z',
    '2026-01-04T16:00:61Z',
    '2026-01-04T16:00:00+24:00',
    '2026-01-04T16:00:00+01:60',
    ' 2026-01-04T16:00:00Z',
    '2026-01-04T16:00:00Z\n2026',
    '26-01-04T16:00:00Z',
    '',
  ])('%j is none: it has no offset, or there is no such time', (told) => {
    expect(readInstant(told)).toBeUndefined()
  })
})

describe('a calendar date', () => {
  test('is counted in days and back again, in step with the platform, from year 1 on', () => {
    const first = Math.floor(earliest / 86_400_000)
    fc.assert(
      fc.property(fc.integer({ min: first, max: Math.floor(latest / 86_400_000) }), (days) => {
        const date = writeDate(days)
        expect(readDate(date)).toBe(days)
        const platform = new Date(days * 86_400_000)
        expect([date.year, date.month, date.day]).toEqual([
          platform.getUTCFullYear(),
          platform.getUTCMonth() + 1,
          platform.getUTCDate(),
        ])
      }),
      { numRuns: 1000 },
    )
  })
})
