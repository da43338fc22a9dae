import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { CommittedState } from '../../../flow/advance/committed-states.ts'
import { exceptionCategories } from '../../../model/code-lists/exception-category.ts'
import { shipmentStatuses } from '../../../model/code-lists/shipment-status.ts'
import { personal } from '../../../model/fields/personal.ts'
import { cutOffs, equipmentDetails, ports } from '../../../model/objects/parts/equipment-details.ts'
import type { ShipmentState } from '../../../model/shipment/state.ts'
import { shipmentAt, shipmentView } from '../../../model/shipment/view.ts'
import { shipmentOrders } from '../../../views/shipments.ts'
import { demandPart, partsOf, shipmentFor } from '../../access/partner-sight.ts'
import { instantOf } from '../../instant.ts'
import { many, manyOf, oneOf, page, pageQuery, pageSchema, readPage, sortQuery } from '../../page.ts'
import { findByReference } from '../../reference.ts'
import { type Call, defineRoute, etag } from '../../route.ts'
import { knownBy, toldAt, toldSchema } from '../../shown/told.ts'

const row = Type.Object({
  id: Type.String(),
  status: Type.String(),
  carrier: Type.Optional(Type.String()),
  trackingNumber: Type.Optional(Type.String()),
  exceptions: Type.Array(Type.String(), { description: 'Categories of open exceptions.' }),
  eta: Type.Optional(Type.String()),
  updatedAt: Type.String(),
})

/** A span that somebody gave his word for; open on a side that he left open. */
const promised = Type.Object({ from: Type.Optional(Type.String()), to: Type.Optional(Type.String()) })

/** When something happened, as it was told. */
const heard = Type.Optional(Type.Object({ at: Type.String() }, { additionalProperties: true }))

const stop = Type.Object(
  {
    seq: Type.Integer({ description: 'Its number in the plan; smaller is earlier.' }),
    type: Type.String({ description: 'pickup, delivery, …' }),
    location: Type.Optional(Type.String({ description: 'Code of the place, as the planner names it.' })),
    address: Type.Optional(Type.Unknown({ description: 'Where it is, as far as it was said.' })),
    planned: Type.Optional(promised),
    arrivedAt: heard,
    completedAt: heard,
    departedAt: heard,
  },
  { additionalProperties: true },
)

/** A shipment as it is shown: what was said about it, what follows, and what is expected next. */
const shipment = {
  id: Type.String(),
  mergedInto: Type.Optional(Type.String({ description: 'The shipment that it turned out to be.' })),
  identifiers: Type.Array(
    Type.Object({ scheme: Type.String(), issuer: Type.Optional(Type.String()), value: Type.String() }),
  ),
  carrier: Type.Optional(Type.String()),
  service: Type.Optional(Type.String()),
  mode: Type.Optional(Type.String()),
  direction: Type.Optional(Type.String()),
  shipTo: Type.Optional(Type.Unknown()),
  stops: Type.Optional(
    Type.Array(stop, { description: 'Where it stops, with what was heard of each. Absent: nobody planned it.' }),
  ),
  promise: Type.Optional(
    Type.Object(
      { initial: promised, current: promised },
      { description: 'The first window ever given, and the one agreed last.' },
    ),
  ),
  plannedPickup: Type.Optional(Type.String()),
  equipment: Type.Optional(
    Type.Array(
      Type.Object(
        {
          number: Type.Optional(Type.String()),
          kind: Type.Optional(Type.String({ description: 'ISO 6346 size and type where it has one.' })),
          quantity: Type.Optional(Type.String({ description: 'How many are meant, where they have no numbers.' })),
          ...equipmentDetails,
          cutOffs: Type.Optional(cutOffs),
        },
        { additionalProperties: true },
      ),
      { description: 'Containers and trailers, with what was read off them or weighed last.' },
    ),
  ),
  ports: Type.Optional(ports),
  cutOffs: Type.Optional(cutOffs),
  respondBy: Type.Optional(Type.String({ description: 'When the tender is to be answered at the latest.' })),
  signedBy: Type.Optional(personal(Type.String())),
  weightGrams: Type.Optional(Type.String()),
  status: Type.String(),
  progress: Type.Object({ total: Type.Integer(), delivered: Type.Integer(), partial: Type.Boolean() }),
  exceptions: Type.Array(
    Type.Object(
      {
        id: Type.String(),
        category: Type.String(),
        since: Type.String(),
        severity: Type.String(),
        actionRequired: Type.String({ description: 'Who has to act.' }),
        nextAction: Type.String(),
      },
      { additionalProperties: true },
    ),
  ),
  milestones: Type.Record(Type.String(), Type.String(), { description: 'First occurrence of each code.' }),
  packages: Type.Array(Type.Object({ id: Type.String(), status: Type.String() }, { additionalProperties: true })),
  deliveryAttempts: Type.Integer(),
  eta: Type.Optional(Type.Object({ at: Type.String(), source: Type.String() })),
  lastEventAt: Type.Optional(Type.String()),
  lastEventReceivedAt: Type.Optional(Type.String()),
  nextExpected: Type.Optional(
    Type.Object({ before: Type.String({ description: 'Expectation that is missed then.' }), by: Type.String() }),
  ),
  proofsOfDelivery: Type.Integer(),
  unmappedEvents: Type.Integer(),
  events: Type.Array(
    Type.Object(
      {
        code: Type.String(),
        source: Type.String(),
        raw: Type.String(),
        receivedAt: Type.String(),
        sortedAt: Type.String(),
      },
      { additionalProperties: true },
    ),
  ),
}

