import { Type } from 'typebox'
import { hold, meta, money, orderLine, partyRef, timeWindow } from './parts.ts'

/** What a customer ordered. */
export const orderObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^ord_' }),
    ...meta,
    channel: Type.String({ description: 'Channel.' }),
    revision: Type.Number({ description: 'Revision.' }),
    orderDate: Type.String({ description: 'Order date.', format: 'date-time' }),
    status: Type.String({
      description:
        'Status of its state machine. Known: received, accepted, on_hold, partially_allocated, allocated, backordered, released, partially_shipped, shipped, delivered, closed, cancelled, rejected.',
    }),
    currency: Type.String({ description: 'ISO 4217.' }),
    parties: Type.Array(partyRef, { description: 'Parties.' }),
    lines: Type.Array(orderLine, { description: 'Lines.' }),
    shipComplete: Type.Boolean({ description: 'Ship complete.' }),
    incoterms: Type.Optional(
      Type.Object(
        {
          code: Type.String({ description: 'Code.' }),
          place: Type.Optional(Type.String({ description: 'Place.' })),
          version: Type.Optional(
            Type.String({ description: 'Grows with each change; locks writes. Known: 2010, 2020.' }),
          ),
        },
        { description: 'Incoterms.' },
      ),
    ),
    holds: Type.Array(hold, { description: 'Holds.' }),
    requestedService: Type.Optional(Type.String({ description: 'Requested service.' })),
    totals: Type.Optional(
      Type.Object(
        {
          goods: Type.Optional(money),
          tax: Type.Optional(money),
          freight: Type.Optional(money),
          total: Type.Optional(money),
        },
        { description: 'Totals.' },
      ),
    ),
    cancelBy: Type.Optional(Type.String({ description: 'Cancel by.', format: 'date-time' })),
    promise: Type.Optional(
      Type.Object(
        { initial: Type.Optional(timeWindow), current: Type.Optional(timeWindow) },
        { description: 'Promise.' },
      ),
    ),
  },
  { description: 'What a customer ordered.' },
)
