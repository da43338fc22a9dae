import type { StatusTable } from '../kit/status-table.ts'

/** EasyPost API reference, "Tracker", `status`: of the tracker and of each of its details. */
export const statuses: StatusTable = {
  name: 'easypost-status',
  confidence: 'A',
  rows: {
    available_for_pickup: { event: 'available_for_pickup' },
    cancelled: { event: 'cancelled' },
    delivered: { event: 'delivered' },
    error: { event: 'tracking_failed' },
    failure: { event: 'exception' },
    in_transit: { event: 'in_transit' },
    out_for_delivery: { event: 'out_for_delivery' },
    pre_transit: { event: 'label_created' },
    return_to_sender: { event: 'return_started' },
    unknown: { event: 'unknown' },
  },
}

/** EasyPost API reference, "Tracker", `status_detail`. To be read together with the status, see `meaning`. */
export const details: StatusTable = {
  name: 'easypost-status_detail',
  confidence: 'A',
  rows: {
    address_correction: { event: 'address_corrected' },
    // Accompanies the status `delivered`, which wins.
    arrived_at_destination: { event: 'arrived_at_delivery' },
    arrived_at_facility: { event: 'arrived_at_facility' },
    arrived_at_pickup_location: { event: 'available_for_pickup' },
    awaiting_information: { event: 'document_missing' },
    cancelled: { event: 'cancelled' },
    damaged: { event: 'damaged' },
    delayed: { event: 'delayed' },
    delivery_exception: { event: 'delivery_attempted' },
    departed_facility: { event: 'departed_facility' },
    departed_origin_facility: { event: 'departed_origin' },
    expired: { event: 'tracking_expired' },
    failure: { event: 'exception' },
    held: { event: 'held' },
    in_transit: { event: 'in_transit' },
    label_created: { event: 'label_created' },
    lost: { event: 'lost' },
    missorted: { event: 'misrouted' },
    out_for_delivery: { event: 'out_for_delivery' },
    received_at_destination_facility: { event: 'arrived_at_destination_facility' },
    received_at_origin_facility: { event: 'arrived_at_facility' },
    refused: { event: 'refused' },
    return: { event: 'return_started' },
    status_update: { event: 'info' },
    transferred_to_destination_carrier: { event: 'handed_over' },
    transit_exception: { event: 'exception' },
    unknown: { event: 'unknown' },
    weather_delay: { event: 'delayed', exception: 'weather' },
  },
}
