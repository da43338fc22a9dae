import type { ExceptionCategory, ShipmentStatus } from './codes.ts'

/** Where an event leads, and what is odd about it. */
export interface Move {
  readonly status: ShipmentStatus
  readonly anomaly?: ExceptionCategory
}

/** Who moves: a fact of the hub (plan, tender, booking, void) or a scan. */
export type Mover = 'hub' | 'scan'

const moving: ReadonlySet<ShipmentStatus> = new Set([
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'available_for_pickup',
])
const beforeCustody: ReadonlySet<ShipmentStatus> = new Set(['planned', 'tendered', 'booked'])

/**
 * The legal transitions (model.md 7.3). Physical truth beats paper: late paperwork never gives custody back, a scan after a void
 * reopens, a delivered shipment does not regress.
 */
export function move(from: ShipmentStatus, to: ShipmentStatus, mover: Mover): Move {
  if (beforeCustody.has(from)) return fromPlan(from, to, mover)
  if (from === 'cancelled') return fromCancelled(to)
  if (moving.has(from)) return fromMoving(from, to)
  if (from === 'returning') return fromReturning(to)
  if (from === 'lost') return fromLost(to)
  if (from === 'delivered' && (to === 'returning' || to === 'returned')) return { status: to }
  return afterEnd(from, to)
}

function fromPlan(from: ShipmentStatus, to: ShipmentStatus, mover: Mover): Move {
  if (to === 'planned') return mover === 'hub' ? { status: 'planned' } : { status: from }
  if (to === 'tendered') return mover === 'hub' && from === 'planned' ? { status: 'tendered' } : { status: from }
  return { status: to }
}

function fromCancelled(to: ShipmentStatus): Move {
  const physical = moving.has(to) || ['returning', 'delivered', 'returned'].includes(to)
  return physical ? { status: to, anomaly: 'scan_after_void' } : { status: 'cancelled' }
}

function fromMoving(from: ShipmentStatus, to: ShipmentStatus): Move {
  if (to === 'cancelled') return { status: from, anomaly: 'cancel_after_pickup' }
  return beforeCustody.has(to) ? { status: from } : { status: to }
}

/** After `returning`, the carrier's "delivered" means returned. */
function fromReturning(to: ShipmentStatus): Move {
  if (to === 'delivered' || to === 'returned') return { status: 'returned' }
  if (to === 'lost' || to === 'disposed') return { status: to }
  return to === 'cancelled' ? { status: 'returning', anomaly: 'cancel_after_pickup' } : { status: 'returning' }
}

/** Found: whatever the carrier says next counts. */
function fromLost(to: ShipmentStatus): Move {
  const found = moving.has(to) || ['returning', 'returned', 'disposed', 'delivered'].includes(to)
  return { status: found ? to : 'lost' }
}

function afterEnd(from: ShipmentStatus, to: ShipmentStatus): Move {
  if (to === from || beforeCustody.has(to)) return { status: from }
  return { status: from, anomaly: to === 'cancelled' ? 'cancel_after_pickup' : 'scan_after_delivery' }
}
