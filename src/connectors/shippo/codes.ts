import type { StatusTable } from '../kit/status-table.ts'

/** Shippo API reference, "Tracking status": six coarse values. */
export const statuses: StatusTable = {
  name: 'shippo-status',
  confidence: 'A',
  rows: {
    DELIVERED: { event: 'delivered' },
    FAILURE: { event: 'exception' },
    PRE_TRANSIT: { event: 'shipment_info_received' },
    // Being returned or returned: only the substatus could tell. The lesser claim is the safe one.
    RETURNED: { event: 'return_started' },
    TRANSIT: { event: 'in_transit' },
    UNKNOWN: { event: 'unknown' },
  },
}

/**
 * Shippo tracking guide, "Event definitions": `substatus.code`, finer than the status. All 27 codes and their wording were compared
 * with a copy of that table (B: not with the vendor's own page). What the wording does not say is not claimed.
 */
export const substatuses: StatusTable = {
  name: 'shippo-substatus',
  confidence: 'B',
  rows: {
    address_issue: { event: 'address_issue' },
    contact_carrier: { event: 'exception' },
    delayed: { event: 'delayed' },
    delivered: { event: 'delivered' },
    delivery_attempted: { event: 'delivery_attempted' },
    delivery_rescheduled: { event: 'delivery_rescheduled' },
    delivery_scheduled: { event: 'delivery_scheduled' },
    information_received: { event: 'shipment_info_received' },
    // That somebody tried is not said.
    location_inaccessible: { event: 'exception', exception: 'facility_problem' },
    notice_left: { event: 'delivery_attempted' },
    // Says nothing that the status does not.
    other: { event: 'unknown' },
    out_for_delivery: { event: 'out_for_delivery' },
    package_accepted: { event: 'picked_up' },
    package_arrived: { event: 'arrived_at_facility' },
    package_damaged: { event: 'damaged' },
    package_departed: { event: 'departed_facility' },
    package_disposed: { event: 'disposed' },
    package_forwarded: { event: 'redirected' },
    package_held: { event: 'held' },
    package_lost: { event: 'lost' },
    package_processed: { event: 'in_transit' },
    package_processing: { event: 'in_transit' },
    package_unclaimed: { event: 'return_started', exception: 'recipient_unavailable' },
    package_undeliverable: { event: 'exception' },
    pickup_available: { event: 'available_for_pickup' },
    // Asks the recipient to call the carrier: whether there was an attempt, nobody says.
    reschedule_delivery: { event: 'delivery_attempted', confidence: 'C' },
    return_to_sender: { event: 'return_started' },
  },
}
