import { expect, test } from 'vitest'
import { geoPoint, x12Point } from './geo-point.ts'
import { Reading } from './reading.ts'

const west = { latitude: '0410451', latitudeDirection: 'N', longitude: '0813103', longitudeDirection: 'W' }

test('a point is told in decimal degrees, and none at all is no point', () => {
  expect(geoPoint(new Reading({ lat: '53.54', lon: '-9.98' }))).toEqual({ lat: 53.54, lon: -9.98 })
  expect(geoPoint(new Reading(undefined))).toBeUndefined()
})

test.each([
  [{ lat: '53.54' }, 'lon'],
  [{ lat: '90.1', lon: '0' }, 'lat'],
  [{ lat: '0', lon: '-180.5' }, 'lon'],
  [{ lat: 'north', lon: '1' }, 'lat'],
])('%j is refused by the member that is wrong', (told, member) => {
  expect(() => geoPoint(new Reading(told))).toThrow(member)
})

test('X12 writes degrees, minutes and seconds, and the half of the earth as a letter', () => {
  const point = x12Point(new Reading(west))
  expect(point?.lat).toBeCloseTo(41.0808, 4)
  expect(point?.lon).toBeCloseTo(-81.5175, 4)
})

test.each([
  { ...west, latitudeDirection: undefined },
  { ...west, longitude: undefined },
  { ...west, longitude: '0816103' },
  { ...west, latitude: '0910000' },
  { ...west, latitudeDirection: 'W' },
])('what X12 does not say whole is no point, never half of one: %j', (told) => {
  expect(x12Point(new Reading(told))).toBeUndefined()
})
