import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Fact } from '../fact.ts'
import type { EventTime, TrackingReport } from '../report.ts'
import { type CodeEffect, codes } from './codes.ts'
import { equipmentOf } from './equipment.ts'
import { exceptionRules } from './exceptions.ts'
import { rank, toldAt } from './ladder.ts'
import { packageFinder, packagesOf } from './packages.ts'
import { project } from './projection.ts'
import { evolveShipment } from './shipment.ts'
import { emptyShipment, type Said, type ShipmentState, type StoredEvent } from './state.ts'
import { stopsSeen } from './stops.ts'

/** The shipment as the API shows it: computed, with what is expected next and what to do about each exception. */
export function shipmentView(state: ShipmentState, id: string): Record<string, unknown> {
  const { about, projection, references } = state
  const { due } = project(state, id)
  const equipment = equipmentOf(state)
  const ranked = rank(state.events, packageFinder(state))
  const stops = stopsSeen(state, ranked, timeOf)
  const next = (Object.entries(due) as [string, number][]).toSorted((a, b) => a[1] - b[1])[0]
  return {
    id,
    ...(state.mergedInto === undefined ? {} : { mergedInto: state.mergedInto }),
    identifiers: references,
    ...about,
    ...(equipment === undefined ? {} : { equipment }),
    ...(stops === undefined ? {} : { stops }),
    status: projection.status,
    progress: projection.progress,
    exceptions: projection.exceptions.map((one) => ({
      ...one,
      since: writeInstant(one.since),
      actionRequired: exceptionRules[one.category].actionBy,
      nextAction: exceptionRules[one.category].nextAction,
    })),
    milestones: Object.fromEntries(Object.entries(projection.milestones).map(([code, at]) => [code, writeInstant(at)])),
    packages: packagesOf(state.packages).map((one) => ({
      ...one,
      status: projection.packages[one.id] ?? projection.status,
    })),
    deliveryAttempts: projection.attempts,
    ...(projection.eta === undefined
      ? {}
      : { eta: { at: writeInstant(projection.eta.at), source: projection.eta.source } }),
    ...(projection.lastEvent === undefined
      ? {}
      : {
          lastEventAt: writeInstant(projection.lastEvent.at),
          lastEventReceivedAt: writeInstant(projection.lastEvent.received),
        }),
    ...(next === undefined ? {} : { nextExpected: { before: next[0], by: writeInstant(next[1]) } }),
    proofsOfDelivery: projection.proofs,
    unmappedEvents: projection.unmapped,
    events: ranked.map(({ event, at, duplicate, future, package: about }) => ({
      ...shown(event),
      ...(about === undefined ? {} : { package: about }),
      sortedAt: writeInstant(at),
      ...(duplicate ? { duplicate } : {}),
      ...(future ? { future } : {}),
    })),
  }
}

function shown(event: StoredEvent): Record<string, unknown> {
  const {
    at: _at,
    offset: _offset,
    precision: _precision,
    local: _local,
    tz: _tz,
    zoneless: _zoneless,
    ...rest
  } = event
  const { received, updated, id, ...said } = rest
  return {
    ...said,
    ...(id === undefined ? {} : { sourceEventId: id }),
    occurredAt: timeOf(event),
    receivedAt: writeInstant(received),
    ...(updated === undefined ? {} : { updatedAt: writeInstant(updated) }),
  }
}

/** When something happened, as precisely as it was told. */
function timeOf({ at, offset, precision, local, tz, zoneless }: StoredEvent): EventTime {
  return {
    at: toldAt({ at, ...(offset === undefined ? {} : { offset }) }),
    precision: precision ?? 'second',
    ...(local === undefined ? {} : { local }),
    ...(tz === undefined ? {} : { tz }),
    offsetKnown: zoneless !== true,
  }
}

/** One line of a list of shipments. */
export function shipmentSummary(state: ShipmentState): {
  status: string
  carrier: string
  trackingNumber: string
  exceptions: string[]
  eta: string
  updatedAt: string
  mergedInto: string
  /** When the first news of it came; empty before any. */
  beganAt: string
  /** Since when the oldest open exception is open; empty without any. */
  exceptionAt: string
  /** What nobody told although it was delivered: `collected`, `under_way`, `proof_of_delivery`. */
  gaps: string[]
  /** When it was collected, and when the hub first heard of it; empty where nobody said so, or not to the minute. */
  pickedUpAt: string
  pickedUpHeardAt: string
  /** The same of the delivery. */
  deliveredAt: string
  deliveredHeardAt: string
} {
  const { projection, about, references } = state
  const told = [...state.events.map(({ received }) => received), ...state.plan.map(({ at }) => at)]
  const newest = Math.max(0, ...told)
  const [pickedUp, delivered] = [heard(state, 'picked_up'), heard(state, 'delivered')]
  const opened = projection.exceptions.map(({ since }) => since)
  return {
    status: projection.status,
    carrier: about.carrier ?? '',
    trackingNumber: references.find(({ scheme }) => scheme === 'tracking_number')?.value ?? '',
    exceptions: [...new Set(projection.exceptions.map(({ category }) => category))],
    eta: projection.eta === undefined ? '' : writeInstant(projection.eta.at),
    updatedAt: writeInstant(newest),
    mergedInto: state.mergedInto ?? '',
    beganAt: told.length === 0 ? '' : writeInstant(Math.min(...told)),
    exceptionAt: opened.length === 0 ? '' : writeInstant(Math.min(...opened)),
    gaps: projection.status === 'delivered' ? gapsOf(state) : [],
    pickedUpAt: pickedUp.at,
    pickedUpHeardAt: pickedUp.heardAt,
    deliveredAt: delivered.at,
    deliveredHeardAt: delivered.heardAt,
  }
}

