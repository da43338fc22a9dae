import { writeInstant } from '../base/instant.ts'
import { type ScanKind, towns } from './journey.ts'
import type { Message } from './message.ts'
import { type Proof, proofAddress, proofHash } from './proof.ts'
import type { TrackerNews } from './tracker.ts'

const codes: Readonly<Record<ScanKind, string>> = {
  arrival: 'arrived_at_facility',
  attempt: 'delivery_attempted',
  damage: 'damaged',
  delivered: 'delivered',
  departure: 'departed_facility',
  destination: 'arrived_at_destination_facility',
  label: 'shipment_info_received',
  outForDelivery: 'out_for_delivery',
  pickup: 'picked_up',
  returning: 'return_started',
}

/** An LTL carrier tells one scan at a time, in the generic contract for carriers. */
export function freightScan({ eventId, trackingNumber, scans, unknownCode }: TrackerNews): Message['content'] {
  const newest = scans.at(-1)
  if (newest === undefined) throw new Error('A carrier without a scan has nothing to tell.')
  const { atMs, kind, city } = newest
  const data = { trackingNumber, code: unknownCode ?? codes[kind], place: { city, country: 'DE', geo: towns[city] } }
  return { eventId, type: 'scan', occurredAt: writeInstant(atMs), data }
}

/** The signed delivery receipt, hours later, when the office has scanned it. */
export function freightProof(news: TrackerNews & { readonly proof: Proof }): Message['content'] {
  const { eventId, trackingNumber, carrier, proof } = news
  const receipt = {
    type: 'pod',
    sha256: proofHash(trackingNumber),
    mediaType: 'application/pdf',
    url: proofAddress(carrier, trackingNumber),
  }
  const data = { trackingNumber, signedBy: proof.signedBy, documents: [receipt] }
  return { eventId, type: 'proof_of_delivery', occurredAt: writeInstant(proof.atMs), data }
}
