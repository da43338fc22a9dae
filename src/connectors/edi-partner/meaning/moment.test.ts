import { expect, test } from 'vitest'
import { Reading } from '../../kit/reading.ts'
import { momentOf } from '../documents/parts.ts'
import { readMoment, readMomentAsInstant } from './moment.ts'

const winter = '2026-01-15T14:30:00'
const summer = '2026-07-15T14:30:00'

function instantOf(time: string, zone: string): string | undefined {
  return readMomentAsInstant(new Reading({ at: time }).at('at'), { timeZone: '' }, zone)
}

/** ASC X12 code list 623. */
test.each([
  ['01', '2026-01-15T13:30:00.000Z'],
  ['12', '2026-01-15T02:30:00.000Z'],
  ['13', '2026-01-16T02:30:00.000Z'],
  ['20', '2026-01-15T19:30:00.000Z'],
  ['24', '2026-01-15T15:30:00.000Z'],
  ['25', '2026-01-15T17:00:00.000Z'],
  ['26', '2026-01-15T18:00:00.000Z'],
  ['27', '2026-01-15T09:00:00.000Z'],
  ['28', '2026-01-15T05:00:00.000Z'],
  ['29', '2026-01-15T04:00:00.000Z'],
  ['AD', '2026-01-15T22:30:00.000Z'],
  ['AS', '2026-01-15T23:30:00.000Z'],
  ['CD', '2026-01-15T19:30:00.000Z'],
  ['CS', '2026-01-15T20:30:00.000Z'],
  ['ED', '2026-01-15T18:30:00.000Z'],
  ['ES', '2026-01-15T19:30:00.000Z'],
  ['GM', '2026-01-15T14:30:00.000Z'],
  ['HD', '2026-01-15T23:30:00.000Z'],
  ['HS', '2026-01-16T00:30:00.000Z'],
  ['MD', '2026-01-15T20:30:00.000Z'],
  ['MS', '2026-01-15T21:30:00.000Z'],
  ['ND', '2026-01-15T17:00:00.000Z'],
  ['NS', '2026-01-15T18:00:00.000Z'],
  ['PD', '2026-01-15T21:30:00.000Z'],
  ['PS', '2026-01-15T22:30:00.000Z'],
  ['TD', '2026-01-15T17:30:00.000Z'],
  ['TS', '2026-01-15T18:30:00.000Z'],
  ['UT', '2026-01-15T14:30:00.000Z'],
])('the code %s says one offset, whatever the season', (zone, instant) => {
  expect(instantOf(winter, zone)).toBe(instant)
})

test.each([
  ['AT', '2026-01-15T23:30:00.000Z', '2026-07-15T22:30:00.000Z'],
  ['CT', '2026-01-15T20:30:00.000Z', '2026-07-15T19:30:00.000Z'],
  ['ET', '2026-01-15T19:30:00.000Z', '2026-07-15T18:30:00.000Z'],
  ['HT', '2026-01-16T00:30:00.000Z', '2026-07-16T00:30:00.000Z'],
  ['MT', '2026-01-15T21:30:00.000Z', '2026-07-15T20:30:00.000Z'],
  ['NT', '2026-01-15T18:00:00.000Z', '2026-07-15T17:00:00.000Z'],
  ['PT', '2026-01-15T22:30:00.000Z', '2026-07-15T21:30:00.000Z'],
  ['TT', '2026-01-15T18:30:00.000Z', '2026-07-15T17:30:00.000Z'],
])('the code %s goes with the season', (zone, inWinter, inSummer) => {
  expect([instantOf(winter, zone), instantOf(summer, zone)]).toEqual([inWinter, inSummer])
})

test.each(['LT', '00', '30', 'XX'])('the code %s leaves the time local', (zone) => {
  expect(readMoment(new Reading({ at: winter }).at('at'), { timeZone: '' }, zone)).toMatchObject({
    local: winter,
    offsetKnown: false,
  })
})

test.each(['+01:00', '+12:00', '-12:00', '-05:00', '-01:00'])(
  'a time of %s is written with a code that is read as the same',
  (offset) => {
    const written = momentOf(new Reading({ at: `${winter}${offset}` }).at('at'))
    expect(written?.zone).toMatch(/^(0[1-9]|1\d|2[0-4])$/)
    expect(instantOf(`${written?.at}:00`, written?.zone ?? '')).toBe(new Date(`${winter}${offset}`).toISOString())
  },
)

test.each(['+05:30', '+13:00', '+00:00'])('a time of %s has no code of its own, and is written in UTC', (offset) => {
  const written = momentOf(new Reading({ at: `${winter}${offset}` }).at('at'))
  expect(written).toEqual({ at: new Date(`${winter}${offset}`).toISOString().slice(0, 16), zone: 'UT' })
})

test('a date stays a date, whatever zone stands beside it', () => {
  const day = { precision: 'date', offsetKnown: false, local: '2026-01-15' }
  for (const zone of ['20', 'ET', 'LT', undefined])
    expect(readMoment(new Reading({ at: '2026-01-15' }).at('at'), brussels, zone)).toMatchObject(day)
})

const brussels = { timeZone: 'Europe/Brussels' }

test.each([undefined, 'LT'])('a time of the zone %s goes by the one that was agreed, with its seasons', (zone) => {
  const agreed = (at: string) => readMoment(new Reading({ at }).at('at'), brussels, zone)
  expect(agreed(winter)).toMatchObject({ at: '2026-01-15T13:30:00.000Z', local: winter, tz: 'Europe/Brussels' })
  expect(agreed(summer)).toMatchObject({ at: '2026-07-15T12:30:00.000Z' })
})

test('a time that names its zone is not moved by the one that was agreed, nor is one whose zone nobody knows', () => {
  const agreed = (at: string, zone?: string) => readMoment(new Reading({ at }).at('at'), brussels, zone)?.at
  expect(agreed(winter, 'ET')).toBe('2026-01-15T19:30:00.000Z')
  expect(agreed(winter, 'UT')).toBe(`${winter}Z`)
  expect(agreed(`${winter}+05:00`)).toBe(`${winter}+05:00`)
  expect(agreed(winter, 'XX')).toBe('2026-01-15T14:30:00.000Z')
})
