import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { TrackingLink } from '../../../registry/tracking-links.ts'
import { noteOf } from '../../access/audit-note.ts'
import { newId } from '../../access/key.ts'
import { hashKey } from '../../access/principal.ts'
import { type Call, defineRoute } from '../../route.ts'
import { parcelOf } from '../../tracking/parcel.ts'

const link = {
  id: Type.String(),
  madeBy: Type.String({ description: 'Key or person.' }),
  createdAt: Type.String({ description: 'RFC 3339.' }),
  expiresAt: Type.String(),
  state: Type.String({ description: 'active, revoked or expired.' }),
  seenAt: Type.Optional(Type.String({ description: 'When it was followed last, to the hour.' })),
}
const daysUsual = 90
const daysMost = 400
const linksShown = 200

export const createTrackingLink = defineRoute({
  method: 'POST',
  path: '/v1/shipments/{id}/tracking-links',
  scope: 'shipments:share',
  operationId: 'createTrackingLink',
  summary: 'A link by which the recipient follows the shipment without signing in; it is shown once',
  tag: 'shipments',
  idempotent: true,
  body: Type.Object(
    {
      days: Type.Optional(
        Type.Integer({ minimum: 1, maximum: daysMost, description: `How long it leads; ${daysUsual} without it.` }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 201,
    schema: Type.Object({
      ...link,
      link: Type.String({ description: 'Whoever has it sees the parcel. It is not stored and never shown again.' }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, body } = call
    const shipment = await shipmentOf(call)
    const token = Buffer.from(call.randomBytes(24)).toString('base64url')
    const made = await gateway.tracking.links.make({
      id: newId('trl', call.randomBytes),
      tenant: principal.tenant,
      shipment,
      madeBy: principal.key,
      hash: hashKey(token),
      seconds: (body.days ?? daysUsual) * 86_400,
      note: noteOf(call, { after: { shipment, days: body.days ?? daysUsual } }),
    })
    return { body: { ...shown(made, gateway.now()), link: `${gateway.publicUrl}/track/${token}` } }
  },
})

export const listTrackingLinks = defineRoute({
  method: 'GET',
  path: '/v1/shipments/{id}/tracking-links',
  scope: 'shipments:read',
  operationId: 'listTrackingLinks',
  summary: 'Links to the tracking page of a shipment, newest first, without what they hold',
  tag: 'shipments',
  answer: { status: 200, schema: Type.Object({ data: Type.Array(Type.Object(link)) }) },
  handle: async (call) => {
    const shipment = await shipmentOf(call)
    const { gateway, principal } = call
    const links = await gateway.tracking.links.list({ tenant: principal.tenant, shipment, limit: linksShown })
    return { body: { data: links.map((one) => shown(one, gateway.now())) } }
  },
})

export const revokeTrackingLink = defineRoute({
  method: 'DELETE',
  path: '/v1/shipments/{id}/tracking-links/{link}',
  scope: 'shipments:share',
  operationId: 'revokeTrackingLink',
  summary: 'End a link to the tracking page',
  tag: 'shipments',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call) => {
    const shipment = await shipmentOf(call)
    const { tenant } = call.principal
    const about = { id: call.params['link'] ?? '', tenant, shipment }
    if (!(await call.gateway.tracking.links.revoke(about, noteOf(call, { before: { shipment } }))))
      throw new InterlineError('NOT_FOUND', { what: 'tracking link with this id' })
    return {}
  },
})

/** The shipment that it is now. Throws NOT_FOUND. */
async function shipmentOf({ gateway, principal, params }: Call): Promise<string> {
  const parcel = await parcelOf(gateway.node, { tenant: principal.tenant, shipment: params['id'] ?? '' })
  if (parcel === undefined) throw new InterlineError('NOT_FOUND', { what: 'shipment with this id' })
  return parcel.id
}

function shown(
  { id, madeBy, createdAt, expiresAt, revokedAt, seenAt }: TrackingLink,
  now: number,
): Readonly<Record<string, unknown>> {
  const at = (ms: number): string => new Date(ms).toISOString()
  const state = revokedAt !== undefined ? 'revoked' : expiresAt < now ? 'expired' : 'active'
  return {
    id,
    madeBy,
    createdAt: at(createdAt),
    expiresAt: at(expiresAt),
    state,
    ...(seenAt === undefined ? {} : { seenAt: at(seenAt) }),
  }
}
