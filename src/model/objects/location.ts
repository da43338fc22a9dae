import { Type } from 'typebox'
import { address, meta } from './parts.ts'

/** A place: warehouse, bin, dock, port, customer site. */
export const locationObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^loc_' }),
    ...meta,
    kind: Type.String({
      description:
        'Kind. Known: warehouse, store, plant, dock, zone, bin, port, airport, terminal, customer_site, supplier_site, service_point, in_transit, virtual.',
    }),
    parentId: Type.Optional(Type.String({ description: 'Parent, hub id.', pattern: '^loc_' })),
    address: Type.Optional(address),
    timezone: Type.String({ description: 'Timezone.' }),
    gln: Type.Optional(Type.String({ description: 'Gln.' })),
    unlocode: Type.Optional(Type.String({ description: 'Unlocode.' })),
    calendarId: Type.Optional(Type.String({ description: 'Calendar, hub id.' })),
    attributes: Type.Optional(
      Type.Object(
        {
          nettable: Type.Optional(Type.Boolean({ description: 'Nettable.' })),
          ownerPartyId: Type.Optional(Type.String({ description: 'Owner party, hub id.', pattern: '^prt_' })),
        },
        { description: 'Attributes.' },
      ),
    ),
  },
  { description: 'A place: warehouse, bin, dock, port, customer site.' },
)
