import { code } from '../../fields/code.ts'
import { decimal } from '../../fields/decimal.ts'
import { part } from '../../fields/record.ts'

/** A mass. Which one (gross, net, billable) is for the meaning to say: they are different fields. */
export function weight(meaning: string) {
  return part('weight', meaning, {
    value: decimal('How heavy, in the unit beside it.'),
    uom: code('What is weighed in, UN/ECE Recommendation 20.', {
      name: 'weight_unit',
      values: {
        KGM: 'Kilogram.',
        GRM: 'Gram.',
        LBR: 'Pound, 0.45359237 kg.',
        ONZ: 'Ounce, a sixteenth of a pound.',
        TNE: 'Metric ton, 1000 kg.',
      },
    }),
  })
}
