import { Type } from 'typebox'
import { externalRef, meta, partyRef, quantity, timeWindow } from './parts.ts'

/** What a warehouse is to ship. */
export const deliveryObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^dlv_' }),
    ...meta,
    orderIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^ord_' }), {
      description: 'Order, hub, hub ids.',
    }),
    direction: Type.String({ description: 'Direction. Known: outbound, inbound, return, transfer.' }),
    shipFrom: Type.String({ description: 'Ship from.', pattern: '^loc_' }),
    parties: Type.Array(partyRef, { description: 'Parties.' }),
    lines: Type.Array(
      Type.Object({
        lineNo: Type.String({ description: 'Line no.' }),
        orderId: Type.String({ description: 'Order, hub id.', pattern: '^ord_' }),
        orderLineNo: Type.String({ description: 'Order line no.' }),
        itemId: Type.String({ description: 'Item, hub id.', pattern: '^itm_' }),
        requested: quantity,
        picked: Type.Optional(quantity),
        packed: Type.Optional(quantity),
        issued: Type.Optional(quantity),
        short: Type.Optional(
          Type.Object(
            { quantity: quantity, reason: Type.String({ description: 'Reason.' }) },
            { description: 'Short.' },
          ),
        ),
        lots: Type.Optional(
          Type.Array(
            Type.Object({
              lot: Type.Optional(Type.String({ description: 'Lot.' })),
              serials: Type.Optional(Type.Array(Type.String(), { description: 'Serials.' })),
              quantity: quantity,
            }),
            { description: 'Lots.' },
          ),
        ),
      }),
      { description: 'Lines.' },
    ),
    status: Type.String({
      description:
        'Status of its state machine. Known: created, released, acknowledged, picking, picked, packed, staged, goods_issued, cancelled.',
    }),
    plannedShip: Type.Optional(timeWindow),
    goodsIssue: Type.Optional(
      Type.Object(
        {
          postedAt: Type.String({ description: 'Posted at.', format: 'date-time' }),
          ref: externalRef,
          reversedAt: Type.Optional(Type.String({ description: 'Reversed at.', format: 'date-time' })),
        },
        { description: 'Goods issue.' },
      ),
    ),
  },
  { description: 'What a warehouse is to ship.' },
)
