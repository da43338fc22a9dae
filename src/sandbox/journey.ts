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
  Northgate: { lat: 53.4, lon: 9.6 },
  Riverton: { lat: 52.3, lon: 7.9 },
  Southbridge: { lat: 48.4, lon: 11.4 },
}

const hubs = ['Northgate', 'Midvale', 'Eastport', 'Highfield', 'Lakeside'] as const

/** From the label to the door within two days. Scans are in the order in which they happen. */
export function planJourney(
  stream: Stream,
  scenario: Scenario,
  { startMs, confirmedMs }: { readonly startMs: number; readonly confirmedMs: number },
): Journey {
  const scans: Scan[] = [{ atMs: confirmedMs - stream.between(5, 30) * minuteMs, kind: 'label', city: 'Riverton' }]
  const add = (atMs: number, kind: ScanKind, city: string): void => void scans.push({ atMs, kind, city })
  const pickupMs = startMs + 17 * hourMs + stream.between(0, 90) * minuteMs
  add(pickupMs, 'pickup', 'Riverton')
  const stops = stream.between(...scenario.hubScans)
  const destinationMs = startMs + 30 * hourMs + stream.between(0, 90) * minuteMs
  const legMs = (destinationMs - pickupMs) / (stops + 1)
  for (let stop = 1; stop <= stops; stop++) {
    const city = stream.pick(hubs)
    const atMs = Math.floor(pickupMs + legMs * stop)
    add(atMs - Math.floor(legMs / 4), 'arrival', city)
    add(atMs, 'departure', city)
  }
  add(destinationMs, 'destination', 'Southbridge')
  if (stream.chance(scenario.damage)) add(destinationMs + 10 * minuteMs, 'damage', 'Southbridge')
  const doorMs = startMs + 32 * hourMs + stream.between(0, 240) * minuteMs
  add(doorMs - 45 * minuteMs, 'outForDelivery', 'Southbridge')
  if (stream.chance(scenario.refusal)) {
    add(doorMs, 'returning', 'Southbridge')
    return { scans, outcome: 'returned' }
  }
  const isMissed = stream.chance(scenario.attempt)
  if (isMissed) {
    add(doorMs, 'attempt', 'Southbridge')
    add(doorMs + 3 * hourMs, 'outForDelivery', 'Southbridge')
  }
  add(doorMs + (isMissed ? 4 * hourMs : 0), 'delivered', 'Southbridge')
  return { scans, outcome: 'delivered' }
}
