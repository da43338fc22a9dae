import { Type } from 'typebox'
import { dimensions, documentRef, meta, money, quantity, weight } from './parts.ts'

/** A handling unit. */
export const packageObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^pkg_' }),
    ...meta,
    shipmentId: Type.Optional(Type.String({ description: 'Shipment, hub id.', pattern: '^shp_' })),
    deliveryId: Type.Optional(Type.String({ description: 'Delivery, hub id.', pattern: '^dlv_' })),
    parentId: Type.Optional(Type.String({ description: 'Parent, hub id.', pattern: '^pkg_' })),
    type: Type.String({ description: 'Type.' }),
    sscc: Type.Optional(Type.String({ description: 'Sscc.' })),
    trackingNumber: Type.Optional(Type.String({ description: 'Tracking number.' })),
    weight: Type.Optional(weight),
    dimensions: Type.Optional(dimensions),
    contents: Type.Array(
      Type.Object({
        itemId: Type.String({ description: 'Item, hub id.', pattern: '^itm_' }),
        quantity: quantity,
        lot: Type.Optional(Type.String({ description: 'Lot.' })),
        serials: Type.Optional(Type.Array(Type.String(), { description: 'Serials.' })),
        deliveryLineNo: Type.Optional(Type.String({ description: 'Delivery line no.' })),
      }),
      { description: 'Contents.' },
    ),
    status: Type.String({
      description:
        'Status of its state machine. Known: planned, tendered, booked, picked_up, in_transit, out_for_delivery, available_for_pickup, delivered, returning, returned, cancelled, lost, disposed.',
    }),
    label: Type.Optional(documentRef),
    declaredValue: Type.Optional(money),
    hazmat: Type.Optional(Type.Boolean({ description: 'Hazmat.' })),
    seal: Type.Optional(Type.String({ description: 'Seal.' })),
  },
  { description: 'A handling unit.' },
)
