import { Type } from 'typebox'
import { noteOf } from '../../access/audit-note.ts'
import type { NetworkPlan, SentManifests } from '../../desks/network-desk.ts'
import { defineRoute } from '../../route.ts'

const file = Type.Object(
  {
    path: Type.String({
      pattern: '^(?!\\.)[^/\\\\\u0000-\u001f]{1,200}(/(?!\\.)[^/\\\\\u0000-\u001f]{1,200}){0,9}$',
      description: 'Within the folder, with `/` between names.',
    }),
    content: Type.String({ maxLength: 1_400_000, description: 'Its bytes in base64.' }),
  },
  { additionalProperties: false },
)
const manifests = {
  source: Type.Optional(
    Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{0,39}$',
      description:
        'Name of the folder; what it declares is replaced as a whole, what others declare stays. `network` without it.',
    }),
  ),
  files: Type.Array(file, { maxItems: 2000 }),
}
const optionalText = Type.Optional(Type.String())
const changes = Type.Array(
  Type.Object({
    change: Type.String({ description: 'create, change or remove.' }),
    kind: Type.String(),
    name: Type.String(),
    fields: Type.Array(Type.Object({ path: Type.String(), before: optionalText, after: optionalText })),
  }),
)
const revision = Type.Integer({ description: 'Counts the changes of the network.' })

/** 16 MiB of files in base64, and what is around them. */
const bytesMax = 24 * 1024 * 1024

/** What manifests would change. */
export const planNetwork = defineRoute({
  method: 'POST',
  path: '/v1/network/plans',
  scope: 'network:read',
  operationId: 'planNetwork',
  summary: 'What a folder of manifests would change, and what is wrong with it; nothing is changed',
  tag: 'network',
  repeatable: 'asks',
  body: Type.Object(manifests, { additionalProperties: false }),
  bytesMax,
  answer: {
    status: 200,
    schema: Type.Object({
      revision,
      changes,
      problems: Type.Array(
        Type.Object({
          code: Type.String(),
          file: Type.String(),
          line: Type.Integer(),
          path: Type.String(),
          message: Type.String(),
          nextAction: Type.String(),
        }),
      ),
    }),
  },
  handle: async ({ gateway, principal, body }) => {
    const { revision: found, changes: planned, problems } = await gateway.network.plan(principal, sent(body))
    return { body: { revision: found, changes: planned.map(shown), problems } }
  },
})

/** Puts manifests in force. */
export const applyNetwork = defineRoute({
  method: 'POST',
  path: '/v1/network',
  scope: 'network:write',
  operationId: 'applyNetwork',
  summary: 'Put a folder of manifests in force; refused as a whole when anything is wrong with it',
  tag: 'network',
  repeatable: 'sets',
  body: Type.Object(
    {
      ...manifests,
      revision: Type.Optional(
        Type.Integer({ minimum: 0, description: 'Of the plan: refused with 409 when the network was changed since.' }),
      ),
    },
    { additionalProperties: false },
  ),
  bytesMax,
  answer: { status: 200, schema: Type.Object({ revision, changes }) },
  handle: async ({ gateway, principal, address, trace, body }) => {
    const applied = await gateway.network.apply(principal, sent(body), {
      note: noteOf({ principal, address, trace }),
      ...(body.revision === undefined ? {} : { revision: body.revision }),
    })
    return { body: { revision: applied.revision, changes: applied.changes.map(shown) } }
  },
})

function sent(body: {
  readonly source?: string
  readonly files: readonly { readonly path: string; readonly content: string }[]
}): SentManifests {
  const files = body.files.map(({ path, content }) => ({ path, bytes: Buffer.from(content, 'base64') }))
  return { source: body.source ?? 'network', files }
}

function shown({ change, kind, name, fields }: NetworkPlan['changes'][number]): object {
  return { change, kind, name, fields }
}
