import { sha256 } from '../base/sha256.ts'
import type { Journey } from './journey.ts'
import { minuteMs } from './message.ts'
import type { ParcelCarrier } from './orders.ts'
import type { Scenario } from './scenario.ts'
import type { Stream } from './stream.ts'

/** What shows that a parcel was handed over, and when its carrier gets round to telling it. */
export interface Proof {
  readonly signedBy: string
  /** When it was given at the door. */
  readonly atMs: number
  /** The same as the delivery: it is told with the delivery itself. */
  readonly toldMs: number
}

/** From the driver's device at once, or from the office where the papers are scanned. */
const delayMinutes: Readonly<Record<ParcelCarrier, readonly [least: number, most: number]>> = {
  dhl: [10, 120],
  easypost: [30, 180],
  ltl: [60, 300],
}

/** Undefined for what was not delivered, and for what was left at the door. */
export function planProof(
  stream: Stream,
  { outcome, scans }: Journey,
  { carrier, scenario }: { readonly carrier: ParcelCarrier; readonly scenario: Scenario },
): Proof | undefined {
  const isUnproven = stream.chance(scenario.unproven)
  const isAtOnce = stream.chance(carrier === 'easypost' ? 0.8 : 0)
  const delayMs = stream.between(...delayMinutes[carrier]) * minuteMs
  const atMs = scans.at(-1)?.atMs
  if (outcome !== 'delivered' || isUnproven || atMs === undefined) return undefined
  return { signedBy: 'J. Doe', atMs, toldMs: isAtOnce ? atMs : atMs + delayMs }
}

/** Where the carrier keeps the paper. Nothing answers there. */
export function proofAddress(carrier: string, trackingNumber: string): string {
  return `https://pod.${carrier}.example/${trackingNumber}`
}

/** Of the paper that nobody has ever seen. */
export function proofHash(trackingNumber: string): string {
  return Array.from(sha256(`proof of delivery ${trackingNumber}`), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}
