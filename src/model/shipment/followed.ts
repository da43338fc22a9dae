import { ended, type ShipmentStatus } from './codes.ts'
import { packageFinder } from './packages.ts'
import type { ShipmentState } from './state.ts'

/** Numbers under which news of a shipment can still be asked for, and how eagerly. */
export interface Followed {
  readonly numbers: readonly { readonly trackingNumber: string; readonly carrier?: string }[]
  /** How many times the usual pause: shorter on the day of delivery, longer before the carrier has the goods. */
  readonly pace: number
}

/** Undefined when nothing more is expected: it ended, was cancelled, or turned out to be another one. */
export function followed(state: ShipmentState): Followed | undefined {
  const { mergedInto, projection, references, about } = state
  const { status, packages } = projection
  if (mergedInto !== undefined || isOver(status)) return undefined
  const find = packageFinder(state)
  const numbers = references.flatMap(({ scheme, issuer, value }) => {
    if (scheme !== 'tracking_number') return []
    const name = find(value)
    if (name !== undefined && isOver(packages[name] ?? status)) return []
    const carrier = issuer ?? about.carrier
    return [{ trackingNumber: value, ...(carrier === undefined ? {} : { carrier }) }]
  })
  return numbers.length === 0 ? undefined : { numbers, pace: paces[status] ?? 1 }
}

function isOver(status: ShipmentStatus): boolean {
  return (ended.has(status) && status !== 'lost') || status === 'cancelled'
}

const paces: Readonly<Partial<Record<ShipmentStatus, number>>> = {
  planned: 2,
  tendered: 2,
  booked: 2,
  out_for_delivery: 0.25,
  available_for_pickup: 0.5,
  lost: 8,
}
