import type { PlannedStop } from '../planned-stop.ts'
import type { EventTime } from '../report.ts'
import { deliveredLike } from './codes.ts'
import type { Ranked } from './ladder.ts'
import type { Said, StoredEvent } from './state.ts'

const atPickup: ReadonlySet<string> = new Set([
  ...['pickup_attempt_failed', 'arrived_at_pickup', 'loading_started', 'loaded', 'picked_up', 'departed_origin'],
])
const atDelivery: ReadonlySet<string> = new Set([
  ...['arrived_at_delivery', 'unloading_started', 'delivery_attempted', 'partially_delivered', 'pod_received'],
  ...['refused', ...deliveredLike],
])

/** Where goods are handed over, as it is planned; empty where nobody planned it. */
export function deliveriesOf({ about }: Pick<Said, 'about'>): readonly PlannedStop[] {
  return (about.stops ?? []).filter(({ type }) => type === 'delivery')
}

/**
 * The stop that an event is about: the one that it names, else the only one of its kind, else the only one of its kind at its place. Undefined:
 * nobody knows, also where something is handed over at what is planned as a pick-up.
 */
export function stopOf(event: StoredEvent, stops: readonly PlannedStop[]): PlannedStop | undefined {
  const kind = atPickup.has(event.code) ? 'pickup' : atDelivery.has(event.code) ? 'delivery' : undefined
  const { stop: told } = event
  const named = told === undefined ? undefined : stops.find(({ seq }) => seq === told.seq)
  if (named !== undefined) return isOther(named.type, kind) ? undefined : named
  const alike = stops.filter(({ type }) => type === kind)
  if (alike.length < 2) return alike[0]
  return told === undefined ? onlyAt(event.place, alike) : undefined
}

function isOther(type: string, kind: string | undefined): boolean {
  return kind !== undefined && type !== kind && (type === 'pickup' || type === 'delivery')
}

/** By the town, and among several in it by the region and the name. */
function onlyAt(place: string | undefined, stops: readonly PlannedStop[]): PlannedStop | undefined {
  const parts = place?.toLowerCase().split(', ') ?? []
  let left = stops.filter(({ address }) => isPart(address?.city, parts))
  for (const member of ['region', 'name'] as const) {
    if (left.length < 2) break
    const fitting = left.filter(({ address }) => isPart(address?.[member], parts))
    if (fitting.length > 0) left = fitting
  }
  return left.length === 1 ? left[0] : undefined
}

function isPart(word: string | undefined, parts: readonly string[]): boolean {
  return word !== undefined && parts.includes(word.toLowerCase())
}

/**
 * When each stop was first delivered to, ms, by its number. What was said of one package says nothing of the others, unless nobody said which
 * packages there are.
 */
export function deliveredStops(said: Pick<Said, 'about' | 'packages'>, ranked: readonly Ranked[]): Map<number, number> {
  const { stops = [] } = said.about
  const done = new Map<number, number>()
  if (stops.length === 0) return done
  for (const { event, at, duplicate, future, package: about } of ranked) {
    if (duplicate || future || event.classifier !== undefined || !deliveredLike.has(event.code)) continue
    if (about !== undefined && said.packages.length > 0) continue
    const stop = stopOf(event, stops)
    if (stop?.type === 'delivery' && !done.has(stop.seq)) done.set(stop.seq, at)
  }
  return done
}

/** When the vehicle came to a stop, when the work there was done, when it left. Absent: not heard of. */
export type StopTimes = Partial<Record<'arrivedAt' | 'completedAt' | 'departedAt', EventTime>>

const members: Readonly<Record<string, keyof StopTimes>> = {
  arrived_at_delivery: 'arrivedAt',
  arrived_at_pickup: 'arrivedAt',
  delivered: 'completedAt',
  departed_delivery: 'departedAt',
  departed_origin: 'departedAt',
  loaded: 'completedAt',
  picked_up: 'completedAt',
  received_at_destination: 'completedAt',
  unloaded: 'completedAt',
}

/** The stops as they are planned, each with the first word on what happened there. Undefined: nobody planned any. */
export function stopsSeen(
  { about }: Pick<Said, 'about'>,
  ranked: readonly Ranked[],
  timeOf: (event: StoredEvent) => EventTime,
): readonly (PlannedStop & StopTimes)[] | undefined {
  const { stops } = about
  if (stops === undefined) return undefined
  const seen = new Map<number, StopTimes>()
  for (const { event, duplicate, future } of ranked) {
    const member = members[event.code]
    if (duplicate || future || event.classifier !== undefined || member === undefined) continue
    const stop = stopOf(event, stops)
    if (stop === undefined) continue
    const known = seen.get(stop.seq) ?? {}
    if (known[member] === undefined) seen.set(stop.seq, { ...known, [member]: timeOf(event) })
  }
  return stops.map((stop) => ({ ...stop, ...seen.get(stop.seq) }))
}
