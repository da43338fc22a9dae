import type { CodeList } from '../fields/code.ts'
import type { ShipmentStatus } from '../shipment/codes.ts'

/** Where a shipment or a package stands: computed from scans and plans, never set by hand. */
export const shipmentStatuses: CodeList<ShipmentStatus> = {
  name: 'shipment_status',
  values: {
    planned: 'It is known, and no carrier has been asked.',
    tendered: 'It was offered to a carrier, who has not answered.',
    booked: 'A carrier has the order, but not the goods.',
    picked_up: 'The carrier has the goods.',
    in_transit: 'It is on its way between places of the carrier.',
    out_for_delivery: 'It is on the vehicle of the last mile.',
    available_for_pickup: 'It waits at a shop or depot for the consignee to fetch it.',
    delivered: 'It was handed over at its last stop.',
    returning: 'It is on its way back to the sender.',
    returned: 'It is back at the sender.',
    cancelled: 'It was called off before the carrier had the goods.',
    lost: 'The carrier says that it is lost. A later scan finds it again.',
    disposed: 'It was destroyed or given away, as the carrier says.',
  },
}
