import { Type } from 'typebox'
import { part } from './record.ts'

/** A point on the earth, WGS 84, in degrees. Floats are enough here: nobody adds coordinates up. */
export function coordinates(meaning: string) {
  return part('coordinates', meaning, { lat: latitude, lon: longitude })
}

/** The same with how far off it may be. */
export function measuredCoordinates(meaning: string) {
  return part('measured_coordinates', meaning, {
    lat: latitude,
    lon: longitude,
    accuracyM: Type.Optional(
      Type.Number({
        description: 'Radius in metres that the true point lies within. Absent: nobody said.',
        minimum: 0,
      }),
    ),
  })
}

const latitude = Type.Number({
  description: 'Degrees north of the equator, WGS 84; negative in the south.',
  minimum: -90,
  maximum: 90,
})
const longitude = Type.Number({
  description: 'Degrees east of Greenwich, WGS 84; negative in the west.',
  minimum: -180,
  maximum: 180,
})
