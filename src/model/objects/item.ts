import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { country } from '../fields/country.ts'
import { decimal } from '../fields/decimal.ts'
import { gtin } from '../fields/gs1-key.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { unit } from '../fields/unit.ts'
import { dimensions } from './parts/dimensions.ts'
import { meta } from './parts/meta.ts'
import { weight } from './parts/weight.ts'

const trackings = {
  name: 'item_tracking',
  values: {
    none: 'All units are the same.',
    lot: 'Batches are told apart.',
    serial: 'Single units are told apart.',
    lot_serial: 'Both.',
  },
}
const temperatureUnits = {
  name: 'temperature_unit',
  values: { CEL: 'Degrees Celsius.', FAH: 'Degrees Fahrenheit.' },
}

/** Something that is bought, stocked or sold. */
export const itemObject = record('Something that is bought, stocked or sold, as the ERP describes it.', {
  ...meta('itm'),
  sku: text('Stock keeping unit: the number that the tenant gave it.', 60),
  description: text('What it is, in words.', 500),
  status: code('Whether business is done with it.', statusesOf('item')),
  baseUom: unit('Unit that stock is kept and added up in, UN/ECE Recommendation 20: C62 is a piece. It never changes.'),
  uomConversions: list(
    'Other units that it is bought, shipped or sold in. A unit that is not listed cannot be converted; it never counts as one.',
    record('One other unit.', {
      uom: unit(
        'The other unit: UN/ECE Recommendation 20, packaging levels as X and Recommendation 21 (XCT is a carton).',
      ),
      numerator: decimal('Base units in `denominator` of the other unit: 12 where 1 carton is 12 pieces.'),
      denominator: decimal(
        'How many of the other unit the numerator stands for, mostly 1. A fraction is exact where a factor is not.',
      ),
      gtin: Type.Optional(gtin('Number of this packaging level, from the maker (GS1).')),
      grossWeight: Type.Optional(weight('Of one such unit, packaging included.')),
      dimensions: Type.Optional(dimensions('Of one such unit, from outside.')),
    }),
    100,
  ),
  tracking: code('What has to be told apart in stock.', trackings),
  shelfLifeDays: Type.Optional(count('Days from production until it may not be sold any more. Absent: none is known.')),
  hsCode: Type.Optional(
    text('Customs tariff number: six digits of the Harmonized System, national digits behind them.', 14),
  ),
  countryOfOrigin: Type.Optional(country('Where it was made in the eyes of customs, ISO 3166-1 alpha-2.')),
  hazmat: Type.Optional(
    record('That it is dangerous goods. Absent: not said, which is not no.', {
      un: Type.Optional(text('UN number of the substance, four digits, with or without UN in front.', 6)),
      class: Type.Optional(
        text('Hazard class, UN Model Regulations: 3 for flammable liquids, 2.1 for flammable gases.', 6),
      ),
      packingGroup: Type.Optional(text('How dangerous it is, UN Model Regulations: I great, II medium, III minor.', 3)),
    }),
  ),
  temperature: Type.Optional(
    record('How warm it may get in storage and on the way. Absent: none is known.', {
      min: Type.Optional(decimal('The coldest that it stands. Absent: not known.')),
      max: Type.Optional(decimal('The warmest that it stands. Absent: not known.')),
      uom: code('Scale of both, UN/ECE Recommendation 20.', temperatureUnits),
    }),
  ),
})
