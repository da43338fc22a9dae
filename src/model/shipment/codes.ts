import type { ExchangeCategory } from '../transmission/exchange-problem.ts'

/** What an actual event of this code does to the status, and the exception that it opens by default. */
export interface CodeEffect {
  readonly status?: ShipmentStatus
  readonly exception?: ExceptionCategory
  /** Belongs to another object (tender, delivery, movement, document): never stored as a tracking event. */
  readonly routed?: true
}

/** Where a shipment stands, in the same words for parcels, trucks and containers (model.md 7.2). */
export type ShipmentStatus =
  | 'planned'
  | 'tendered'
  | 'booked'
  | 'picked_up'
  | 'in_transit'
  | 'out_for_delivery'
  | 'available_for_pickup'
  | 'delivered'
  | 'returning'
  | 'returned'
  | 'cancelled'
  | 'lost'
  | 'disposed'

/** Canonical tracking codes in rank order: the position decides between events of one instant. */
export const codes = {
  shipment_info_received: { status: 'booked' },
  label_created: { status: 'booked' },
  pickup_scheduled: { status: 'booked' },
  pickup_attempt_failed: { status: 'booked', exception: 'pickup_failed' },
  pickup_cancelled: { exception: 'pickup_failed' },
  arrived_at_pickup: { status: 'booked' },
  loading_started: { status: 'booked' },
  loaded: { status: 'booked' },
  dropped_off: { status: 'picked_up' },
  picked_up: { status: 'picked_up' },
  departed_origin: { status: 'in_transit' },
  arrived_at_facility: { status: 'in_transit' },
  departed_facility: { status: 'in_transit' },
  in_transit: { status: 'in_transit' },
  handed_over: { status: 'in_transit' },
  received_from_carrier: { status: 'in_transit' },
  gate_in: { status: 'in_transit' },
  gate_out: { status: 'in_transit' },
  loaded_on_transport: { status: 'in_transit' },
  discharged: { status: 'in_transit' },
  transport_departed: { status: 'in_transit' },
  transport_arrived: { status: 'in_transit' },
  container_stuffed: { status: 'booked' },
  container_stripped: {},
  empty_returned: {},
  empty_released: { status: 'booked' },
  border_crossed: { status: 'in_transit' },
  customs_started: { status: 'in_transit' },
  customs_hold: { status: 'in_transit', exception: 'customs_hold' },
  customs_released: { status: 'in_transit' },
  arrived_at_destination_facility: { status: 'in_transit' },
  stored_in_transit: { status: 'in_transit' },
  delivery_scheduled: {},
  delivery_rescheduled: {},
  eta_updated: {},
  pickup_eta_updated: {},
  out_for_delivery: { status: 'out_for_delivery' },
  arrived_at_delivery: { status: 'out_for_delivery' },
  unloading_started: { status: 'out_for_delivery' },
  delivery_attempted: { status: 'in_transit', exception: 'delivery_attempt_failed' },
  available_for_pickup: { status: 'available_for_pickup' },
  delivered: { status: 'delivered' },
  partially_delivered: { exception: 'shortage' },
  unloaded: { status: 'delivered' },
  departed_delivery: { status: 'delivered' },
  pod_received: {},
  refused: { status: 'in_transit', exception: 'refused' },
  return_started: { status: 'returning' },
  returned: { status: 'returned' },
  delayed: { exception: 'delayed' },
  held: { exception: 'on_hold' },
  released: {},
  exception: { exception: 'other' },
  damaged: { exception: 'damaged' },
  lost: { status: 'lost', exception: 'lost' },
  found: { status: 'in_transit' },
  missing: { exception: 'shortage' },
  disposed: { status: 'disposed' },
  stolen: { status: 'lost', exception: 'theft' },
  misrouted: { exception: 'misrouted' },
  address_issue: { exception: 'address_problem' },
  address_corrected: {},
  redirected: { status: 'in_transit' },
  document_received: {},
  document_missing: { exception: 'documentation' },
  payment_required: { exception: 'payment_required' },
  payment_received: {},
  contacted_customer: {},
  cancelled: { status: 'cancelled' },
  tender_accepted: { status: 'booked', routed: true },
  tender_declined: { exception: 'tender_declined', routed: true },
  tracking_expired: { exception: 'tracking_stale' },
  tracking_failed: { exception: 'tracking_stale' },
  position_updated: {},
  sensor_reading: {},
  info: {},
  unknown: {},
  packed: { routed: true },
  picked: { routed: true },
  received_at_destination: { status: 'delivered' },
  inventory_only: { routed: true },
  document_only: { routed: true },
} as const satisfies Readonly<Record<string, CodeEffect>>

