import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { exceptionKinds } from '../../../watch/exceptions/all.ts'
import {
  type ExceptionFilter,
  type ExceptionOrder,
  exceptionOrders,
} from '../../../watch/exceptions/exception-query.ts'
import type { ShownException } from '../../../watch/exceptions/exception-rows.ts'
import { type Severity, severities } from '../../../watch/exceptions/source.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute } from '../../route.ts'

const kinds = exceptionKinds.map(({ kind }) => kind)
const word = {
  by: Type.String({ description: 'Id of the key or person.' }),
  name: Type.String(),
  at: Type.String({ description: 'RFC 3339.' }),
}
const exception = Type.Object({
  id: Type.String({ description: 'Kind and object; the same for as long as it is about the same thing.' }),
  kind: Type.String({ enum: kinds }),
  object: Type.String({ description: 'Hub id, or what it is known by.' }),
  number: Type.String({ description: 'What people call it; empty where nobody gave it a number.' }),
  severity: Type.String({ enum: [...severities] }),
  wrong: freeText(Type.String({ description: 'What is wrong, in words.' })),
  codes: Type.Array(Type.String(), { description: 'The same as the hub calls it.' }),
  since: Type.String({ description: 'Since when it is open, RFC 3339.' }),
  ageSeconds: Type.Integer(),
  count: Type.Integer({ description: 'How many things it stands for.' }),
  role: Type.String({ description: 'Who of ours acts next.' }),
  actor: Type.Optional(
    Type.String({ description: 'Who outside is asked or waited for: carrier, consignee, partner …' }),
  ),
  nextAction: Type.String(),
  solvedAt: Type.Object(
    {
      page: Type.String(),
      id: Type.Optional(Type.String()),
      search: Type.Optional(Type.Record(Type.String(), Type.String())),
    },
    { description: 'Page of the tower on which it is solved: of one thing, or a list with filters.' },
  ),
  connection: Type.Optional(Type.String()),
  partner: Type.Optional(Type.String()),
  carrier: Type.Optional(Type.String()),
  warehouse: Type.Optional(Type.String()),
  taken: Type.Optional(Type.Object(word, { description: 'Who works on it.' })),
  acknowledged: Type.Optional(
    Type.Object(
      { ...word, note: freeText(Type.String()) },
      { description: 'Who knows of it, and why it may stay open.' },
    ),
  ),
})

/** Some of a set, with commas between. */
const some = (values: readonly string[], description: string) =>
  Type.Optional(
    Type.String({ maxLength: 300, pattern: `^(${values.join('|')})(,(${values.join('|')}))*$`, description }),
  )
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 200, description }))
const filters = {
  kind: some(kinds, 'Only of these kinds, with commas between.'),
  severity: some(severities, 'Only these, with commas between.'),
  role: text('Only where this role acts next.'),
  partner: text('Only what goes through the connections of this partner.'),
  connection: text('Only of this connection.'),
  carrier: text('Only of this carrier.'),
  warehouse: text('Only of this warehouse.'),
  object: text('Only about the thing with this number or hub id.'),
  taken: text('me, nobody, or the id of a key or person: who works on it.'),
  acknowledged: Type.Optional(Type.String({ enum: ['true', 'false'], description: 'Whether somebody knows of it.' })),
  olderThanHours: Type.Optional(
    Type.String({ pattern: '^[1-9]\\d{0,3}$', description: 'Only what is open for longer, 1 to 9999 hours.' }),
  ),
}

