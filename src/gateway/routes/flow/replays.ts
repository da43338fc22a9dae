import { Type } from 'typebox'
import type { Job } from '../../../backbone/stores.ts'
import { InterlineError } from '../../../base/errors.ts'
import { noProgress, type ReplayProgress } from '../../../flow/replay/replay.ts'
import type { ReplaySpec } from '../../../flow/replay/replay-spec.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { noteOf } from '../../access/audit-note.ts'
import { instantOf } from '../../instant.ts'
import { InvalidRequest } from '../../problem.ts'
import { defineRoute } from '../../route.ts'

const job = Type.Object({
  id: Type.String(),
  status: Type.String({ description: 'queued, running, paused, done, failed or cancelled; /v1/jobs/{id} says more.' }),
  dryRun: Type.Boolean(),
  total: Type.Union([Type.Integer(), Type.Null()]),
  done: Type.Integer(),
  failed: Type.Integer(),
  skipped: Type.Integer({
    description: 'Looked at and not meant: of other connections, copies of other replays, outside of the span.',
  }),
  newEffects: Type.Integer({
    description: 'Effects that the ledger does not know: what a run would do, or did, to the outside world.',
  }),
  knownEffects: Type.Integer(),
  newFacts: Type.Integer({
    description:
      'What a dry run found that would happen and has not. What objects only hand on to each other does not count.',
  }),
  missing: Type.Integer({ description: 'Messages of the range or list that are no more: retention removed them.' }),
  samples: Type.Array(
    Type.Object({
      message: Type.String({ description: 'Message or fact that wants the effect.' }),
      command: Type.String(),
      target: Type.String(),
      naturalKey: Type.String(),
      known: Type.Boolean({ description: 'The ledger has it already: nothing would leave.' }),
    }),
    { description: 'The first twenty effects of a dry run.' },
  ),
  reason: Type.Optional(freeText(Type.String())),
})

export const createReplay = defineRoute({
  method: 'POST',
  path: '/v1/replays',
  scope: 'replays:write',
  operationId: 'createReplay',
  summary: 'Replay messages; a dry run unless dryRun is false',
  tag: 'replays',
  body: Type.Object(
    {
      dryRun: Type.Optional(Type.Boolean()),
      messages: Type.Optional(Type.Array(Type.String({ pattern: '^msg_\\d+-\\d+$' }), { minItems: 1, maxItems: 1000 })),
      connection: Type.Optional(Type.String({ maxLength: 100 })),
      since: Type.Optional(Type.String({ description: 'Received at or after, RFC 3339.' })),
      until: Type.Optional(Type.String({ description: 'Received before, RFC 3339.' })),
      cause: Type.Optional(Type.String({ description: 'Code of parked messages to release, for example MAP_FAILED.' })),
      perSecond: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
      reason: Type.Optional(
        freeText(
          Type.String({
            minLength: 3,
            maxLength: 500,
            description: 'Why; it stands with the job and in the audit log.',
          }),
        ),
      ),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: { status: 202, schema: job },
  handle: async ({ gateway, principal, address, trace, body, once }) => {
    if (body.messages === undefined && body.connection === undefined && body.cause === undefined) {
      throw new InvalidRequest([{ pointer: '#', detail: 'name messages, a connection or a cause', code: 'required' }])
    }
    if (body.connection !== undefined && gateway.connections().get(body.connection)?.tenant !== principal.tenant)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection: body.connection })
    const spec: ReplaySpec = {
      dryRun: body.dryRun ?? true,
      ...(body.messages === undefined ? {} : { messages: body.messages }),
      ...(body.connection === undefined ? {} : { connection: body.connection }),
      ...(body.since === undefined ? {} : { since: instantOf('since', body.since) }),
      ...(body.until === undefined ? {} : { until: instantOf('until', body.until) }),
      ...(body.cause === undefined ? {} : { cause: body.cause }),
      perSecond: body.perSecond ?? 1000,
      by: principal.name,
      ...(body.reason === undefined ? {} : { reason: body.reason }),
    }
    const made = await gateway.backbone.stores.jobs.create(
      { id: `job_${once}`, tenant: principal.tenant, kind: 'replay', spec },
      noteOf(
        { principal, address, trace },
        { ...(body.reason === undefined ? {} : { reason: body.reason }), after: spec },
      ),
    )
    gateway.node.wake()
    return { body: shown(made), headers: { location: `/v1/jobs/${made.id}` } }
  },
})

export const readReplay = defineRoute({
  method: 'GET',
  path: '/v1/replays/{id}',
  scope: 'replays:write',
  operationId: 'readReplay',
  summary: 'Progress of a replay',
  tag: 'replays',
  answer: { status: 200, schema: job },
  handle: async ({ gateway, principal, params }) => {
    const found = await gateway.backbone.stores.jobs.get(params.id ?? '')
    if (found === undefined || found.tenant !== principal.tenant)
      throw new InterlineError('NOT_FOUND', { what: 'replay with this id' })
    return { body: shown(found) }
  },
})

export const cancelReplay = defineRoute({
  method: 'POST',
  path: '/v1/replays/{id}/cancel',
  scope: 'replays:write',
  operationId: 'cancelReplay',
  summary: 'Stop a replay where it is',
  tag: 'replays',
  repeatable: 'sets',
  answer: { status: 200, schema: job },
  handle: async ({ gateway, principal, address, trace, params }) => {
    const { jobs } = gateway.backbone.stores
    const found = await jobs.get(params.id ?? '')
    if (found === undefined || found.tenant !== principal.tenant)
      throw new InterlineError('NOT_FOUND', { what: 'replay with this id' })
    await jobs.cancel(found.id, noteOf({ principal, address, trace }))
    return { body: shown((await jobs.get(found.id)) ?? found) }
  },
})

function shown({ id, state, spec, progress }: Job): Record<string, unknown> {
  const known = { ...noProgress, ...(progress as Partial<ReplayProgress> | null) }
  const {
    position: _,
    part: _part,
    end: _end,
    after: _after,
    workedMs: _worked,
    startedAt: _started,
    ...counts
  } = known
  return { id, status: state, dryRun: (spec as ReplaySpec).dryRun, ...counts }
}
