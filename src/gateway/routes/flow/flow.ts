import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { type Connection, inMaintenance } from '../../../flow/connection.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { FlowControl, PausableStage } from '../../../registry/flow-controls.ts'
import type { TargetStanding } from '../../../registry/hub-instances.ts'
import type { HeldBack, OwedToTarget, SentToTarget, TakenIn } from '../../../views/flow.ts'
import { noteOf } from '../../access/audit-note.ts'
import { runsTheHub } from '../../access/operator.ts'
import { type Call, defineRoute } from '../../route.ts'
import { drainOf, drainSchema } from './flow-drain.ts'

const at = Type.Union([Type.String(), Type.Null()], { description: 'RFC 3339; null where there is none.' })
const count = (description: string) => Type.Integer({ description })
const pause = Type.Union(
  [Type.Object({ since: Type.String(), by: Type.String(), reason: freeText(Type.String()) }), Type.Null()],
  { description: 'Since when somebody has stopped it, and why; null: it goes on.' },
)

const inbound = Type.Object({
  perMinute: Type.Union([Type.Number(), Type.Null()], { description: 'Of the last minutes; null: not known yet.' }),
  acceptedToday: count('Since midnight UTC.'),
  duplicatesToday: count('That had come before.'),
  refusedToday: count('At the door.'),
  lastAt: at,
  parked: count('Wait for somebody or something before they are understood.'),
  parkedSince: at,
  held: count('Are kept because the connection is paused.'),
  heldSince: at,
  pause,
})

const outbound = Type.Object({
  perMinute: count('Applied within the last minute.'),
  sentHour: count('Applied within the last hour, as far as it was sampled.'),
  failedHour: count('That came to need a person within the last hour.'),
  errorShare: Type.Union([Type.Number(), Type.Null()], { description: 'Of those, 0 to 1; null where nothing went.' }),
  waiting: count('Owed and not settled.'),
  oldestAt: at,
  needPeople: count('Of those, refused or parked.'),
  breaker: Type.String({ description: 'closed, half_open or open; the worst of all instances.' }),
  probeAt: at,
  inFlight: count('Attempts under way.'),
  requestsPerSecond: Type.Number({ description: 'The budget.' }),
  budgetLeft: Type.Union([Type.Number(), Type.Null()], {
    description: 'Share of it, 0 to 1; null where nothing went.',
  }),
  maintenance: Type.Array(Type.String(), { description: 'Daily windows in UTC in which nothing is sent.' }),
  isInMaintenance: Type.Boolean(),
  pause,
})

const row = Type.Object({
  id: Type.String(),
  connector: Type.String(),
  kind: Type.String(),
  lane: Type.String(),
  inbound: Type.Union([inbound, Type.Null()], { description: 'Null: nothing comes from it.' }),
  drain: drainSchema,
  outbound: Type.Union([outbound, Type.Null()], { description: 'Null: nothing is sent to it.' }),
})

/** Reads counters, the ledger and what the instances say of themselves. */
export const readFlow = defineRoute({
  method: 'GET',
  path: '/v1/flow',
  scope: 'flow:read',
  operationId: 'readFlow',
  summary:
    'How everything flows: stages of the hub, and each connection with rate, lag, errors, breaker, budget, pauses',
  tag: 'flow',
  answer: {
    status: 200,
    schema: Type.Object({
      at: Type.String({ description: 'When it was looked at. RFC 3339.' }),
      stages: Type.Array(
        Type.Object({
          stage: Type.String({ description: 'intake, translate or advance.' }),
          waiting: count('Rows that the stage has not worked on yet; of the whole hub.'),
          oldestAt: at,
        }),
        { description: 'For the tenant that runs the hub; empty for others: it says how much everybody has.' },
      ),
      connections: Type.Array(row),
    }),
  },
  handle: async ({ gateway, principal: { tenant } }) => {
    const { rows, controls, stages, targets } = gateway.flow
    const [owed, takenIn, held, sent, paused, standing, told] = await Promise.all([
      rows.owed(tenant),
      rows.takenIn(tenant),
      rows.heldBack(tenant),
      rows.sent(tenant),
      controls.list(tenant),
      runsTheHub(tenant) ? stages() : [],
      targets(),
    ])
    const now = gateway.now()
    const connections = [...gateway.connections().values()].filter((one) => one.tenant === tenant)
    const known: Known = { owed, takenIn, held, sent, paused, told, now }
    return {
      body: {
        at: new Date(now).toISOString(),
        stages: standing.map(({ stage, waiting, oldestAt }) => ({ stage, waiting, oldestAt: instant(oldestAt) })),
        connections: await Promise.all(
          connections
            .toSorted((a, b) => (a.id < b.id ? -1 : 1))
            .map(async (one) => ({
              id: one.id,
              connector: one.connector.id,
              kind: one.connector.kind,
              lane: one.lane,
              inbound: one.connector.inbound === undefined ? null : inboundOf(one, known),
              outbound: isSentTo(one) ? outboundOf(one, known) : null,
              drain: await drainOf(gateway, one, paused),
            })),
        ),
      },
    }
  },
})

