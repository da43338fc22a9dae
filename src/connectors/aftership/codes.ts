import type { StatusTable } from '../kit/status-table.ts'

/** AfterShip Tracking API, "Delivery statuses": `tag` of a tracking and of each checkpoint. */
export const tags: StatusTable = {
  name: 'aftership-tag',
  confidence: 'A',
  rows: {
    AttemptFail: { event: 'delivery_attempted' },
    AvailableForPickup: { event: 'available_for_pickup' },
    Delivered: { event: 'delivered' },
    Exception: { event: 'exception' },
    Expired: { event: 'tracking_expired' },
    InTransit: { event: 'in_transit' },
    InfoReceived: { event: 'shipment_info_received' },
    OutForDelivery: { event: 'out_for_delivery' },
    Pending: { event: 'unknown' },
  },
}

/**
 * AfterShip Tracking API, "Delivery sub-statuses": `subtag`. Exception_016 to 021 and Delivered_005 came in 2026. Rows with B were
 * compared with three copies of that table whose wording is the same, not with the vendor's own page.
 */
export const subtags: StatusTable = {
  name: 'aftership-subtag',
  confidence: 'A',
  rows: {
    AttemptFail_001: { event: 'delivery_attempted', confidence: 'B' },
    AttemptFail_002: { event: 'delivery_attempted', confidence: 'B' },
    AttemptFail_003: { event: 'delivery_attempted', confidence: 'B' },
    AvailableForPickup_001: { event: 'available_for_pickup' },
    Delivered_001: { event: 'delivered' },
    Delivered_002: { event: 'delivered' },
    Delivered_003: { event: 'delivered' },
    Delivered_004: { event: 'delivered' },
    Delivered_005: { event: 'delivered' },
    Exception_001: { event: 'exception' },
    Exception_002: { event: 'address_issue' },
    Exception_003: { event: 'refused' },
    Exception_004: { event: 'customs_hold' },
    Exception_005: { event: 'delayed' },
    Exception_006: { event: 'payment_required' },
    Exception_007: { event: 'address_issue' },
    Exception_008: { event: 'held', exception: 'recipient_unavailable' },
    Exception_009: { event: 'exception', exception: 'restricted' },
    Exception_010: { event: 'return_started' },
    Exception_011: { event: 'returned' },
    Exception_012: { event: 'damaged' },
    Exception_013: { event: 'lost' },
    Exception_016: { event: 'delayed' },
    Exception_017: { event: 'delayed', exception: 'weather' },
    Exception_018: { event: 'document_missing' },
    Exception_019: { event: 'delayed' },
    Exception_020: { event: 'cancelled' },
    Exception_021: { event: 'disposed' },
    Expired_001: { event: 'tracking_expired', confidence: 'B' },
    InTransit_001: { event: 'in_transit', confidence: 'B' },
    InTransit_002: { event: 'picked_up', confidence: 'B' },
    InTransit_003: { event: 'arrived_at_facility', confidence: 'B' },
    InTransit_004: { event: 'transport_arrived', confidence: 'B' },
    InTransit_005: { event: 'customs_released', confidence: 'B' },
    InTransit_006: { event: 'customs_started', confidence: 'B' },
    InTransit_007: { event: 'departed_facility' },
    InTransit_008: { event: 'released', confidence: 'B' },
    InTransit_009: { event: 'redirected', confidence: 'B' },
    InfoReceived_001: { event: 'shipment_info_received', confidence: 'B' },
    OutForDelivery_001: { event: 'out_for_delivery', confidence: 'B' },
    OutForDelivery_003: { event: 'contacted_customer', confidence: 'B' },
    OutForDelivery_004: { event: 'delivery_scheduled', confidence: 'B' },
    Pending_001: { event: 'unknown', confidence: 'B' },
  },
}
