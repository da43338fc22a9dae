import type { ShipmentStatus } from './codes.ts'
import type { Ranked } from './ladder.ts'
import type { PackageFinder } from './packages.ts'
import type { Projection, Said, StoredEvent } from './state.ts'
import type { Track } from './tracks.ts'

/** Proofs of delivery, and how many packages that count have one. A proof of the whole shipment is one of each package. */
export function proofsOf(of: {
  readonly said: Said
  readonly find: PackageFinder
  readonly ranked: readonly Ranked[]
  readonly tracks: readonly Track[]
  readonly status: ShipmentStatus
}): Pick<Projection, 'proofs' | 'proven'> {
  const { said, find, ranked, tracks, status } = of
  const whole = ranked.some((one) => one.package === undefined && counts(one))
  const signed = new Set(said.signed.map((name) => find(name)))
  const proven = tracks.filter(
    (track) =>
      whole ||
      track.events.some(counts) ||
      // A signature is told beside the scans: it proves what has been delivered.
      (track.status === 'delivered' && (signed.has(undefined) || signed.has(track.package))),
  ).length
  const told = ranked.reduce((count, one) => count + (counts(one) ? 1 : 0), 0)
  return { proofs: told + (signed.size > 0 && status === 'delivered' ? 1 : 0), proven }
}

/** A document or the carrier's word that it has one. */
export function isProof(event: StoredEvent): boolean {
  return event.classifier === undefined && (event.code === 'pod_received' || (event.documents?.length ?? 0) > 0)
}

function counts({ event, future }: Ranked): boolean {
  return !future && isProof(event)
}
