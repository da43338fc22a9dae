import { Type } from 'typebox'
import type { ChainedRow } from '../../../backbone/audit-chain.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { instantOf } from '../../instant.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { defineRoute } from '../../route.ts'

const head = {
  no: Type.Integer({ minimum: 0, description: 'Number of the last row; rows of a tenant count from 1.' }),
  hash: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hex of that row and of all before it.' }),
}

const start = Type.Optional(
  Type.Object(
    {
      ...head,
      checkpoint: Type.String({ description: 'The line with this head that was signed before, as checkpoints are.' }),
    },
    { description: 'The last row that was trimmed: the chain is followed from here. Absent: it is there from row 1.' },
  ),
)

const audited = Type.Object({
  id: Type.Integer({ description: 'Its place in the chain of the tenant, from 1.' }),
  at: Type.String({ description: 'RFC 3339.' }),
  actor: Type.String({ description: 'Id and name of the key or person, or the start of a hub.' }),
  address: Type.Optional(Type.String({ description: 'Where it was asked for from.' })),
  traceId: Type.Optional(Type.String({ description: 'Of the request, or of what was posted.' })),
  revision: Type.Integer({ description: 'Of the network that was in force.' }),
  source: Type.String(),
  change: Type.String({ description: 'What was done: create, change, remove, release, discard, decide, post …' }),
  kind: Type.String(),
  name: Type.String(),
  reason: Type.Optional(freeText(Type.String())),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
  hash: Type.String(),
})

export const listAudit = defineRoute({
  method: 'GET',
  path: '/v1/audit',
  scope: 'network:read',
  operationId: 'listAudit',
  summary: 'Who did what, why, and from what to what; the newest first',
  tag: 'audit',
  query: Type.Object(
    {
      ...pageQuery,
      name: Type.Optional(Type.String({ maxLength: 200, description: 'Of what was changed.' })),
      kind: Type.Optional(Type.String({ maxLength: 60, description: 'Such as key, posting, task, connection.' })),
      change: Type.Optional(Type.String({ maxLength: 40, description: 'Such as create, release, post.' })),
      actor: Type.Optional(Type.String({ maxLength: 200, description: 'A part of who did it.' })),
      since: Type.Optional(Type.String({ maxLength: 40, description: 'Done at or after, RFC 3339.' })),
      until: Type.Optional(Type.String({ maxLength: 40, description: 'Done before, RFC 3339.' })),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(audited) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { name, kind, change, actor, since, until } = call.query
    const rows = await call.gateway.audit.page({
      tenant: call.principal.tenant,
      limit: limit + 1,
      ...(after === undefined ? {} : { before: Number(after) }),
      ...(name === undefined ? {} : { name }),
      ...(kind === undefined ? {} : { kind }),
      ...(change === undefined ? {} : { change }),
      ...(actor === undefined ? {} : { actor }),
      ...(since === undefined ? {} : { since: instantOf('since', since) }),
      ...(until === undefined ? {} : { until: instantOf('until', until) }),
    })
    return page(call, { rows: rows.map(shown), limit, query, position: ({ id }) => String(id) })
  },
})

export const readAuditChain = defineRoute({
  method: 'GET',
  path: '/v1/audit/chain',
  scope: 'network:read',
  operationId: 'readAuditChain',
  summary: 'Where the chain of the audit log begins and ends',
  tag: 'audit',
  answer: { status: 200, schema: Type.Object({ ...head, start }) },
  handle: async ({ gateway, principal }) => {
    const { no, hash } = await gateway.audit.head(principal.tenant)
    const begin = await gateway.audit.begin(principal.tenant)
    return { body: { no, hash, ...(begin === undefined ? {} : { start: begin }) } }
  },
})

export const verifyAudit = defineRoute({
  method: 'POST',
  path: '/v1/audit/verification',
  scope: 'network:read',
  operationId: 'verifyAudit',
  summary: 'Follow the whole chain, and say where a row was changed, removed, inserted or put elsewhere',
  tag: 'audit',
  repeatable: 'asks',
  body: Type.Object(
    {
      seen: Type.Optional(
        Type.Array(Type.Object(head, { additionalProperties: false }), {
          maxItems: 10_000,
          description:
            'Heads that left the hub before, as in checkpoints: a chain that was cut or written anew does not have them.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      rows: Type.Integer({ description: 'How many were followed.' }),
      head: Type.Object(head),
      start,
      faults: Type.Array(
        Type.Object({
          fault: Type.String({ description: 'changed, removed, inserted, reordered, rewritten or truncated.' }),
          no: Type.Integer({ description: 'The row where it begins.' }),
          count: Type.Integer({ description: 'How many rows.' }),
        }),
        { description: 'The first hundred; none when the chain is whole.' },
      ),
    }),
  },
  handle: async ({ gateway, principal, body }) => {
    const { rows, head: last, faults } = await gateway.audit.verify(principal.tenant, body.seen ?? [])
    const begin = await gateway.audit.begin(principal.tenant)
    const begun = begin === undefined ? {} : { start: begin }
    return { body: { rows, head: { no: last.no, hash: last.hash }, ...begun, faults } }
  },
})

const exportRowsMost = 5000

export const exportAudit = defineRoute({
  method: 'GET',
  path: '/v1/audit/export',
  scope: 'network:read',
  personal: true,
  operationId: 'exportAudit',
  summary:
    'Rows of the chain as lines of JSON, the oldest first: all that is needed to follow it elsewhere. Where rows were trimmed, the first line is the signed start of what is left',
  tag: 'audit',
  query: Type.Object(
    {
      after: Type.Optional(
        Type.String({ pattern: '^\\d{1,15}$', description: 'Number of the last row of the part before.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, mediaType: 'application/x-ndjson' },
  handle: async ({ gateway, principal, query }) => {
    const rows = await gateway.audit.chain(principal.tenant, Number(query.after ?? 0), exportRowsMost)
    const begin = Number(query.after ?? 0) === 0 ? await gateway.audit.begin(principal.tenant) : undefined
    const lines = [...(begin === undefined ? [] : [{ start: begin }]), ...rows]
    const last = rows.at(-1)
    const next = rows.length < exportRowsMost || last === undefined ? {} : { link: `<?after=${last.no}>; rel="next"` }
    return {
      headers: {
        'content-type': 'application/x-ndjson',
        'content-disposition': `attachment; filename="audit-${query.after ?? 0}.ndjson"`,
        ...next,
      },
      bytes: Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
    }
  },
})

function shown(row: ChainedRow): Record<string, unknown> & { readonly id: number } {
  const { no, at, actor, address, trace, revision, source, change, kind, name, reason, before, after, hash } = row
  return {
    id: no,
    at: new Date(at).toISOString(),
    actor,
    revision,
    source,
    change,
    kind,
    name,
    hash,
    ...(address === null ? {} : { address }),
    ...(trace === null ? {} : { traceId: trace }),
    ...(reason === null ? {} : { reason }),
    ...(before === null ? {} : { before: JSON.parse(before) as unknown }),
    ...(after === null ? {} : { after: JSON.parse(after) as unknown }),
  }
}
