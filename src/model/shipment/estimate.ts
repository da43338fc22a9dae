import { readInstant } from '../../base/instant.ts'
import { ended, type ShipmentStatus } from './codes.ts'
import type { Projection, Said } from './state.ts'

const announceMs = 15 * 60_000
const shiftMs = 30 * 60_000

/**
 * The estimate as it is shown: the newest one, announced when it moves by more than half an hour, at most every quarter of an hour,
 * or at once when it crosses the promise. Of a stop on the way it says nothing of the end. What has ended is not estimated any more.
 */
export function estimate(of: {
  readonly said: Said
  readonly before: Projection
  readonly status: ShipmentStatus
  readonly now: number
}): Projection['eta'] {
  const { said, now } = of
  const shown = of.before.eta
  if (said.estimates.length === 0 || ended.has(of.status)) return shown
  const { stops = [] } = said.about
  const ofTheEnd = said.estimates.filter(({ stop }) => stops.find(({ seq }) => seq === stop)?.final !== false)
  if (ofTheEnd.length === 0) return shown
  const newest = ofTheEnd.reduce((best, one) =>
    one.told > best.told || (one.told === best.told && one.source < best.source) ? one : best,
  )
  if (shown === undefined) return { at: newest.at, source: newest.source, announced: now }
  const to = said.about.promise?.current.to
  const promised = to === undefined ? undefined : readInstant(to)
  const crosses = promised !== undefined && shown.at <= promised !== newest.at <= promised
  const moves = Math.abs(shown.at - newest.at) > shiftMs && now - shown.announced >= announceMs
  return crosses || moves ? { at: newest.at, source: newest.source, announced: now } : shown
}
