import { shortHash } from '../../base/sha256.ts'
import { type ExceptionCategory, ended, type ShipmentStatus, statusRank } from './codes.ts'
import { exceptionRules } from './exceptions.ts'
import { type Ranked, rank } from './ladder.ts'
import type { OpenException, Projection, ShipmentState, StoredEvent } from './state.ts'
import { Walk } from './walk.ts'

type Basis = Omit<ShipmentState, 'projection'>

/** Everything that follows from what was said about a shipment. A function of the sets alone: order and repetition change nothing. */
export function project(shipment: Basis, id: string): Omit<Projection, 'eta'> {
  const ranked = rank(shipment.events)
  const tracks = tracksOf(shipment, ranked, id)
  const packages = Object.fromEntries(
    tracks.filter((track) => track.package !== undefined).map((track) => [track.package, track.status]),
  )
  const overall = aggregate(shipment, tracks)
  const exceptions = withHubDetected({ shipment, id, tracks, status: overall.status })
  const actual = ranked.filter(({ event, future }) => event.classifier === undefined && !future)
  const last = actual.findLast(({ event }) => event.code !== 'unknown')
  return {
    ...overall,
    packages,
    exceptions: exceptions.filter((one) => !shipment.decided.some(({ exception }) => exception === one.id)),
    milestones: milestones(actual),
    attempts: new Set(
      actual.filter(({ event, duplicate }) => event.code === 'delivery_attempted' && !duplicate).map(({ at }) => at),
    ).size,
    ...(last === undefined ? {} : { lastEvent: { at: last.at, received: last.event.received, code: last.event.code } }),
    proofs: actual.filter(({ event }) => proves(event)).length + (signed(shipment, overall.status) ? 1 : 0),
    proven: tracks.filter(({ cancelled, proven }) => proven && !cancelled).length,
    unmapped: ranked.filter(({ event }) => event.code === 'unknown').length,
  }
}

/** Status of one package after another: least advanced of the active ones, else the best end (model.md 7.6). */
export function combine(statuses: readonly ShipmentStatus[]): ShipmentStatus {
  const counting = statuses.filter((status) => status !== 'cancelled')
  if (counting.length === 0) return statuses.length > 0 ? 'cancelled' : 'planned'
  const active = counting.filter((status) => !ended.has(status))
  if (active.length > 0)
    return active.reduce((least, status) => (statusRank[status] < statusRank[least] ? status : least))
  for (const end of ['delivered', 'returned', 'lost'] as const) if (counting.includes(end)) return end
  return 'disposed'
}

interface Track {
  readonly package: string | undefined
  readonly cancelled: boolean
  readonly proven: boolean
  readonly status: ShipmentStatus
  readonly exceptions: readonly OpenException[]
}

/** One track per package that has events of its own; what speaks of the whole shipment applies to the packages without. */
function tracksOf(shipment: Basis, ranked: readonly Ranked[], id: string): Track[] {
  const own = Map.groupBy(ranked, ({ event }) => event.package)
  const general = own.get(undefined) ?? []
  const known = new Set(shipment.packages.map((one) => one.id))
  const names = [...known, ...[...own.keys()].filter((name): name is string => name !== undefined && !known.has(name))]
  const follow = (name: string | undefined, events: readonly Ranked[], cancelled: boolean): Track => ({
    package: name,
    cancelled,
    proven: isProven(events) || isProven(general),
    ...new Walk(shipment, `${id}|${name ?? ''}`, name).through(events),
  })
  if (names.length === 0) return [follow(undefined, general, false)]
  return names.map((name) => {
    const cancelled = shipment.packages.find((one) => one.id === name)?.cancelled === true
    return follow(name, own.get(name) ?? general, cancelled)
  })
}

/** A proof of the whole shipment is a proof of each of its packages. */
function isProven(events: readonly Ranked[]): boolean {
  return events.some(({ event, future }) => !future && proves(event))
}

function aggregate(shipment: Basis, tracks: readonly Track[]): Pick<Projection, 'status' | 'progress'> {
  const counting = tracks.filter(({ cancelled }) => !cancelled)
  const delivered = counting.filter(({ status }) => status === 'delivered').length
  const status =
    shipment.packages.length > 0 && counting.length === 0 ? 'cancelled' : combine(counting.map((track) => track.status))
  const total = Math.max(counting.length, 0)
  return { status, progress: { total, delivered, partial: status === 'delivered' && delivered < total } }
}

/** What the hub finds by itself: expectations that were missed, a summary that disagrees. */
function withHubDetected(input: {
  shipment: Basis
  id: string
  tracks: readonly Track[]
  status: ShipmentStatus
}): OpenException[] {
  const { shipment, id, tracks, status } = input
  const found = tracks.flatMap(({ exceptions }) => exceptions)
  const lastHeard = shipment.events.reduce(
    (newest, event) =>
      event.classifier === undefined && event.code !== 'unknown' ? Math.max(newest, event.received) : newest,
    0,
  )
  const add = (category: ExceptionCategory, since: number): void => {
    if (found.some((one) => one.category === category)) return
    const { severity } = exceptionRules[category]
    found.push({
      id: `exc_${shortHash(`${id}||${category}|${since}`)}`,
      category,
      since,
      detectedBy: 'hub_detected',
      severity,
    })
  }
  for (const { timer, due } of shipment.missed) {
    if (timer === 'tracking_stale' && lastHeard <= due && !ended.has(status)) add('tracking_stale', due)
    if (timer === 'missing_pod' && status === 'delivered' && !shipment.events.some(proves) && !signed(shipment, status))
      add('missing_pod', due)
    if (timer === 'late_vs_promise' && status !== 'delivered' && status !== 'cancelled') add('late_vs_promise', due)
  }
  const { summary } = shipment
  if (summary !== undefined && summary.status !== status && summary.told >= lastHeard)
    add('summary_conflict', summary.told)
  return found
}

/** A signature is told beside the scans: it proves what has been delivered. */
function signed(shipment: Basis, status: ShipmentStatus): boolean {
  return shipment.about.signedBy !== undefined && status === 'delivered'
}

function proves(event: StoredEvent): boolean {
  return (
    event.classifier === undefined &&
    event.retracted === undefined &&
    (event.code === 'pod_received' || (event.documents?.length ?? 0) > 0)
  )
}

function milestones(actual: readonly Ranked[]): Record<string, number> {
  const first: Record<string, number> = {}
  for (const { event, at } of actual)
    if (event.code !== 'unknown' && first[event.code] === undefined) first[event.code] = at
  return first
}
