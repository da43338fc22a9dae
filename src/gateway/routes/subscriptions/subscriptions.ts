import { Type } from 'typebox'
import type { Subscription } from '../../../backbone/stores.ts'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { type SubscriptionBody, sealSecrets, secretsOf } from '../../../registry/subscription.ts'
import { noteOf } from '../../access/audit-note.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { InvalidRequest } from '../../problem.ts'
import { type Call, defineRoute, etag } from '../../route.ts'

const subscription = Type.Object({
  id: Type.String(),
  url: Type.String(),
  types: Type.Array(Type.String(), { description: 'Type patterns, for example shipment.*' }),
  references: Type.Array(Type.String(), { description: 'scheme:value; empty means all objects.' }),
  state: Type.String({ description: 'active, paused or disabled.' }),
  partner: Type.Optional(Type.String({ description: 'Whose it is; absent for our own.' })),
  reason: Type.Optional(freeText(Type.String())),
  createdAt: Type.String(),
})

const wanted = {
  url: Type.String({ maxLength: 2048, pattern: '^https?://' }),
  types: Type.Optional(Type.Array(Type.String({ pattern: '^(\\*|[a-z_]+\\.(\\*|[a-z_]+))$' }), { maxItems: 100 })),
  references: Type.Optional(Type.Array(Type.String({ maxLength: 200, pattern: '^[a-z_]+:.+$' }), { maxItems: 100 })),
}

