import { Type } from 'typebox'
import { exceptionObject } from './exception.ts'
import { eventTime, freightCharge, leg, meta, partyRef, quantity, stop, timeWindow, weight } from './parts.ts'
import { proofOfDeliveryObject } from './proof-of-delivery.ts'

/** What a carrier moves. */
export const shipmentObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^shp_' }),
    ...meta,
    direction: Type.String({ description: 'Direction. Known: outbound, inbound, return, transfer, drop_ship.' }),
    deliveryIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^dlv_' }), {
      description: 'Delivery, hub, hub ids.',
    }),
    orderIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^ord_' }), {
      description: 'Order, hub, hub ids.',
    }),
    mode: Type.String({
      description: 'Mode. Known: parcel, ltl, ftl, intermodal, rail, ocean, air, drayage, courier, own_fleet.',
    }),
    carrierId: Type.Optional(Type.String({ description: 'Carrier, hub id.', pattern: '^car_' })),
    service: Type.Optional(Type.String({ description: 'Service.' })),
    carrierAccount: Type.Optional(Type.String({ description: 'Carrier account.' })),
    parties: Type.Array(partyRef, { description: 'Parties.' }),
    stops: Type.Array(stop, { description: 'Stops.' }),
    legs: Type.Array(leg, { description: 'Legs.' }),
    packages: Type.Array(Type.String({ description: 'Hub id.', pattern: '^pkg_' }), { description: 'Packages.' }),
    equipment: Type.Optional(
      Type.Array(
        Type.Object({
          kind: Type.String({ description: 'Kind.' }),
          number: Type.Optional(Type.String({ description: 'Number.' })),
          seals: Type.Optional(Type.Array(Type.String(), { description: 'Seals.' })),
        }),
        { description: 'Equipment.' },
      ),
    ),
    status: Type.String({
      description:
        'Status of its state machine. Known: planned, tendered, booked, picked_up, in_transit, out_for_delivery, available_for_pickup, delivered, returning, returned, cancelled, lost, disposed.',
    }),
    progress: Type.Object(
      {
        total: Type.Number({ description: 'Total.' }),
        delivered: Type.Number({ description: 'Delivered.' }),
        partial: Type.Boolean({ description: 'Partial.' }),
      },
      { description: 'Progress.' },
    ),
    exceptions: Type.Array(exceptionObject, { description: 'Exceptions.' }),
    milestones: Type.Record(Type.String(), eventTime, { description: 'Milestones.' }),
    promise: Type.Object(
      {
        initial: Type.Optional(timeWindow),
        current: Type.Optional(timeWindow),
        agreedBy: Type.Optional(Type.String({ description: 'Agreed by.' })),
      },
      { description: 'Promise.' },
    ),
    eta: Type.Optional(
      Type.Object(
        {
          at: Type.String({ description: 'Instant, RFC 3339 with offset.', format: 'date-time' }),
          window: Type.Optional(timeWindow),
          source: Type.String({ description: 'Source.' }),
          computedAt: Type.String({ description: 'Computed at.', format: 'date-time' }),
        },
        { description: 'Eta.' },
      ),
    ),
    weight: Type.Optional(weight),
    volume: Type.Optional(quantity),
    freightTerms: Type.Optional(Type.String({ description: 'Freight terms. Known: prepaid, collect, third_party.' })),
    incoterms: Type.Optional(Type.String({ description: 'Incoterms.' })),
    ratedCharges: Type.Optional(Type.Array(freightCharge, { description: 'Rated charges.' })),
    pod: Type.Optional(proofOfDeliveryObject),
    lastEventAt: Type.Optional(Type.String({ description: 'Last event at.', format: 'date-time' })),
    lastEventReceivedAt: Type.Optional(Type.String({ description: 'Last event received at.', format: 'date-time' })),
    nextExpectedEvent: Type.Optional(
      Type.Object(
        {
          code: Type.String({
            description:
              'Code. Known: shipment_info_received, label_created, pickup_scheduled, pickup_attempt_failed, pickup_cancelled, arrived_at_pickup, loading_started, loaded, dropped_off, picked_up, departed_origin, arrived_at_facility, departed_facility, in_transit, handed_over, received_from_carrier, gate_in, gate_out, loaded_on_transport, discharged, transport_departed, transport_arrived, container_stuffed, container_stripped, empty_returned, empty_released, border_crossed, customs_started, customs_hold, customs_released, arrived_at_destination_facility, stored_in_transit, delivery_scheduled, delivery_rescheduled, eta_updated, pickup_eta_updated, out_for_delivery, arrived_at_delivery, unloading_started, delivery_attempted, available_for_pickup, delivered, partially_delivered, unloaded, departed_delivery, received_at_destination, pod_received, refused, return_started, returned, delayed, held, released, exception, damaged, lost, found, missing, disposed, stolen, misrouted, address_issue, address_corrected, redirected, document_received, document_missing, payment_required, payment_received, contacted_customer, cancelled, tracking_expired, tracking_failed, position_updated, sensor_reading, info, unknown.',
          }),
          by: Type.String({ description: 'By.', format: 'date-time' }),
        },
        { description: 'Next expected event.' },
      ),
    ),
  },
  { description: 'What a carrier moves.' },
)
