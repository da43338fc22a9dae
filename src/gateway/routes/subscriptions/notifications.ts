import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { deskArrival } from '../../../flow/stewardship/desk.ts'
import type { Assertion } from '../../../model/fact.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { recipientSubject } from '../../../model/notification/notice.ts'
import type { RecipientState, SuppressionReport } from '../../../model/notification/recipient-state.ts'
import type { NotificationRow, RecipientRow } from '../../../views/notifications.ts'
import { entryOf } from '../../access/audit-note.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'

const text = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }))
const statuses = ['waiting', 'sent', 'told', 'refused', 'unknown', 'held_back']

/** Newest first. */
export const listNotifications = defineRoute({
  method: 'GET',
  path: '/v1/notifications',
  scope: 'notifications:read',
  operationId: 'listNotifications',
  summary: 'What was told to whom, when, and why not; recipients by their ids, never by an address',
  tag: 'notifications',
  query: Type.Object(
    {
      ...pageQuery,
      number: text('Number of the order, return or other matter.'),
      object: text('Hub id of what it is about.'),
      recipient: text('Hub id of the recipient.'),
      channel: text('Connection that carries it.'),
      event: text('What was told, such as shipment_delivered.'),
      status: Type.Optional(Type.String({ enum: statuses, description: 'What became of it.' })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        id: Type.String(),
        recipient: Type.String({ description: 'Hub id; of the order where nobody knows whom to tell.' }),
        rule: Type.String({ description: 'Declaration that wants it told.' }),
        channel: Type.String(),
        event: Type.String(),
        object: Type.String({ description: 'Hub id of what it is about.' }),
        number: Type.String({ description: 'Number that the reader knows; empty for none.' }),
        status: Type.String({
          description:
            'waiting: its time has not come · sent: with the ledger · told: the channel has it · refused: it does not want it · unknown: nobody knows · held_back: see reason.',
        }),
        reason: Type.Optional(freeText(Type.String({ description: 'Why not, or what the channel said.' }))),
        at: Type.String({ description: 'When it was to be told, RFC 3339.' }),
        changedAt: Type.String({ description: 'When it came to this.' }),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { number, object, recipient, channel, event, status } = call.query
    const wanted = { number, object, recipient, channel, event, status, after }
    const rows = await call.gateway.notifications.list({
      tenant: call.principal.tenant,
      ...Object.fromEntries(Object.entries(wanted).filter(([, one]) => one !== undefined)),
      limit: limit + 1,
    })
    return page(call, { rows, limit, query, position: ({ position }) => position, shown: shown })
  },
})

/** Newest first. */
export const listSuppressions = defineRoute({
  method: 'GET',
  path: '/v1/notifications/suppressions',
  scope: 'notifications:read',
  operationId: 'listSuppressions',
  summary: 'Recipients to whom nothing is sent: nobody has the address, or it is not wanted',
  tag: 'notifications',
  query: Type.Object(pageQuery, { additionalProperties: false }),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        recipient: Type.String({ description: 'Hub id.' }),
        channel: Type.String(),
        reason: Type.String({ description: 'bounced or unsubscribed.' }),
        by: Type.String({ description: 'Key or connection that said so; hub for the hub itself.' }),
        said: Type.Optional(
          Type.String({ description: 'Code of the server that took a mail back, RFC 3463, such as 5.1.1.' }),
        ),
        since: Type.String({ description: 'RFC 3339.' }),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const rows = await call.gateway.notifications.suppressed({
      tenant: call.principal.tenant,
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    })
    const states = await call.gateway.backbone.states(rows.map(({ id }) => id))
    return page(call, { rows, limit, query, position: ({ position }) => position, shown: shownWith(states) })
  },
})

const answer = {
  status: 202,
  schema: Type.Object({
    recipient: Type.String(),
    message: Type.String({ description: 'The message that says it.' }),
  }),
} as const

/** By the id of a message’s header, or by an address. */
export const createSuppression = defineRoute({
  method: 'POST',
  path: '/v1/notifications/suppressions',
  scope: 'notifications:write',
  operationId: 'createSuppression',
  summary: 'Send nothing more to a recipient, named by the id that his messages carry, or by channel and address',
  tag: 'notifications',
  body: Type.Object(
    {
      recipient: Type.Optional(Type.String({ pattern: '^rcp_[0-9a-z]{26}$' })),
      channel: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      address: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer,
  handle: async (call) => {
    const { recipient, channel, address } = call.body
    const { tenant } = call.principal
    const by = call.principal.key
    if (channel !== undefined && address !== undefined && recipient === undefined) {
      if (call.gateway.connections().get(channel)?.tenant !== tenant)
        throw new InterlineError('CONNECTION_UNKNOWN', { connection: channel })
      const data: SuppressionReport = { action: 'suppress', channel, to: { address }, by }
      return say(call, recipientSubject(tenant, channel, address), data)
    }
    if (recipient === undefined)
      throw new InterlineError('NOT_FOUND', { what: 'recipient without an id or an address' })
    const told = await whereTold(call, recipient)
    return say(call, recipient, { action: 'suppress', ...told, by })
  },
})

/** Undoes a suppression, whoever said it. */
export const removeSuppression = defineRoute({
  method: 'DELETE',
  path: '/v1/notifications/suppressions/{recipient}',
  scope: 'notifications:write',
  operationId: 'removeSuppression',
  summary: 'Tell a recipient things again',
  tag: 'notifications',
  repeatable: 'sets',
  answer,
  handle: async (call) => {
    const recipient = call.params['recipient'] ?? ''
    await whereTold(call, recipient)
    return say(call, recipient, { action: 'release', by: call.principal.key })
  },
})

/** For those who write texts and declarations. */
export const listNotificationEvents = defineRoute({
  method: 'GET',
  path: '/v1/notifications/events',
  scope: 'notifications:read',
  operationId: 'listNotificationEvents',
  summary: 'Every kind of news, whom it is for, and the values that its texts can use',
  tag: 'notifications',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          name: Type.String(),
          audience: Type.String({ description: 'customer or staff.' }),
          about: Type.String(),
          values: Type.Record(Type.String(), Type.Unknown(), { description: 'Each value with an example.' }),
        }),
      ),
    }),
  },
  handle: async ({ gateway }) => ({
    body: { data: gateway.notificationDesk.events.map(({ example: values, ...event }) => ({ ...event, values })) },
  }),
})

