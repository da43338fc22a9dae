import { Type } from 'typebox'
import { eventTime, externalRef, provenance, stockKey } from './parts.ts'

/** Stock moved: equal and opposite postings. */
export const inventoryMovementObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^mov_' }),
    tenantId: Type.String({ description: 'Tenant that the object belongs to.' }),
    type: Type.String({
      description:
        'Type. Known: receipt, receipt_reversal, putaway, transfer_out, transfer_in, move, pick, unpick, pack, ship, ship_reversal, adjust_gain, adjust_loss, count_gain, count_loss, hold, release, damage, scrap, return_receipt, return_to_vendor, restock, status_change, kit, unkit, opening_balance, ownership_change, uom_repack.',
    }),
    reasonCode: Type.Optional(Type.String({ description: 'Reason code.' })),
    effectiveAt: eventTime,
    postedAt: Type.String({ description: 'Posted at.', format: 'date-time' }),
    postings: Type.Array(
      Type.Object({
        account: Type.String({
          description:
            'Account. Known: stock, in_transit, supplier, customer, production, adjustment, count_variance, scrap, opening.',
        }),
        key: Type.Partial(stockKey, { description: 'Key.' }),
        delta: Type.String({ description: 'Delta. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
        uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20.' }),
      }),
      { description: 'Postings.' },
    ),
    document: Type.Optional(
      Type.Object(
        {
          kind: Type.String({
            description: 'Kind. Known: order, delivery, shipment, po, asn, goods_receipt, return, count, claim.',
          }),
          id: Type.String({ description: 'Hub id.' }),
          line: Type.Optional(Type.String({ description: 'Line.' })),
        },
        { description: 'Document.' },
      ),
    ),
    reverses: Type.Optional(Type.String({ description: 'Reverses.', pattern: '^mov_' })),
    idempotencyKey: Type.String({ description: 'Idempotency key.' }),
    provenance: provenance,
    postedTo: Type.Array(externalRef, { description: 'Posted to.' }),
  },
  { description: 'Stock moved: equal and opposite postings.' },
)
