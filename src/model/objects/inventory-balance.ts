import { Type } from 'typebox'
import { stockKey } from './parts.ts'

/** Stock by key. */
export const inventoryBalanceObject = Type.Object(
  {
    tenantId: Type.String({ description: 'Tenant that the object belongs to.' }),
    key: stockKey,
    onHand: Type.String({ description: 'On hand. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    reserved: Type.String({ description: 'Reserved. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    allocated: Type.String({ description: 'Allocated. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    picked: Type.String({ description: 'Picked. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    inboundInTransit: Type.String({ description: 'Inbound in transit. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    outboundInTransit: Type.String({
      description: 'Outbound in transit. Exact decimal.',
      pattern: '^-?\\d+(\\.\\d+)?$',
    }),
    uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20.' }),
    asOf: Type.String({ description: 'As of.', format: 'date-time' }),
    lastMovementSeq: Type.Number({ description: 'Last movement seq.' }),
    bySystem: Type.Optional(
      Type.Array(
        Type.Object({
          system: Type.String({ description: 'System.' }),
          onHand: Type.String({ description: 'On hand. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
          asOf: Type.String({ description: 'As of.', format: 'date-time' }),
        }),
        { description: 'By system.' },
      ),
    ),
  },
  { description: 'Stock by key.' },
)