/** When a status was reached, and when the hub first heard of it. */
function heard(
  { projection, events }: ShipmentState,
  status: 'picked_up' | 'delivered',
): { readonly at: string; readonly heardAt: string } {
  const isAbout = (code: string): boolean => (codes as Readonly<Record<string, CodeEffect>>)[code]?.status === status
  const reached = Object.entries(projection.milestones).flatMap(([code, at]) => (isAbout(code) ? [at] : []))
  if (reached.length === 0) return { at: '', heardAt: '' }
  const told = events.filter((one) => one.classifier === undefined && one.retracted !== true && isAbout(one.code))
  const first = told.toSorted((a, b) => a.received - b.received)[0]
  // Of a day nobody can say how late the news of it is.
  const isExact = first !== undefined && (first.precision === undefined || first.precision === 'minute')
  return { at: writeInstant(Math.min(...reached)), heardAt: isExact ? writeInstant(first.received) : '' }
}

/** Parts of the story of a delivery that no event told. */
function gapsOf({ projection: { milestones, proofs } }: ShipmentState): string[] {
  const reached = new Set(
    Object.keys(milestones).map((code) => (codes as Readonly<Record<string, CodeEffect>>)[code]?.status),
  )
  return [
    ...(reached.has('picked_up') ? [] : ['collected']),
    ...(reached.has('in_transit') || reached.has('out_for_delivery') ? [] : ['under_way']),
    ...(proofs === 0 ? ['proof_of_delivery'] : []),
  ]
}

/**
 * The time machine: the shipment as of one instant in the world, as far as the hub knew at another. Folds the facts recorded by
 * `knownAt`, and of each report only what had happened by `asOf`.
 */
export function shipmentAt(
  facts: readonly Fact[],
  at: { readonly asOf?: string; readonly knownAt?: string },
): Record<string, unknown> {
  const known = at.knownAt === undefined ? Number.POSITIVE_INFINITY : (readInstant(at.knownAt) ?? 0)
  const asOf = at.asOf === undefined ? Number.POSITIVE_INFINITY : (readInstant(at.asOf) ?? 0)
  let state: ShipmentState = emptyShipment
  let subject = ''
  for (const fact of facts) {
    if ((readInstant(fact.recordedAt) ?? 0) > known) continue
    subject = fact.subject
    const seen = happenedBy(fact, asOf)
    if (seen !== undefined) state = evolveShipment(state, seen).state
  }
  return shipmentView(state, subject)
}

/** What of a fact had happened by then; who is who and what was decided counts as soon as it is known. */
function happenedBy(fact: Fact, asOf: number): Fact | undefined {
  if (asOf === Number.POSITIVE_INFINITY || fact.type === 'shipment.identified') return fact
  const recorded = readInstant(fact.recordedAt) ?? 0
  switch (fact.type) {
    case 'tracking.reported':
      return { ...fact, data: reportBy(fact.data as TrackingReport, { asOf, recorded }) }
    case 'shipment.absorption_reported':
      return { ...fact, data: { shipment: saidBy((fact.data as { shipment: Said }).shipment, asOf) } }
    case 'shipment.merged':
      return fact
    case 'expectation.missed':
      return (readInstant((fact.data as { due: string }).due) ?? 0) <= asOf ? fact : undefined
    default:
      return (readInstant(fact.occurredAt ?? fact.recordedAt) ?? 0) <= asOf ? fact : undefined
  }
}

/** Estimates and summaries happen when they are told, scans when they say. */
function reportBy(report: TrackingReport, at: { readonly asOf: number; readonly recorded: number }): TrackingReport {
  const told = at.recorded <= at.asOf
  const { summary, estimatedDelivery, signedBy, ...rest } = report
  const events = report.events.filter(({ classifier, occurredAt }) =>
    classifier === 'actual' ? (readInstant(occurredAt.at) ?? 0) <= at.asOf : told,
  )
  return {
    ...rest,
    events,
    ...(told && summary !== undefined ? { summary } : {}),
    ...(told && estimatedDelivery !== undefined ? { estimatedDelivery } : {}),
    ...(signedBy !== undefined && events.length === report.events.length ? { signedBy } : {}),
  }
}

function saidBy(said: Said, asOf: number): Said {
  return {
    ...said,
    events: said.events.filter(({ at, classifier, received }) =>
      classifier === undefined ? at <= asOf : received <= asOf,
    ),
    plan: said.plan.filter(({ at }) => at <= asOf),
    estimates: said.estimates.filter(({ told }) => told <= asOf),
    summaries: said.summaries.filter(({ at }) => at <= asOf),
    decided: said.decided.filter(({ at }) => at <= asOf),
  }
}