/** Nothing is sent. */
export const previewNotification = defineRoute({
  method: 'POST',
  path: '/v1/notifications/preview',
  scope: 'notifications:read',
  operationId: 'previewNotification',
  summary: 'What a reader would get, in the words of the tenant',
  tag: 'notifications',
  repeatable: 'asks',
  body: Type.Object(
    {
      event: Type.String({ minLength: 1, maxLength: 60 }),
      locale: Type.Optional(Type.String({ maxLength: 35, description: 'BCP 47; en without it.' })),
      timeZone: Type.Optional(Type.String({ maxLength: 60, description: 'IANA; UTC without it.' })),
      values: Type.Optional(
        Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 1000 }), {
          maxProperties: 50,
          description: 'Instead of those of the example.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      subject: Type.String(),
      text: Type.String(),
      html: Type.String(),
      locale: Type.String({ description: 'Language that somebody wrote it in.' }),
    }),
  },
  handle: async ({ gateway, principal, body }) => {
    const { event, locale = 'en', timeZone = 'UTC', values } = body
    const wish = { event, locale, timeZone, ...(values === undefined ? {} : { values }) }
    const written = gateway.notificationDesk.preview(principal.tenant, wish)
    if (written === undefined) throw new InterlineError('NOT_FOUND', { what: 'event with this name' })
    return { body: written }
  },
})

function shown({
  id,
  recipient,
  rule,
  channel,
  event,
  object,
  number,
  status,
  reason,
  at,
  changedAt,
}: NotificationRow) {
  const why = reason === '' ? {} : { reason }
  return { id, recipient, rule, channel, event, object, number, status, ...why, at, changedAt }
}

function shownWith(states: ReadonlyMap<string, { readonly body: string }>) {
  return ({ id: recipient, channel, reason, by, since }: RecipientRow): object => {
    const { suppressed } = JSON.parse(states.get(recipient)?.body ?? '{}') as Partial<RecipientState>
    const { said } = suppressed ?? {}
    return { recipient, channel, reason, by, since, ...(said === undefined ? {} : { said }) }
  }
}

/** Where he is told, if the tenant has ever told him anything. Throws NOT_FOUND. */
async function whereTold(
  call: Call,
  recipient: string,
): Promise<Pick<SuppressionReport & { action: 'suppress' }, 'channel' | 'to'>> {
  const found = (await call.gateway.backbone.states([recipient])).get(recipient)
  if (found === undefined || found.tenant !== call.principal.tenant || !recipient.startsWith('rcp_'))
    throw new InterlineError('NOT_FOUND', { what: 'recipient with this id' })
  const { channel, to } = JSON.parse(found.body) as Pick<SuppressionReport & { action: 'suppress' }, 'channel' | 'to'>
  return { channel, to }
}

async function say(call: Call, recipient: string, data: SuppressionReport): Promise<Answer> {
  const { gateway, principal, trace, once } = call
  const about = {
    entity: 'recipient',
    references: [{ scheme: 'recipient', value: recipient }],
    unknown: 'create',
  } as const
  const assertion: Assertion = { type: 'recipient.suppression_reported', about, data }
  const identity = `recipient.suppression_reported:${recipient}:${once === '' ? trace : once}`
  const { partitions } = gateway.backbone
  const { id: message } = await gateway.intake.accept(
    deskArrival([assertion], {
      tenant: principal.tenant,
      identity,
      trace,
      partitions,
      audit: entryOf(call, {
        change: 'change',
        kind: 'recipient',
        name: recipient,
        source: identity,
        after: { action: data.action },
      }),
    }),
  )
  return { status: 202, body: { recipient, message } }
}
