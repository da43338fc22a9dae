import { expect, test } from 'vitest'
import { addBusinessMinutes, readCalendar, usualCalendar } from './calendar.ts'

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

test('nobody works on a holiday', () => {
  expect(
    addBusinessMinutes('2026-04-02T16:30:00Z', 60, { ...usualCalendar, holidays: ['2026-04-03', '2026-04-06'] }),
  ).toBe('2026-04-07T08:30:00Z')
})

test.each([
  ['no day is worked', { ...usualCalendar, days: [] }],
  ['the zone does not exist', { ...usualCalendar, timeZone: 'Nowhere/Land' }],
  ['the hours are none', { ...usualCalendar, from: 'early' }],
  ['it closes before it opens', { ...usualCalendar, from: '17:00', until: '08:00' }],
])('there is no business time where %s', (_, calendar) => {
  expect(addBusinessMinutes('2026-04-01T08:00:00Z', 60, calendar)).toBeUndefined()
})

test('what a tenant does not say of a calendar is as usual', () => {
  expect(readCalendar({ timeZone: 'Europe/Berlin' })).toEqual(berlin)
  expect(readCalendar(undefined)).toEqual(usualCalendar)
})
