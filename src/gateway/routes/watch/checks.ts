import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { CheckAnswer } from '../../../watch/check-store.ts'
import { areas, type Check, labelsOf, metricOf } from '../../../watch/checks/check.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute } from '../../route.ts'

const labels = Type.Record(Type.String(), Type.String(), { description: 'By name.' })
const check = Type.Object({
  id: Type.String(),
  question: Type.String(),
  meaning: Type.String({ description: 'Why somebody should care.' }),
  area: Type.String({ enum: [...areas], description: 'Part of the business.' }),
  unit: Type.String({ description: 'What is counted; seconds for the age of the oldest.' }),
  state: Type.String({
    enum: ['green', 'amber', 'red', 'unknown', 'failed', 'silent'],
    description:
      'unknown: nobody can know, see `unknown`; failed: it could not be asked; silent: it was not asked for so long that the figure says nothing.',
  }),
  value: Type.Union([Type.Number(), Type.Null()], { description: 'Null: nobody knows. That is not zero.' }),
  asked: Type.Union([Type.Integer(), Type.Null()], { description: 'Of how many; null where that is not counted.' }),
  unknown: Type.String({ description: 'When there is no answer.' }),
  at: Type.Union([Type.String(), Type.Null()], { description: 'When it was answered, RFC 3339; null: never so far.' }),
  since: Type.Union([Type.String(), Type.Null()], { description: 'Since when it is in this state.' }),
  amber: Type.Number({ description: 'From this figure on it is amber.' }),
  red: Type.Number({ description: 'From this figure on it is red.' }),
  graceMinutes: Type.Integer({ description: 'What is younger does not count.' }),
  owner: Type.String({ description: 'Who acts.' }),
  nextAction: Type.String(),
  metric: Type.String({ description: 'Name of its gauge.' }),
  labels: Type.Array(Type.String(), { description: 'By what it is broken down.' }),
  breakdown: Type.Array(Type.Object({ labels, value: Type.Number() }), { description: 'The largest first.' }),
  list: Type.Optional(
    Type.Object({ page: Type.String(), search: labels }, { description: 'The list of the tower that shows more.' }),
  ),
})

/** What was answered last; nothing is asked now. */
export const listChecks = defineRoute({
  method: 'GET',
  path: '/v1/checks',
  scope: 'checks:read',
  operationId: 'listChecks',
  summary: 'Every business question with its answer: how many, how bad, since when, and who acts',
  tag: 'checks',
  query: Type.Object(
    { area: Type.Optional(Type.String({ enum: [...areas], description: 'Only of this part of the business.' })) },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: Type.Object({ data: Type.Array(check) }) },
  handle: async (call) => {
    const { area } = call.query
    const answers = await call.gateway.checkDesk.latest(call.principal.tenant)
    const wanted = call.gateway.checkDesk.checks.filter((one) => area === undefined || one.area === area)
    return { body: { data: wanted.map((one) => shown(call, one, answers)) } }
  },
})

/** What was answered last. */
export const readCheck = defineRoute({
  method: 'GET',
  path: '/v1/checks/{id}',
  scope: 'checks:read',
  operationId: 'readCheck',
  summary: 'One business question with its answer',
  tag: 'checks',
  answer: { status: 200, schema: check },
  handle: async (call) => ({
    body: shown(call, find(call), await call.gateway.checkDesk.latest(call.principal.tenant)),
  }),
})

const labelled = Type.String({ maxLength: 200, pattern: '^[a-z_]+=' })

/** Asks the tables now. */
export const listCheckRows = defineRoute({
  method: 'GET',
  path: '/v1/checks/{id}/rows',
  scope: 'checks:read',
  operationId: 'listCheckRows',
  summary: 'What is behind the figure, as it is now, the oldest first',
  tag: 'checks',
  query: Type.Object(
    {
      ...pageQuery,
      label: Type.Optional(
        Type.Union([labelled, Type.Array(labelled, { maxItems: 5 })], {
          description: 'Only rows with this value of a label: `carrier=DHL`. Several must all fit.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        object: Type.String({ description: 'Hub id, or what it is known by.' }),
        number: Type.String({ description: 'What people call it; empty where nobody gave it a number.' }),
        since: Type.String({ description: 'RFC 3339.' }),
        detail: freeText(Type.String()),
        labels,
        page: Type.String({ description: 'Page of the tower with this object; empty for none.' }),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const rows = await call.gateway.checkDesk.rows(find(call), {
      tenant: call.principal.tenant,
      labels: Object.fromEntries(
        [call.query.label ?? []].flat().map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
      ),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    const withoutPosition = ({ position: _position, ...row }: (typeof rows)[number]) => row
    return page(call, { rows, limit, query, position: ({ position }) => position, shown: withoutPosition })
  },
})

/** Reads the samples. */
export const readCheckHistory = defineRoute({
  method: 'GET',
  path: '/v1/checks/{id}/history',
  scope: 'checks:read',
  operationId: 'readCheckHistory',
  summary: 'What it answered before: each change, and a figure at least every quarter of an hour',
  tag: 'checks',
  query: Type.Object(
    {
      hours: Type.Optional(
        Type.String({ pattern: '^[1-9]\\d{0,2}$', description: 'How far back, 1 to 999; 168 without it.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          at: Type.String({ description: 'RFC 3339. It holds until the next one.' }),
          value: Type.Union([Type.Number(), Type.Null()]),
          asked: Type.Union([Type.Integer(), Type.Null()]),
          state: Type.String({ enum: ['green', 'amber', 'red', 'unknown', 'failed'] }),
        }),
      ),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, query } = call
    const from = gateway.now() - Number(query.hours ?? 168) * 3_600_000
    const samples = await gateway.checkDesk.history(principal.tenant, find(call).id, from)
    return {
      body: {
        data: samples.map(({ at, value = null, asked = null, state }) => ({
          at: new Date(at).toISOString(),
          value,
          asked,
          state,
        })),
      },
    }
  },
})

/** An answer that is older says nothing about now. */
const silentMs = 15 * 60_000

function shown(call: Call, one: Check, answers: readonly CheckAnswer[]): Record<string, unknown> {
  const { id, question, meaning, area, unit, unknown, owner, nextAction, list } = one
  const { gateway, principal } = call
  const newest = answers.filter((answer) => answer.check === id).toSorted((a, b) => b.at - a.at)[0]
  const isSilent = newest !== undefined && gateway.now() - newest.at > silentMs
  return {
    id,
    question,
    meaning,
    area,
    unit,
    unknown,
    owner,
    nextAction,
    metric: metricOf(one),
    labels: labelsOf(one),
    state: newest === undefined || isSilent ? 'silent' : newest.state,
    value: newest?.value ?? null,
    asked: newest?.asked ?? null,
    at: newest === undefined ? null : new Date(newest.at).toISOString(),
    since: newest === undefined ? null : new Date(newest.since).toISOString(),
    ...gateway.checkDesk.limits(principal.tenant, one),
    breakdown: newest?.breakdown ?? [],
    ...(list === undefined ? {} : { list }),
  }
}

function find({ gateway, params }: Pick<Call, 'gateway' | 'params'>): Check {
  const found = gateway.checkDesk.checks.find(({ id }) => id === params['id'])
  if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'check with this id' })
  return found
}
