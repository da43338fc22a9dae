import { Type } from 'typebox'
import { coordinates } from '../../fields/coordinates.ts'
import { country } from '../../fields/country.ts'
import { flag } from '../../fields/flag.ts'
import { list } from '../../fields/list.ts'
import { aboutPerson, personal } from '../../fields/personal.ts'
import { part } from '../../fields/record.ts'
import { text } from '../../fields/text.ts'

/** What documents call the place of somebody, where their words are kept as they came. */
const words = [
  ...[
    'shipTo',
    'shipFrom',
    'deliverTo',
    'soldTo',
    'billTo',
    'remitTo',
    'consignee',
    'consignor',
    'notify',
    'buyer',
    'customer',
  ],
  ...['shippingAddress', 'billingAddress', 'deliveryAddress', 'recipientAddress'],
]

/** Where post and goods go. */
export function address(meaning: string) {
  const members = {
    name: Type.Optional(personal(text('Company or person on the first line of the label.', 200))),
    lines: personal(
      list(
        'Street, house number, building: as they were given, from top to bottom.',
        text('One line of the label.', 200),
        10,
      ),
    ),
    city: Type.Optional(text('Town, as the post of the country writes it.', 120)),
    region: Type.Optional(
      text('State, province or canton: the part after the dash of ISO 3166-2 where it has one, else its name.', 60),
    ),
    postalCode: Type.Optional(
      text('As the post of the country writes it, spaces included. Absent where the country has none.', 20),
    ),
    country: country('ISO 3166-1 alpha-2.'),
    residential: Type.Optional(flag('Yes: somebody lives there, which carriers charge for. Absent: not known.')),
    geo: Type.Optional(coordinates('Where the door is. Absent: nobody located it.')),
  }
  return aboutPerson(part('address', meaning, members), { words, hides: ['geo'] })
}
