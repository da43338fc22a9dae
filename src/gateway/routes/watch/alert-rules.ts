import { type Static, Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { conditionMost } from '../../../watch/alerts/condition.ts'
import { type AlertRule, type AlertWish, isMuted } from '../../../watch/alerts/rule.ts'
import { checks } from '../../../watch/checks/all.ts'
import { severities } from '../../../watch/exceptions/source.ts'
import { noteOf } from '../../access/audit-note.ts'
import { newId } from '../../access/key.ts'
import { actorOf } from '../../access/principal.ts'
import { instantOf } from '../../instant.ts'
import { InvalidRequest } from '../../problem.ts'
import { type Answer, type Call, defineRoute, etag } from '../../route.ts'

const muteDaysMost = 90
const dayMs = 86_400_000
const wished = {
  name: Type.String({ minLength: 3, maxLength: 120 }),
  check: Type.String({ enum: checks.map(({ id }) => id), description: 'The business check that is judged.' }),
  condition: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: conditionMost,
      description:
        'CEL over the answer of the check; true: it is bad. value, asked and share (value of asked) are numbers, state is green, amber, red, unknown or failed. state == "red" without it.',
    }),
  ),
  severity: Type.Optional(Type.String({ enum: [...severities], description: 'warning without it.' })),
  holdMinutes: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 10_080, description: 'Bad for so long before it fires; 5 without it.' }),
  ),
  clearMinutes: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 10_080, description: 'Good for so long before it is over; 10 without it.' }),
  ),
  repeatHours: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 168, description: 'Told again so often while it fires; 0, once, without it.' }),
  ),
  route: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
      maxItems: 20,
      description: 'Names of notification declarations; all that tell of alerts without any.',
    }),
  ),
}
const wish = Type.Object(wished, { additionalProperties: false })
const rule = Type.Object({
  id: Type.String(),
  name: Type.String(),
  check: Type.String(),
  condition: Type.String(),
  severity: Type.String({ enum: [...severities] }),
  holdMinutes: Type.Integer(),
  clearMinutes: Type.Integer(),
  repeatHours: Type.Integer(),
  route: Type.Array(Type.String()),
  tells: Type.Array(Type.String(), {
    description: 'Declarations that are told when it fires, as the network is now. None: nobody hears of it.',
  }),
  muted: Type.Optional(Type.Object({ until: Type.String(), reason: freeText(Type.String()), by: Type.String() })),
  updatedAt: Type.String({ description: 'RFC 3339.' }),
})

/** At most two hundred. */
export const listAlertRules = defineRoute({
  method: 'GET',
  path: '/v1/alert-rules',
  scope: 'alerts:read',
  operationId: 'listAlertRules',
  summary: 'When somebody is told how the business stands: which check, under which condition, for how long, and who',
  tag: 'alerts',
  answer: { status: 200, schema: Type.Object({ data: Type.Array(rule) }) },
  handle: async (call) => {
    const rules = await call.gateway.alertDesk.rules(call.principal.tenant)
    return { body: { data: rules.map((one) => shownOf(call, one)) } }
  },
})

/** With its version as ETag. */
export const readAlertRule = defineRoute({
  method: 'GET',
  path: '/v1/alert-rules/{id}',
  scope: 'alerts:read',
  operationId: 'readAlertRule',
  summary: 'One alert rule',
  tag: 'alerts',
  answer: { status: 200, schema: rule },
  handle: async (call) => answerOf(call, await find(call)),
})

/** It is judged within seconds. */
export const createAlertRule = defineRoute({
  method: 'POST',
  path: '/v1/alert-rules',
  scope: 'alerts:write',
  operationId: 'createAlertRule',
  summary: 'A new alert rule',
  tag: 'alerts',
  idempotent: true,
  body: wish,
  answer: { status: 201, schema: rule },
  handle: async (call) => {
    const { gateway, principal } = call
    const wanted = await wishOf(call)
    const id = newId('alr', call.randomBytes)
    const made = await gateway.alertDesk.create(
      { id, tenant: principal.tenant, wish: wanted },
      noteOf(call, { after: wanted }),
    )
    if (made === undefined) throw new InterlineError('ALERT_RULES_FULL')
    return { ...answerOf(call, made), status: 201 }
  },
})

/** What fires goes on firing until the new condition is over. */
export const changeAlertRule = defineRoute({
  method: 'PUT',
  path: '/v1/alert-rules/{id}',
  scope: 'alerts:write',
  operationId: 'changeAlertRule',
  summary: 'Say an alert rule anew; what is left out is as usual',
  tag: 'alerts',
  repeatable: 'sets',
  body: wish,
  conditional: true,
  answer: { status: 200, schema: rule },
  handle: async (call) => {
    const known = await find(call)
    const wanted = await wishOf(call)
    const stale = new InterlineError('VERSION_STALE', { version: known.version })
    if (call.ifMatch !== known.version) throw stale
    const made = await call.gateway.alertDesk.change(
      known,
      wanted,
      noteOf(call, { before: wishIn(known), after: wanted }),
    )
    if (made === undefined) throw stale
    return answerOf(call, made)
  },
})

export const removeAlertRule = defineRoute({
  method: 'DELETE',
  path: '/v1/alert-rules/{id}',
  scope: 'alerts:write',
  operationId: 'removeAlertRule',
  summary: 'Remove an alert rule; what fires of it is over',
  tag: 'alerts',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call) => {
    const known = await find(call)
    await call.gateway.alertDesk.remove(known, noteOf(call, { before: wishIn(known) }))
    return {}
  },
})