export const createSubscription = defineRoute({
  method: 'POST',
  path: '/v1/subscriptions',
  scope: 'subscriptions:write',
  personal: true,
  operationId: 'createSubscription',
  summary: 'Be told by webhook; the secret is shown once',
  tag: 'subscriptions',
  body: Type.Object(
    {
      ...wanted,
      partner: Type.Optional(
        Type.String({
          maxLength: 64,
          description:
            'A partner whose it is: it is sent these events whole, sees the subscription, changes its secret and tries it.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: { status: 201, schema: Type.Object({ ...subscription.properties, secret: Type.String() }) },
  handle: async ({ gateway, principal, address, body, trace, once }) => {
    demandAddress(body.url)
    demandPartner(gateway, principal.tenant, body.partner)
    const secret = newSecret(gateway.randomBytes(32))
    const id = `sub_${once}`
    const made: SubscriptionBody = {
      url: body.url,
      types: body.types ?? ['*'],
      references: body.references ?? [],
      sealedSecrets: await sealSecrets(gateway.sealing, { id, tenant: principal.tenant }, [{ text: secret }]),
      state: 'active',
      ...(body.partner === undefined ? {} : { partner: body.partner }),
    }
    const { stores } = gateway.backbone
    // The cursors first: what is recorded from now on is delivered, even if the hub stops between the two writes.
    const { facts } = await gateway.backbone.heads()
    await stores.cursors.save(
      facts.map((offset, partition) => ({ subscriber: `subscription:${id}`, partition, offset })),
    )
    // False when the same request was under way before and its answer was lost: it gets what was made then.
    await stores.subscriptions.create(
      { id, tenant: principal.tenant, body: made },
      noteOf({ principal, address, trace }, { after: wishOf(made) }),
    )
    await gateway.subscriptionsChanged()
    const stored = await stores.subscriptions.get(id)
    if (stored === undefined) throw new InterlineError('INTERNAL', { trace })
    const [newest] = (await secretsOf(gateway.sealing, stored)) ?? []
    return {
      body: { ...shown(stored), secret: newest?.text ?? secret },
      headers: { etag: etag(stored.version), location: `/v1/subscriptions/${id}` },
    }
  },
})

export const listSubscriptions = defineRoute({
  method: 'GET',
  path: '/v1/subscriptions',
  scope: 'subscriptions:read',
  partners: true,
  operationId: 'listSubscriptions',
  summary: 'Webhook subscriptions',
  tag: 'subscriptions',
  query: Type.Object({ ...pageQuery }, { additionalProperties: false }),
  answer: { status: 200, schema: pageSchema(subscription) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const rows = await call.gateway.backbone.stores.subscriptions.list({
      ...ownerOf(call.principal),
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    })
    return page(call, { rows: rows.map(shown), limit, query, position: ({ id }) => id })
  },
})

export const readSubscription = defineRoute({
  method: 'GET',
  path: '/v1/subscriptions/{id}',
  scope: 'subscriptions:read',
  partners: true,
  operationId: 'readSubscription',
  summary: 'One webhook subscription',
  tag: 'subscriptions',
  answer: { status: 200, schema: subscription },
  handle: async (call) => {
    const found = await findSubscription(call)
    return { body: shown(found), headers: { etag: etag(found.version) } }
  },
})

export const changeSubscription = defineRoute({
  method: 'PATCH',
  path: '/v1/subscriptions/{id}',
  scope: 'subscriptions:write',
  personal: true,
  operationId: 'changeSubscription',
  summary: 'Change, pause or resume a subscription',
  tag: 'subscriptions',
  repeatable: 'sets',
  body: Type.Object(
    { ...wanted, url: Type.Optional(wanted.url), state: Type.Optional(Type.String({ enum: ['active', 'paused'] })) },
    { additionalProperties: false },
  ),
  conditional: true,
  answer: { status: 200, schema: subscription },
  handle: async (call) => {
    const { body } = await findSubscription(call)
    if (call.body.url !== undefined) demandAddress(call.body.url)
    const changes = Object.fromEntries(Object.entries(call.body).filter(([, value]) => value !== undefined))
    return change(call, body as SubscriptionBody, { ...(body as SubscriptionBody), ...changes })
  },
})

export const rotateSubscription = defineRoute({
  method: 'POST',
  path: '/v1/subscriptions/{id}/rotate',
  scope: 'subscriptions:write',
  partners: true,
  operationId: 'rotateSubscription',
  summary: 'New secret, shown once; the old one signs too until a stated moment',
  tag: 'subscriptions',
  idempotent: true,
  query: Type.Object(
    {
      overlapHours: Type.Optional(
        Type.String({
          pattern: '^([1-9]?\\d|[1-6]\\d\\d|7[01]\\d|720)$',
          description: 'How long the old one signs, too: 0 to 720; 24 without it.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      id: Type.String(),
      secret: Type.String(),
      oldValidUntil: Type.String({ description: 'Until then every event is signed by both. RFC 3339.' }),
    }),
  },
  handle: async (call) => {
    const found = await findSubscription(call)
    const body = found.body as SubscriptionBody
    const secret = newSecret(call.randomBytes(32))
    const { stores } = call.gateway.backbone
    const until = call.gateway.now() + Number(call.query.overlapHours ?? '24') * 3_600_000
    // Those that cannot be read sign nothing any more; the new one does.
    const before = (await secretsOf(call.gateway.sealing, found)) ?? []
    const answer = (end: number) => ({
      body: { id: found.id, secret, oldValidUntil: new Date(end).toISOString() },
    })
    // The answer was lost: a second rotation would end the secret that the receiver has.
    if (before.some(({ text }) => text === secret)) {
      const ends = before.flatMap((one) => one.until ?? [])
      return answer(ends.length === 0 ? call.gateway.now() : Math.max(...ends))
    }
    const old = before.filter((one) => one.until === undefined).map((one) => ({ ...one, until }))
    const { secrets: _, ...rest } = body
    const sealedSecrets = await sealSecrets(call.gateway.sealing, found, [{ text: secret }, ...old])
    const changed = await stores.subscriptions.change(
      found.id,
      found.version,
      { ...rest, sealedSecrets },
      noteOf(call, { before: wishOf(body), after: { ...wishOf(body), secret: 'new' } }),
    )
    if (changed === undefined)
      throw new InterlineError('VERSION_STALE', { version: (await findSubscription(call)).version })
    await call.gateway.subscriptionsChanged()
    return answer(until)
  },
})

export const removeSubscription = defineRoute({
  method: 'DELETE',
  path: '/v1/subscriptions/{id}',
  scope: 'subscriptions:write',
  operationId: 'removeSubscription',
  summary: 'End a subscription',
  tag: 'subscriptions',
  repeatable: 'sets',
  conditional: true,
  answer: { status: 204 },
  handle: async (call) => {
    const found = await findSubscription(call)
    if (found.version !== call.ifMatch) throw new InterlineError('VERSION_STALE', { version: found.version })
    const { stores } = call.gateway.backbone
    const before = wishOf(found.body as SubscriptionBody)
    await stores.subscriptions.remove(found.id, noteOf(call, { before }))
    await stores.cursors.remove(`subscription:${found.id}`)
    await call.gateway.subscriptionsChanged()
    return {}
  },
})

async function change(
  call: Call,
  before: SubscriptionBody,
  body: SubscriptionBody,
): Promise<{ body: unknown; headers: Record<string, string> }> {
  const changed = await call.gateway.backbone.stores.subscriptions.change(
    call.params.id ?? '',
    call.ifMatch ?? -1,
    body,
    noteOf(call, { before: wishOf(before), after: wishOf(body) }),
  )
  if (changed === undefined)
    throw new InterlineError('VERSION_STALE', { version: (await findSubscription(call)).version })
  await call.gateway.subscriptionsChanged()
  return { body: shown(changed), headers: { etag: etag(changed.version) } }
}

/** Of the caller. Throws NOT_FOUND. */
export async function findSubscription(call: Call): Promise<Subscription> {
  const found = await call.gateway.backbone.stores.subscriptions.get(call.params.id ?? '')
  const { tenant, partner } = call.principal
  const isSeen = partner === undefined || (found?.body as SubscriptionBody | undefined)?.partner === partner
  if (found?.tenant !== tenant || !isSeen) throw new InterlineError('NOT_FOUND', { what: 'subscription with this id' })
  return found
}

function shown({ id, body, createdAt }: Subscription): Record<string, unknown> & { readonly id: string } {
  const { url, types, references, state, reason, partner } = body as SubscriptionBody
  return {
    ...(partner === undefined ? {} : { partner }),
    id,
    url,
    types,
    references,
    state,
    ...(reason === undefined ? {} : { reason }),
    createdAt: new Date(createdAt).toISOString(),
  }
}

/** What is wanted, without the secrets: for the audit log. */
function wishOf({
  url,
  types,
  references,
  state,
  partner,
}: SubscriptionBody): Pick<SubscriptionBody, 'url' | 'types' | 'references' | 'state' | 'partner'> {
  return { url, types, references, state, ...(partner === undefined ? {} : { partner }) }
}

/** Whose subscriptions are seen. */
function ownerOf({ tenant, partner }: Call['principal']): { readonly tenant: string; readonly partner?: string } {
  return partner === undefined ? { tenant } : { tenant, partner }
}

/** Throws REQUEST_INVALID. */
function demandPartner(gateway: Call['gateway'], tenant: string, partner: string | undefined): void {
  if (partner === undefined || gateway.network.partners(tenant).some(({ id }) => id === partner)) return
  throw new InvalidRequest([{ pointer: '#/partner', detail: 'is no partner that is declared', code: 'unknown' }])
}

function newSecret(bytes: Uint8Array): string {
  return `whsec_${Buffer.from(bytes).toString('base64')}`
}

/** Stored, what is no address would keep the hub from reading the subscriptions of everybody. Throws REQUEST_INVALID. */
function demandAddress(url: string): void {
  if (!URL.canParse(url)) throw new InvalidRequest([{ pointer: '#/url', detail: 'is not an address', code: 'format' }])
}
