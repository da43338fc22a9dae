import { Type } from 'typebox'
import { code } from '../../fields/code.ts'
import { hubId } from '../../fields/hub-id.ts'
import { list } from '../../fields/list.ts'
import { part } from '../../fields/record.ts'
import { address } from './address.ts'
import { contact } from './contact.ts'
import { identifiers } from './identifier.ts'

/** What somebody does in a business. */
export const partyRoles = {
  name: 'party_role',
  values: {
    ship_from: 'The goods leave here.',
    ship_to: 'The goods go here.',
    sold_to: 'Whoever bought.',
    bill_to: 'Whoever gets the invoice.',
    consignee: 'Whoever takes the goods in the eyes of the carrier.',
    notify: 'Whoever is told when the goods arrive.',
    carrier: 'Whoever moves the goods.',
    broker: 'Whoever sees to customs.',
    forwarder: 'Whoever organizes the transport.',
    supplier: 'Whoever sold.',
    remit_to: 'Whoever gets the money.',
    third_party_payer: 'Pays the freight without sending or receiving.',
    warehouse_operator: 'Runs the warehouse for somebody else.',
  },
}

/** Everybody who has a part in it, each in a role. */
export function parties(meaning: string) {
  return list(
    meaning,
    part('party_reference', 'One party in one role.', {
      role: code('What it does here.', partyRoles),
      partyId: Type.Optional(hubId('The party in the master data. Absent: somebody who comes up once.', 'prt')),
      locationId: Type.Optional(hubId('The place in the master data. Absent: only the address is known.', 'loc')),
      address: Type.Optional(address('As it was told for this one document; it may differ from the master data.')),
      contact: Type.Optional(contact('Whom to ask about this document.')),
      identifiers: Type.Optional(identifiers('Numbers that the document names the party by.')),
    }),
    100,
  )
}