/** What a scan can say, whoever made it; a connector maps its own codes to these (model.md 7.8). */
export type TrackingCode = keyof typeof codes

/** The effect of a code; nothing for one that no table knows. */
export function effectOf(code: string): CodeEffect {
  return effects.get(code) ?? none
}

const none: CodeEffect = {}
const effects: ReadonlyMap<string, CodeEffect> = new Map(Object.entries(codes))

/** Place in the table, from 0: which of two events of one instant and rank comes first must not depend on when they were told. */
export const codePosition: ReadonlyMap<string, number> = new Map(
  Object.keys(codes).map((code, position) => [code, position]),
)

/** Ranks of the statuses: least advanced first. */
export const statusRank: Readonly<Record<ShipmentStatus, number>> = {
  planned: 0,
  cancelled: 5,
  tendered: 8,
  booked: 10,
  picked_up: 20,
  in_transit: 30,
  out_for_delivery: 40,
  available_for_pickup: 45,
  returning: 50,
  delivered: 60,
  lost: 65,
  disposed: 66,
  returned: 70,
}

/** Where an event without status effect sorts among those of its instant. */
export const noEffectRank = 25

/** Where the carrier’s part is over. Not `cancelled`: a scan makes a cancelled shipment live again. */
export const ended: ReadonlySet<ShipmentStatus> = new Set(['delivered', 'returned', 'lost', 'disposed'])

/** Codes that say "delivered" at a stop, which is the end only at the final one. */
export const deliveredLike: ReadonlySet<string> = new Set([
  'delivered',
  'unloaded',
  'departed_delivery',
  'received_at_destination',
])

/** Codes that prove that the carrier has the goods. */
export function provesCustody(code: string): boolean {
  const { status } = effectOf(code)
  return status === 'picked_up' || status === 'in_transit' || code === 'departed_origin'
}

/** What can be wrong with a shipment: what carriers and people tell, then what the hub finds out (model.md section 8). */
export type ExceptionCategory =
  | 'delayed'
  | 'on_hold'
  | 'customs_hold'
  | 'documentation'
  | 'payment_required'
  | 'address_problem'
  | 'recipient_unavailable'
  | 'delivery_attempt_failed'
  | 'refused'
  | 'damaged'
  | 'shortage'
  | 'overage'
  | 'lost_suspected'
  | 'lost'
  | 'theft'
  | 'misrouted'
  | 'weather'
  | 'mechanical'
  | 'accident'
  | 'road_conditions'
  | 'capacity'
  | 'missed_cutoff'
  | 'pickup_failed'
  | 'tender_declined'
  | 'tender_unanswered'
  | 'restricted'
  | 'overweight'
  | 'facility_problem'
  | 'closed'
  | 'customer_request'
  | 'temperature'
  | 'security'
  | 'other'
  | 'tracking_stale'
  | 'late_vs_promise'
  | 'missing_pod'
  | 'missing_pickup'
  | 'missing_tracking_number'
  | 'scan_after_delivery'
  | 'scan_after_void'
  | 'cancel_after_pickup'
  | 'shipped_without_scan'
  | 'scan_without_ship_confirm'
  | 'summary_conflict'
  | 'future_event'
  | ExchangeCategory
