import { Type } from 'typebox'

/** Something that needs attention, beside the status. */
export const exceptionObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^exc_' }),
    category: Type.String({
      description:
        'Category. Known: delayed, on_hold, customs_hold, documentation, payment_required, address_problem, recipient_unavailable, delivery_attempt_failed, refused, damaged, shortage, overage, lost_suspected, lost, theft, misrouted, weather, mechanical, accident, road_conditions, capacity, missed_cutoff, pickup_failed, tender_declined, restricted, overweight, facility_problem, closed, customer_request, temperature, security, other, tracking_stale, late_vs_promise, missing_pod, missing_pickup, missing_tracking_number, scan_after_delivery, scan_after_void, cancel_after_pickup, shipped_without_scan, scan_without_ship_confirm, summary_conflict, future_event, acknowledgement_mismatch, document_rejected, document_unacknowledged, document_unsent.',
    }),
    reasonCode: Type.Optional(Type.String({ description: 'Reason code.' })),
    responsible: Type.Optional(
      Type.String({ description: 'Responsible. Known: carrier, shipper, consignee, authority, none, unknown.' }),
    ),
    severity: Type.String({ description: 'Severity. Known: info, warning, critical.' }),
    scope: Type.Object(
      {
        shipmentId: Type.String({ description: 'Shipment, hub id.', pattern: '^shp_' }),
        packageId: Type.Optional(Type.String({ description: 'Package, hub id.', pattern: '^pkg_' })),
        legId: Type.Optional(Type.String({ description: 'Leg, hub id.' })),
      },
      { description: 'Scope.' },
    ),
    detectedBy: Type.String({
      description: 'Detected by. Known: carrier_reported, partner_reported, hub_detected, user.',
    }),
    openedAt: Type.String({ description: 'Opened at.', format: 'date-time' }),
    openedByEvent: Type.Optional(Type.String({ description: 'Opened by event.' })),
    resolvedAt: Type.Optional(Type.String({ description: 'Resolved at.', format: 'date-time' })),
    resolvedByEvent: Type.Optional(Type.String({ description: 'Resolved by event.' })),
    actionRequired: Type.Optional(
      Type.String({ description: 'Action required. Known: shipper, consignee, carrier, none.' }),
    ),
    caseId: Type.Optional(Type.String({ description: 'Case, hub id.' })),
  },
  { description: 'Something that needs attention, beside the status.' },
)