const recorded = Type.Object({
  id: Type.String(),
  type: Type.String(),
  occurredAt: Type.Optional(Type.String()),
  recordedAt: Type.String(),
  source: Type.String(),
  data: Type.Unknown(),
})

export const listShipments = defineRoute({
  method: 'GET',
  path: '/v1/shipments',
  scope: 'shipments:read',
  partners: true,
  operationId: 'listShipments',
  summary: 'Shipments, newest change first or in another order; by any reference',
  tag: 'shipments',
  query: Type.Object(
    {
      ...pageQuery,
      reference: Type.Optional(
        Type.String({ maxLength: 100, description: 'Any number: tracking, order, delivery, SSCC, BOL, PRO …' }),
      ),
      status: manyOf(Object.keys(shipmentStatuses.values), 'Status.'),
      carrier: many('Carrier code.'),
      exception: oneOf(Object.keys(exceptionCategories.values), 'Category of an open exception.'),
      updatedSince: Type.Optional(Type.String({ description: 'Changed at or after, RFC 3339.' })),
      sort: sortQuery(shipmentOrders, '-updatedAt'),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(row) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { reference, status, carrier, exception, updatedSince, sort } = call.query
    if (updatedSince !== undefined) instantOf('updatedSince', updatedSince)
    const ids =
      reference === undefined
        ? undefined
        : (await findByReference(call, reference))
            .filter(({ entity }) => entity === 'shipment')
            .map(({ subject }) => subject)
    const rows = await call.gateway.shipments.list({
      tenant: call.principal.tenant,
      ...partsOf(call),
      ...(ids === undefined ? {} : { ids }),
      ...(status === undefined ? {} : { status: [status].flat() }),
      ...(carrier === undefined ? {} : { carrier: [carrier].flat() }),
      ...(exception === undefined ? {} : { exception }),
      ...(updatedSince === undefined ? {} : { updatedSince }),
      ...(sort === undefined ? {} : { sort }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    const shown = (one: (typeof rows)[number]) => {
      const { id, status: now, carrier: by, trackingNumber, exceptions, eta, updatedAt } = one
      return {
        id,
        status: now,
        ...(by === '' ? {} : { carrier: by }),
        ...(trackingNumber === '' ? {} : { trackingNumber }),
        exceptions,
        ...(eta === '' ? {} : { eta }),
        updatedAt,
      }
    }
    return page(call, { rows, limit, query, position: ({ position }) => position, shown })
  },
})

export const readShipment = defineRoute({
  method: 'GET',
  path: '/v1/shipments/{id}',
  scope: 'shipments:read',
  partners: true,
  operationId: 'readShipment',
  summary: 'A shipment: status, exceptions with their next action, milestones, scans, estimates',
  tag: 'shipments',
  answer: {
    status: 200,
    schema: Type.Object({
      ...shipment,
      version: Type.Integer({ description: 'Counts changes; the ETag is made of it.' }),
    }),
  },
  handle: async (call) => {
    const { id, stored } = await find(call)
    const parts = await demandPart(call, id, shipmentWanted)
    if (parts !== undefined) {
      const view = { ...shipmentView(stored.state as ShipmentState, id), version: stored.version }
      const own = call.gateway.connections()
      return {
        body: shipmentFor(parts, view, (connection) => own.has(connection)),
        headers: { etag: etag(stored.version) },
      }
    }
    return { body: call.gateway.shipmentTexts.of(id, stored), headers: { etag: etag(stored.version) } }
  },
})

export const readTimeline = defineRoute({
  method: 'GET',
  path: '/v1/shipments/{id}/timeline',
  scope: 'shipments:read',
  operationId: 'readShipmentTimeline',
  summary:
    'Time machine: what was true at an instant, as far as was known at another, and what each system had been told',
  tag: 'shipments',
  query: Type.Object(
    {
      asOf: Type.Optional(Type.String({ description: 'What had happened by then, RFC 3339. Now without it.' })),
      knownAt: Type.Optional(Type.String({ description: 'What the hub knew by then, RFC 3339. Now without it.' })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      shipment: Type.Union([Type.Object(shipment), Type.Null()], {
        description: 'Null where nothing was known by then, or the facts of then are no more.',
      }),
      facts: Type.Array(recorded),
      told: Type.Array(toldSchema),
      truncated: Type.Boolean({ description: 'More is known than is shown here.' }),
      forgotten: Type.Integer({ description: 'Facts that were kept long enough and are no more: the oldest ones.' }),
    }),
  },
  handle: async (call) => {
    const { id, stored } = await find(call)
    const { version } = stored
    const state = stored.state as ShipmentState
    const { asOf, knownAt } = call.query
    if (asOf !== undefined) instantOf('asOf', asOf)
    const known = knownAt === undefined ? undefined : instantOf('knownAt', knownAt)
    const { backbone } = call.gateway
    const { tenant } = call.principal
    const [history, effects] = await Promise.all([
      backbone.history(id, factsMost + 1),
      backbone.ledger.effects({ tenant, correlation: id, limit: effectsMost + 1 }),
    ])
    const facts = history
      .slice(0, factsMost)
      .map(({ fact }) => fact)
      .filter((fact) => knownBy(fact, known))
    // The version counts what was folded: there were as many facts, at least.
    const forgotten = history.length > factsMost ? 0 : Math.max(0, version - history.length)
    const isNow = asOf === undefined && knownAt === undefined
    const at = { ...(asOf === undefined ? {} : { asOf }), ...(knownAt === undefined ? {} : { knownAt }) }
    const shown = facts.map(({ id: fact, type, occurredAt, recordedAt, source, data }) => ({
      id: fact,
      type,
      ...(occurredAt === undefined ? {} : { occurredAt }),
      recordedAt,
      source,
      data,
    }))
    return {
      body: {
        shipment:
          forgotten > 0 ? (isNow ? shipmentView(state, id) : null) : facts.length === 0 ? null : shipmentAt(facts, at),
        facts: shown,
        told: toldAt(effects.slice(0, effectsMost), facts, known),
        truncated: history.length > factsMost || effects.length > effectsMost,
        forgotten,
      },
    }
  },
})

const shipmentWanted = 'shipment with this id'
const factsMost = 5000
const effectsMost = 1000

async function find(call: Call): Promise<{ readonly id: string; readonly stored: CommittedState }> {
  const id = call.params.id ?? ''
  const { committed } = call.gateway.node.place
  const stored = committed.known(id) ?? (await committed.read([id])).get(id)
  if (stored === undefined || !id.startsWith('shp_') || stored.tenant !== call.principal.tenant)
    throw new InterlineError('NOT_FOUND', { what: shipmentWanted })
  return { id, stored }
}
