import { code } from '../../fields/code.ts'
import { decimal } from '../../fields/decimal.ts'
import { part } from '../../fields/record.ts'

/** How much room something takes. */
export function dimensions(meaning: string) {
  return part('dimensions', meaning, {
    length: decimal('The longer side of the footprint.'),
    width: decimal('The shorter side of the footprint.'),
    height: decimal('From the floor to the top.'),
    uom: code('What all three are measured in, UN/ECE Recommendation 20.', {
      name: 'length_unit',
      values: { CMT: 'Centimetre.', MTR: 'Metre.', MMT: 'Millimetre.', INH: 'Inch, 2.54 cm.', FOT: 'Foot, 30.48 cm.' },
    }),
  })
}
