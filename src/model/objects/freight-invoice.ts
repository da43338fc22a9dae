import { Type } from 'typebox'
import { matchResultObject } from './match-result.ts'
import { freightCharge, meta, money } from './parts.ts'

/** What a carrier charges. */
export const freightInvoiceObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^frt_' }),
    ...meta,
    carrierId: Type.String({ description: 'Carrier, hub id.', pattern: '^car_' }),
    invoiceNumber: Type.String({ description: 'Invoice number.' }),
    invoiceDate: Type.String({ description: 'Invoice date.', format: 'date' }),
    dueDate: Type.Optional(Type.String({ description: 'Due date.', format: 'date' })),
    lines: Type.Array(
      Type.Object({
        shipmentId: Type.Optional(Type.String({ description: 'Shipment, hub id.', pattern: '^shp_' })),
        pro: Type.Optional(Type.String({ description: 'Pro.' })),
        bol: Type.Optional(Type.String({ description: 'Bol.' })),
        charges: Type.Array(freightCharge, { description: 'Charges.' }),
        total: money,
        match: Type.Optional(matchResultObject),
      }),
      { description: 'Lines.' },
    ),
    total: money,
    status: Type.String({
      description:
        'Status of its state machine. Known: received, duplicate, unmatched, matched, variance, disputed, approved, short_paid, rejected, posted, paid, cancelled.',
    }),
    dispute: Type.Optional(
      Type.Object(
        {
          id: Type.String({ description: 'Hub id.' }),
          openedAt: Type.String({ description: 'Opened at.', format: 'date-time' }),
          reason: Type.String({ description: 'Reason.' }),
          amount: money,
          status: Type.String({
            description: 'Status of its state machine. Known: open, carrier_responded, resolved, expired.',
          }),
          resolution: Type.Optional(
            Type.String({ description: 'Resolution. Known: carrier_credit, paid_in_full, split, withdrawn.' }),
          ),
        },
        { description: 'Dispute.' },
      ),
    ),
  },
  { description: 'What a carrier charges.' },
)
