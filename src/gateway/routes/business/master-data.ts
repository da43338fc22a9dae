import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import { rowOfCells } from '../../../registry/master-cells.ts'
import type { MasterRow, RowOutcome } from '../../../registry/master-data.ts'
import { type MasterKindName, masterKindNames, masterKinds } from '../../../registry/master-kinds.ts'
import { noteOf } from '../../access/audit-note.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { InvalidRequest } from '../../problem.ts'
import { type Call, defineRoute, etag } from '../../route.ts'

const row = Type.Object({
  key: Type.String({
    description: 'What names it: sku, code, carrier/code, both items of a substitute, or kind, system and code.',
  }),
  version: Type.Integer({ description: 'Grows with each change.' }),
  body: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Members as the reference of master data lists them.',
  }),
  changedAt: Type.String({ description: 'RFC 3339.' }),
  changedBy: Type.String({ description: 'Key, or who decided the task.' }),
})

/** Rows of one kind. */
export const listMasterData = defineRoute({
  method: 'GET',
  path: '/v1/master-data/{kind}',
  scope: 'master-data:read',
  operationId: 'listMasterData',
  summary:
    'Items, locations, parties, carriers, services, substitutes or cross-references, in the order of their keys; also the export',
  tag: 'master data',
  query: Type.Object(
    { ...pageQuery, search: Type.Optional(Type.String({ maxLength: 200, description: 'Only keys that begin so.' })) },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(row) },
  handle: async (call) => {
    const kind = kindOf(call)
    const { limit, after, query } = readPage(call)
    const { search } = call.query
    const rows = await call.gateway.masterData.list({
      tenant: call.principal.tenant,
      kind,
      ...(search === undefined ? {} : { search }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    return page(call, { rows: rows.map(shown), limit, query, position: ({ key }) => key })
  },
})

/** One row, with the ETag that a change needs. */
export const readMasterData = defineRoute({
  method: 'GET',
  path: '/v1/master-data/{kind}/{key}',
  scope: 'master-data:read',
  operationId: 'readMasterData',
  summary: 'One row of master data as it is now',
  tag: 'master data',
  answer: { status: 200, schema: row },
  handle: async (call) => {
    const found = await find(call)
    return { headers: { etag: etag(found.version) }, body: shown(found) }
  },
})

/** Everything that it ever was. */
export const listMasterDataVersions = defineRoute({
  method: 'GET',
  path: '/v1/master-data/{kind}/{key}/versions',
  scope: 'master-data:read',
  operationId: 'listMasterDataVersions',
  summary: 'The last 200 versions of one row, newest first: who made each, and how',
  tag: 'master data',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          version: Type.Integer(),
          body: Type.Record(Type.String(), Type.Unknown()),
          changedAt: Type.String({ description: 'RFC 3339.' }),
          changedBy: Type.String(),
          source: Type.String({ description: 'api, import, task, or the id of the task.' }),
        }),
      ),
    }),
  },
  handle: async (call) => {
    const { key } = await find(call)
    const versions = await call.gateway.masterData.versions(call.principal.tenant, kindOf(call), key)
    return {
      body: {
        data: versions.map(({ version, body, at, actor, source }) => ({
          version,
          body,
          source,
          changedBy: actor,
          changedAt: new Date(at).toISOString(),
        })),
      },
    }
  },
})

/** Whoever changes a row says which version it saw; `"v0"` says that there is none. */
export const putMasterData = defineRoute({
  method: 'PUT',
  path: '/v1/master-data/{kind}/{key}',
  scope: 'master-data:write',
  operationId: 'putMasterData',
  summary:
    'Create or replace one row; If-Match "v0" creates. An active cross-reference lets go what waits for its code',
  tag: 'master data',
  repeatable: 'sets',
  body: Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), { description: 'The row, whole.' }),
  conditional: true,
  answer: {
    status: 200,
    schema: Type.Object({
      key: Type.String(),
      outcome: Type.String({ description: 'created, changed or unchanged.' }),
      version: Type.Integer(),
    }),
  },
  handle: async (call) => {
    const kind = kindOf(call)
    const key = call.params.key ?? ''
    const { principal, gateway, body } = call
    const [outcome] = await gateway.masterData.write({
      tenant: principal.tenant,
      kind,
      actor: principal.key,
      source: 'api',
      note: noteOf(call),
      rows: [body],
      key,
      expected: call.ifMatch ?? -1,
    })
    if (outcome?.found !== undefined) throw new InterlineError('VERSION_STALE', { version: outcome.found })
    if (outcome === undefined || outcome.outcome === 'refused')
      throw new InvalidRequest([{ pointer: '#', detail: outcome?.problem ?? 'is no row', code: 'row' }])
    const { version = 0, outcome: became } = outcome
    gateway.node.wake()
    return { headers: { etag: etag(version) }, body: { key, outcome: became, version } }
  },
})

