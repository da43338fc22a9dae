import type { GeoPoint } from '../../model/report.ts'
import type { Reading } from './reading.ts'

/**
 * A point as `lat` and `lon` in decimal degrees; undefined where none is told. Half a point and one beyond the earth are wrong: a dot in the
 * wrong place would be believed.
 */
export function geoPoint(told: Reading): GeoPoint | undefined {
  if (!told.present) return undefined
  return { lat: degrees(told.at('lat'), 90), lon: degrees(told.at('lon'), 180) }
}

function degrees(told: Reading, most: number): number {
  const found = Number(told.decimal())
  if (!(Math.abs(found) <= most)) throw told.wrong(`degrees between -${most} and ${most}`)
  return found
}

/**
 * A point as X12 writes it (elements 1654, 1655 and 1280), as `latitude` and `longitude`, each with its direction: DDDMMSS with a letter for
 * the half of the earth. Undefined unless all four are told and can be read: a status must not wait for a position.
 */
export function x12Point(told: Reading): GeoPoint | undefined {
  const latitude = told.at('latitude').optionalText(10)
  const longitude = told.at('longitude').optionalText(10)
  if (latitude === undefined || longitude === undefined) return undefined
  const northOrSouth = told.at('latitudeDirection').optionalText(1)
  const eastOrWest = told.at('longitudeDirection').optionalText(1)
  const lat = sexagesimal(latitude, northOrSouth, { positive: 'N', negative: 'S', most: 90 })
  const lon = sexagesimal(longitude, eastOrWest, { positive: 'E', negative: 'W', most: 180 })
  return lat === undefined || lon === undefined ? undefined : { lat, lon }
}

function sexagesimal(
  text: string,
  direction: string | undefined,
  half: { readonly positive: string; readonly negative: string; readonly most: number },
): number | undefined {
  const parts = /^(\d{3})([0-5]\d)([0-5]\d)$/.exec(text)
  if (parts === null || (direction !== half.positive && direction !== half.negative)) return undefined
  const found = Number(parts[1]) + Number(parts[2]) / 60 + Number(parts[3]) / 3600
  if (found > half.most) return undefined
  return direction === half.positive ? found : -found
}
