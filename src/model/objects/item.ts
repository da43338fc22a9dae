import { Type } from 'typebox'
import { dimensions, meta, weight } from './parts.ts'

/** Something that is stocked or sold. */
export const itemObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^itm_' }),
    ...meta,
    sku: Type.String({ description: 'Item number.' }),
    description: Type.String({ description: 'Description.' }),
    status: Type.String({ description: 'Status of its state machine. Known: active, inactive, blocked.' }),
    baseUom: Type.String({ description: 'Base uom.' }),
    uomConversions: Type.Array(
      Type.Object({
        uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20.' }),
        numerator: Type.String({ description: 'Numerator. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
        denominator: Type.String({ description: 'Denominator. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
        gtin: Type.Optional(Type.String({ description: 'Gtin.' })),
        grossWeight: Type.Optional(weight),
        dimensions: Type.Optional(dimensions),
      }),
      { description: 'Uom conversions.' },
    ),
    tracking: Type.String({ description: 'Tracking. Known: none, lot, serial, lot_serial.' }),
    shelfLifeDays: Type.Optional(Type.Number({ description: 'Shelf life days.' })),
    hsCode: Type.Optional(Type.String({ description: 'Hs code.' })),
    countryOfOrigin: Type.Optional(Type.String({ description: 'Country of origin.' })),
    hazmat: Type.Optional(
      Type.Object(
        {
          un: Type.Optional(Type.String({ description: 'Un.' })),
          class: Type.Optional(Type.String({ description: 'Class.' })),
          packingGroup: Type.Optional(Type.String({ description: 'Packing group.' })),
        },
        { description: 'Hazmat.' },
      ),
    ),
    temperature: Type.Optional(
      Type.Object(
        {
          min: Type.Optional(Type.String({ description: 'Min. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' })),
          max: Type.Optional(Type.String({ description: 'Max. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' })),
          uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20. Known: CEL, FAH.' }),
        },
        { description: 'Temperature.' },
      ),
    ),
  },
  { description: 'Something that is stocked or sold.' },
)
