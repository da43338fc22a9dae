import { Type } from 'typebox'
import { quantity, stockKey } from './parts.ts'

/** Stock that is promised. */
export const reservationObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^rsv_' }),
    tenantId: Type.String({ description: 'Tenant that the object belongs to.' }),
    key: Type.Partial(stockKey, { description: 'Key.' }),
    quantity: quantity,
    kind: Type.String({ description: 'Kind. Known: soft, hard.' }),
    demand: Type.Object(
      {
        orderId: Type.String({ description: 'Order, hub id.', pattern: '^ord_' }),
        lineNo: Type.String({ description: 'Line no.' }),
      },
      { description: 'Demand.' },
    ),
    expiresAt: Type.Optional(Type.String({ description: 'Expires at.', format: 'date-time' })),
    status: Type.String({ description: 'Status of its state machine. Known: active, consumed, released, expired.' }),
  },
  { description: 'Stock that is promised.' },
)
