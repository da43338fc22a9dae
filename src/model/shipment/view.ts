import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Fact } from '../fact.ts'
import type { TrackingReport } from '../report.ts'
import { exceptionRules } from './exceptions.ts'
import { rank } from './ladder.ts'
import { evolveShipment } from './shipment.ts'
import { emptyShipment, type ShipmentState } from './state.ts'
import { timersOf } from './timers.ts'

/** The shipment as the API shows it: computed, with what is expected next and what to do about each exception. */
export function shipmentView(state: ShipmentState, id: string): Record<string, unknown> {
  const { about, projection, references } = state
  const timers = timersOf(state, projection)
  const next = Object.entries(timers)
    .filter((one): one is [string, number] => one[1] !== null)
    .toSorted((a, b) => a[1] - b[1])[0]
  return {
    id,
    ...(state.mergedInto === undefined ? {} : { mergedInto: state.mergedInto }),
    identifiers: references,
    ...about,
    status: projection.status,
    progress: projection.progress,
    exceptions: projection.exceptions.map((one) => ({
      ...one,
      since: writeInstant(one.since),
      actionRequired: exceptionRules[one.category].actionBy,
      nextAction: exceptionRules[one.category].nextAction,
    })),
    milestones: Object.fromEntries(Object.entries(projection.milestones).map(([code, at]) => [code, writeInstant(at)])),
    packages: state.packages.map((one) => ({ ...one, status: projection.packages[one.id] ?? projection.status })),
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
    events: rank(state.events).map(({ event, at, duplicate, future }) => ({
      ...event,
      sortedAt: writeInstant(at),
      received: writeInstant(event.received),
      ...(duplicate ? { duplicate } : {}),
      ...(future ? { future } : {}),
    })),
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
} {
  const { projection, about, references } = state
  const newest = Math.max(0, ...state.events.map(({ received }) => received), ...state.plan.map(({ at }) => at))
  return {
    status: projection.status,
    carrier: about.carrier ?? '',
    trackingNumber: references.find(({ scheme }) => scheme === 'tracking_number')?.value ?? '',
    exceptions: [...new Set(projection.exceptions.map(({ category }) => category))],
    eta: projection.eta === undefined ? '' : writeInstant(projection.eta.at),
    updatedAt: writeInstant(newest),
    mergedInto: state.mergedInto ?? '',
  }
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

function happenedBy(fact: Fact, asOf: number): Fact | undefined {
  if (asOf === Number.POSITIVE_INFINITY) return fact
  if (fact.type === 'tracking.reported') {
    const { summary: _, ...report } = fact.data as TrackingReport
    return {
      ...fact,
      data: { ...report, events: report.events.filter(({ occurredAt }) => (readInstant(occurredAt.at) ?? 0) <= asOf) },
    }
  }
  return (readInstant(fact.occurredAt ?? fact.recordedAt) ?? 0) <= asOf ? fact : undefined
}
