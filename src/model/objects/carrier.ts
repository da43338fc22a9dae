import { Type } from 'typebox'
import { meta } from './parts.ts'

/** Who carries. */
export const carrierObject = Type.Object(
  {
    id: Type.String({ description: 'Hub id.', pattern: '^car_' }),
    ...meta,
    partyId: Type.String({ description: 'Party, hub id.', pattern: '^prt_' }),
    name: Type.String({ description: 'Name.' }),
    scac: Type.Optional(Type.String({ description: 'Scac.' })),
    iata: Type.Optional(Type.String({ description: 'Iata.' })),
    smdg: Type.Optional(Type.String({ description: 'Smdg.' })),
    modes: Type.Array(
      Type.String({
        description: 'Known: parcel, ltl, ftl, intermodal, rail, ocean, air, drayage, courier, own_fleet.',
      }),
      { description: 'Modes.' },
    ),
    services: Type.Array(
      Type.Object({
        code: Type.String({ description: 'Code.' }),
        name: Type.String({ description: 'Name.' }),
        mode: Type.String({
          description: 'Mode. Known: parcel, ltl, ftl, intermodal, rail, ocean, air, drayage, courier, own_fleet.',
        }),
        transitDays: Type.Optional(Type.Number({ description: 'Transit days.' })),
      }),
      { description: 'Services.' },
    ),
    trackingNumberPatterns: Type.Optional(Type.Array(Type.String(), { description: 'Tracking number patterns.' })),
    accounts: Type.Array(
      Type.Object({
        id: Type.String({ description: 'Hub id.' }),
        accountNumber: Type.String({ description: 'Account number.' }),
        billTo: Type.Optional(Type.String({ description: 'Bill to.', pattern: '^prt_' })),
      }),
      { description: 'Accounts.' },
    ),
    capabilities: Type.Array(Type.String({ description: 'Known: rate, tender, label, track, pickup, invoice, pod.' }), {
      description: 'Capabilities.',
    }),
  },
  { description: 'Who carries.' },
)
