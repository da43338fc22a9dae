import { Type } from 'typebox'
import { transportModes } from '../code-lists/transport-mode.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { hubId } from '../fields/hub-id.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { shaped, text } from '../fields/text.ts'
import { meta } from './parts/meta.ts'

const capabilities = {
  name: 'carrier_capability',
  values: {
    rate: 'It names prices.',
    tender: 'It takes or refuses loads.',
    label: 'It makes labels.',
    track: 'It tells where goods are.',
    pickup: 'It takes orders for pickups.',
    invoice: 'It sends invoices as data.',
    pod: 'It sends proofs of delivery.',
  },
}

/** Who moves goods. */
export const carrierObject = record('Who moves goods: what it offers, and under which numbers it is known.', {
  ...meta('car'),
  partyId: hubId('The company that it is.', 'prt'),
  name: text('What people call it.', 200),
  scac: Type.Optional(
    shaped(
      'Standard Carrier Alpha Code, two to four letters, assigned by the NMFTA; used in North America and in X12. Absent: none is known.',
      {
        pattern: '^[A-Z]{2,4}$',
        max: 4,
      },
    ),
  ),
  iata: Type.Optional(text('Airline designator of IATA, two characters. Absent: none is known.', 3)),
  smdg: Type.Optional(
    text('Code of the liner in the list of the SMDG, used by sea carriers. Absent: none is known.', 10),
  ),
  modes: list('How it moves goods.', code('One way.', transportModes), 20),
  services: list(
    'What can be booked.',
    record('One product.', {
      code: text('What the carrier calls it in data.', 60),
      name: text('What the carrier calls it in words.', 200),
      mode: code('How the goods travel.', transportModes),
      transitDays: Type.Optional(
        count('Working days from pickup to delivery that the carrier states. Absent: not stated.'),
      ),
    }),
    1000,
  ),
  trackingNumberPatterns: Type.Optional(
    list('How its tracking numbers look, to recognize them.', text('One regular expression (ECMA-262).', 200), 50),
  ),
  accounts: list(
    'Contracts of the tenant with it.',
    record('One contract.', {
      id: text('Names it in the settings of the tenant.', 60),
      accountNumber: text('Customer number that the carrier gave.', 60),
      billTo: Type.Optional(hubId('Who gets its invoices. Absent: not said.', 'prt')),
    }),
    100,
  ),
  capabilities: list('What can be done with it over a connection.', code('One of them.', capabilities), 20),
})
