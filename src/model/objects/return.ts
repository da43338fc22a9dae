import { Type } from 'typebox'
import { externalRef, meta, money, quantity } from './parts.ts'

/** What a customer may send back. */
export const returnObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^rma_' }),
    ...meta,
    orderId: Type.Optional(Type.String({ description: 'Order, hub id.', pattern: '^ord_' })),
    customerId: Type.Optional(Type.String({ description: 'Customer, hub id.', pattern: '^prt_' })),
    reason: Type.String({ description: 'Reason.' }),
    lines: Type.Array(
      Type.Object({
        lineNo: Type.String({ description: 'Line no.' }),
        orderLineNo: Type.String({ description: 'Order line no.' }),
        itemId: Type.String({ description: 'Item, hub id.', pattern: '^itm_' }),
        authorized: quantity,
        received: Type.Optional(quantity),
        inspected: Type.Optional(
          Type.Array(
            Type.Object({
              quantity: quantity,
              grade: Type.String({ description: 'Grade. Known: A, B, C, scrap.' }),
              disposition: Type.String({
                description: 'Disposition. Known: restock, refurbish, vendor, scrap, reject.',
              }),
            }),
            { description: 'Inspected.' },
          ),
        ),
        credit: Type.Optional(money),
      }),
      { description: 'Lines.' },
    ),
    status: Type.String({
      description:
        'Status of its state machine. Known: provisional, requested, authorized, rejected, label_issued, in_transit, received, inspecting, dispositioned, credited, closed, expired, cancelled.',
    }),
    returnShipmentId: Type.Optional(Type.String({ description: 'Return shipment, hub id.', pattern: '^shp_' })),
    expiresAt: Type.Optional(Type.String({ description: 'Expires at.', format: 'date-time' })),
    refund: Type.Object(
      {
        mode: Type.String({ description: 'Mode. Known: on_receipt, on_inspection, instant, exchange.' }),
        amount: Type.Optional(money),
        ref: Type.Optional(externalRef),
      },
      { description: 'Refund.' },
    ),
  },
  { description: 'What a customer may send back.' },
)
