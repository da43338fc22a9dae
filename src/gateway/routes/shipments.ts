import { Type } from 'typebox'
import { InterlineError } from '../../base/errors.ts'
import { readInstant } from '../../base/instant.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import { shipmentAt, shipmentView } from '../../model/shipment/view.ts'
import { page, pageQuery, pageSchema, readPage } from '../page.ts'
import { InvalidRequest } from '../problem.ts'
import { findByReference } from '../reference.ts'
import { type Call, defineRoute, etag } from '../route.ts'

const row = Type.Object({
  id: Type.String(),
  status: Type.String(),
  carrier: Type.Optional(Type.String()),
  trackingNumber: Type.Optional(Type.String()),
  exceptions: Type.Array(Type.String(), { description: 'Categories of open exceptions.' }),
  eta: Type.Optional(Type.String()),
  updatedAt: Type.String(),
})

const many = (description: string) =>
  Type.Optional(
    Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 20 })], {
      description: `${description} Repeat for "or".`,
    }),
  )

export const listShipments = defineRoute({
  method: 'GET',
  path: '/v1/shipments',
  scope: 'shipments:read',
  operationId: 'listShipments',
  summary: 'Shipments, newest change first; by any reference',
  tag: 'shipments',
  query: Type.Object(
    {
      ...pageQuery,
      reference: Type.Optional(
        Type.String({ maxLength: 100, description: 'Any number: tracking, order, delivery, SSCC, BOL, PRO …' }),
      ),
      status: many('Status.'),
      carrier: many('Carrier code.'),
      exception: Type.Optional(Type.String({ description: 'Category of an open exception.' })),
      updatedSince: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(row) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { reference, status, carrier, exception, updatedSince } = call.query
    if (updatedSince !== undefined) instant('updatedSince', updatedSince)
    const ids =
      reference === undefined
        ? undefined
        : (await findByReference(call, reference))
            .filter(({ entity }) => entity === 'shipment')
            .map(({ subject }) => subject)
    const rows = await call.gateway.shipments.list({
      tenant: call.principal.tenant,
      ...(ids === undefined ? {} : { ids }),
      ...(status === undefined ? {} : { status: [status].flat() }),
      ...(carrier === undefined ? {} : { carrier: [carrier].flat() }),
      ...(exception === undefined ? {} : { exception }),
      ...(updatedSince === undefined ? {} : { updatedSince }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    const shown = rows.map(({ id, status: now, carrier: by, trackingNumber, exceptions, eta, updatedAt }) => ({
      id,
      status: now,
      ...(by === '' ? {} : { carrier: by }),
      ...(trackingNumber === '' ? {} : { trackingNumber }),
      exceptions,
      ...(eta === '' ? {} : { eta }),
      updatedAt,
    }))
    return page(call, { rows: shown, limit, query, position: ({ id, updatedAt }) => `${updatedAt} ${id}` })
  },
})

export const readShipment = defineRoute({
  method: 'GET',
  path: '/v1/shipments/{id}',
  scope: 'shipments:read',
  operationId: 'readShipment',
  summary: 'A shipment: status, exceptions with their next action, milestones, scans, estimates',
  tag: 'shipments',
  answer: {
    status: 200,
    schema: Type.Object({ id: Type.String(), status: Type.String() }, { additionalProperties: true }),
  },
  handle: async (call) => {
    const { id, version, state } = await find(call)
    return { body: { ...shipmentView(state, id), version }, headers: { etag: etag(version) } }
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
      shipment: Type.Unknown(),
      facts: Type.Array(Type.Unknown()),
      told: Type.Array(Type.Unknown()),
    }),
  },
  handle: async (call) => {
    const { id } = await find(call)
    const { asOf, knownAt } = call.query
    if (asOf !== undefined) instant('asOf', asOf)
    const known = knownAt === undefined ? undefined : instant('knownAt', knownAt)
    const history = await call.gateway.backbone.history(id, 5000)
    const facts = history
      .map(({ fact }) => fact)
      .filter((fact) => known === undefined || (readInstant(fact.recordedAt) ?? 0) <= known)
    const effects = await call.gateway.backbone.ledger.effects({
      tenant: call.principal.tenant,
      correlation: id,
      limit: 200,
    })
    const told = effects
      .filter(({ createdAt }) => known === undefined || createdAt <= known)
      .map(({ command, target, state, documentReference, updatedAt }) => ({
        command,
        target,
        // What became of it later was not known then.
        state: known === undefined || updatedAt <= known ? state : 'queued',
        ...(documentReference === undefined || (known !== undefined && updatedAt > known) ? {} : { documentReference }),
      }))
    const shipment = shipmentAt(facts, {
      ...(asOf === undefined ? {} : { asOf }),
      ...(knownAt === undefined ? {} : { knownAt }),
    })
    const shown = facts.map(({ id: fact, type, occurredAt, recordedAt, source, data }) => ({
      id: fact,
      type,
      ...(occurredAt === undefined ? {} : { occurredAt }),
      recordedAt,
      source,
      data,
    }))
    return { body: { shipment, facts: shown, told } }
  },
})

async function find(call: Call): Promise<{ id: string; version: number; state: ShipmentState }> {
  const id = call.params.id ?? ''
  const stored = (await call.gateway.backbone.states([id])).get(id)
  const [newest] = stored === undefined ? [] : await call.gateway.backbone.history(id, 1)
  if (stored === undefined || !id.startsWith('shp_') || newest?.fact.tenant !== call.principal.tenant)
    throw new InterlineError('NOT_FOUND', { what: 'shipment with this id' })
  return { id, version: stored.version, state: JSON.parse(stored.body) as ShipmentState }
}

function instant(name: string, text: string): number {
  const ms = readInstant(text)
  if (ms === undefined)
    throw new InvalidRequest([{ pointer: `/${name}`, detail: 'expected RFC 3339 with an offset', code: 'format' }])
  return ms
}
