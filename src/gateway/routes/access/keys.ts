import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { noteOf } from '../../access/audit-note.ts'
import { newKey } from '../../access/key.ts'
import type { Principal } from '../../access/principal.ts'
import { demandCovers, scopePattern } from '../../access/scope.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute } from '../../route.ts'

const key = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  partner: Type.Optional(Type.String({ description: 'Whose things alone it sees; absent for our own.' })),
  createdAt: Type.String(),
  expiresAt: Type.Optional(Type.String()),
  revokedAt: Type.Optional(Type.String()),
  lastUsedAt: Type.Optional(Type.String()),
})

export const createKey = defineRoute({
  method: 'POST',
  path: '/v1/keys',
  scope: 'keys:write',
  partners: true,
  operationId: 'createKey',
  summary: 'Create an API key; its text is shown once',
  tag: 'keys',
  idempotent: true,
  body: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 100 }),
      scopes: Type.Array(Type.String({ pattern: scopePattern }), { minItems: 1, maxItems: 50 }),
      expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
      partner: Type.Optional(
        Type.String({ maxLength: 64, description: 'The partner whose things alone it sees; a partner makes its own.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 201,
    schema: Type.Object({
      id: Type.String(),
      key: Type.String({ description: 'Keep it: it is not stored and never shown again.' }),
    }),
  },
  handle: async ({ gateway, principal, address, trace, body, randomBytes }) => {
    demandCovers(principal, body.scopes)
    const made = newKey(randomBytes)
    const expiresAt = gateway.now() + (body.expiresInDays ?? 365) * 86_400_000
    const { name, scopes: granted } = body
    const { tenant } = principal
    const partner = partnerOf({ gateway, principal, body })
    const whose = partner === undefined ? {} : { partner }
    const after = { ...whose, name, scopes: granted, expiresAt: new Date(expiresAt).toISOString() }
    await gateway.backbone.stores.keys.create(
      { id: made.id, tenant, name, hash: made.hash, scopes: granted, expiresAt, ...whose },
      noteOf({ principal, address, trace }, { after }),
    )
    gateway.signals.keyChanged({ key: made.id, tenant: principal.tenant, change: 'created' })
    return { body: { id: made.id, key: made.text } }
  },
})

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The same with a new text: whoever uses it changes over while both count. */
export const rotateKey = defineRoute({
  method: 'POST',
  path: '/v1/keys/{id}/rotate',
  scope: 'keys:write',
  partners: true,
  operationId: 'rotateKey',
  summary: 'Give an API key a new text, which is shown once; the old one counts until a stated moment',
  tag: 'keys',
  idempotent: true,
  body: Type.Object(
    {
      overlapHours: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 720,
          description: 'How long the old one counts on; 24 without it. With 0 it ends at once.',
        }),
      ),
      expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 201,
    schema: Type.Object({
      id: Type.String({ description: 'Of the new one.' }),
      key: Type.String({ description: 'Keep it: it is not stored and never shown again.' }),
      old: Type.Object({ id: Type.String(), validUntil: Type.String() }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, params, body } = call
    const { keys } = gateway.backbone.stores
    const owner = ownerOf(principal)
    const now = gateway.now()
    const old = await keys.get(owner, params['id'] ?? '')
    const made = newKey(call.randomBytes)
    // The answer was lost: the old one may have ended by then.
    const isAgain = (await keys.get(owner, made.id)) !== undefined
    if (old === undefined || old.revokedAt !== undefined || (!isAgain && (old.expiresAt ?? now + 1) <= now))
      throw new InterlineError('NOT_FOUND', { what: 'active key with this id' })
    // Whoever has its new text may do what it may.
    demandCovers(principal, old.scopes)
    const { name, scopes: granted, partner } = old
    const whose = partner === undefined ? {} : { partner }
    const expiresAt = now + (body.expiresInDays ?? 365) * dayMs
    const end = now + (body.overlapHours ?? 24) * hourMs
    const validUntil = new Date(Math.min(old.expiresAt ?? end, end)).toISOString()
    const after = { ...whose, name, scopes: granted, expiresAt: new Date(expiresAt).toISOString(), insteadOf: old.id }
    // The new one first: a hub that stops between the two leaves a key that nobody has, and no program without one.
    await keys.create(
      { id: made.id, tenant: old.tenant, name, hash: made.hash, scopes: granted, expiresAt, ...whose },
      noteOf(call, { after }),
    )
    await keys.expire(owner, old.id, end, noteOf(call, { after: { validUntil, replacedBy: made.id } }))
    gateway.keys.forget()
    gateway.signals.keyChanged({ key: old.id, tenant: old.tenant, change: 'rotated' })
    return { body: { id: made.id, key: made.text, old: { id: old.id, validUntil } } }
  },
})

export const listKeys = defineRoute({
  method: 'GET',
  path: '/v1/keys',
  scope: 'keys:write',
  partners: true,
  operationId: 'listKeys',
  summary: 'API keys, without their text',
  tag: 'keys',
  query: Type.Object({ ...pageQuery }, { additionalProperties: false }),
  answer: { status: 200, schema: pageSchema(key) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const rows = await call.gateway.backbone.stores.keys.list({
      ...ownerOf(call.principal),
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    })
    const shown = rows.map(({ id, name, scopes: granted, partner, createdAt, expiresAt, revokedAt, lastUsedAt }) => ({
      id,
      name,
      scopes: granted,
      ...(partner === undefined ? {} : { partner }),
      createdAt: new Date(createdAt).toISOString(),
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
      ...(revokedAt === undefined ? {} : { revokedAt: new Date(revokedAt).toISOString() }),
      ...(lastUsedAt === undefined ? {} : { lastUsedAt: new Date(lastUsedAt).toISOString() }),
    }))
    return page(call, { rows: shown, limit, query, position: ({ id }) => id })
  },
})

export const revokeKey = defineRoute({
  method: 'DELETE',
  path: '/v1/keys/{id}',
  scope: 'keys:write',
  partners: true,
  operationId: 'revokeKey',
  summary: 'Revoke an API key',
  tag: 'keys',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async ({ gateway, principal, address, trace, params }) => {
    const id = params.id ?? ''
    if (!(await gateway.backbone.stores.keys.revoke(ownerOf(principal), id, noteOf({ principal, address, trace }))))
      throw new InterlineError('NOT_FOUND', { what: 'active key with this id' })
    gateway.keys.forget()
    gateway.signals.keyChanged({ key: id, tenant: principal.tenant, change: 'revoked' })
    return {}
  },
})

/** Whose keys are seen. */
function ownerOf({ tenant, partner }: Principal): { readonly tenant: string; readonly partner?: string } {
  return partner === undefined ? { tenant } : { tenant, partner }
}

/** Whose the new key is: whoever is of a partner makes one of it. Throws KEY_INVALID. */
function partnerOf({
  gateway,
  principal,
  body,
}: Pick<Call, 'gateway' | 'principal'> & { readonly body: { readonly partner?: string } }): string | undefined {
  const partner = principal.partner ?? body.partner
  if (partner === undefined) return undefined
  const isKnown = gateway.network.partners(principal.tenant).some(({ id }) => id === partner)
  if (!isKnown || (body.partner !== undefined && body.partner !== partner))
    throw new InterlineError('KEY_INVALID', { problem: `there is no partner ${body.partner ?? partner}` })
  return partner
}
