import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { type ApiClient, activeCredentials, type Credential, clientMethods } from '../../../registry/clients.ts'
import { noteOf } from '../../access/audit-note.ts'
import { newId } from '../../access/key.ts'
import { demandCovers, scopePattern } from '../../access/scope.ts'
import { tokenPath } from '../../oauth/authorization-server.ts'
import { changeCredentials } from '../../oauth/changed-credentials.ts'
import { makeCredential } from '../../oauth/credentials.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'
import { nameSchema } from './welcome.ts'

const credentialMembers = {
  publicKey: Type.Optional(Type.String({ maxLength: 10_000, description: 'PEM, for private_key_jwt.' })),
  keyId: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'The `kid` that the client writes, if it writes one.' }),
  ),
  certificate: Type.Optional(Type.String({ maxLength: 20_000, description: 'PEM, for self_signed_tls_client_auth.' })),
  subject: Type.Optional(
    Type.Object(
      {
        kind: Type.Union(
          (['dn', 'dns', 'uri', 'ip', 'email'] as const).map((kind) => Type.Literal(kind)),
          { description: 'Which name of the certificate.' },
        ),
        value: Type.String({ minLength: 1, maxLength: 1000 }),
      },
      { additionalProperties: false, description: 'For tls_client_auth.' },
    ),
  ),
  expiresInDays: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 3650, description: 'A secret ends after 365 days without it.' }),
  ),
}

const madeSchema = Type.Object({
  id: Type.String({ description: 'The `client_id`.' }),
  tokenEndpoint: Type.String(),
  secret: Type.Optional(Type.String({ description: 'Keep it: it is not stored and never shown again.' })),
})

const clientSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  partner: Type.Optional(Type.String()),
  method: Type.String(),
  bound: Type.Boolean({ description: 'Whether its tokens count only with its certificate.' }),
  scopes: Type.Array(Type.String()),
  credentials: Type.Array(
    Type.Object({ id: Type.String(), createdAt: Type.String(), expiresAt: Type.Optional(Type.String()) }),
    { description: 'What counts now; two during a rotation.' },
  ),
  createdAt: Type.String(),
  revokedAt: Type.Optional(Type.String()),
  lastUsedAt: Type.Optional(Type.String()),
})

/** Makes a client; where it proves itself by a secret, that is said once. */
export const createClient = defineRoute({
  method: 'POST',
  path: '/v1/clients',
  scope: 'clients:write',
  operationId: 'createClient',
  summary: 'Let a system or partner get tokens by OAuth 2 client credentials',
  tag: 'keys',
  idempotent: true,
  body: Type.Object(
    {
      name: nameSchema,
      scopes: Type.Array(Type.String({ pattern: scopePattern }), { minItems: 1, maxItems: 50 }),
      method: Type.Union(
        clientMethods.map((method) => Type.Literal(method)),
        { description: 'How it proves who it is. A secret only where nothing else is possible.' },
      ),
      partner: Type.Optional(Type.String({ maxLength: 64, description: 'The partner whose things alone it sees.' })),
      bound: Type.Optional(
        Type.Boolean({ description: 'Tokens only with the certificate; always so where a certificate is the proof.' }),
      ),
      ...credentialMembers,
    },
    { additionalProperties: false },
  ),
  answer: { status: 201, schema: madeSchema },
  handle: async (call) => {
    const { gateway, principal, body } = call
    const { name, scopes, method, partner, bound, ...said } = body
    demandCovers(principal, scopes)
    if (partner !== undefined && !gateway.network.partners(principal.tenant).some(({ id }) => id === partner))
      throw new InterlineError('CLIENT_INVALID', { problem: `there is no partner ${partner}` })
    const made = makeCredential(method, said, { now: gateway.now(), randomBytes: call.randomBytes })
    const isBound = bound === true || method === 'tls_client_auth' || method === 'self_signed_tls_client_auth'
    const id = newId('cli', call.randomBytes)
    const shared = { name, method, scopes, ...(partner === undefined ? {} : { partner }) }
    await gateway.oauth.clients.add(
      { id, tenant: principal.tenant, ...shared, isBound, credentials: [made.credential] },
      noteOf(call, { after: { ...shared, bound: isBound } }),
    )
    gateway.signals.clientChanged({ client: id, tenant: principal.tenant, change: 'created' })
    return madeAnswer(gateway, id, made.secret)
  },
})

