import { Type } from 'typebox'
import { meta, money, quantity } from './parts.ts'

/** What was ordered from a supplier. */
export const purchaseOrderObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^pur_' }),
    ...meta,
    supplierId: Type.String({ description: 'Supplier, hub id.', pattern: '^prt_' }),
    status: Type.String({
      description:
        'Status of its state machine. Known: issued, acknowledged, partially_received, received, closed, cancelled.',
    }),
    currency: Type.String({ description: 'ISO 4217.' }),
    shipTo: Type.String({ description: 'Ship to.', pattern: '^loc_' }),
    lines: Type.Array(
      Type.Object({
        lineNo: Type.String({ description: 'Line no.' }),
        itemId: Type.String({ description: 'Item, hub id.', pattern: '^itm_' }),
        ordered: quantity,
        confirmed: Type.Optional(quantity),
        shipped: Type.Optional(quantity),
        received: Type.Optional(quantity),
        unitPrice: money,
        due: Type.Optional(Type.String({ description: 'Due.', format: 'date' })),
        overTolerancePct: Type.Optional(
          Type.String({ description: 'Over tolerance in percent. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
        ),
        underTolerancePct: Type.Optional(
          Type.String({ description: 'Under tolerance in percent. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
        ),
      }),
      { description: 'Lines.' },
    ),
    revision: Type.Number({ description: 'Revision.' }),
  },
  { description: 'What was ordered from a supplier.' },
)
