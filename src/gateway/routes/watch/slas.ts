import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { type Period, periodOf } from '../../../watch/slas/period.ts'
import { measures, periodKinds, type Sla } from '../../../watch/slas/sla.ts'
import type { MeasuredPeriod } from '../../../watch/slas/sla-store.ts'
import { slaStates, standingOf } from '../../../watch/slas/standing.ts'
import { instantOf } from '../../instant.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute } from '../../route.ts'

const figure = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })
const percent = Type.String({ description: 'Which share has to be in time, in percent: a decimal.' })
const period = Type.Object({
  startsAt: Type.String({ description: 'RFC 3339.' }),
  endsAt: Type.String({ description: 'RFC 3339; the first instant behind it.' }),
  isOver: Type.Boolean(),
  state: Type.String({
    enum: [...slaStates],
    description:
      'met: as promised, so far or in the end; at_risk: at this rate it will be missed; used_up: all misses that the period can be expected to allow have happened; missed: it is over and was not kept; unknown: nothing counts.',
  }),
  attainment: figure('Percent, never rounded up; null: nobody knows. That is neither 0 nor 100.'),
  met: Type.Integer({ description: 'In time.' }),
  missed: Type.Integer({ description: 'Not in time.' }),
  open: Type.Integer({ description: 'Not done and still in time: does not count so far.' }),
  unknown: Type.Integer({ description: 'Nobody can know whether it was in time: does not count.' }),
  burnRate: figure('Misses for each one that is allowed; above 1 it will be missed if it goes on like that.'),
  budgetUsed: figure('Share of the misses that the whole period may have, if as much comes as so far; from 1 on: all.'),
  usedUpAt: Type.Union([Type.String(), Type.Null()], {
    description: 'When all misses will have happened at this rate, or have; null: they last.',
  }),
  percent,
  withinMinutes: Type.Integer({ description: 'As it was promised when this was measured.' }),
  measuredAt: Type.String({ description: 'RFC 3339.' }),
})
const sla = Type.Object({
  id: Type.String(),
  measure: Type.String({ enum: [...measures] }),
  percent,
  withinMinutes: Type.Integer({ description: 'Minutes within which it is in time.' }),
  period: Type.String({ enum: [...periodKinds] }),
  timeZone: Type.String({ description: 'IANA.' }),
  owner: Type.String({ description: 'Who acts.' }),
  carrier: Type.Optional(Type.String({ description: 'Only of this carrier.' })),
  connections: Type.Optional(Type.Array(Type.String(), { description: 'Only of these.' })),
  milestone: Type.Optional(Type.String()),
  current: Type.Union([period, Type.Null()], { description: 'The running period; null: it was not measured so far.' }),
})

/** Nothing is asked now. */
export const listSlas = defineRoute({
  method: 'GET',
  path: '/v1/slas',
  scope: 'checks:read',
  operationId: 'listSlas',
  summary: 'Every service level with its running period: attainment, error budget, and whether it will be kept',
  tag: 'slas',
  answer: { status: 200, schema: Type.Object({ data: Type.Array(sla) }) },
  handle: async ({ gateway, principal }) => {
    const measured = await gateway.slaDesk.latest(principal.tenant)
    const data = gateway.slaDesk.slas(principal.tenant).map((one) => shown(gateway.now(), one, measured))
    return { body: { data } }
  },
})

/** Nothing is asked now. */
export const readSla = defineRoute({
  method: 'GET',
  path: '/v1/slas/{id}',
  scope: 'checks:read',
  operationId: 'readSla',
  summary: 'One service level with its running period',
  tag: 'slas',
  answer: { status: 200, schema: sla },
  handle: async (call) => {
    const one = find(call)
    return { body: shown(call.gateway.now(), one, await call.gateway.slaDesk.latest(call.principal.tenant)) }
  },
})

