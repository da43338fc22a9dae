import { Type } from 'typebox'
import type { Job } from '../../../backbone/stores.ts'
import { InterlineError } from '../../../base/errors.ts'
import { noProgress, type ReplayProgress } from '../../../flow/replay/replay.ts'
import type { ReplaySpec } from '../../../flow/replay/replay-spec.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { noteOf } from '../../access/audit-note.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'

const statuses = ['queued', 'running', 'paused', 'succeeded', 'partly_failed', 'failed', 'cancelled'] as const

const sample = Type.Object({
  message: Type.String({ description: 'Message or fact that wants the effect.' }),
  command: Type.String(),
  target: Type.String(),
  naturalKey: Type.String(),
  known: Type.Boolean({ description: 'The ledger has it already: nothing would leave.' }),
})

const job = Type.Object(
  {
    id: Type.String(),
    kind: Type.String({ description: 'replay, secret-rotation, erasure.' }),
    status: Type.String({ description: `${statuses.join(', ')}.` }),
    dryRun: Type.Boolean({ description: 'Only looks what would happen.' }),
    total: Type.Union([Type.Integer(), Type.Null()], { description: 'Items to look at; null until that is known.' }),
    done: Type.Integer(),
    failed: Type.Integer(),
    skipped: Type.Integer({ description: 'Looked at and not meant, or removed by retention.' }),
    newEffects: Type.Integer({ description: 'What would leave, or left: effects that the ledger did not know.' }),
    knownEffects: Type.Integer({ description: 'Effects that are in the ledger: they do not leave again.' }),
    newFacts: Type.Integer(),
    samples: Type.Array(sample, { description: 'The first twenty effects of a dry run.' }),
    ratePerSecond: Type.Union([Type.Number(), Type.Null()], { description: 'Over the time that was worked.' }),
    etaSeconds: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Until the end, at this rate, while it runs.',
    }),
    createdAt: Type.String({ description: 'RFC 3339.' }),
    startedAt: Type.Union([Type.String(), Type.Null()]),
    updatedAt: Type.String(),
    owner: Type.String({ description: 'Who started it.' }),
    reason: freeText(Type.String({ description: 'Why, as the owner said; what stopped it, where it failed.' })),
    about: Type.String({ description: 'What it is to work on, in words.' }),
    failuresUrl: Type.String({ description: 'What could not be done, one JSON document a line.' }),
    allowed: Type.Array(Type.String(), { description: 'What can be done with it now: pause, resume, cancel.' }),
  },
  { title: 'Job' },
)

