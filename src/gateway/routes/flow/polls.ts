import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { writeInstant } from '../../../base/instant.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { defineRoute } from '../../route.ts'

const count = Type.Object({
  connection: Type.String(),
  everyMinutes: Type.Number({ description: 'Usual pause between two questions about a parcel on its way.' }),
  outcomes: Type.Object({
    news: Type.Integer({ description: 'Answers that were stored as a message.' }),
    nothing_new: Type.Integer({ description: 'Answers that were known to the byte.' }),
    unknown_number: Type.Integer({ description: 'The system knows no such number.' }),
    failed: Type.Integer({ description: 'Nobody answered, or not now.' }),
  }),
  lastAskedAt: Type.Optional(Type.String()),
})

export const listPolls = defineRoute({
  method: 'GET',
  path: '/v1/polls',
  scope: 'shipments:read',
  operationId: 'listPolls',
  summary: 'Connections that are asked about shipments without news, and what this instance heard since it started',
  tag: 'shipments',
  answer: { status: 200, schema: Type.Object({ data: Type.Array(count) }) },
  handle: async ({ gateway, principal }) => {
    const own = gateway.node.poller
      .counts()
      .filter(({ connection }) => gateway.connections().get(connection)?.tenant === principal.tenant)
    const data = own.map(({ lastAskedAt, ...one }) => ({
      ...one,
      ...(lastAskedAt === undefined ? {} : { lastAskedAt: writeInstant(lastAskedAt) }),
    }))
    return { body: { data } }
  },
})

export const createPoll = defineRoute({
  method: 'POST',
  path: '/v1/polls',
  scope: 'inbound:write',
  operationId: 'createPoll',
  summary: 'Ask a carrier about one tracking number now; what it says is taken in like a message that it sent',
  tag: 'shipments',
  repeatable: 'knows',
  body: Type.Object(
    {
      connection: Type.String({ maxLength: 100 }),
      trackingNumber: Type.String({ minLength: 1, maxLength: 100 }),
      carrier: Type.Optional(Type.String({ maxLength: 60 })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      outcome: Type.String({ description: 'news, nothing_new, unknown_number or failed.' }),
      message: Type.Optional(Type.String({ description: 'The message that holds the answer.' })),
      reason: Type.Optional(freeText(Type.String())),
    }),
  },
  handle: async ({ gateway, principal, body }) => {
    const connection = gateway.connections().get(body.connection)
    if (connection?.tenant !== principal.tenant)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection: body.connection })
    const { trackingNumber, carrier } = body
    const asked = carrier === undefined ? { trackingNumber } : { trackingNumber, carrier }
    return { body: { ...(await gateway.node.poller.ask(connection, asked)) } }
  },
})
