import { Type } from 'typebox'
import { noteOf } from '../../access/audit-note.ts'
import { defineRoute } from '../../route.ts'

const open = { additionalProperties: false }

/** How a person is found; in the body, because addresses of requests are logged by whoever stands between. */
export const personAsked = Type.Union(
  [
    Type.Object({ email: Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+$' }) }, open),
    Type.Object({ phone: Type.String({ minLength: 7, maxLength: 40, pattern: '^[ \\t]*\\+?[0-9 ().\\-/]+$' }) }, open),
    Type.Object(
      {
        name: Type.String({ minLength: 4, maxLength: 200, pattern: '\\S' }),
        postalCode: Type.String({ minLength: 2, maxLength: 20, pattern: '\\S' }),
      },
      open,
    ),
    Type.Object(
      { reference: Type.String({ minLength: 1, maxLength: 100, description: 'Order, shipment, tracking number …' }) },
      open,
    ),
  ],
  {
    description:
      'By what the person is found: e-mail address, phone number, name and postal code, or a number of theirs.',
  },
)

const texts = Type.Array(Type.String())

/** What somebody is known by. */
export const shownPersonSchema = Type.Object(
  { names: texts, reachedBy: texts, streets: texts, postalCodes: texts },
  { description: 'What they are known by: what was asked for, and what stands with it.' },
)

/** Everything about one person. */
export const exportPerson = defineRoute({
  method: 'POST',
  path: '/v1/privacy/exports',
  scope: 'privacy:export',
  personal: true,
  operationId: 'exportPerson',
  summary:
    'Everything that is kept about one person, as one document; the audit log says that it was asked for, not of whom',
  tag: 'privacy',
  repeatable: 'asks',
  body: Type.Object(
    {
      person: personAsked,
      reason: Type.Optional(
        Type.String({
          minLength: 3,
          maxLength: 500,
          description: 'Such as the number of the request; without names, it stays in the audit log.',
        }),
      ),
    },
    open,
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      person: shownPersonSchema,
      objects: Type.Array(Type.Object({ id: Type.String(), state: Type.Unknown() }), {
        description: 'Orders, shipments, tasks … that they have a part in, as they are now.',
      }),
      facts: Type.Array(
        Type.Object({
          ...{ id: Type.String(), type: Type.String(), subject: Type.String(), recordedAt: Type.String() },
          data: Type.Unknown(),
        }),
        { description: 'What was told of them.' },
      ),
      messages: Type.Array(
        Type.Object({
          ...{ id: Type.String(), connection: Type.String(), receivedAt: Type.String(), contentType: Type.String() },
          body: Type.String({
            description: 'The bytes as they came, Base64. Others may be in it, too: look before you hand it on.',
          }),
        }),
      ),
      records: Type.Array(Type.Object({ kind: Type.String(), record: Type.Record(Type.String(), Type.Unknown()) }), {
        description: 'Postings, notifications, people who follow a shipment, accounts, notes.',
      }),
      told: Type.Array(Type.String(), { description: 'Systems outside that were told of them.' }),
      isComplete: Type.Boolean({ description: 'No: there is more than one document holds.' }),
    }),
  },
  handle: async (call) => {
    const { person, reason } = call.body
    const note = noteOf(call, reason === undefined ? {} : { reason })
    return { body: await call.gateway.privacy.export(call.principal.tenant, person, note) }
  },
})
