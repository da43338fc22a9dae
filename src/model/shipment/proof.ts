import type { ShipmentStatus } from './codes.ts'
import type { Ranked } from './ladder.ts'
import type { PackageFinder } from './packages.ts'
import type { Projection, Said, StoredEvent } from './state.ts'
import { deliveriesOf, stopOf } from './stops.ts'
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
  const whole = isWhole(said, ranked)
  const signed = new Set(said.signed.map((name) => find(name)))
  const proven = tracks.filter(
    (track) =>
      whole ||
      track.events.some((one) => one.package !== undefined && counts(one)) ||
      // A signature is told beside the scans: it proves what has been delivered.
      (track.status === 'delivered' && (signed.has(undefined) || signed.has(track.package))),
  ).length
  const told = ranked.reduce((count, one) => count + (counts(one) ? 1 : 0), 0)
  return { proofs: told + (signed.size > 0 && status === 'delivered' ? 1 : 0), proven }
}

/** Whether all was proven at once: by a proof that names no stop, or by one of each stop where goods are handed over. */
function isWhole(said: Said, ranked: readonly Ranked[]): boolean {
  const left = new Set(deliveriesOf(said).map(({ seq }) => seq))
  const isSeveral = left.size > 1
  for (const one of ranked) {
    if (one.package !== undefined || !counts(one)) continue
    const stop = isSeveral ? stopOf(one.event, said.about.stops ?? []) : undefined
    if (stop === undefined && (!isSeveral || one.event.stop === undefined)) return true
    if (stop !== undefined) left.delete(stop.seq)
  }
  return isSeveral && left.size === 0
}

/** A document or the carrier's word that it has one. */
export function isProof(event: StoredEvent): boolean {
  return event.classifier === undefined && (event.code === 'pod_received' || (event.documents?.length ?? 0) > 0)
}

function counts({ event, future }: Ranked): boolean {
  return !future && isProof(event)
}
