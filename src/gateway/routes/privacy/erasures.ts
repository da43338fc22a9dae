import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { Erasure } from '../../../registry/erasures.ts'
import { noteOf } from '../../access/audit-note.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { defineRoute } from '../../route.ts'
import { personAsked, shownPersonSchema } from './privacy.ts'

const open = { additionalProperties: false }
const counts = Type.Record(Type.String(), Type.Integer(), {
  description: 'Objects, facts, messages, and rows of tables by their names.',
})
const told = Type.Array(Type.String(), { description: 'Systems outside that were told of them: erase there, too.' })
const reason = Type.String({
  minLength: 3,
  maxLength: 500,
  description: 'Such as the number of the request. It stays, so it must not say who it is.',
})

const keptSchema = Type.Object({ what: Type.String(), count: Type.Integer(), why: Type.String() })

const erasure = Type.Object(
  {
    id: Type.String(),
    state: Type.String({
      description: 'running, done or cancelled: then what was written over stays so, and nothing more is.',
    }),
    by: Type.String({ description: 'Key or person.' }),
    reason: freeText(Type.String()),
    objects: Type.Integer({ description: 'How many objects they had a part in.' }),
    erased: counts,
    stays: Type.Array(keptSchema, { description: 'What was kept all the same. Empty while it runs.' }),
    begunAt: Type.String({ description: 'RFC 3339.' }),
    doneAt: Type.Optional(Type.String()),
  },
  { title: 'Erasure' },
)

/** What an erasure would do. */
export const previewErasure = defineRoute({
  method: 'POST',
  path: '/v1/privacy/previews',
  scope: 'privacy:erase',
  personal: true,
  operationId: 'previewErasure',
  repeatable: 'asks',
  summary: 'What an erasure would write over, what stays and why, and what still needs the person; nothing is changed',
  tag: 'privacy',
  body: Type.Object({ person: personAsked }, open),
  answer: {
    status: 200,
    schema: Type.Object({
      person: shownPersonSchema,
      erased: counts,
      stays: Type.Array(keptSchema),
      inUse: Type.Object({
        unsent: Type.Integer({ description: 'Postings that name them and have not left.' }),
        processes: Type.Integer({ description: 'Processes that know them and go on.' }),
      }),
      told,
    }),
  },
  handle: async ({ gateway, principal, body }) => ({
    body: await gateway.privacy.preview(principal.tenant, body.person),
  }),
})

/** Erases. */
export const createErasure = defineRoute({
  method: 'POST',
  path: '/v1/privacy/erasures',
  scope: 'privacy:erase',
  personal: true,
  operationId: 'createErasure',
  summary: 'Erase one person for good, as a job; how the business stands stays, who it was goes',
  tag: 'privacy',
  idempotent: true,
  body: Type.Object(
    {
      person: personAsked,
      reason,
      evenInUse: Type.Optional(
        Type.Boolean({
          description: 'Also where postings or processes that know them go on: they go on without knowing who it is.',
        }),
      ),
    },
    open,
  ),
  answer: { status: 202, schema: Type.Object({ id: Type.String(), job: Type.String() }) },
  handle: async (call) => {
    const { gateway, principal, body, once } = call
    const { person: asked, evenInUse = false } = body
    const made = { id: `ers_${once}`, job: `job_${once}` }
    await gateway.privacy.erase(
      { ...made, tenant: principal.tenant, asked, reason: body.reason, evenInUse, by: principal.key },
      noteOf(call, { reason: body.reason, after: { evenInUse } }),
    )
    return { body: made, headers: { location: `/v1/privacy/erasures/${made.id}` } }
  },
})

/** The register, for people. */
export const listErasures = defineRoute({
  method: 'GET',
  path: '/v1/privacy/erasures',
  scope: 'privacy:erase',
  operationId: 'listErasures',
  summary: 'Who was erased, the newest first: when, why and by whom, not who it was',
  tag: 'privacy',
  query: Type.Object({ ...pageQuery }, open),
  answer: { status: 200, schema: pageSchema(erasure) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const [at = '', id = ''] = after?.split(' ') ?? []
    const before = after === undefined ? {} : { before: { at: Number(at), id } }
    const rows = await call.gateway.privacy.erasures(call.principal.tenant, { ...before, limit: limit + 1 })
    return page(call, {
      rows: rows.map(shown),
      limit,
      query,
      position: (row) => `${Date.parse(row.begunAt)} ${row.id}`,
    })
  },
})

/** One of them. */
export const readErasure = defineRoute({
  method: 'GET',
  path: '/v1/privacy/erasures/{id}',
  scope: 'privacy:erase',
  operationId: 'readErasure',
  summary: 'How far an erasure is, and how much of each kind it wrote over',
  tag: 'privacy',
  answer: { status: 200, schema: erasure },
  handle: async ({ gateway, principal, params }) => {
    const found = await gateway.privacy.erasure(principal.tenant, params['id'] ?? '')
    if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'erasure with this id' })
    return { body: shown(found) }
  },
})

function shown({ id, state, actor, reason: why, objects, erased, stays, at, doneAt }: Erasure) {
  return {
    ...{
      id,
      state,
      by: actor,
      reason: why,
      objects: objects.length,
      erased,
      stays: [...stays],
      begunAt: new Date(at).toISOString(),
    },
    ...(doneAt === undefined ? {} : { doneAt: new Date(doneAt).toISOString() }),
  }
}
