import { Type } from 'typebox'
import { eventTime, meta, quantity, timeWindow } from './parts.ts'

/** What a supplier says is coming. */
export const asnObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^asn_' }),
    ...meta,
    poIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^pur_' }), { description: 'Po, hub, hub ids.' }),
    supplierId: Type.String({ description: 'Supplier, hub id.', pattern: '^prt_' }),
    shipmentId: Type.Optional(Type.String({ description: 'Shipment, hub id.', pattern: '^shp_' })),
    shippedAt: eventTime,
    expected: timeWindow,
    packages: Type.Array(Type.String({ description: 'Hub id.', pattern: '^pkg_' }), { description: 'Packages.' }),
    lines: Type.Array(
      Type.Object({
        poId: Type.String({ description: 'Po, hub id.', pattern: '^pur_' }),
        poLineNo: Type.String({ description: 'Po line no.' }),
        itemId: Type.String({ description: 'Item, hub id.', pattern: '^itm_' }),
        shipped: quantity,
        lot: Type.Optional(Type.String({ description: 'Lot.' })),
        sscc: Type.Optional(Type.Array(Type.String(), { description: 'Sscc.' })),
      }),
      { description: 'Lines.' },
    ),
    status: Type.String({
      description:
        'Status of its state machine. Known: received, validated, rejected, in_transit, arrived, receiving, received_complete, closed.',
    }),
  },
  { description: 'What a supplier says is coming.' },
)
