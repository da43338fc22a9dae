import { Type } from 'typebox'
import type { QuotaRefusal } from '../../../registry/quota-refusals.ts'
import { type Call, defineRoute } from '../../route.ts'

const dayMs = 86_400_000
/** Of keys, and of clients; a partner with more looks at them one by one. */
const clientsMost = 200

const use = Type.Object({
  client: Type.String({ description: 'Id of a key or a client, or name of a connection.' }),
  kind: Type.Union([Type.Literal('key'), Type.Literal('client'), Type.Literal('connection')]),
  name: Type.String(),
  partner: Type.Optional(Type.String({ description: 'Whose it is; absent for our own.' })),
  perSecond: Type.Integer({ description: 'Requests on average.' }),
  burst: Type.Integer({ description: 'Requests at once, after a pause.' }),
  used: Type.Integer({ description: 'Of these, used at this moment.' }),
  secondsUntilFull: Type.Integer({ description: 'Until all of it may be used again without another request; 0: now.' }),
  refused: Type.Integer({ description: 'Requests that were refused for it in 24 hours.' }),
  refusals: Type.Array(
    Type.Object(
      { operation: Type.String(), refused: Type.Integer(), lastAt: Type.String() },
      { description: 'RFC 3339.' },
    ),
    { description: 'Which ones, the newest first.' },
  ),
})

/** Staff see all, or those of one partner; a partner sees its own. */
export const listQuotaUse = defineRoute({
  method: 'GET',
  path: '/v1/quota-use',
  scope: 'network:read',
  partners: true,
  operationId: 'listQuotaUse',
  summary:
    'How much of their quotas keys, clients and connections have used, when it renews, and what was refused lately',
  tag: 'keys',
  query: Type.Object(
    { partner: Type.Optional(Type.String({ maxLength: 64, description: 'Only what is of this partner.' })) },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: Type.Object({ data: Type.Array(use) }) },
  handle: async (call) => {
    const { gateway, principal } = call
    const clients = await clientsOf(call)
    const ids = clients.map(({ client }) => client)
    const [levels, refusals] = await Promise.all([
      gateway.quotaDesk.levels(principal.tenant, ids),
      gateway.quotaDesk.refusals(principal.tenant, ids, gateway.now() - dayMs),
    ])
    const refused = Map.groupBy(refusals, ({ client }) => client)
    return {
      body: {
        data: clients.flatMap((one) => {
          const level = levels.get(one.client)
          if (level === undefined) return []
          const { perSecond, burst, left, secondsUntilFull } = level
          return [{ ...one, perSecond, burst, used: burst - left, secondsUntilFull, ...told(refused.get(one.client)) }]
        }),
      },
    }
  },
})

interface Client {
  readonly client: string
  readonly kind: 'key' | 'client' | 'connection'
  readonly name: string
  readonly partner?: string
}

/** Whoever may send something: keys and clients that count, and connections. */
async function clientsOf({
  gateway,
  principal,
  query,
}: Call<{ readonly partner?: string }>): Promise<readonly Client[]> {
  const { tenant } = principal
  const partner = principal.partner ?? query.partner
  const of = { tenant, limit: clientsMost, ...(partner === undefined ? {} : { partner }) }
  const [keys, clients] = await Promise.all([gateway.backbone.stores.keys.list(of), gateway.oauth.clients.list(of)])
  const now = gateway.now()
  const owners = new Map(
    gateway.network.partners(tenant).flatMap((one) => one.connections.map(({ id }) => [id, one.id] as const)),
  )
  const connections = [...gateway.connections().values()].filter(
    (one) =>
      one.tenant === tenant &&
      one.connector.inbound !== undefined &&
      (partner === undefined || owners.get(one.id) === partner),
  )
  const known =
    (kind: Client['kind']) =>
    (one: { readonly id: string; readonly name: string; readonly partner?: string }): Client => ({
      ...{ client: one.id, kind, name: one.name },
      ...(one.partner === undefined ? {} : { partner: one.partner }),
    })
  return [
    ...keys
      .filter(({ revokedAt, expiresAt = now + 1 }) => revokedAt === undefined && expiresAt > now)
      .map(known('key')),
    ...clients.filter(({ revokedAt }) => revokedAt === undefined).map(known('client')),
    ...connections.map(({ id }) => {
      const owner = owners.get(id)
      return known('connection')({ id, name: id, ...(owner === undefined ? {} : { partner: owner }) })
    }),
  ]
}

function told(refusals: readonly QuotaRefusal[] = []): object {
  return {
    refused: refusals.reduce((sum, { refused }) => sum + refused, 0),
    refusals: refusals.map(({ operation, refused, lastAt }) => ({
      operation,
      refused,
      lastAt: new Date(lastAt).toISOString(),
    })),
  }
}
