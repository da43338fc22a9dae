import { Type } from 'typebox'
import { code } from '../fields/code.ts'
import { currency } from '../fields/currency.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { address } from './parts/address.ts'
import { identifiers } from './parts/identifier.ts'
import { meta } from './parts/meta.ts'

const kinds = {
  name: 'party_kind',
  values: {
    customer: 'Buys.',
    supplier: 'Sells.',
    carrier: 'Moves goods.',
    '3pl': 'Runs warehouses for others.',
    broker: 'Sees to customs.',
    legal_entity: 'A company of the tenant itself.',
  },
}

/** A company or person that business is done with. */
export const partyObject = record(
  'A company or person that business is done with. What it does in one case is its role there.',
  {
    ...meta('prt'),
    kinds: list('What it is to the tenant; it may be several things.', code('One of them.', kinds), 10),
    name: text('Full name, as on its papers.', 200),
    taxIds: Type.Optional(identifiers('Numbers that tax offices gave it: VAT, EIN. Absent: none is known.')),
    addresses: list('Where it is. The first one is its seat.', address('One of its places.'), 100),
    paymentTerms: Type.Optional(text('How long it has to pay, or to be paid, in the code of the ERP.', 60)),
    defaultCurrency: Type.Optional(currency('Money that is meant where a document names none, ISO 4217.')),
  },
)
