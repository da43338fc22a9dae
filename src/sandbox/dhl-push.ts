import { writeInstant } from '../base/instant.ts'
import type { ScanKind } from './journey.ts'
import { proofAddress } from './proof.ts'
import type { TrackerNews } from './tracker.ts'

const words: Readonly<Record<ScanKind, readonly [statusCode: string, text: string]>> = {
  arrival: ['transit', 'ARRIVED AT SORT FACILITY'],
  attempt: ['failure', 'DELIVERY ATTEMPT NOT SUCCESSFUL'],
  damage: ['failure', 'SHIPMENT DAMAGED'],
  delivered: ['delivered', 'DELIVERED'],
  departure: ['transit', 'DEPARTED FROM SORT FACILITY'],
  destination: ['transit', 'ARRIVED AT DELIVERY FACILITY'],
  label: ['pre-transit', 'SHIPMENT INFORMATION RECEIVED'],
  outForDelivery: ['transit', 'WITH DELIVERY COURIER'],
  pickup: ['transit', 'SHIPMENT PICKED UP'],
  returning: ['failure', 'REFUSED BY RECIPIENT'],
}

/** A push of DHL Unified Tracking: the shipment with all its events, the newest first. It has no id of its own. */
export function dhlPush(news: Omit<TrackerNews, 'eventId'>): Readonly<Record<string, unknown>> {
  const { carrier, trackingNumber, scans, proof, unknownCode } = news
  const events = scans
    .map(({ atMs, kind, city }, at) => {
      const [statusCode, status] = words[kind]
      const isStrange = unknownCode !== undefined && at === scans.length - 1
      return {
        timestamp: writeInstant(atMs),
        location: { address: { addressLocality: city, countryCode: 'DE' } },
        statusCode: isStrange ? unknownCode : statusCode,
        status,
        description: status.toLowerCase(),
      }
    })
    .reverse()
  const proven = proof && {
    timestamp: writeInstant(proof.atMs),
    documentUrl: proofAddress(carrier, trackingNumber),
    signed: { '@type': 'Person', name: proof.signedBy },
  }
  const details = { proofOfDeliverySignedAvailable: proven !== undefined, proofOfDelivery: proven }
  return { shipments: [{ id: trackingNumber, service: 'parcel-de', status: events[0] ?? null, details, events }] }
}