/** The mute ends by itself. */
export const muteAlertRule = defineRoute({
  method: 'POST',
  path: '/v1/alert-rules/{id}/mute',
  scope: 'alerts:write',
  operationId: 'muteAlertRule',
  summary: 'Tell nobody of a rule until a time; it is judged and shown all the same',
  tag: 'alerts',
  repeatable: 'sets',
  body: Type.Object(
    {
      until: Type.String({ maxLength: 40, description: `RFC 3339, at most ${muteDaysMost} days from now.` }),
      reason: freeText(Type.String({ minLength: 3, maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: rule },
  handle: async (call) => {
    const known = await find(call)
    const until = instantOf('until', call.body.until)
    const now = call.gateway.now()
    const ms = typeof until === 'number' ? until : Date.parse(String(until))
    if (ms <= now || ms > now + muteDaysMost * dayMs)
      throw new InvalidRequest([
        { pointer: '#/until', detail: `expected a time within the next ${muteDaysMost} days`, code: 'range' },
      ])
    const { reason } = call.body
    const muted = { until: ms, reason, by: actorOf(call.principal) }
    const made = await call.gateway.alertDesk.mute(
      known,
      muted,
      noteOf(call, { reason, after: { until: call.body.until } }),
    )
    return answerOf(call, made ?? known)
  },
})

export const unmuteAlertRule = defineRoute({
  method: 'DELETE',
  path: '/v1/alert-rules/{id}/mute',
  scope: 'alerts:write',
  operationId: 'unmuteAlertRule',
  summary: 'Tell of a rule again; what fires by now is told at once',
  tag: 'alerts',
  repeatable: 'sets',
  answer: { status: 204 },
  handle: async (call) => {
    await call.gateway.alertDesk.mute(await find(call), undefined, noteOf(call))
    return {}
  },
})

const instant = Type.String({ description: 'RFC 3339.' })

/** Nothing is kept. */
export const testAlertRule = defineRoute({
  method: 'POST',
  path: '/v1/alert-rules/back-test',
  scope: 'alerts:read',
  operationId: 'testAlertRule',
  summary: 'What a rule would have done in the last seven days: when it would have fired, and for how long',
  tag: 'alerts',
  repeatable: 'asks',
  body: wish,
  answer: {
    status: 200,
    schema: Type.Object({
      from: instant,
      until: instant,
      firings: Type.Array(
        Type.Object({
          from: instant,
          until: Type.Optional(Type.String({ description: 'Absent: it would fire now.' })),
          seconds: Type.Integer(),
          value: Type.Union([Type.Number(), Type.Null()]),
        }),
      ),
      judgedSeconds: Type.Integer({ description: 'For how much of the time answers are kept.' }),
      unknownSeconds: Type.Integer({ description: 'For how much of that nobody could say.' }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal } = call
    const until = gateway.now()
    const from = until - 7 * dayMs
    const { firings, ...judged } = await gateway.alertDesk.test(principal.tenant, await wishOf(call), from)
    const at = (ms: number): string => new Date(ms).toISOString()
    return {
      body: {
        from: at(from),
        until: at(until),
        ...judged,
        firings: firings.map((one) => ({
          from: at(one.from),
          ...(one.until === undefined ? {} : { until: at(one.until) }),
          seconds: Math.round(((one.until ?? until) - one.from) / 1000),
          value: one.value ?? null,
        })),
      },
    }
  },
})

/** With what is usual where nothing is said. Throws ALERT_CONDITION_INVALID, REQUEST_INVALID. */
async function wishOf(call: Call): Promise<AlertWish> {
  const { gateway, principal } = call
  const { severity = 'warning', ...said } = call.body as Static<typeof wish>
  const usual = { condition: 'state == "red"', holdMinutes: 5, clearMinutes: 10, repeatHours: 0, route: [] }
  const wanted = { ...usual, ...said, severity } as AlertWish
  const routes = gateway.alertDesk.routes(principal.tenant)
  const missing = wanted.route.findIndex((name) => !routes.includes(name))
  if (missing >= 0)
    throw new InvalidRequest([
      {
        pointer: `#/route/${missing}`,
        detail: `expected the name of a notification declaration with the event alert_fired: ${routes.join(', ') || 'there is none'}`,
        code: 'enum',
      },
    ])
  gateway.alertDesk.read(wanted.condition)
  return wanted
}

/** Throws NOT_FOUND. */
async function find({ gateway, principal, params }: Call): Promise<AlertRule> {
  const found = await gateway.alertDesk.rule(principal.tenant, params['id'] ?? '')
  if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'alert rule with this id' })
  return found
}

function answerOf(call: Call, one: AlertRule): Answer {
  return { body: shownOf(call, one), headers: { etag: etag(one.version) } }
}

function wishIn({ id: _i, tenant: _t, version: _v, updatedAt: _u, muted: _m, ...said }: AlertRule): AlertWish {
  return said
}

function shownOf({ gateway, principal }: Call, one: AlertRule): Readonly<Record<string, unknown>> {
  const { id, updatedAt, muted } = one
  const routes = gateway.alertDesk.routes(principal.tenant)
  return {
    id,
    ...wishIn(one),
    tells: one.route.length === 0 ? routes : one.route.filter((name) => routes.includes(name)),
    ...(muted === undefined || !isMuted(one, gateway.now())
      ? {}
      : { muted: { until: new Date(muted.until).toISOString(), reason: muted.reason, by: muted.by } }),
    updatedAt: new Date(updatedAt).toISOString(),
  }
}
