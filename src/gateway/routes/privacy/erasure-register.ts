import { Type } from 'typebox'
import { noteOf } from '../../access/audit-note.ts'
import { defineRoute } from '../../route.ts'

const open = { additionalProperties: false }
const entry = Type.Object(
  {
    id: Type.String({ minLength: 5, maxLength: 60, pattern: '^ers_[a-z0-9]+$' }),
    at: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339.' })),
    objects: Type.Array(Type.String({ maxLength: 100 }), {
      maxItems: 10_000,
      description: 'Objects that they had a part in.',
    }),
    salt: Type.String({ minLength: 16, maxLength: 64 }),
    prints: Type.Array(Type.String({ maxLength: 60 }), {
      maxItems: 1000,
      description: 'What tells whether a value was theirs, and not what it was.',
    }),
  },
  open,
)
const entriesMost = 5000

/** The register, for the day on which a backup is restored. */
export const readErasureRegister = defineRoute({
  method: 'GET',
  path: '/v1/privacy/register',
  scope: 'privacy:erase',
  personal: true,
  operationId: 'readErasureRegister',
  summary: 'What is needed to erase the same people in a restored backup; it does not say who they were',
  tag: 'privacy',
  answer: { status: 200, schema: Type.Object({ entries: Type.Array(entry) }) },
  handle: async ({ gateway, principal }) => {
    const found = await gateway.privacy.erasures(principal.tenant, { limit: entriesMost })
    const entries = found.map(({ id, at, objects, salt, prints }) => ({
      id,
      at: new Date(at).toISOString(),
      objects,
      salt,
      prints,
    }))
    return { body: { entries } }
  },
})

/** Erases again. */
export const repeatErasures = defineRoute({
  method: 'POST',
  path: '/v1/privacy/repetitions',
  scope: 'privacy:erase',
  personal: true,
  operationId: 'repeatErasures',
  summary: 'Erase again whom a restored backup brought back; those who are not there are passed over',
  tag: 'privacy',
  idempotent: true,
  body: Type.Object(
    {
      entries: Type.Array(entry, { minItems: 1, maxItems: 100 }),
      reason: Type.String({ minLength: 3, maxLength: 500 }),
    },
    open,
  ),
  answer: {
    status: 202,
    schema: Type.Object({
      begun: Type.Array(Type.String(), { description: 'Erasures that are done once more.' }),
      absent: Type.Array(Type.String(), { description: 'Nothing of these people is there.' }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, body, once } = call
    const [begun, absent]: [string[], string[]] = [[], []]
    for (const [at, { id, objects, salt, prints }] of body.entries.entries()) {
      const isThere = await gateway.privacy.repeat(
        {
          ...{ id, objects, salt, prints, tenant: principal.tenant, reason: body.reason, by: principal.key },
          job: `job_${once}_${at}`,
        },
        noteOf(call, { reason: body.reason, after: { again: true } }),
      )
      ;(isThere ? begun : absent).push(id)
    }
    return { body: { begun, absent } }
  },
})