/** The newest first, whatever they are. */
export const listJobs = defineRoute({
  method: 'GET',
  path: '/v1/jobs',
  scope: 'jobs:read',
  operationId: 'listJobs',
  summary: 'Long work in the background, the newest first',
  tag: 'jobs',
  query: Type.Object(
    {
      ...pageQuery,
      kind: Type.Optional(Type.String({ maxLength: 40 })),
      state: Type.Optional(
        Type.Union(
          (['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const).map((state) => Type.Literal(state)),
          { description: 'done is succeeded or partly_failed.' },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(job) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { kind, state } = call.query
    const rows = await call.gateway.backbone.stores.jobs.list({
      tenant: call.principal.tenant,
      limit: limit + 1,
      ...(kind === undefined ? {} : { kind }),
      ...(state === undefined ? {} : { state }),
      ...(after === undefined ? {} : { before: Number(after) }),
    })
    return page(call, { rows, limit, query, position: ({ number }) => String(number), shown: jobView })
  },
})

/** One job, as far as it is. */
export const readJob = defineRoute({
  method: 'GET',
  path: '/v1/jobs/{id}',
  scope: 'jobs:read',
  operationId: 'readJob',
  summary: 'How far a job is',
  tag: 'jobs',
  answer: { status: 200, schema: job },
  handle: async (call) => ({ body: jobView(await ownJob(call)) }),
})

/** What is in hand is finished first. */
export const pauseJob = change('pause', 'Stop for now; what is in hand is finished. Again is the same')
/** Goes on where it was paused. */
export const resumeJob = change('resume', 'Go on where it was. Again is the same')
/** There is no way back. */
export const cancelJob = change('cancel', 'End it where it is, for good. Again is the same')

const failure = Type.Object({ item: Type.String(), code: Type.String(), detail: freeText(Type.String()) })

/** Every failure with its code, to be worked on elsewhere. */
export const readJobFailures = defineRoute({
  method: 'GET',
  path: '/v1/jobs/{id}/failures',
  scope: 'jobs:read',
  operationId: 'readJobFailures',
  summary: 'What a job could not do: one JSON document a line, {item, code, detail}',
  tag: 'jobs',
  answer: { status: 200, mediaType: 'application/x-ndjson', schema: Type.String(), line: failure },
  handle: async (call) => {
    const { id } = await ownJob(call)
    const { jobs } = call.gateway.backbone.stores
    const lines: string[] = []
    for (let after = ''; lines.length < failuresMost; ) {
      const rows = await jobs.failures(id, { after, limit: 5000 })
      lines.push(...rows.map((row) => `${JSON.stringify(row)}\n`))
      after = rows.at(-1)?.item ?? ''
      if (rows.length < 5000) break
    }
    return {
      headers: { 'content-disposition': `attachment; filename="${id}-failures.ndjson"` },
      bytes: Buffer.from(lines.join('')),
    }
  },
})

const failuresMost = 200_000

function change(verb: 'pause' | 'resume' | 'cancel', summary: string) {
  return defineRoute({
    method: 'POST',
    path: `/v1/jobs/{id}/${verb}`,
    scope: 'replays:write',
    operationId: `${verb}Job`,
    summary,
    tag: 'jobs',
    repeatable: 'sets',
    answer: { status: 200, schema: job },
    handle: async (call): Promise<Answer> => {
      const { jobs } = call.gateway.backbone.stores
      const { id } = await ownJob(call)
      const isChanged = await jobs[verb](id, noteOf(call))
      const wanted = { pause: 'paused', resume: 'running', cancel: 'cancelled' }[verb]
      const now = await ownJob(call)
      const isSo = now.state === wanted || (verb === 'resume' && now.state === 'queued')
      if (!isChanged && !isSo) throw new InterlineError('JOB_NOT_SO', { verb, state: statusOf(now) })
      call.gateway.node.wake()
      return { body: jobView(now) }
    },
  })
}

/** Throws NOT_FOUND, also for the job of another tenant. */
async function ownJob({ gateway, principal, params }: Call): Promise<Job> {
  const found = await gateway.backbone.stores.jobs.get(params.id ?? '')
  if (found === undefined || found.tenant !== principal.tenant)
    throw new InterlineError('NOT_FOUND', { what: 'job with this id' })
  return found
}

function jobView(row: Job): Record<string, unknown> {
  const spec = row.spec as ReplaySpec
  const progress = { ...noProgress, ...(row.progress as (Partial<ReplayProgress> & { reason?: string }) | null) }
  const { total, done, failed, missing, workedMs, startedAt } = progress
  const skipped = progress.skipped + missing
  const looked = done + failed + skipped
  const rate = workedMs === 0 || looked === 0 ? null : Math.round((looked * 10_000) / workedMs) / 10
  const isRunning = row.state === 'running'
  return {
    id: row.id,
    kind: row.kind,
    status: statusOf(row),
    dryRun: spec.dryRun,
    total,
    done,
    failed,
    skipped,
    newEffects: progress.newEffects,
    knownEffects: progress.knownEffects,
    newFacts: progress.newFacts,
    samples: progress.samples,
    ratePerSecond: rate,
    etaSeconds: isRunning && rate !== null && total !== null ? Math.max(0, Math.ceil((total - looked) / rate)) : null,
    createdAt: new Date(row.createdAt).toISOString(),
    startedAt: startedAt === null ? null : new Date(startedAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
    owner: spec.by,
    reason: progress.reason ?? spec.reason ?? '',
    about: (row.spec as { readonly about?: string }).about ?? aboutOf(spec),
    failuresUrl: `/v1/jobs/${row.id}/failures`,
    allowed: allowed[row.state],
  }
}

const allowed: Readonly<Record<Job['state'], readonly string[]>> = {
  queued: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  done: [],
  failed: [],
  cancelled: [],
}

function statusOf({ state, progress }: Job): string {
  if (state !== 'done') return state
  return ((progress as Partial<ReplayProgress> | null)?.failed ?? 0) > 0 ? 'partly_failed' : 'succeeded'
}

function aboutOf({ messages, connection, cause, since, until }: ReplaySpec): string {
  const day = (ms: number): string => new Date(ms).toISOString()
  return [
    ...(messages === undefined ? [] : [`${messages.length} messages`]),
    ...(connection === undefined ? [] : [connection]),
    ...(cause === undefined ? [] : [`parked with ${cause}`]),
    ...(since === undefined ? [] : [`since ${day(since)}`]),
    ...(until === undefined ? [] : [`until ${day(until)}`]),
  ].join(' · ')
}