/** Reads what was measured. */
export const listSlaPeriods = defineRoute({
  method: 'GET',
  path: '/v1/slas/{id}/periods',
  scope: 'checks:read',
  operationId: 'listSlaPeriods',
  summary: 'How a service level was kept, the newest period first, at most 400 of them',
  tag: 'slas',
  answer: { status: 200, schema: Type.Object({ data: Type.Array(period) }) },
  handle: async (call) => {
    const found = await call.gateway.slaDesk.periods(call.principal.tenant, find(call).id)
    return { body: { data: found.map((one) => periodShown(call.gateway.now(), one)) } }
  },
})

/** Asks the tables now. */
export const listSlaMisses = defineRoute({
  method: 'GET',
  path: '/v1/slas/{id}/misses',
  scope: 'checks:read',
  operationId: 'listSlaMisses',
  summary: 'What missed a service level in a period, as it is now, the oldest first',
  tag: 'slas',
  query: Type.Object(
    {
      ...pageQuery,
      period: Type.Optional(
        Type.String({
          maxLength: 30,
          pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z)?$',
          description: 'A day or an instant in the period, such as its `startsAt`; the running period without it.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        object: Type.String({ description: 'Hub id.' }),
        number: Type.String({ description: 'What people call it; empty where nobody gave it a number.' }),
        since: Type.String({ description: 'From here on the time was counted, RFC 3339.' }),
        detail: freeText(Type.String()),
        page: Type.String({ description: 'Page of the tower with this object; empty for none.' }),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const one = find(call)
    const rows = await call.gateway.slaDesk.misses(one, wanted(call, one), {
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    const withoutPosition = ({ position: _position, ...row }: (typeof rows)[number]) => row
    return page(call, { rows, limit, query, position: ({ position }) => position, shown: withoutPosition })
  },
})

/** The period that is asked about. Throws REQUEST_INVALID. */
function wanted(call: Call<{ readonly period?: string }>, { period: kind, timeZone }: Sla): Period {
  const said = call.query.period
  if (said === undefined) return periodOf(call.gateway.now(), kind, timeZone)
  // At noon it is the same day in almost every zone.
  return periodOf(instantOf('period', said.length === 10 ? `${said}T12:00:00Z` : said), kind, timeZone)
}

function shown(now: number, one: Sla, measured: readonly MeasuredPeriod[]): Record<string, unknown> {
  const { id, measure, target, withinMinutes, period: kind, timeZone, owner, carrier, connections, milestone } = one
  const newest = measured.find((candidate) => candidate.sla === id && candidate.endsAt > now)
  return {
    id,
    measure,
    percent: String(target),
    withinMinutes,
    period: kind,
    timeZone,
    owner,
    ...(carrier === undefined ? {} : { carrier }),
    ...(connections === undefined ? {} : { connections }),
    ...(measure === 'milestone' ? { milestone } : {}),
    current: newest === undefined ? null : periodShown(now, newest),
  }
}

function periodShown(now: number, one: MeasuredPeriod): Record<string, unknown> {
  const { startsAt, endsAt, promise, met, missed, open, unknown, measuredAt } = one
  const standing = standingOf(one, { startsAt, endsAt, target: promise.target, now })
  const instant = (at: number): string => new Date(at).toISOString()
  return {
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
    isOver: now >= endsAt,
    state: standing.state,
    attainment: standing.attainment ?? null,
    met,
    missed,
    open,
    unknown,
    burnRate: standing.burnRate ?? null,
    budgetUsed: standing.budgetUsed ?? null,
    usedUpAt: standing.usedUpAt === undefined ? null : instant(standing.usedUpAt),
    percent: String(promise.target),
    withinMinutes: promise.withinMinutes,
    measuredAt: instant(measuredAt),
  }
}

function find({ gateway, params, principal }: Pick<Call, 'gateway' | 'params' | 'principal'>): Sla {
  const found = gateway.slaDesk.slas(principal.tenant).find(({ id }) => id === params['id'])
  if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'service level with this id' })
  return found
}
