import { Type } from 'typebox'
import { externalRef, freightCharge, meta, money } from './parts.ts'

/** What a shipment will cost. */
export const freightAccrualObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^acr_' }),
    ...meta,
    shipmentId: Type.String({ description: 'Shipment, hub id.', pattern: '^shp_' }),
    carrierId: Type.String({ description: 'Carrier, hub id.', pattern: '^car_' }),
    basis: Type.String({ description: 'Basis. Known: contract, quote, estimate.' }),
    contractRef: Type.Optional(Type.String({ description: 'Contract ref.' })),
    rateVersion: Type.Optional(Type.String({ description: 'Rate version.' })),
    charges: Type.Array(freightCharge, { description: 'Charges.' }),
    total: money,
    status: Type.String({
      description: 'Status of its state machine. Known: estimated, posted, adjusted, matched, reversed.',
    }),
    period: Type.String({ description: 'Period.' }),
    erpRef: Type.Optional(externalRef),
    allocation: Type.Optional(
      Type.Array(
        Type.Object({
          orderId: Type.String({ description: 'Order, hub id.', pattern: '^ord_' }),
          lineNo: Type.Optional(Type.String({ description: 'Line no.' })),
          amount: money,
        }),
        { description: 'Allocation.' },
      ),
    ),
  },
  { description: 'What a shipment will cost.' },
)
