import { Type } from 'typebox'
import { documentRef, externalRef, meta, money, quantity } from './parts.ts'

/** What is claimed from a supplier or carrier. */
export const claimObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^clm_' }),
    ...meta,
    against: Type.String({ description: 'Against. Known: supplier, carrier.' }),
    partyId: Type.String({ description: 'Party, hub id.', pattern: '^prt_' }),
    type: Type.String({
      description: 'Type. Known: shortage, overage, damage, wrong_item, late, quality, loss, pricing.',
    }),
    basis: Type.Object(
      {
        poId: Type.Optional(Type.String({ description: 'Po, hub id.', pattern: '^pur_' })),
        grnId: Type.Optional(Type.String({ description: 'Grn, hub id.', pattern: '^grn_' })),
        shipmentId: Type.Optional(Type.String({ description: 'Shipment, hub id.', pattern: '^shp_' })),
      },
      { description: 'Basis.' },
    ),
    lines: Type.Array(
      Type.Object({
        itemId: Type.Optional(Type.String({ description: 'Item, hub id.', pattern: '^itm_' })),
        quantity: Type.Optional(quantity),
        amount: money,
      }),
      { description: 'Lines.' },
    ),
    status: Type.String({
      description:
        'Status of its state machine. Known: draft, submitted, acknowledged, accepted, partially_accepted, rejected, settled, closed, expired.',
    }),
    evidence: Type.Array(documentRef, { description: 'Evidence.' }),
    fileBy: Type.Optional(Type.String({ description: 'File by.', format: 'date' })),
    settlement: Type.Optional(
      Type.Object(
        {
          kind: Type.String({ description: 'Kind. Known: credit_note, replacement, debit_memo, offset.' }),
          amount: Type.Optional(money),
          ref: Type.Optional(externalRef),
        },
        { description: 'Settlement.' },
      ),
    ),
  },
  { description: 'What is claimed from a supplier or carrier.' },
)
