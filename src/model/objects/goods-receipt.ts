import { Type } from 'typebox'
import { eventTime, meta, quantity } from './parts.ts'

/** What came. */
export const goodsReceiptObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^grn_' }),
    ...meta,
    asnId: Type.Optional(Type.String({ description: 'Asn, hub id.', pattern: '^asn_' })),
    poIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^pur_' }), { description: 'Po, hub, hub ids.' }),
    locationId: Type.String({ description: 'Location, hub id.', pattern: '^loc_' }),
    receivedAt: eventTime,
    lines: Type.Array(
      Type.Object({
        poId: Type.Optional(Type.String({ description: 'Po, hub id.', pattern: '^pur_' })),
        poLineNo: Type.Optional(Type.String({ description: 'Po line no.' })),
        itemId: Type.String({ description: 'Item, hub id.', pattern: '^itm_' }),
        expected: Type.Optional(quantity),
        received: quantity,
        rejected: Type.Optional(quantity),
        lot: Type.Optional(Type.String({ description: 'Lot.' })),
        condition: Type.String({ description: 'Condition. Known: good, damaged, hold.' }),
        discrepancy: Type.Optional(
          Type.String({ description: 'Discrepancy. Known: over, short, damaged, wrong_item, unordered.' }),
        ),
      }),
      { description: 'Lines.' },
    ),
    status: Type.String({ description: 'Status of its state machine. Known: open, posted, reversed.' }),
  },
  { description: 'What came.' },
)