/** The same rows again change nothing, so that an import that broke off is simply begun anew. */
export const importMasterData = defineRoute({
  method: 'POST',
  path: '/v1/master-data/{kind}/import',
  scope: 'master-data:write',
  operationId: 'importMasterData',
  summary:
    'Create or replace up to 1,000 rows in the bulk lane; says what became of each. Wrong rows do not hold up the others',
  tag: 'master data',
  repeatable: 'sets',
  body: Type.Object(
    {
      rows: Type.Optional(Type.Array(Type.Unknown(), { minItems: 1, maxItems: limits.batchItems })),
      table: Type.Optional(
        Type.Array(Type.Array(Type.String({ maxLength: 10_000 }), { maxItems: 200 }), {
          minItems: 2,
          maxItems: limits.batchItems + 1,
          description: 'Instead of rows: cells of a CSV file, the names of the columns first.',
        }),
      ),
      dryRun: Type.Optional(Type.Boolean({ description: 'Only say what would become of each row.' })),
    },
    { additionalProperties: false },
  ),
  bytesMax: limits.batchBodyBytes,
  answer: {
    status: 200,
    schema: Type.Object({
      created: Type.Integer(),
      changed: Type.Integer(),
      unchanged: Type.Integer(),
      refused: Type.Integer(),
      rows: Type.Array(
        Type.Object({
          key: Type.Optional(Type.String()),
          outcome: Type.String({ description: 'created, changed, unchanged or refused.' }),
          version: Type.Optional(Type.Integer()),
          problem: Type.Optional(Type.String({ description: 'What is wrong, with its place.' })),
        }),
        { description: 'In the order of the rows.' },
      ),
    }),
  },
  handle: async (call) => {
    const { principal, gateway } = call
    const kind = kindOf(call)
    const about = { tenant: principal.tenant, kind, actor: principal.key, source: 'import', note: noteOf(call) }
    const rows = await gateway.masterData.import({
      ...about,
      rows: rowsOf(kind, call.body),
      dryRun: call.body.dryRun === true,
    })
    const count = (outcome: RowOutcome['outcome']): number => rows.filter((one) => one.outcome === outcome).length
    gateway.node.wake()
    return {
      body: {
        created: count('created'),
        changed: count('changed'),
        unchanged: count('unchanged'),
        refused: count('refused'),
        rows,
      },
    }
  },
})

/** Rows as such, or as cells under their names. Throws REQUEST_INVALID. */
function rowsOf(
  kind: MasterKindName,
  { rows, table }: { readonly rows?: readonly unknown[]; readonly table?: readonly (readonly string[])[] },
): readonly unknown[] {
  if ((rows === undefined) === (table === undefined))
    throw new InvalidRequest([{ pointer: '#', detail: 'name rows or a table', code: 'required' }])
  const [header = [], ...cells] = table ?? []
  return rows ?? cells.map((one) => rowOfCells(kind, header, one))
}

function kindOf({ params }: Call): MasterKindName {
  const kind = masterKindNames.find((name) => name === params.kind)
  if (kind === undefined)
    throw new InterlineError('NOT_FOUND', { what: `kind of master data but ${Object.keys(masterKinds).join(', ')}` })
  return kind
}

async function find(call: Call): Promise<MasterRow> {
  const found = await call.gateway.masterData.get(call.principal.tenant, kindOf(call), call.params.key ?? '')
  if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'row of master data with this key' })
  return found
}

function shown({ key, version, body, at, actor }: MasterRow): Record<string, unknown> & { readonly key: string } {
  return { key, version, body, changedAt: new Date(at).toISOString(), changedBy: actor }
}
