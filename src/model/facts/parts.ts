import { Type } from 'typebox'

/** Parts that several facts share. Enumerations are open: a consumer must take an unknown value for "other". */
export const instant = Type.String({ description: 'RFC 3339 with offset.', format: 'date-time' })
export const decimal = Type.String({ description: 'Exact decimal as text.', pattern: '^-?\\d+(\\.\\d+)?$' })
export const reference = Type.Object(
  {
    scheme: Type.String({ description: 'tracking_number, delivery, order, sscc …' }),
    issuer: Type.Optional(Type.String({ description: 'Who assigned it.' })),
    value: Type.String(),
  },
  { description: 'An identifier: who assigned it matters as much as its value.' },
)
export const references = Type.Array(reference)
export const progress = Type.Object(
  {
    total: Type.Integer(),
    delivered: Type.Integer(),
    partial: Type.Boolean({ description: 'Delivered, but not all of it.' }),
  },
  { description: 'Packages of the shipment and how many of them are delivered.' },
)
export const stockPlace = Type.Object(
  {
    location: Type.String(),
    status: Type.String(),
    owner: Type.String(),
    lot: Type.String(),
    serial: Type.String(),
    package: Type.String(),
  },
  { description: 'A stock key; parts that are not used are empty.' },
)
export const document = Type.Object(
  {
    system: Type.String(),
    kind: Type.String(),
    id: Type.String(),
    line: Type.Optional(Type.String()),
    sequence: Type.Optional(Type.String()),
  },
  { description: 'The document of the system where it happened.' },
)
