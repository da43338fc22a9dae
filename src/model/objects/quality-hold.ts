import { Type } from 'typebox'
import { meta, quantity, stockKey } from './parts.ts'

/** Stock that may not be used. */
export const qualityHoldObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^qhd_' }),
    ...meta,
    key: Type.Partial(stockKey, { description: 'Key.' }),
    quantity: quantity,
    reason: Type.String({ description: 'Reason.' }),
    status: Type.String({
      description:
        'Status of its state machine. Known: placed, inspecting, released, rejected, scrapped, returned_to_vendor.',
    }),
    placedAt: Type.String({ description: 'Placed at.', format: 'date-time' }),
    decision: Type.Optional(
      Type.Object(
        {
          by: Type.String({ description: 'By.' }),
          at: Type.String({ description: 'Instant, RFC 3339 with offset.', format: 'date-time' }),
          disposition: Type.String({ description: 'Disposition. Known: use_as_is, rework, scrap, return_to_vendor.' }),
        },
        { description: 'Decision.' },
      ),
    ),
  },
  { description: 'Stock that may not be used.' },
)
