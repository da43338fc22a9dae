import { readInstant } from '../../base/instant.ts'
import type { Assertion } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { EventTime, Place, ReportedDocument, ReportedEvent, TrackingReport } from '../../model/report.ts'
import { stated } from './stated.ts'
import type { Mapped } from './status-table.ts'

/** What every tracking source says in the end: one message about one tracking number. */
export interface Tracked {
  readonly number: string
  /** As the source names it; lower-cased here. */
  readonly carrier?: string | undefined
  /** What to do with a number that nobody announced. */
  readonly unknown: 'create' | 'wait'
  readonly scans: readonly Scan[]
  readonly service?: string | undefined
  /** Decimal text; positive. */
  readonly weightGrams?: string | undefined
  /** The source's own summary and its verbatim code. */
  readonly summary?: { readonly mapped: Mapped; readonly rawCode: string } | undefined
  readonly estimatedDelivery?: EventTime | undefined
  readonly signedBy?: string | undefined
  /** When the source wrote the message, where it says so. */
  readonly updatedAt?: EventTime | undefined
  readonly proof?: Proof | undefined
}

/** The source's word that the delivery is proven: who signed, or which documents say so. */
export interface Proof {
  readonly codeSystem: string
  /** The member of the message that says so. */
  readonly code: string
  /** Absent: when the parcel was delivered, as far as the message tells. */
  readonly at?: EventTime | undefined
  readonly documents?: readonly ReportedDocument[]
}

/** One scan, before it is given the shape of an event. */
export interface Scan {
  readonly mapped: Mapped
  readonly at: EventTime
  readonly codeSystem: string
  readonly code?: string | undefined
  readonly subcode?: string | undefined
  readonly text?: string | undefined
  readonly place?: Place | undefined
  /** Number of the container or trailer that it is about. */
  readonly equipment?: string | undefined
  /** Only where the source gives the same event the same id each time it is told. */
  readonly id?: string | undefined
}

/**
 * The report as an assertion. A tracking number names one parcel, so every event says which package it is about: the first of
 * two parcels that arrives must not deliver the shipment.
 */
export function trackingAssertion(tracked: Tracked): Assertion<TrackingReport> {
  const carrier = tracked.carrier?.toLowerCase()
  const parcel = normalizeIdentifier({ scheme: 'tracking_number', value: tracked.number })
  const { summary, service, estimatedDelivery, signedBy, updatedAt, weightGrams } = tracked
  const events = [...tracked.scans.map((scan) => eventOf(scan, parcel)), ...proven(tracked, parcel)]
  return {
    type: 'tracking.reported',
    about: {
      entity: 'shipment',
      references: [{ scheme: 'tracking_number', ...stated({ issuer: carrier }), value: tracked.number }],
      unknown: tracked.unknown,
    },
    ...stated({ occurredAt: newest(events)?.at }),
    data: {
      events,
      ...stated({ carrier, service, estimatedDelivery, signedBy, weightGrams, updatedAt: updatedAt?.at }),
      ...(summary === undefined || summary.mapped.code === 'unknown'
        ? {}
        : { summary: { code: summary.mapped.code, rawCode: summary.rawCode } }),
    },
  }
}

function eventOf(scan: Scan, parcel: string): ReportedEvent {
  const { mapped, at, codeSystem, code, subcode, text, place, id, equipment: box } = scan
  const equipment = box === undefined ? undefined : normalizeIdentifier({ scheme: 'container', value: box })
  const sourceCode = subcode ?? code
  return {
    code: mapped.code,
    classifier: mapped.classifier,
    action: 'record',
    occurredAt: at,
    confidence: mapped.confidence,
    package: parcel,
    raw: { codeSystem, ...stated({ code, subcode, text }) },
    ...(mapped.exception === undefined ? {} : { reason: { category: mapped.exception, ...stated({ sourceCode }) } }),
    ...stated({ place, sourceEventId: id, equipment }),
  }
}

/** A proof is an event of its own. Without a time and without a delivery to take it from it stays what the message said of itself. */
function proven({ proof, scans }: Tracked, parcel: string): ReportedEvent[] {
  if (proof === undefined) return []
  const { codeSystem, code, documents = [] } = proof
  const at = proof.at ?? newest(scans.filter(({ mapped }) => mapped.code === 'delivered').map(asHappened))
  if (at === undefined) return []
  const event = eventOf({ mapped: received, at, codeSystem, code }, parcel)
  return [documents.length === 0 ? event : { ...event, documents }]
}

const received: Mapped = { code: 'pod_received', classifier: 'actual', confidence: 'exact' }

/** When the newest thing happened that has happened: a plan for next week is not news of next week. */
function newest(events: readonly Pick<ReportedEvent, 'classifier' | 'occurredAt'>[]): EventTime | undefined {
  let found: { readonly ms: number; readonly at: EventTime } | undefined
  for (const { occurredAt: at, classifier } of events) {
    const ms = classifier === 'actual' ? readInstant(at.at) : undefined
    if (ms !== undefined && (found === undefined || ms > found.ms)) found = { ms, at }
  }
  return found?.at
}

function asHappened({ at, mapped }: Scan): Pick<ReportedEvent, 'classifier' | 'occurredAt'> {
  return { occurredAt: at, classifier: mapped.classifier }
}
