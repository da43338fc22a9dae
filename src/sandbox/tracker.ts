import { writeInstant } from '../base/instant.ts'
import type { Scan, ScanKind } from './journey.ts'
import type { Proof } from './proof.ts'

/** How an aggregator names a scan: the status of the tracker, and its detail. */
const words: Readonly<Record<ScanKind, readonly [status: string, detail: string, text: string]>> = {
  arrival: ['in_transit', 'arrived_at_facility', 'Arrived at facility'],
  attempt: ['in_transit', 'delivery_exception', 'Nobody at home'],
  damage: ['failure', 'damaged', 'Package damaged'],
  delivered: ['delivered', 'arrived_at_destination', 'Delivered'],
  departure: ['in_transit', 'departed_facility', 'Departed facility'],
  destination: ['in_transit', 'received_at_destination_facility', 'At the destination facility'],
  label: ['pre_transit', 'label_created', 'Label created'],
  outForDelivery: ['out_for_delivery', 'out_for_delivery', 'Out for delivery'],
  pickup: ['in_transit', 'departed_origin_facility', 'Picked up'],
  returning: ['return_to_sender', 'return', 'Refused, on its way back'],
}

/** What a carrier has to tell about one parcel. */
export interface TrackerNews {
  readonly eventId: string
  readonly carrier: string
  readonly trackingNumber: string
  /** All scans so far; the last one is the news. */
  readonly scans: readonly Scan[]
  /** Only once the carrier has it. */
  readonly proof?: Proof | undefined
  /** A code that nobody has seen before, in place of the last one. */
  readonly unknownCode?: string
}

/** An EasyPost event with a tracker that carries every scan so far. */
export function trackerEvent(news: TrackerNews): Readonly<Record<string, unknown>> {
  const { eventId, carrier, trackingNumber, scans, proof, unknownCode } = news
  const details = scans.map(({ atMs, kind, city }, at) => {
    const [status, detail, message] = words[kind]
    const isStrange = unknownCode !== undefined && at === scans.length - 1
    return {
      object: 'TrackingDetail',
      message,
      status: isStrange ? unknownCode : status,
      status_detail: isStrange ? unknownCode : detail,
      datetime: writeInstant(atMs),
      source: carrier,
      tracking_location: { object: 'TrackingLocation', city, state: null, country: 'DE', zip: null },
    }
  })
  const newest = details.at(-1)
  return {
    id: `evt_${eventId}`,
    object: 'Event',
    mode: 'test',
    description: 'tracker.updated',
    result: {
      id: `trk_${trackingNumber.toLowerCase()}`,
      object: 'Tracker',
      mode: 'test',
      tracking_code: trackingNumber,
      carrier,
      status: newest?.status ?? 'unknown',
      status_detail: newest?.status_detail ?? 'unknown',
      signed_by: proof?.signedBy ?? null,
      est_delivery_date: null,
      updated_at: newest?.datetime ?? null,
      tracking_details: details,
    },
  }
}
