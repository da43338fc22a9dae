import { Type } from 'typebox'

/** A document, stored once by its hash. */
export const documentObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^doc_' }),
    type: Type.String({
      description:
        'Type. Known: pod, bol, label, commercial_invoice, packing_list, photo, signature, invoice, inspection, claim, edi, other.',
    }),
    mediaType: Type.String({ description: 'Media type.' }),
    sha256: Type.String({ description: 'Sha256.' }),
    bytes: Type.Number({ description: 'Bytes.' }),
    uri: Type.String({ description: 'Uri.' }),
    issuedAt: Type.Optional(Type.String({ description: 'Issued at.', format: 'date-time' })),
    visibility: Type.Array(Type.String({ description: 'Known: internal, customer, carrier, supplier.' }), {
      description: 'Visibility.',
    }),
  },
  { description: 'A document, stored once by its hash.' },
)
