import { Type } from 'typebox'

/**
 * What a carrier without a connector of its own sends to `POST /v1/inbound/{connection}`: one JSON envelope per event. Instants are
 * RFC 3339; a date alone stays a date.
 */
const place = Type.Object({
  name: Type.Optional(Type.String()),
  city: Type.Optional(Type.String()),
  region: Type.Optional(Type.String()),
  country: Type.Optional(Type.String({ description: 'ISO 3166-1 alpha-2.' })),
  postalCode: Type.Optional(Type.String()),
  geo: Type.Optional(
    Type.Object(
      {
        lat: Type.Number({ description: 'Degrees north, WGS 84.', minimum: -90, maximum: 90 }),
        lon: Type.Number({ description: 'Degrees east, WGS 84.', minimum: -180, maximum: 180 }),
      },
      { description: 'Where a device or the carrier located it: the map shows it there.' },
    ),
  ),
})

const number = Type.String({ description: 'Tracking or PRO number, as the carrier writes it on its papers.' })

/** What a carrier saw of a shipment, in canonical codes. */
export const scan = Type.Object(
  {
    trackingNumber: number,
    code: Type.String({
      description: 'Canonical tracking code: picked_up, departed_facility, out_for_delivery, delivered, delayed …',
    }),
    text: Type.Optional(Type.String({ description: 'For people.' })),
    place: Type.Optional(place),
    equipment: Type.Optional(
      Type.String({ description: 'Number of the container or trailer that it is about; containers by ISO 6346.' }),
    ),
    estimatedDelivery: Type.Optional(Type.String()),
    signedBy: Type.Optional(Type.String()),
  },
  { description: 'data of `scan`.' },
)

/** The paper or picture that shows that the goods were handed over. At least one of signedBy and documents is needed. */
export const proofOfDelivery = Type.Object(
  {
    trackingNumber: number,
    signedBy: Type.Optional(Type.String()),
    documents: Type.Optional(
      Type.Array(
        Type.Object({
          type: Type.String({ description: 'pod, signature, photo, damage_photo …' }),
          sha256: Type.Optional(
            Type.String({ description: 'Of the content; hexadecimal.', pattern: '^[0-9a-f]{64}$' }),
          ),
          mediaType: Type.Optional(Type.String()),
          url: Type.Optional(Type.String({ description: 'Where it can be fetched.' })),
        }),
        { maxItems: 50 },
      ),
    ),
  },
  { description: 'data of `proof_of_delivery`; occurredAt is when it was given.' },
)

/** The envelope of every event: `type` says what is in `data`. */
export const event = Type.Object(
  {
    eventId: Type.String({ description: 'Unique; a repetition keeps it.' }),
    type: Type.String({ enum: ['scan', 'proof_of_delivery'] }),
    occurredAt: Type.String(),
    data: Type.Union([scan, proofOfDelivery]),
  },
  { description: 'Something that happened on the road.' },
)

/** What the carrier is asked for, by command. */
export const requestKinds = {
  book_shipment: 'booking',
  cancel_pickup: 'pickup_cancellation',
  create_manifest: 'manifest',
  rate_shipment: 'quote',
  remind_carrier: 'freight_dispute_reminder',
  resolve_freight_dispute: 'freight_dispute_resolution',
  schedule_pickup: 'pickup',
  send_freight_dispute: 'freight_dispute',
  void_label: 'booking_cancellation',
} as const
/** A command that becomes a request. */
export type CarrierCommand = keyof typeof requestKinds

/** Body of `PUT /requests/{externalReference}`; the other members are those of the kind. */
export const request = Type.Object(
  {
    externalReference: Type.String({ maxLength: 32, description: 'Ours; the same over all attempts.' }),
    kind: Type.String({ enum: Object.values(requestKinds) }),
    deliveryNumber: Type.Optional(Type.String({ description: 'Absent: it is about an invoice of the carrier.' })),
    invoiceNumber: Type.Optional(Type.String({ description: 'Of a freight dispute.' })),
    document: Type.Optional(
      Type.String({ description: 'Of a cancellation: the `number` that the carrier gave to what is cancelled.' }),
    ),
  },
  { description: 'Something that the carrier is to do.' },
)

/** What the carrier answers with 200 or 201. */
export const answer = Type.Object(
  {
    number: Type.Optional(Type.String({ description: 'What the carrier calls it.' })),
    rates: Type.Optional(
      Type.Array(
        Type.Object({
          id: Type.String({ description: 'What it is booked by: comes back as `rate`.' }),
          carrier: Type.Optional(Type.String()),
          service: Type.Optional(Type.String()),
          mode: Type.Optional(Type.String({ description: 'parcel, ltl, ftl; absent: parcel.' })),
          amount: Type.String(),
          currency: Type.String(),
        }),
        { maxItems: 200, description: 'Of a quote.' },
      ),
    ),
    packages: Type.Optional(
      Type.Array(Type.Object({ id: Type.Optional(Type.String()), trackingNumber: Type.String() }), {
        maxItems: 500,
        description: 'Of a booking: the numbers of the labels.',
      }),
    ),
  },
  { description: 'The answer to a request.' },
)