interface Known {
  readonly owed: readonly OwedToTarget[]
  readonly takenIn: readonly TakenIn[]
  readonly held: readonly HeldBack[]
  readonly sent: readonly SentToTarget[]
  readonly paused: readonly FlowControl[]
  readonly told: ReadonlyMap<string, TargetStanding>
  readonly now: number
}

function inboundOf({ id }: Connection, { takenIn, held, paused }: Known): Record<string, unknown> {
  const came = takenIn.find(({ connection }) => connection === id)
  const waits = (isPaused: boolean) => held.find((one) => one.connection === id && one.isPaused === isPaused)
  const { lately = null, latelyMs = null } = came ?? {}
  return {
    perMinute: lately === null || latelyMs === null ? null : Math.round((lately * 600_000) / latelyMs) / 10,
    acceptedToday: came?.accepted ?? 0,
    duplicatesToday: came?.duplicate ?? 0,
    refusedToday: came?.refused ?? 0,
    lastAt: instant(came?.lastAt),
    parked: waits(false)?.count ?? 0,
    parkedSince: instant(waits(false)?.oldestAt),
    held: waits(true)?.count ?? 0,
    heldSince: instant(waits(true)?.oldestAt),
    pause: pauseOf(paused, id, 'translate'),
  }
}

function outboundOf({ id, outbound: limits }: Connection, known: Known): Record<string, unknown> {
  const { owed, sent, paused, told, now } = known
  const rows = owed.filter(({ target }) => target === id)
  const gone = sent.find(({ target }) => target === id)
  const { hour = 0, failedHour = 0, minute = 0 } = gone ?? {}
  const standing = told.get(id)
  const tried = Math.max(hour, minute) + failedHour
  return {
    perMinute: minute,
    sentHour: Math.max(hour, minute),
    failedHour,
    errorShare: tried === 0 ? null : Math.round((failedHour * 1000) / tried) / 1000,
    waiting: rows.reduce((sum, { count: n }) => sum + n, 0),
    oldestAt: rows.length === 0 ? null : instant(Math.min(...rows.map(({ oldestAt }) => oldestAt))),
    needPeople: rows.reduce(
      (sum, { state, count: n }) => (state === 'refused' || state === 'parked' ? sum + n : sum),
      0,
    ),
    breaker: standing?.breaker ?? 'closed',
    probeAt: instant(standing?.probeAt),
    inFlight: standing?.inFlight ?? 0,
    requestsPerSecond: limits.requestsPerSecond,
    budgetLeft: standing?.budgetLeft ?? null,
    maintenance: limits.maintenance.map(({ from, to }) => `${clock(from)}-${clock(to)}`),
    isInMaintenance: inMaintenance(limits.maintenance, now),
    pause: pauseOf(paused, id, 'dispatch'),
  }
}

function pauseOf(all: readonly FlowControl[], connection: string, stage: PausableStage): object | null {
  const found = all.find((one) => one.connection === connection && one.stage === stage)
  if (found?.pausedAt === undefined) return null
  return { since: instant(found.pausedAt), by: found.by, reason: found.reason }
}

function isSentTo({ connector }: Connection): boolean {
  return Object.keys(connector.operations ?? {}).length > 0
}

