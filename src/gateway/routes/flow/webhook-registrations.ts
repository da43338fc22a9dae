import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { InvalidRequest } from '../../problem.ts'
import { defineRoute } from '../../route.ts'

export const createWebhookRegistration = defineRoute({
  method: 'POST',
  path: '/v1/webhook-registrations',
  scope: 'system:write',
  operationId: 'createWebhookRegistration',
  summary: 'Have a carrier told to call the hub: once per connection and URL, through the ledger',
  tag: 'effects',
  repeatable: 'sets',
  body: Type.Object(
    {
      connection: Type.String({ maxLength: 100 }),
      url: Type.Optional(
        Type.String({
          maxLength: 1000,
          pattern: '^https?://',
          description:
            'What the carrier shall call; by default the inbound URL of the connection below INTERLINE_PUBLIC_URL.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 202,
    schema: Type.Object({
      effect: Type.String({ description: 'The effect that does it; the same one whenever the same is asked for.' }),
      connection: Type.String(),
      url: Type.String(),
      state: Type.String({ description: 'State of the effect: applied once the carrier has it.' }),
      webhook: Type.Optional(Type.String({ description: 'Its number at the carrier.' })),
      reason: Type.Optional(freeText(Type.String())),
    }),
  },
  handle: async ({ gateway, principal, body, trace }) => {
    const connection = gateway.connections().get(body.connection)
    if (connection?.tenant !== principal.tenant || connection.connector.inbound === undefined)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection: body.connection })
    const url = body.url ?? (gateway.publicUrl === '' ? undefined : `${gateway.publicUrl}/v1/inbound/${connection.id}`)
    if (url === undefined)
      throw new InvalidRequest([
        { pointer: '#/url', detail: 'is needed, because INTERLINE_PUBLIC_URL is not set', code: 'required' },
      ])
    const made = await gateway.registerWebhook({ connection, url, trace })
    gateway.node.wake()
    return {
      body: {
        effect: made.id,
        connection: connection.id,
        url,
        state: made.state,
        ...(made.documentReference === undefined ? {} : { webhook: made.documentReference }),
        ...(made.reason === undefined ? {} : { reason: made.reason }),
      },
      headers: { location: `/v1/effects/${made.id}` },
    }
  },
})
