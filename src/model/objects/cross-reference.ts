import { Type } from 'typebox'

/** What a system calls a thing of ours. */
export const crossReferenceObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^xrf_' }),
    tenantId: Type.String({ description: 'Tenant that the object belongs to.' }),
    entity: Type.String({
      description: 'Entity. Known: item, location, party, carrier, service, uom, reason, status, account, terms.',
    }),
    canonicalId: Type.String({ description: 'Canonical, hub id.' }),
    system: Type.String({ description: 'System.' }),
    externalValue: Type.String({ description: 'External value.' }),
    qualifier: Type.Optional(Type.String({ description: 'Qualifier.' })),
    direction: Type.String({ description: 'Direction. Known: in, out, both.' }),
    validFrom: Type.Optional(Type.String({ description: 'Valid from.', format: 'date-time' })),
    validTo: Type.Optional(Type.String({ description: 'Valid to.', format: 'date-time' })),
    approvedBy: Type.Optional(Type.String({ description: 'Approved by.' })),
    status: Type.String({ description: 'Status of its state machine. Known: proposed, active, retired.' }),
    fallback: Type.Optional(Type.Boolean({ description: 'Fallback.' })),
  },
  { description: 'What a system calls a thing of ours.' },
)