/** From the lists, the ledger and the checks, as they are now. */
export const listExceptions = defineRoute({
  method: 'GET',
  path: '/v1/exceptions',
  scope: 'exceptions:read',
  operationId: 'listExceptions',
  summary: 'Everything that is open and should not be: what is wrong, since when, who acts next, and who works on it',
  tag: 'exceptions',
  query: Type.Object(
    {
      ...pageQuery,
      ...filters,
      sort: Type.Optional(
        Type.String({ enum: [...exceptionOrders], description: 'oldest without it; gravest: those first, by age.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(exception) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const order = (call.query.sort ?? 'oldest') as ExceptionOrder
    const rows = await call.gateway.exceptionDesk.list(filterOf(call), {
      order,
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
    })
    const position = ({ position: at }: (typeof rows)[number]): string => at
    return page(call, { rows, limit, query, position, shown: (row) => shownOf(call, row) })
  },
})

/** Counts, so that nobody has to read ten thousand lines to know how bad it is. */
export const listExceptionAges = defineRoute({
  method: 'GET',
  path: '/v1/exceptions/ages',
  scope: 'exceptions:read',
  operationId: 'listExceptionAges',
  summary: 'How many exceptions of each kind and severity are open, for how long, and how many nobody works on',
  tag: 'exceptions',
  query: Type.Object(filters, { additionalProperties: false }),
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          kind: Type.String({ enum: kinds }),
          severity: Type.String({ enum: [...severities] }),
          age: Type.String({
            enum: ['hour', 'day', 'week', 'older'],
            description: 'Open for at most that long; older: for more than a week.',
          }),
          open: Type.Integer(),
          free: Type.Integer({ description: 'Of these, how many nobody works on.' }),
          acknowledged: Type.Integer(),
          oldest: Type.String({ description: 'Since when the oldest is open, RFC 3339.' }),
        }),
      ),
    }),
  },
  handle: async (call) => ({ body: { data: await call.gateway.exceptionDesk.ages(filterOf(call)) } }),
})

/** Looks among the open ones only: what is solved is told by the object that had it. */
export const readException = defineRoute({
  method: 'GET',
  path: '/v1/exceptions/{id}',
  scope: 'exceptions:read',
  operationId: 'readException',
  summary: 'One open exception; 404 when it is solved',
  tag: 'exceptions',
  answer: { status: 200, schema: exception },
  handle: async (call) => {
    const [found] = await openOnes(call, [call.params['id'] ?? ''])
    if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'open exception with this id' })
    return { body: shownOf(call, found) }
  },
})

/** Those of these ids that are open now. */
export async function openOnes(
  { gateway, principal }: Pick<Call, 'gateway' | 'principal'>,
  ids: readonly string[],
): Promise<readonly ShownException[]> {
  const known = ids.filter((id) => kinds.includes(id.slice(0, id.indexOf(':'))))
  if (known.length === 0) return []
  const wanted = [...new Set(known.map((id) => id.slice(0, id.indexOf(':'))))]
  return gateway.exceptionDesk.list(
    { tenant: principal.tenant, kinds: wanted, ids: known },
    { order: 'oldest', limit: known.length },
  )
}

function filterOf(call: Call): Omit<ExceptionFilter, 'now'> {
  const { gateway, principal } = call
  const query = call.query as Readonly<Record<string, string | undefined>>
  const { kind, severity, role, partner, connection, carrier, warehouse, object, taken } = query
  const { acknowledged, olderThanHours } = query
  const ofPartner = partner === undefined ? undefined : gateway.connectionsOf(principal.tenant, partner)
  const connections =
    connection === undefined ? ofPartner : [connection].filter((id) => ofPartner?.includes(id) ?? true)
  const named = { role, carrier, warehouse, object }
  return {
    tenant: principal.tenant,
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)),
    ...(kind === undefined ? {} : { kinds: kind.split(',') }),
    ...(severity === undefined ? {} : { severities: severity.split(',') as Severity[] }),
    ...(connections === undefined ? {} : { connections }),
    ...(taken === undefined ? {} : { takenBy: taken === 'me' ? principal.key : taken === 'nobody' ? '' : taken }),
    ...(acknowledged === undefined ? {} : { isAcknowledged: acknowledged === 'true' }),
    ...(olderThanHours === undefined ? {} : { openBefore: gateway.now() - Number(olderThanHours) * 3_600_000 }),
  }
}

function shownOf({ gateway, principal }: Call, one: ShownException): Readonly<Record<string, unknown>> {
  const { id, kind, object, number, severity, wrong, codes, since, count, role, actor, action } = one
  const { page: solved, shown, search, connection, carrier, warehouse, taken, acknowledged } = one
  const partner =
    connection === ''
      ? undefined
      : gateway.network
          .partners(principal.tenant)
          .find(({ connections }) => connections.some((its) => its.id === connection))?.id
  const said = { actor, partner, taken, acknowledged }
  const named = { connection, carrier, warehouse }
  return {
    id,
    kind,
    object,
    number,
    severity,
    wrong,
    codes,
    since,
    count,
    role,
    nextAction: action,
    ageSeconds: Math.max(0, Math.round((gateway.now() - Date.parse(since)) / 1000)),
    solvedAt: {
      page: solved,
      ...(shown === undefined ? {} : { id: shown }),
      ...(search === undefined ? {} : { search }),
    },
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== '')),
  }
}
