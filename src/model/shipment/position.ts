import { writeInstant } from '../../base/instant.ts'
import type { GeoPoint } from '../report.ts'
import { ended, type ShipmentStatus, statusRank } from './codes.ts'
import { rank } from './ladder.ts'
import { packageFinder } from './packages.ts'
import type { ShipmentState } from './state.ts'

/** Where somebody last said that a shipment was. */
export interface LastPlace {
  /** In the words of whoever told it: name, town, region, country. Absent: only coordinates were told. */
  readonly place?: string
  /** ISO 3166-1 alpha-2. */
  readonly country?: string
  /** Absent: nobody located it. */
  readonly geo?: GeoPoint
  /** When it was there, RFC 3339. */
  readonly since: string
}

/**
 * The newest thing that happened of which a place was told; undefined when no place ever was. The newest word counts also where an older one
 * had coordinates: they are where it was before.
 */
export function lastPlace(state: ShipmentState): LastPlace | undefined {
  const told = rank(state.events, packageFinder(state)).findLast(
    ({ event, future }) =>
      !future &&
      event.classifier === undefined &&
      event.retracted === undefined &&
      (event.place !== undefined || event.geo !== undefined),
  )
  if (told === undefined) return undefined
  const { place, country, geo } = told.event
  return {
    ...(place === undefined ? {} : { place }),
    ...(country === undefined ? {} : { country }),
    ...(geo === undefined ? {} : { geo }),
    since: writeInstant(told.at),
  }
}

/** Statuses of a shipment that may still move. */
export const openStatuses: readonly ShipmentStatus[] = (Object.keys(statusRank) as ShipmentStatus[]).filter(
  (status) => !ended.has(status) && status !== 'cancelled',
)
