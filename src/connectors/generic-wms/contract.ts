import { Type } from 'typebox'

/**
 * What a warehouse without a connector of its own sends to `POST /v1/inbound/{connection}`: one JSON envelope per event, or a CSV
 * file. Quantities are decimal strings (numbers are accepted) and not negative: the type of a movement says which way it goes. Only
 * counts may be below zero. Instants are RFC 3339; a date alone stays a date. One receipt per number; one confirmation
 * per delivery, unless they are numbered.
 *
 * CSV: `movements` files have the columns `movement,sku,quantity,uom,effective_at,from_location,to_location,document_kind,document,line`
 * and optionally `from_status,to_status,lot,serial,owner,reason,sequence,reverses`; `counts` files have
 * `counted,sku,location,status,quantity,uom,effective_at,document,line` and optionally `lot,serial,owner,complete`, where `counted`
 * is `count` or `snapshot`.
 */
const place = Type.Object({ location: Type.String(), status: Type.Optional(Type.String()) })
const line = Type.Object({
  line: Type.Optional(Type.String()),
  sku: Type.String(),
  quantity: Type.String(),
  uom: Type.String(),
  lot: Type.Optional(Type.String()),
  serial: Type.Optional(Type.String()),
  status: Type.Optional(
    Type.String({ description: 'available, quality_hold, damaged, blocked, expired; absent: available.' }),
  ),
})

/** One movement of stock. */
export const movement = Type.Object(
  {
    movement: Type.String({
      description:
        'receipt, putaway, move, pick, ship, adjust_gain, adjust_loss, hold, release, damage, scrap, return_receipt, restock …',
    }),
    sku: Type.String(),
    quantity: Type.String(),
    uom: Type.String(),
    from: Type.Optional(place),
    to: Type.Optional(place),
    document: Type.Object({
      kind: Type.String(),
      id: Type.String(),
      line: Type.Optional(Type.String()),
      sequence: Type.Optional(Type.String()),
    }),
    reason: Type.Optional(Type.String()),
    reverses: Type.Optional(
      Type.String({ description: 'Identity of the movement that this one takes back: system/kind/id/line/sequence.' }),
    ),
  },
  { description: 'data of `movement`.' },
)

/** What lay where. The only quantities that may be below zero: it is what the warehouse says, not what can be. */
export const count = Type.Object(
  {
    document: Type.String(),
    complete: Type.Optional(Type.Boolean({ description: 'Snapshot: everything in these locations is listed.' })),
    locations: Type.Optional(Type.Array(Type.String())),
    lines: Type.Array(
      Type.Object({ ...line.properties, location: Type.String(), status: Type.Optional(Type.String()) }),
    ),
  },
  { description: 'data of `count` and `snapshot`.' },
)

/** What left the house together. A delivery that leaves in parts has one for each, numbered from 1. */
export const confirmation = Type.Object(
  {
    deliveryNumber: Type.String(),
    confirmation: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 999,
        description:
          'Which confirmation of the delivery; absent: the first and only one. Each tells what left with it.',
      }),
    ),
    orderNumber: Type.Optional(Type.String()),
    location: Type.String(),
    carrier: Type.String(),
    service: Type.Optional(Type.String()),
    masterTrackingNumber: Type.Optional(
      Type.String({ description: 'What the carrier follows the packages together by (a master number, a PRO).' }),
    ),
    packages: Type.Array(
      Type.Object({
        sscc: Type.Optional(Type.String()),
        trackingNumber: Type.Optional(Type.String()),
        weightGrams: Type.Optional(Type.String()),
      }),
    ),
    lines: Type.Array(line),
    freight: Type.Optional(Type.Object({ amount: Type.String(), currency: Type.String() })),
  },
  { description: 'data of `shipment.confirmed`: the goods have left, with these packages.' },
)

/** What was taken from its places for a delivery. The newest word counts. */
export const pick = Type.Object(
  {
    deliveryNumber: Type.String(),
    orderNumber: Type.Optional(Type.String()),
    lines: Type.Array(line),
  },
  {
    description:
      'data of `delivery.picked`: what was taken, by the line numbers of the delivery; 0 for a line of which nothing was there. A line that is not listed is not known.',
  },
)

/** What a warehouse took in, once for each number of a receipt. */
export const receipt = Type.Object(
  {
    receiptNumber: Type.String(),
    purchaseOrderNumber: Type.Optional(Type.String()),
    location: Type.String(),
    lines: Type.Array(line),
  },
  { description: 'data of `receipt.posted`.' },
)

/** The envelope of every event: `type` says what is in `data`. */
export const event = Type.Object(
  {
    eventId: Type.String(),
    type: Type.String({
      enum: ['movement', 'count', 'snapshot', 'delivery.picked', 'shipment.confirmed', 'receipt.posted'],
    }),
    occurredAt: Type.String(),
    data: Type.Unknown(),
  },
  { description: 'Something that happened in the warehouse.' },
)

/** What a warehouse is told besides the deliveries that it is to ship, by command. */
export const instructionKinds = {
  book_appointment: 'appointment',
  cancel_appointment: 'appointment_cancellation',
  cancel_delivery: 'delivery_cancellation',
  dispose_return: 'return_disposition',
  release_hold: 'hold_release',
  return_to_vendor: 'supplier_return',
  scrap_stock: 'scrapping',
} as const
/** A command that becomes an instruction. */
export type WarehouseCommand = keyof typeof instructionKinds

/** Body of `PUT /instructions/{externalReference}`; the other members are those of the kind. */
export const instruction = Type.Object(
  {
    externalReference: Type.String({ maxLength: 32, description: 'Ours; the same over all attempts.' }),
    kind: Type.String({ enum: Object.values(instructionKinds) }),
    lines: Type.Optional(Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: 10_000 })),
  },
  { description: 'Something that the warehouse is to do.' },
)
