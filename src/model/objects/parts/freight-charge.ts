import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { decimal } from '../../fields/decimal.ts'
import { list } from '../../fields/list.ts'
import { part, record } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'
import { money } from './money.ts'
import { quantity } from './quantity.ts'

const chargeCodes = {
  name: 'charge_code',
  values: {
    linehaul: 'The transport itself.',
    fuel: 'Surcharge for fuel.',
    accessorial: 'A service besides: liftgate, waiting, storage.',
    tax: 'A tax on the others.',
    customs: 'Duties and what the broker takes.',
    insurance: 'Insurance of the goods.',
    discount: 'Less money; the amount is negative.',
    other: 'None of these.',
  },
}

const freightCharge = part('freight_charge', 'One of them.', {
  code: code('What is paid for.', chargeCodes),
  accessorial: Type.Optional(
    text('Which service besides, in the carrier’s own code. Only with the code accessorial.', 60),
  ),
  description: Type.Optional(text('What the carrier’s paper says.', 500)),
  basis: Type.Optional(
    record('How the amount came about. Absent: a flat price, or not told.', {
      rate: decimal('Price of one of what is counted, in the currency of the amount.'),
      per: text('What the rate is for, in words: 100 lb, mile, pallet.', 60),
      quantity: quantity('How much was charged for.'),
    }),
  ),
  amount: money('What it costs.'),
})

/** What a carrier charges, item by item. */
export function freightCharges(meaning: string) {
  return list(meaning, freightCharge, 1000)
}
