import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addBusinessMinutes, type Calendar, readCalendar, readWrittenCalendar, usualCalendar } from './calendar.ts'

const berlin = { ...usualCalendar, timeZone: 'Europe/Berlin' }

test.each([
  ['within a day', '2026-04-01T08:00:00Z', 60, '2026-04-01T09:00:00Z'],
  ['before the doors open', '2026-04-01T03:00:00Z', 60, '2026-04-01T09:00:00Z'],
  ['over night', '2026-04-01T16:30:00Z', 60, '2026-04-02T08:30:00Z'],
  ['over a weekend', '2026-04-03T16:30:00Z', 60, '2026-04-06T08:30:00Z'],
  ['over several days', '2026-04-01T08:00:00Z', 3 * 540, '2026-04-03T17:00:00Z'],
  ['on a Sunday', '2026-04-05T12:00:00Z', 30, '2026-04-06T08:30:00Z'],
])('business time %s', (_, from, minutes, due) => {
  expect(addBusinessMinutes(from, minutes, usualCalendar)).toBe(due)
})

test('a day of business is one where the business is, also when the clocks change', () => {
  // 27 March 2026 is the Friday before the change to summer time: 16:30 in Berlin is 15:30 UTC, and on Monday 8:00 is 6:00 UTC.
  expect(addBusinessMinutes('2026-03-27T15:30:00Z', 60, berlin)).toBe('2026-03-30T06:30:00Z')
})

test('nobody works on a holiday, nor at noon', () => {
  const holidays = ['2026-04-03', '2026-04-06']
  expect(addBusinessMinutes('2026-04-02T16:30:00Z', 60, { ...usualCalendar, holidays })).toBe('2026-04-07T08:30:00Z')
  const written = { timeZone: 'UTC', hours: { wednesday: '08:00-12:00, 13:00-17:00' }, holidays: [] }
  expect(addBusinessMinutes('2026-04-01T11:30:00Z', 60, readWrittenCalendar(written))).toBe('2026-04-01T13:30:00Z')
})

test('the night of the change of the clock has an hour less, or one more', () => {
  const nights = { timeZone: 'Europe/Berlin', hours: { sunday: '00:00-24:00', monday: '00:00-24:00' }, holidays: [] }
  const calendar = readWrittenCalendar(nights)
  // Sunday 29 March 2026 has 23 hours, 25 October has 25.
  expect(addBusinessMinutes('2026-03-28T23:00:00Z', 23 * 60 + 1, calendar)).toBe('2026-03-29T22:01:00Z')
  expect(addBusinessMinutes('2026-10-24T22:00:00Z', 25 * 60 + 1, calendar)).toBe('2026-10-25T23:01:00Z')
})

test.each([
  ['no day is worked', { ...usualCalendar, hours: {} }],
  ['the zone does not exist', { ...usualCalendar, timeZone: 'Nowhere/Land' }],
  ['the hours are none', readCalendar({ from: 'early' })],
  ['it closes before it opens', readCalendar({ from: '17:00', until: '08:00' })],
])('there is no business time where %s', (_, calendar) => {
  expect(addBusinessMinutes('2026-04-01T08:00:00Z', 60, calendar)).toBeUndefined()
})

test('what a tenant does not say of a calendar is as usual', () => {
  expect(readCalendar({ timeZone: 'Europe/Berlin' })).toEqual(berlin)
  expect(readCalendar({ days: [6], from: '10:00' }).hours).toEqual({ 6: [{ from: '10:00', until: '17:00' }] })
  expect(readCalendar(undefined)).toEqual(usualCalendar)
})

test.each([
  [{ timeZone: 'Nowhere/Land' }, 'timeZone: there is no time zone Nowhere/Land'],
  [{ hours: {} }, 'hours: at least one day must have some'],
  [{ hours: { someday: '08:00-09:00' } }, 'hours: someday is no day'],
  [{ hours: { monday: '09:00-08:00' } }, 'hours: monday is no text like'],
  [{ hours: { monday: '08:00-12:00,11:00-13:00' } }, 'hours: monday is no text like'],
  [{ hours: { monday: 8 } }, 'hours: monday is no text like'],
  [{ holidays: ['2026-02-30'] }, 'holidays: 2026-02-30 is no date'],
])('a calendar that cannot be is refused: %j', (wrong, sentence) => {
  const good = { timeZone: 'UTC', hours: { monday: '08:00-17:00' }, holidays: [] }
  expect(() => readWrittenCalendar({ ...good, ...wrong } as never)).toThrow(sentence)
})

describe('business time', () => {
  const hour = (at: number): string => `${`${at}`.padStart(2, '0')}:00`
  const day = fc
    .uniqueArray(fc.integer({ min: 0, max: 24 }), { minLength: 2, maxLength: 4 })
    .map((all) => all.toSorted((a, b) => a - b))
    .map(([a = 0, b = 1, c, d]) => [
      { from: hour(a), until: hour(b) },
      ...(c === undefined || d === undefined ? [] : [{ from: hour(c), until: hour(d) }]),
    ])
  const calendars: fc.Arbitrary<Calendar> = fc.record({
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
    hours: fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6', '7'), day, { minKeys: 1 }),
    holidays: fc.subarray(['2026-03-29', '2026-03-30', '2026-04-03', '2026-10-25', '2026-11-01']),
  })
  /** From the weeks around both changes of the clock. */
  const instants = fc
    .tuple(fc.constantFrom(Date.UTC(2026, 2, 20), Date.UTC(2026, 9, 15)), fc.nat(25 * 24 * 60))
    .map(([from, minutes]) => new Date(from + minutes * 60_000).toISOString())
  const minutes = fc.integer({ min: 1, max: 2000 })

  test('in two parts comes to the same as at once', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, minutes, (calendar, from, a, b) => {
        const between = addBusinessMinutes(from, a, calendar) ?? ''
        expect(addBusinessMinutes(between, b, calendar)).toBe(addBusinessMinutes(from, a + b, calendar))
      }),
    )
  })

  test('is later for a later beginning, and for more of it', () => {
    fc.assert(
      fc.property(calendars, instants, instants, minutes, (calendar, one, other, wait) => {
        const [first, second] = [one, other].toSorted()
        const due = (from = '', more = 0) => Date.parse(addBusinessMinutes(from, wait + more, calendar) ?? '')
        expect(due(first)).toBeLessThanOrEqual(due(second))
        expect(due(first, 1)).toBeGreaterThan(due(first))
      }),
    )
  })

  test('has as many open minutes in between as were waited for, counted one by one on the clock of the wall', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 300 }), (calendar, from, wait) => {
        const due = Date.parse(addBusinessMinutes(from, wait, calendar) ?? '')
        let open = 0
        for (let at = Date.parse(from); at < due; at += 60_000) if (isOpen(at, calendar)) open++
        expect(open).toBe(wait)
      }),
      { numRuns: 40 },
    )
  })
})

const clocks = new Map<string, Intl.DateTimeFormat>()

/** Whether somebody works in the minute that begins then, by the clock of the place. */
function isOpen(at: number, { timeZone, hours, holidays }: Calendar): boolean {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })
  clocks.set(timeZone, clock)
  const [date = '', time = ''] = clock.format(at).split(' ')
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7
  if (holidays.includes(date)) return false
  return (hours[weekday] ?? []).some(({ from, until }) => from <= time && time < until)
}