/** Clients and what counts of their proofs. */
export const listClients = defineRoute({
  method: 'GET',
  path: '/v1/clients',
  scope: 'clients:read',
  operationId: 'listClients',
  summary: 'Systems and partners that get tokens, without their secrets',
  tag: 'keys',
  query: Type.Object({ ...pageQuery }, { additionalProperties: false }),
  answer: { status: 200, schema: pageSchema(clientSchema) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const rows = await call.gateway.oauth.clients.list({
      tenant: call.principal.tenant,
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    })
    const shown = rows.map((client) => shownClient(client, call.gateway.now()))
    return page(call, { rows: shown, limit, query, position: ({ id }) => String(id) })
  },
})

/** Another proof of identity, beside the old one or instead of it. */
export const rotateClient = defineRoute({
  method: 'POST',
  path: '/v1/clients/{id}/credentials',
  scope: 'clients:write',
  operationId: 'rotateClient',
  summary: 'Give a client another key, certificate or secret; the old one counts on for a while, or ends at once',
  tag: 'keys',
  idempotent: true,
  body: Type.Object(
    {
      ...credentialMembers,
      overlapHours: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 720,
          description: 'How long the old one counts on; 24 without it. With 0 its tokens are void at once.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: { status: 201, schema: madeSchema },
  handle: async (call) => {
    const { gateway, principal, body } = call
    const client = await clientOf(call)
    // Whoever has its new secret is the client.
    demandCovers(principal, client.scopes)
    const { overlapHours = 24, ...said } = body
    const now = gateway.now()
    const made = makeCredential(client.method, said, { now, randomBytes: call.randomBytes })
    // Of subjects only one is looked at: the new one counts from now on.
    const overlap = client.method === 'tls_client_auth' ? 0 : overlapHours
    const changed = await changeCredentials(
      call,
      client.id,
      (found) =>
        // The answer was lost: a second rotation would end what the client has.
        found.credentials.some(({ id }) => id === made.credential.id)
          ? undefined
          : { credentials: [...overlapping(found, now, overlap), made.credential], voidsTokens: overlap === 0 },
      noteOf(call, { after: { credential: made.credential.id, overlapHours: overlap } }),
    )
    if (changed === undefined) throw missing()
    return madeAnswer(gateway, client.id, made.secret)
  },
})

/** Ends a client and its tokens. */
export const revokeClient = defineRoute({
  method: 'DELETE',
  path: '/v1/clients/{id}',
  scope: 'clients:write',
  operationId: 'revokeClient',
  summary: 'Revoke a client; its tokens are void with that',
  tag: 'keys',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call): Promise<Answer> => {
    const { gateway, principal, params } = call
    const id = params.id ?? ''
    if (!(await gateway.oauth.clients.revoke(principal.tenant, id, noteOf(call)))) throw missing()
    gateway.keys.forget()
    gateway.signals.clientChanged({ client: id, tenant: principal.tenant, change: 'revoked' })
    return {}
  },
})

/** The newest of those that count, for a while: two at a time are enough for a rotation. */
function overlapping(client: ApiClient, now: number, hours: number): readonly Credential[] {
  const last = activeCredentials(client, now).at(-1)
  if (last === undefined || hours === 0) return []
  const end = now + hours * 3_600_000
  return [{ ...last, expiresAt: Math.min(last.expiresAt ?? end, end) }]
}

/** Of the caller's tenant. Throws NOT_FOUND. */
async function clientOf({ gateway, principal, params }: Call): Promise<ApiClient> {
  const client = await gateway.oauth.clients.get(params.id ?? '')
  if (client?.tenant !== principal.tenant || client.revokedAt !== undefined) throw missing()
  return client
}

function missing(): InterlineError {
  return new InterlineError('NOT_FOUND', { what: 'active client with this id' })
}

function madeAnswer({ oauth }: Call['gateway'], id: string, secret: string | undefined): Answer {
  const tokenEndpoint = `${oauth.tlsAddress() ?? oauth.address()}${tokenPath}`
  return { body: { id, tokenEndpoint, ...(secret === undefined ? {} : { secret }) } }
}

function shownClient(client: ApiClient, now: number): Record<string, unknown> {
  const { id, name, partner, method, isBound, scopes, createdAt, revokedAt, lastUsedAt } = client
  const date = (at: number): string => new Date(at).toISOString()
  return {
    id,
    name,
    ...(partner === undefined ? {} : { partner }),
    method,
    bound: isBound,
    scopes,
    credentials: activeCredentials(client, now).map((one) => ({
      id: one.id,
      createdAt: date(one.createdAt),
      ...(one.expiresAt === undefined ? {} : { expiresAt: date(one.expiresAt) }),
    })),
    createdAt: date(createdAt),
    ...(revokedAt === undefined ? {} : { revokedAt: date(revokedAt) }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt: date(lastUsedAt) }),
  }
}
