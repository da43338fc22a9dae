import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { type ClientQuota, quotasMost } from '../../../registry/client-quotas.ts'
import { noteOf } from '../../access/audit-note.ts'
import type { Quota } from '../../access/quota.ts'
import { InvalidRequest } from '../../problem.ts'
import { type Answer, type Call, defineRoute, etag } from '../../route.ts'

const rate = {
  perSecond: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Requests on average.' }),
  burst: Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'Requests at once, after a pause.' }),
}
const quota = Type.Object({
  client: Type.String({ description: 'Id of a key, a client or a person, or name of a connection.' }),
  ...rate,
  version: Type.Integer({ description: 'What a change names in If-Match; 0: it has none of its own.' }),
  changedAt: Type.Optional(Type.String({ description: 'RFC 3339; absent: what everybody has.' })),
})

/** At most a thousand. */
export const listQuotas = defineRoute({
  method: 'GET',
  path: '/v1/quotas',
  scope: 'clients:read',
  operationId: 'listQuotas',
  summary: 'How many requests clients may send: everybody, and those with a quota of their own',
  tag: 'keys',
  answer: {
    status: 200,
    schema: Type.Object({
      everybody: Type.Object(rate, { description: 'Of whoever has none of its own.' }),
      data: Type.Array(quota),
    }),
  },
  handle: async ({ gateway, principal }) => {
    const { everybody } = gateway.quotaDesk
    const own = await gateway.quotaDesk.list(principal.tenant)
    return { body: { everybody: rateOf(everybody), data: own.map((one) => shown(one.client, one)) } }
  },
})

/** Also of a client that has none of its own. */
export const readQuota = defineRoute({
  method: 'GET',
  path: '/v1/quotas/{client}',
  scope: 'clients:read',
  operationId: 'readQuota',
  summary: 'How many requests one client may send',
  tag: 'keys',
  answer: { status: 200, schema: quota },
  handle: async (call) => answerOf(call, await found(call)),
})

/** Whether there is such a client is not asked: it may come later. */
export const changeQuota = defineRoute({
  method: 'PUT',
  path: '/v1/quotas/{client}',
  scope: 'clients:write',
  operationId: 'changeQuota',
  summary: 'Say how many requests one client may send; it counts at once here, at other instances within seconds',
  tag: 'keys',
  repeatable: 'sets',
  conditional: true,
  body: Type.Object(
    {
      perSecond: rate.perSecond,
      burst: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 10_000_000,
          description: 'Requests at once; two seconds of them without it.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: quota },
  handle: async (call) => {
    const { gateway, principal, body } = call
    const { perSecond, burst = perSecond * 2 } = body
    const before = await demandVersion(call)
    const made = await gateway.quotaDesk.set(
      { tenant: principal.tenant, client: clientOf(call), perSecond, burst, version: before?.version ?? 0 },
      noteOf(call, {
        ...(before === undefined ? {} : { before: rateOf(before) }),
        after: { perSecond, burst },
      }),
    )
    if (made !== undefined) return answerOf(call, made)
    // Somebody was faster, or there are as many as there may be.
    await demandVersion(call)
    throw new InterlineError('QUOTAS_FULL', { most: quotasMost })
  },
})

/** From then on it has what everybody has. */
export const removeQuota = defineRoute({
  method: 'DELETE',
  path: '/v1/quotas/{client}',
  scope: 'clients:write',
  operationId: 'removeQuota',
  summary: 'Give a client what everybody has',
  tag: 'keys',
  repeatable: 'sets',
  conditional: true,
  answer: { status: 204 },
  handle: async (call): Promise<Answer> => {
    const before = await demandVersion(call)
    if (before === undefined) throw new InterlineError('NOT_FOUND', { what: 'quota of this client alone' })
    if (!(await call.gateway.quotaDesk.remove(before, noteOf(call, { before: rateOf(before) }))))
      await demandVersion(call)
    return {}
  },
})

/** What there is now, at the version that the caller knows. Throws VERSION_STALE. */
async function demandVersion(call: Call): Promise<ClientQuota | undefined> {
  const known = await found(call)
  const version = known?.version ?? 0
  if (call.ifMatch !== version) throw new InterlineError('VERSION_STALE', { version })
  return known
}

function found(call: Call): Promise<ClientQuota | undefined> {
  return call.gateway.quotaDesk.get(call.principal.tenant, clientOf(call))
}

/** Throws REQUEST_INVALID. */
function clientOf({ params }: Pick<Call, 'params'>): string {
  const client = params['client'] ?? ''
  if (/^[\w:.@-]{1,200}$/.test(client)) return client
  throw new InvalidRequest([
    { pointer: '#', detail: 'expected the id of a client, or the name of a connection', code: 'pattern' },
  ])
}

function answerOf(call: Call, own: ClientQuota | undefined): Answer {
  return {
    body: shown(clientOf(call), own ?? call.gateway.quotaDesk.everybody),
    headers: { etag: etag(own?.version ?? 0) },
  }
}

function rateOf({ perSecond, burst }: Quota): Quota {
  return { perSecond, burst }
}

function shown(client: string, own: Quota & Partial<ClientQuota>): Readonly<Record<string, unknown>> {
  const { version = 0, changedAt } = own
  return {
    client,
    ...rateOf(own),
    version,
    ...(changedAt === undefined ? {} : { changedAt: new Date(changedAt).toISOString() }),
  }
}
