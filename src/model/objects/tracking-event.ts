import { Type } from 'typebox'
import { documentRef, eventTime } from './parts.ts'

/** What a carrier says happened. Immutable. */
export const trackingEventObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^trk_' }),
    tenantId: Type.String({ description: 'Tenant that the object belongs to.' }),
    source: Type.Object(
      {
        system: Type.String({ description: 'System.' }),
        carrierId: Type.Optional(Type.String({ description: 'Carrier, hub id.', pattern: '^car_' })),
        eventId: Type.Optional(Type.String({ description: 'Event, hub id.' })),
        sequence: Type.Optional(Type.Number({ description: 'Sequence.' })),
        updatedAt: Type.Optional(Type.String({ description: 'Updated at.', format: 'date-time' })),
      },
      { description: 'Source.' },
    ),
    code: Type.String({
      description:
        'Code. Known: shipment_info_received, label_created, pickup_scheduled, pickup_attempt_failed, pickup_cancelled, arrived_at_pickup, loading_started, loaded, dropped_off, picked_up, departed_origin, arrived_at_facility, departed_facility, in_transit, handed_over, received_from_carrier, gate_in, gate_out, loaded_on_transport, discharged, transport_departed, transport_arrived, container_stuffed, container_stripped, empty_returned, empty_released, border_crossed, customs_started, customs_hold, customs_released, arrived_at_destination_facility, stored_in_transit, delivery_scheduled, delivery_rescheduled, eta_updated, pickup_eta_updated, out_for_delivery, arrived_at_delivery, unloading_started, delivery_attempted, available_for_pickup, delivered, partially_delivered, unloaded, departed_delivery, received_at_destination, pod_received, refused, return_started, returned, delayed, held, released, exception, damaged, lost, found, missing, disposed, stolen, misrouted, address_issue, address_corrected, redirected, document_received, document_missing, payment_required, payment_received, contacted_customer, cancelled, tracking_expired, tracking_failed, position_updated, sensor_reading, info, unknown.',
    }),
    classifier: Type.String({ description: 'Classifier. Known: actual, estimated, planned.' }),
    action: Type.String({ description: 'Action. Known: record, amend, retract.' }),
    supersedes: Type.Optional(Type.String({ description: 'Supersedes.', pattern: '^trk_' })),
    occurredAt: eventTime,
    receivedAt: Type.String({ description: 'Received at.', format: 'date-time' }),
    shipmentId: Type.Optional(Type.String({ description: 'Shipment, hub id.', pattern: '^shp_' })),
    packageId: Type.Optional(Type.String({ description: 'Package, hub id.', pattern: '^pkg_' })),
    legId: Type.Optional(Type.String({ description: 'Leg, hub id.' })),
    stopSeq: Type.Optional(Type.Number({ description: 'Stop seq.' })),
    location: Type.Optional(
      Type.Object(
        {
          locationId: Type.Optional(Type.String({ description: 'Location, hub id.', pattern: '^loc_' })),
          name: Type.Optional(Type.String({ description: 'Name.' })),
          city: Type.Optional(Type.String({ description: 'City.' })),
          region: Type.Optional(Type.String({ description: 'Region.' })),
          country: Type.Optional(Type.String({ description: 'ISO 3166-1 alpha-2.' })),
          postalCode: Type.Optional(Type.String({ description: 'Postal code.' })),
          unlocode: Type.Optional(Type.String({ description: 'Unlocode.' })),
          facilityType: Type.Optional(Type.String({ description: 'Facility type.' })),
          geo: Type.Optional(
            Type.Object(
              {
                lat: Type.Number({ description: 'Lat.' }),
                lon: Type.Number({ description: 'Lon.' }),
                accuracyM: Type.Optional(Type.Number({ description: 'Accuracy m.' })),
              },
              { description: 'Coordinates with their accuracy.' },
            ),
          ),
        },
        { description: 'Location.' },
      ),
    ),
    reason: Type.Optional(
      Type.Object(
        {
          category: Type.String({
            description:
              'Category. Known: delayed, on_hold, customs_hold, documentation, payment_required, address_problem, recipient_unavailable, delivery_attempt_failed, refused, damaged, shortage, overage, lost_suspected, lost, theft, misrouted, weather, mechanical, accident, road_conditions, capacity, missed_cutoff, pickup_failed, tender_declined, restricted, overweight, facility_problem, closed, customer_request, temperature, security, other, tracking_stale, late_vs_promise, missing_pod, missing_pickup, missing_tracking_number, scan_after_delivery, scan_after_void, cancel_after_pickup, shipped_without_scan, scan_without_ship_confirm, summary_conflict, future_event, acknowledgement_mismatch, document_rejected, document_unacknowledged, document_unsent.',
          }),
          sourceCode: Type.Optional(Type.String({ description: 'Source code.' })),
          responsible: Type.Optional(Type.String({ description: 'Responsible.' })),
          text: Type.Optional(Type.String({ description: 'Text.' })),
        },
        { description: 'Reason.' },
      ),
    ),
    raw: Type.Object(
      {
        codeSystem: Type.String({ description: 'Code system.' }),
        code: Type.Optional(Type.String({ description: 'Code.' })),
        subcode: Type.Optional(Type.String({ description: 'Subcode.' })),
        text: Type.Optional(Type.String({ description: 'Text.' })),
        payloadRef: Type.String({ description: 'Payload ref.' }),
      },
      { description: 'Raw.' },
    ),
    mapping: Type.Object(
      {
        version: Type.String({ description: 'Grows with each change; locks writes.' }),
        confidence: Type.String({ description: 'Confidence. Known: exact, inferred, unmapped.' }),
      },
      { description: 'Mapping.' },
    ),
    duplicateOf: Type.Optional(Type.String({ description: 'Duplicate of.', pattern: '^trk_' })),
    equipment: Type.Optional(Type.String({ description: 'Equipment.' })),
    eta: Type.Optional(Type.String({ description: 'Eta.', format: 'date-time' })),
    documents: Type.Optional(Type.Array(documentRef, { description: 'Documents.' })),
    sensor: Type.Optional(
      Type.Object(
        {
          kind: Type.String({ description: 'Kind.' }),
          value: Type.String({
            description: 'Exact decimal or text as given. Exact decimal.',
            pattern: '^-?\\d+(\\.\\d+)?$',
          }),
          uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20.' }),
        },
        { description: 'Sensor.' },
      ),
    ),
  },
  { description: 'What a carrier says happened. Immutable.' },
)
