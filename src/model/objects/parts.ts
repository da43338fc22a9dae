import { Type } from 'typebox'

/** Parts of the canonical objects. Enumerations are open: a consumer takes an unknown value for "other". */
export const money = Type.Object(
  {
    amount: Type.String({ description: 'Exact decimal. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    currency: Type.String({ description: 'ISO 4217.' }),
  },
  { description: 'An amount in one currency.' },
)

/** A quantity with its unit; base is the same in the item’s base unit. */
export const quantity = Type.Object(
  {
    value: Type.String({
      description: 'Exact decimal or text as given. Exact decimal.',
      pattern: '^-?\\d+(\\.\\d+)?$',
    }),
    uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20.' }),
    base: Type.Optional(
      Type.Object(
        {
          value: Type.String({
            description: 'Exact decimal or text as given. Exact decimal.',
            pattern: '^-?\\d+(\\.\\d+)?$',
          }),
          uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20.' }),
        },
        { description: 'Base.' },
      ),
    ),
  },
  { description: 'A quantity with its unit; base is the same in the item’s base unit.' },
)

/** A weight. */
export const weight = Type.Object(
  {
    value: Type.String({
      description: 'Exact decimal or text as given. Exact decimal.',
      pattern: '^-?\\d+(\\.\\d+)?$',
    }),
    uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20. Known: KGM, GRM, LBR, ONZ, TNE.' }),
  },
  { description: 'A weight.' },
)

/** Outer dimensions. */
export const dimensions = Type.Object(
  {
    length: Type.String({ description: 'Length. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    width: Type.String({ description: 'Width. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    height: Type.String({ description: 'Height. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
    uom: Type.String({ description: 'Unit, UN/ECE Recommendation 20. Known: CMT, MTR, MMT, INH, FOT.' }),
  },
  { description: 'Outer dimensions.' },
)

/** A time with the precision that it was told with. */
export const eventTime = Type.Object(
  {
    at: Type.String({ description: 'Instant, RFC 3339 with offset.', format: 'date-time' }),
    precision: Type.String({ description: 'Precision. Known: date, minute, second, millisecond.' }),
    local: Type.Optional(Type.String({ description: 'Local.' })),
    tz: Type.Optional(Type.String({ description: 'Tz.' })),
    offsetKnown: Type.Boolean({ description: 'Offset known.' }),
  },
  { description: 'A time with the precision that it was told with.' },
)

/** Half-open window of time. */
export const timeWindow = Type.Object(
  {
    from: Type.Optional(Type.String({ description: 'From.', format: 'date-time' })),
    to: Type.Optional(Type.String({ description: 'To.', format: 'date-time' })),
    tz: Type.Optional(Type.String({ description: 'Tz.' })),
  },
  { description: 'Half-open window of time.' },
)

/** An identifier: who assigned it matters as much as its value. */
export const identifier = Type.Object(
  {
    scheme: Type.String({ description: 'Scheme.' }),
    issuer: Type.Optional(Type.String({ description: 'Issuer.' })),
    value: Type.String({ description: 'Exact decimal or text as given.' }),
    normalized: Type.Optional(Type.String({ description: 'Normalized.' })),
    primary: Type.Optional(Type.Boolean({ description: 'Primary.' })),
    validFrom: Type.Optional(Type.String({ description: 'Valid from.', format: 'date-time' })),
    validTo: Type.Optional(Type.String({ description: 'Valid to.', format: 'date-time' })),
  },
  { description: 'An identifier: who assigned it matters as much as its value.' },
)

/** Pointer to the record in an external system. */
export const externalRef = Type.Object(
  {
    system: Type.String({ description: 'System.' }),
    entity: Type.String({ description: 'Entity.' }),
    id: Type.String({ description: 'Hub id.' }),
    version: Type.Optional(Type.String({ description: 'Grows with each change; locks writes.' })),
    etag: Type.Optional(Type.String({ description: 'Etag.' })),
    url: Type.Optional(Type.String({ description: 'Url.' })),
    syncedAt: Type.Optional(Type.String({ description: 'Synced at.', format: 'date-time' })),
    role: Type.Optional(Type.String({ description: 'Role. Known: owner, mirror.' })),
  },
  { description: 'Pointer to the record in an external system.' },
)

/** Who said it, how, and when it came. */
export const provenance = Type.Object(
  {
    system: Type.String({ description: 'System.' }),
    messageId: Type.Optional(Type.String({ description: 'Message, hub id.' })),
    connection: Type.Optional(Type.String({ description: 'Connection.' })),
    adapter: Type.Optional(Type.String({ description: 'Adapter.' })),
    receivedAt: Type.String({ description: 'Received at.', format: 'date-time' }),
    assertedBy: Type.Optional(Type.String({ description: 'Asserted by.' })),
    method: Type.Optional(
      Type.String({ description: 'Method. Known: api, edi, file, poll, manual, telematics, derived.' }),
    ),
  },
  { description: 'Who said it, how, and when it came.' },
)

/** A postal address. */
export const address = Type.Object(
  {
    name: Type.Optional(Type.String({ description: 'Name.' })),
    lines: Type.Array(Type.String(), { description: 'Lines.' }),
    city: Type.Optional(Type.String({ description: 'City.' })),
    region: Type.Optional(Type.String({ description: 'Region.' })),
    postalCode: Type.Optional(Type.String({ description: 'Postal code.' })),
    country: Type.String({ description: 'ISO 3166-1 alpha-2.' }),
    residential: Type.Optional(Type.Boolean({ description: 'Residential.' })),
    geo: Type.Optional(
      Type.Object(
        { lat: Type.Number({ description: 'Lat.' }), lon: Type.Number({ description: 'Lon.' }) },
        { description: 'Coordinates with their accuracy.' },
      ),
    ),
  },
  { description: 'A postal address.' },
)

/** A person or desk. */
export const contact = Type.Object(
  {
    name: Type.Optional(Type.String({ description: 'Name.' })),
    phone: Type.Optional(Type.String({ description: 'Phone.' })),
    email: Type.Optional(Type.String({ description: 'Email.' })),
  },
  { description: 'A person or desk.' },
)

/** A party in a role. */
export const partyRef = Type.Object(
  {
    role: Type.String({
      description:
        'Role. Known: ship_from, ship_to, sold_to, bill_to, consignee, notify, carrier, broker, forwarder, supplier, remit_to, third_party_payer, warehouse_operator.',
    }),
    partyId: Type.Optional(Type.String({ description: 'Party, hub id.', pattern: '^prt_' })),
    locationId: Type.Optional(Type.String({ description: 'Location, hub id.', pattern: '^loc_' })),
    address: Type.Optional(address),
    contact: Type.Optional(contact),
    identifiers: Type.Optional(Type.Array(identifier, { description: 'Identifiers.' })),
  },
  { description: 'A party in a role.' },
)

/** A document, stored once by its hash. */
export const documentRef = Type.Object(
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

/** A stop of a shipment. */
export const stop = Type.Object(
  {
    seq: Type.Number({ description: 'Seq.' }),
    type: Type.String({ description: 'Type. Known: pickup, delivery, transfer, border, port, hub, other.' }),
    locationId: Type.Optional(Type.String({ description: 'Location, hub id.', pattern: '^loc_' })),
    address: Type.Optional(address),
    appointment: Type.Optional(Type.String({ description: 'Appointment.', pattern: '^apt_' })),
    planned: Type.Optional(timeWindow),
    arrivedAt: Type.Optional(eventTime),
    departedAt: Type.Optional(eventTime),
    completedAt: Type.Optional(eventTime),
    final: Type.Boolean({ description: 'Final.' }),
  },
  { description: 'A stop of a shipment.' },
)

/** A leg between two stops. */
export const leg = Type.Object(
  {
    id: Type.String({ description: 'Hub id.' }),
    seq: Type.Number({ description: 'Seq.' }),
    fromStop: Type.Number({ description: 'From stop.' }),
    toStop: Type.Number({ description: 'To stop.' }),
    mode: Type.String({
      description: 'Mode. Known: parcel, ltl, ftl, intermodal, rail, ocean, air, drayage, courier, own_fleet.',
    }),
    carrierId: Type.Optional(Type.String({ description: 'Carrier, hub id.', pattern: '^car_' })),
    identifiers: Type.Array(identifier, { description: 'Identifiers.' }),
    vehicle: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ description: 'Name.' })),
          imo: Type.Optional(Type.String({ description: 'Imo.' })),
          voyage: Type.Optional(Type.String({ description: 'Voyage.' })),
          flight: Type.Optional(Type.String({ description: 'Flight.' })),
          plate: Type.Optional(Type.String({ description: 'Plate.' })),
        },
        { description: 'Vehicle.' },
      ),
    ),
    status: Type.String({
      description:
        'Status of its state machine. Known: planned, tendered, booked, departed, arrived, completed, cancelled.',
    }),
  },
  { description: 'A leg between two stops.' },
)

/** A hold on an order. */
export const hold = Type.Object(
  {
    id: Type.String({ description: 'Hub id.' }),
    type: Type.String({ description: 'Type. Known: credit, fraud, export, address, customer, quality, manual.' }),
    placedAt: Type.String({ description: 'Placed at.', format: 'date-time' }),
    placedBy: Type.String({ description: 'Placed by.' }),
    releasedAt: Type.Optional(Type.String({ description: 'Released at.', format: 'date-time' })),
    reason: Type.Optional(Type.String({ description: 'Reason.' })),
  },
  { description: 'A hold on an order.' },
)

/** A line of an order. */
export const orderLine = Type.Object(
  {
    lineNo: Type.String({ description: 'Line no.' }),
    itemId: Type.Optional(Type.String({ description: 'Item, hub id.', pattern: '^itm_' })),
    sku: Type.String({ description: 'Item number.' }),
    description: Type.Optional(Type.String({ description: 'Description.' })),
    ordered: quantity,
    allocated: Type.Optional(quantity),
    shipped: Type.Optional(quantity),
    delivered: Type.Optional(quantity),
    cancelled: Type.Optional(quantity),
    backordered: Type.Optional(quantity),
    unitPrice: Type.Optional(money),
    requestedDelivery: Type.Optional(timeWindow),
    promisedDelivery: Type.Optional(timeWindow),
    substitutionAllowed: Type.Optional(Type.Boolean({ description: 'Substitution allowed.' })),
    lot: Type.Optional(Type.String({ description: 'Lot.' })),
    status: Type.String({
      description:
        'Status of its state machine. Known: received, accepted, on_hold, partially_allocated, allocated, backordered, released, partially_shipped, shipped, delivered, closed, cancelled, rejected.',
    }),
    customerLineRef: Type.Optional(Type.String({ description: 'Customer line ref.' })),
  },
  { description: 'A line of an order.' },
)

/** What stock is told apart by. */
export const stockKey = Type.Object(
  {
    itemId: Type.String({ description: 'Item, hub id.', pattern: '^itm_' }),
    locationId: Type.String({ description: 'Location, hub id.', pattern: '^loc_' }),
    ownerPartyId: Type.Optional(Type.String({ description: 'Owner party, hub id.', pattern: '^prt_' })),
    lot: Type.Optional(Type.String({ description: 'Lot.' })),
    serial: Type.Optional(Type.String({ description: 'Serial.' })),
    status: Type.String({
      description:
        'Status of its state machine. Known: available, quality_hold, damaged, blocked, expired, returned_pending.',
    }),
    packageId: Type.Optional(Type.String({ description: 'Package, hub id.', pattern: '^pkg_' })),
  },
  { description: 'What stock is told apart by.' },
)

/** A charge of a carrier. */
export const freightCharge = Type.Object(
  {
    code: Type.String({
      description: 'Code. Known: linehaul, fuel, accessorial, tax, customs, insurance, discount, other.',
    }),
    accessorial: Type.Optional(Type.String({ description: 'Accessorial.' })),
    description: Type.Optional(Type.String({ description: 'Description.' })),
    basis: Type.Optional(
      Type.Object(
        {
          rate: Type.String({ description: 'Rate. Exact decimal.', pattern: '^-?\\d+(\\.\\d+)?$' }),
          per: Type.String({ description: 'Per.' }),
          quantity: quantity,
        },
        { description: 'Basis.' },
      ),
    ),
    amount: money,
  },
  { description: 'A charge of a carrier.' },
)

/** Members of every object that has a hub id of its own. */
export const meta = {
  tenantId: Type.String({ description: 'Tenant that the object belongs to.' }),
  version: Type.Number({ description: 'Grows with each change; locks writes.' }),
  createdAt: Type.String({ description: 'Created at.', format: 'date-time' }),
  updatedAt: Type.String({ description: 'Updated at.', format: 'date-time' }),
  owner: Type.Object(
    {
      system: Type.String({ description: 'System.' }),
      since: Type.Optional(Type.String({ description: 'Since.', format: 'date-time' })),
    },
    { description: 'Owner.' },
  ),
  identifiers: Type.Array(identifier, { description: 'Identifiers.' }),
  externalRefs: Type.Array(externalRef, { description: 'External refs.' }),
  custom: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Custom.' })),
  deletedAt: Type.Optional(Type.String({ description: 'Deleted at.', format: 'date-time' })),
  schemaVersion: Type.String({ description: 'Major and minor of this schema.' }),
}
