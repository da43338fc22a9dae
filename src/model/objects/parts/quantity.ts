import { Type } from 'typebox'
import { decimal } from '../../fields/decimal.ts'
import { part, record } from '../../fields/record.ts'
import { unit } from '../../fields/unit.ts'

/** How much of something, always with its unit. */
export function quantity(meaning: string) {
  return part('quantity', meaning, {
    value: decimal('How many of the unit, as the source counted.'),
    uom: unit(
      'What is counted in, UN/ECE Recommendation 20; packaging levels as X and their code of Recommendation 21.',
    ),
    base: Type.Optional(
      record(
        'The same in the base unit of the item, which the hub adds up in. Absent: the hub knows no exact conversion.',
        {
          value: decimal('How many base units. Exact, never rounded.'),
          uom: unit('Base unit of the item, UN/ECE Recommendation 20.'),
        },
      ),
    ),
  })
}
