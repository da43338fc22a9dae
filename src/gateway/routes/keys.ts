import { Type } from 'typebox'
import { InterlineError } from '../../base/errors.ts'
import { noteOf } from '../audit-note.ts'
import { newKey } from '../key.ts'
import { page, pageQuery, pageSchema, readPage } from '../page.ts'
import { defineRoute } from '../route.ts'
import { covers, scopePattern } from '../scope.ts'

const key = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  createdAt: Type.String(),
  expiresAt: Type.Optional(Type.String()),
  revokedAt: Type.Optional(Type.String()),
  lastUsedAt: Type.Optional(Type.String()),
})

export const createKey = defineRoute({
  method: 'POST',
  path: '/v1/keys',
  scope: 'keys:write',
  operationId: 'createKey',
  summary: 'Create an API key; its text is shown once',
  tag: 'keys',
  body: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 100 }),
      scopes: Type.Array(Type.String({ pattern: scopePattern }), { minItems: 1, maxItems: 50 }),
      expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
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
  handle: async ({ gateway, principal, address, trace, body }) => {
    const beyond = body.scopes.find((scope) => !covers(principal.scopes, scope))
    if (beyond !== undefined) throw new InterlineError('SCOPE_MISSING', { scope: beyond })
    const made = newKey(gateway.randomBytes)
    const expiresAt = gateway.now() + (body.expiresInDays ?? 365) * 86_400_000
    const { name, scopes: granted } = body
    const { tenant } = principal
    const after = { name, scopes: granted, expiresAt: new Date(expiresAt).toISOString() }
    await gateway.backbone.stores.keys.create(
      { id: made.id, tenant, name, hash: made.hash, scopes: granted, expiresAt },
      noteOf({ principal, address, trace }, { after }),
    )
    gateway.signals.keyChanged({ key: made.id, tenant: principal.tenant, change: 'created' })
    return { body: { id: made.id, key: made.text } }
  },
})

export const listKeys = defineRoute({
  method: 'GET',
  path: '/v1/keys',
  scope: 'keys:write',
  operationId: 'listKeys',
  summary: 'API keys, without their text',
  tag: 'keys',
  query: Type.Object({ ...pageQuery }, { additionalProperties: false }),
  answer: { status: 200, schema: pageSchema(key) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const rows = await call.gateway.backbone.stores.keys.list({
      tenant: call.principal.tenant,
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    })
    const shown = rows.map(({ id, name, scopes: granted, createdAt, expiresAt, revokedAt, lastUsedAt }) => ({
      id,
      name,
      scopes: granted,
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
  operationId: 'revokeKey',
  summary: 'Revoke an API key',
  tag: 'keys',
  answer: { status: 204 },
  handle: async ({ gateway, principal, address, trace, params }) => {
    const id = params.id ?? ''
    if (!(await gateway.backbone.stores.keys.revoke(principal.tenant, id, noteOf({ principal, address, trace }))))
      throw new InterlineError('NOT_FOUND', { what: 'active key with this id' })
    gateway.keys.forget()
    gateway.signals.keyChanged({ key: id, tenant: principal.tenant, change: 'revoked' })
    return {}
  },
})
