import { Type } from 'typebox'
import { page, pageQuery, pageSchema, readPage } from '../page.ts'
import { defineRoute } from '../route.ts'

export const listAudit = defineRoute({
  method: 'GET',
  path: '/v1/audit',
  scope: 'network:read',
  operationId: 'listAudit',
  summary: 'Who changed what of the network, keys and subscriptions, when, from what to what; the newest first',
  tag: 'network',
  query: Type.Object(
    { ...pageQuery, name: Type.Optional(Type.String({ maxLength: 200, description: 'Of what was changed.' })) },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        id: Type.Integer(),
        at: Type.String({ description: 'RFC 3339.' }),
        actor: Type.String({ description: 'Id and name of the key, or the start of a hub.' }),
        revision: Type.Integer(),
        source: Type.String(),
        change: Type.String({ description: 'create, change or remove.' }),
        kind: Type.String(),
        name: Type.String(),
        before: Type.Optional(Type.Unknown()),
        after: Type.Optional(Type.Unknown()),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { name } = call.query
    const rows = await call.gateway.network.audit({
      tenant: call.principal.tenant,
      limit: limit + 1,
      ...(after === undefined ? {} : { before: Number(after) }),
      ...(name === undefined ? {} : { name }),
    })
    const shown = rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
    return page(call, { rows: shown, limit, query, position: ({ id }) => String(id) })
  },
})