function instant(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : new Date(ms).toISOString()
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Reads what was sampled. */
export const readFlowPast = defineRoute({
  method: 'GET',
  path: '/v1/flow/history',
  scope: 'flow:read',
  operationId: 'readFlowHistory',
  summary: 'How much came and went, minute by minute, of one connection or of all; two days are kept',
  tag: 'flow',
  query: Type.Object(
    {
      hours: Type.Optional(
        Type.String({ pattern: '^([1-9]|[1-3]\\d|4[0-8])$', description: 'How far back, 1 to 48; 6 without it.' }),
      ),
      connection: Type.Optional(Type.String({ maxLength: 200, description: 'Only of this one.' })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          at: Type.String({ description: 'End of the minute. RFC 3339.' }),
          accepted: Type.Number(),
          sent: Type.Number(),
          failed: Type.Number({ description: 'That came to need a person.' }),
        }),
        { description: 'Oldest first. A minute that is not there was not sampled.' },
      ),
    }),
  },
  handle: async ({ gateway, principal, query }) => {
    const from = gateway.now() - Number(query.hours ?? '6') * 3_600_000
    const found = await gateway.flow.rows.past(principal.tenant, from, query.connection)
    return { body: { data: found.map(({ at: ms, ...one }) => ({ at: instant(ms), ...one })) } }
  },
})

const wish = {
  stage: Type.String({
    enum: ['translate', 'dispatch'],
    description: 'translate: what the connection takes in · dispatch: what is sent to it.',
  }),
  reason: freeText(
    Type.String({
      minLength: 3,
      maxLength: 500,
      description: 'Why, for the audit and for everybody who sees it.',
    }),
  ),
}
const outcome = {
  status: 200,
  schema: Type.Object({
    connection: Type.String(),
    stage: Type.String(),
    isPaused: Type.Boolean(),
    changed: Type.Boolean({ description: 'False: it was so already, and the first reason stays.' }),
  }),
} as const

/** Again is the same. Nothing is lost: what comes is kept. */
export const pauseFlow = switchFlow(
  'pause',
  'Stop a connection: what comes is kept and not understood, or what is owed is not sent',
)

/** Again is the same. What was kept follows by itself, in order. */
export const resumeFlow = switchFlow('resume', 'Let a connection go on; what was kept follows by itself, in order')

function switchFlow(verb: 'pause' | 'resume', summary: string) {
  return defineRoute({
    method: 'POST',
    path: `/v1/flow/{connection}/${verb}`,
    scope: 'flow:write',
    operationId: `${verb}Flow`,
    summary,
    tag: 'flow',
    repeatable: 'sets',
    body: Type.Object(wish, { additionalProperties: false }),
    answer: outcome,
    handle: async (call) => {
      const stage = call.body.stage as PausableStage
      const connection = find(call, stage)
      const { tenant } = call.principal
      const changed = await call.gateway.flow.controls[verb](
        { tenant, connection, stage },
        noteOf(call, { reason: call.body.reason }),
      )
      await told(call)
      return { body: { connection, stage, isPaused: verb === 'pause', changed } }
    },
  })
}

/** Of every instance. */
export const resetBreaker = defineRoute({
  method: 'POST',
  path: '/v1/flow/{connection}/reset-breaker',
  scope: 'flow:write',
  operationId: 'resetBreaker',
  summary: 'Say that a system is well again: every instance closes its breaker and sends at once',
  tag: 'flow',
  repeatable: 'sets',
  body: Type.Object({ reason: wish.reason }, { additionalProperties: false }),
  answer: { status: 200, schema: Type.Object({ connection: Type.String() }) },
  handle: async (call) => {
    const connection = find(call, 'dispatch')
    const { tenant } = call.principal
    await call.gateway.flow.controls.resetBreaker({ tenant, connection }, noteOf(call, { reason: call.body.reason }))
    await told(call)
    return { body: { connection } }
  },
})

/** Throws NOT_FOUND, also for the connection of another tenant, and where the stage is none of its. */
function find({ gateway, principal, params }: Call, stage: PausableStage): string {
  const found = gateway.connections().get(params.connection ?? '')
  const isThere =
    found !== undefined && (stage === 'dispatch' ? isSentTo(found) : found.connector.inbound !== undefined)
  if (found?.tenant !== principal.tenant || !isThere)
    throw new InterlineError('NOT_FOUND', { what: `connection of this name to ${stage}` })
  return found.id
}

async function told({ gateway }: Call): Promise<void> {
  await gateway.flow.changed()
  gateway.node.wake()
}
