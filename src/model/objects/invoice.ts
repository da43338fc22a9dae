import { Type } from 'typebox'
import { meta, money } from './parts.ts'

/** Where a customer invoice stands. */
export const invoiceObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^inv_' }),
    ...meta,
    kind: Type.String({ description: 'Kind. Known: customer.' }),
    orderIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^ord_' }), {
      description: 'Order, hub, hub ids.',
    }),
    deliveryIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^dlv_' }), {
      description: 'Delivery, hub, hub ids.',
    }),
    shipmentIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^shp_' }), {
      description: 'Shipment, hub, hub ids.',
    }),
    billTo: Type.String({ description: 'Bill to.', pattern: '^prt_' }),
    total: money,
    status: Type.String({
      description:
        'Status of its state machine. Known: not_due, pending_pod, blocked, ready, released, issued, sent, disputed, partially_paid, paid, credited, cancelled.',
    }),
    blocks: Type.Array(
      Type.Object({
        code: Type.String({
          description: 'Code. Known: missing_pod, unclean_pod, price, credit, tax, short_ship, manual.',
        }),
        since: Type.String({ description: 'Since.', format: 'date-time' }),
        clearedAt: Type.Optional(Type.String({ description: 'Cleared at.', format: 'date-time' })),
      }),
      { description: 'Blocks.' },
    ),
    invoiceNumber: Type.Optional(Type.String({ description: 'Invoice number.' })),
    dueDate: Type.Optional(Type.String({ description: 'Due date.', format: 'date' })),
  },
  { description: 'Where a customer invoice stands.' },
)
