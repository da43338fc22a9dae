import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readInstant } from '../base/instant.ts'
import { readEventTime, sortAt } from './event-time.ts'

describe('a time as carriers write it', () => {
  test('with an offset is kept as it is', () => {
    expect(readEventTime(' 2026-03-02T10:15:30+01:00 ')).toEqual({
      at: '2026-03-02T10:15:30+01:00',
      precision: 'second',
      offsetKnown: true,
    })
  })

  test.each([
    ['2026-03-02T10:15Z', 'minute'],
    ['2026-03-02T10:15:30Z', 'second'],
    ['2026-03-02T10:15:30.250Z', 'millisecond'],
    ['2026-03-02T10:15:30,250Z', 'millisecond'],
    ['2026-03-02 10:15', 'minute'],
    ['2026-03-02T10:15:30', 'second'],
    ['2026-03-02T10:15:30.25', 'millisecond'],
    ['2026-03-02', 'date'],
  ])('%s is told to the %s', (text, precision) => {
    expect(readEventTime(text)?.precision).toBe(precision)
  })

  test('without offset and zone is taken as UTC and says that it may be wrong', () => {
    expect(readEventTime('2026-03-02 10:15:30')).toEqual({
      at: '2026-03-02T10:15:30.000Z',
      precision: 'second',
      local: '2026-03-02 10:15:30',
      offsetKnown: false,
    })
  })

  test('in a zone that was found elsewhere keeps what was written', () => {
    expect(readEventTime('2026-07-02T10:15', { tz: 'Europe/Berlin' })).toEqual({
      at: '2026-07-02T08:15:00.000Z',
      precision: 'minute',
      local: '2026-07-02T10:15',
      tz: 'Europe/Berlin',
      offsetKnown: false,
    })
  })

  test('a date in a zone starts with the day there, not in Greenwich', () => {
    expect(readEventTime('2026-03-02', { tz: 'America/Los_Angeles' })?.at).toBe('2026-03-02T08:00:00.000Z')
  })

  test('that the clock leaves out moves forward, and is flagged', () => {
    expect(readEventTime('2026-03-29T02:30:00', { tz: 'Europe/Berlin' })).toMatchObject({
      at: '2026-03-29T01:30:00.000Z',
      clockChange: 'gap',
    })
    expect(readEventTime('2026-03-08T02:30:00', { tz: 'America/New_York' })).toMatchObject({
      at: '2026-03-08T07:30:00.000Z',
      clockChange: 'gap',
    })
  })

  test('that the clock shows twice is the first, and is flagged', () => {
    expect(readEventTime('2026-10-25T02:30:00', { tz: 'Europe/Berlin' })).toMatchObject({
      at: '2026-10-25T00:30:00.000Z',
      clockChange: 'overlap',
    })
    expect(readEventTime('2026-10-25T03:30:00', { tz: 'Europe/Berlin' })).not.toHaveProperty('clockChange')
  })

  test.each([
    '',
    'yesterday',
    '2026-02-30',
    '2026-13-01',
    '2026-03-02T24:30',
    '2026-03-02T10:60',
    '02.03.2026',
    '2026-3-2',
  ])('"%s" is no time', (text) => {
    expect(readEventTime(text)).toBeUndefined()
    expect(readEventTime(text, { tz: 'Europe/Berlin' })).toBeUndefined()
  })

  test('in a zone that does not exist is not guessed', () => {
    expect(readEventTime('2026-03-02T10:15', { tz: 'Mars/Olympus' })).toBeUndefined()
  })

  test('whatever is written, reading it never breaks and gives a time that can be read again', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.constantFrom(undefined, 'Europe/Berlin', 'nonsense'), (text, tz) => {
        const read = readEventTime(text, tz === undefined ? {} : { tz })
        if (read !== undefined) expect(readInstant(read.at)).toBeDefined()
      }),
    )
    const noise = fc.stringMatching(
      /^20\d\d-[01]\d-[0-3]\d([T ][0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/,
    )
    fc.assert(
      fc.property(noise, fc.constantFrom(undefined, 'Europe/Berlin'), (text, tz) => {
        const read = readEventTime(text, tz === undefined ? {} : { tz })
        if (read !== undefined) expect(readInstant(read.at)).toBeDefined()
      }),
    )
  })
})

describe('where an event sorts', () => {
  const day = { at: '2026-03-02T00:00:00Z', precision: 'date' } as const

  test('a date is the start of its day, or its end where it ends something', () => {
    expect(sortAt(day, false)).toBe(readInstant('2026-03-02T00:00:00Z'))
    expect(sortAt(day, true)).toBe(readInstant('2026-03-02T23:59:59.999Z'))
  })

  test('a time is itself, whatever it ends', () => {
    const time = { at: '2026-03-02T10:00:00+02:00', precision: 'second' } as const
    expect(sortAt(time, true)).toBe(readInstant('2026-03-02T08:00:00Z'))
    expect(sortAt(time, false)).toBe(readInstant('2026-03-02T08:00:00Z'))
  })
})
