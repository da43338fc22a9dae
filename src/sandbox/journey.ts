import { hourMs, minuteMs } from './message.ts'
import type { Scenario } from './scenario.ts'
import type { Stream } from './stream.ts'

/** What happens to a parcel, in the sandbox's own words; each carrier tells it in its own. */
export type ScanKind =
  | 'label'
  | 'pickup'
  | 'arrival'
  | 'departure'
  | 'destination'
  | 'outForDelivery'
  | 'attempt'
  | 'damage'
  | 'delivered'
  | 'returning'

/** One station of a parcel; `atMs` since 1970. */
export interface Scan {
  readonly atMs: number
  readonly kind: ScanKind
  readonly city: string
}

/** The stations of a parcel up to its end. */
export interface Journey {
  readonly scans: readonly Scan[]
  readonly outcome: 'delivered' | 'returned'
}

/** Where the towns of the sandbox would be: some carriers tell it with every scan. */
export const towns: Readonly<Record<string, { readonly lat: number; readonly lon: number }>> = {
  Eastport: { lat: 54.1, lon: 13.1 },
  Highfield: { lat: 51.6, lon: 10.6 },
  Lakeside: { lat: 47.7, lon: 9.3 },
  Midvale: { lat: 50.7, lon: 8.9 },
  Millbrook: { lat: 49.3, lon: 8.4 },
  Northgate: { lat: 53.4, lon: 9.6 },
  Oakfield: { lat: 52.4, lon: 12.9 },
  Riverton: { lat: 52.3, lon: 7.9 },
  Southbridge: { lat: 48.4, lon: 11.4 },
  Stonehaven: { lat: 51.1, lon: 13.2 },
  Westhaven: { lat: 51.4, lon: 7.1 },
}
/** The town of the simulated warehouse. */
export const warehouseTown = 'Riverton'

const hubs = ['Northgate', 'Midvale', 'Eastport', 'Highfield', 'Lakeside'] as const
const destinations = ['Southbridge', 'Southbridge', 'Westhaven', 'Oakfield', 'Millbrook', 'Stonehaven'] as const

/** Where a delivery goes: the same for the same delivery, whatever else happens to it. */
export function destinationOf(stream: Stream): string {
  return stream.pick(destinations)
}

/** From the label to the door within two days. Scans are in the order in which they happen. */
export function planJourney(
  stream: Stream,
  scenario: Scenario,
  { startMs, confirmedMs, to }: { readonly startMs: number; readonly confirmedMs: number; readonly to: string },
): Journey {
  const scans: Scan[] = [{ atMs: confirmedMs - stream.between(5, 30) * minuteMs, kind: 'label', city: warehouseTown }]
  const add = (atMs: number, kind: ScanKind, city: string): void => void scans.push({ atMs, kind, city })
  const pickupMs = startMs + 17 * hourMs + stream.between(0, 90) * minuteMs
  add(pickupMs, 'pickup', warehouseTown)
  const stops = stream.between(...scenario.hubScans)
  const destinationMs = startMs + 30 * hourMs + stream.between(0, 90) * minuteMs
  const legMs = (destinationMs - pickupMs) / (stops + 1)
  for (let stop = 1; stop <= stops; stop++) {
    const city = stream.pick(hubs)
    const atMs = Math.floor(pickupMs + legMs * stop)
    add(atMs - Math.floor(legMs / 4), 'arrival', city)
    add(atMs, 'departure', city)
  }
  add(destinationMs, 'destination', to)
  if (stream.chance(scenario.damage)) add(destinationMs + 10 * minuteMs, 'damage', to)
  const doorMs = startMs + 32 * hourMs + stream.between(0, 240) * minuteMs
  add(doorMs - 45 * minuteMs, 'outForDelivery', to)
  if (stream.chance(scenario.refusal)) {
    add(doorMs, 'returning', to)
    return { scans, outcome: 'returned' }
  }
  const isMissed = stream.chance(scenario.attempt)
  if (isMissed) {
    add(doorMs, 'attempt', to)
    add(doorMs + 3 * hourMs, 'outForDelivery', to)
  }
  add(doorMs + (isMissed ? 4 * hourMs : 0), 'delivered', to)
  return { scans, outcome: 'delivered' }
}
