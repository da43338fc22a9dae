import { readInstant, writeInstant } from '../../base/instant.ts'
import type { TimerChange } from '../fact.ts'
import { ended } from './codes.ts'
import type { Projection, ShipmentState } from './state.ts'

interface Silence {
  /** Hours: label → custody, silence on the way, out for delivery → end, delivered → proof. */
  readonly custody: number
  readonly transit: number
  readonly lastMile: number
  readonly proof: number
}

const parcel: Silence = { custody: 24, transit: 48, lastMile: 18, proof: 24 }

/** How long silence is normal, by mode (model.md 7.7, start values). */
const silences: Readonly<Record<string, Silence>> = {
  parcel,
  courier: parcel,
  ltl: { custody: 8, transit: 24, lastMile: 12, proof: 24 },
  ftl: { custody: 2, transit: 24, lastMile: 8, proof: 24 },
  drayage: { custody: 2, transit: 24, lastMile: 8, proof: 24 },
  own_fleet: { custody: 2, transit: 24, lastMile: 8, proof: 24 },
  rail: { custody: 24, transit: 72, lastMile: 24, proof: 48 },
  intermodal: { custody: 24, transit: 72, lastMile: 24, proof: 48 },
  air: { custody: 12, transit: 24, lastMile: 24, proof: 48 },
  ocean: { custody: 24, transit: 168, lastMile: 120, proof: 72 },
}

const hour = 3_600_000

/** What should happen next and by when: due times come from the anchor fact, never from the moment of processing. */
export function timersOf(
  said: Pick<ShipmentState, 'about'>,
  projection: Omit<Projection, 'eta'>,
): Readonly<Record<string, number | null>> {
  const silence = silences[said.about.mode ?? 'parcel'] ?? parcel
  const { status, lastEvent, proofs } = projection
  const to = said.about.promise?.current.to
  const promised = to === undefined ? undefined : readInstant(to)
  const open = !ended.has(status) && status !== 'cancelled'
  return {
    tracking_stale: open && lastEvent !== undefined ? lastEvent.received + hours(silence, status) * hour : null,
    missing_pod:
      status === 'delivered' && proofs === 0 && lastEvent !== undefined
        ? (projection.milestones.delivered ?? lastEvent.at) + silence.proof * hour
        : null,
    late_vs_promise: open && promised !== undefined ? promised : null,
  }
}

/**
 * Arms and disarms. A timer that is armed for earlier than needed is left alone: when it fires, it is found to be early and armed
 * anew. So a shipment with ten scans writes one timer, not ten.
 */
export function armed(
  before: Armed,
  due: Readonly<Record<string, number | null>>,
): { readonly armed: Armed; readonly changes: TimerChange[] } {
  const after: Record<string, number> = { ...before }
  const changes: TimerChange[] = []
  for (const [name, at] of Object.entries(due)) {
    const now = before[name]
    if (at === null) {
      if (now !== undefined) changes.push({ name, at: null })
      delete after[name]
    } else if (now === undefined || at < now) {
      changes.push({ name, at: writeInstant(at) })
      after[name] = at
    }
  }
  return { armed: after, changes }
}

/** Timers that the database holds, ms. */
export type Armed = Readonly<Record<string, number>>

function hours(silence: Silence, status: Projection['status']): number {
  if (status === 'planned' || status === 'tendered' || status === 'booked') return silence.custody
  return status === 'out_for_delivery' ? silence.lastMile : silence.transit
}
