import { Type } from 'typebox'
import { address, identifier, meta } from './parts.ts'

/** A customer, supplier, carrier or legal entity. */
export const partyObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^prt_' }),
    ...meta,
    kinds: Type.Array(Type.String({ description: 'Known: customer, supplier, carrier, 3pl, broker, legal_entity.' }), {
      description: 'Kinds.',
    }),
    name: Type.String({ description: 'Name.' }),
    taxIds: Type.Optional(Type.Array(identifier, { description: 'Tax, hub, hub ids.' })),
    addresses: Type.Array(address, { description: 'Addresses.' }),
    paymentTerms: Type.Optional(Type.String({ description: 'Payment terms.' })),
    defaultCurrency: Type.Optional(Type.String({ description: 'Default currency.' })),
  },
  { description: 'A customer, supplier, carrier or legal entity.' },
)
