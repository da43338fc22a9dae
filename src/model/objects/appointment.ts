import { Type } from 'typebox'
import { meta, timeWindow } from './parts.ts'

/** When a truck may come. */
export const appointmentObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^apt_' }),
    ...meta,
    locationId: Type.String({ description: 'Location, hub id.', pattern: '^loc_' }),
    dock: Type.Optional(Type.String({ description: 'Dock.' })),
    direction: Type.String({ description: 'Direction. Known: inbound, outbound.' }),
    window: timeWindow,
    shipmentIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^shp_' }), {
      description: 'Shipment, hub, hub ids.',
    }),
    asnIds: Type.Array(Type.String({ description: 'Hub id.', pattern: '^asn_' }), {
      description: 'Asn, hub, hub ids.',
    }),
    status: Type.String({
      description:
        'Status of its state machine. Known: requested, confirmed, rescheduled, checked_in, at_dock, loading, completed, no_show, cancelled.',
    }),
    carrierId: Type.Optional(Type.String({ description: 'Carrier, hub id.', pattern: '^car_' })),
    checkedInAt: Type.Optional(Type.String({ description: 'Checked in at.', format: 'date-time' })),
    dockedAt: Type.Optional(Type.String({ description: 'Docked at.', format: 'date-time' })),
    releasedAt: Type.Optional(Type.String({ description: 'Released at.', format: 'date-time' })),
  },
  { description: 'When a truck may come.' },
)
