import { Type } from 'typebox'
import { documentRef, eventTime, quantity } from './parts.ts'

/** That and how the goods were handed over. */
export const proofOfDeliveryObject = Type.Object(
  {
    deliveredAt: eventTime,
    signedBy: Type.Optional(Type.String({ description: 'Signed by.' })),
    method: Type.String({ description: 'Method. Known: signature, photo, pin, electronic_code, paper, none.' }),
    documents: Type.Array(documentRef, { description: 'Documents.' }),
    quantityAccepted: Type.Optional(quantity),
    quantityRejected: Type.Optional(quantity),
    clean: Type.Boolean({ description: 'Clean.' }),
    notes: Type.Optional(Type.String({ description: 'Notes.' })),
    geo: Type.Optional(
      Type.Object(
        { lat: Type.Number({ description: 'Lat.' }), lon: Type.Number({ description: 'Lon.' }) },
        { description: 'Coordinates with their accuracy.' },
      ),
    ),
  },
  { description: 'That and how the goods were handed over.' },
)
