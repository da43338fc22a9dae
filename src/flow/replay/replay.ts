import type { ParkFilter } from '../../backbone/backbone.ts'
import type { Message } from '../../backbone/step.ts'
import type { Job, JobFailure } from '../../backbone/stores.ts'
import { InterlineError } from '../../base/errors.ts'
import { hexHash } from '../../base/sha256.ts'
import { traceparentOf } from '../../base/traceparent.ts'
import { type Fact, isReport } from '../../model/fact.ts'
import { type Folding, fold, type Held } from '../advance/fold.ts'
import { heldOf } from '../advance/states.ts'
import type { Connection } from '../connection.ts'
import { isOutage } from '../dispatch/outage.ts'
import type { Intake } from '../intake/intake.ts'
import { correctionHeader } from '../intake/received.ts'
import { resolveCodes } from '../translate/resolve-codes.ts'
import { translateAgain } from '../translate/stored.ts'
import { toldBefore } from '../translate/told-before.ts'
import { keysOf } from '../translate/translated.ts'
import { planTranslation } from '../translate/translation.ts'
import type { Workplace } from '../workplace.ts'
import { type Batch, isInParts, listed } from './replay-listed.ts'
import { overlaps, type ReplaySpec, within } from './replay-spec.ts'

/** How far a replay has come: kept with its job, so that whoever takes it over goes on from there. */
export interface ReplayProgress {
  /** Messages to look at: of a connection all that its part of the inbox holds in the span; null until it has begun. */
  readonly total: number | null
  readonly done: number
  readonly failed: number
  /** Looked at, and not meant: of other connections, copies, outside of the span. */
  readonly skipped: number
  /** Milliseconds that were worked; waiting and pauses do not count. */
  readonly workedMs: number
  /** When work began, ms since 1970; null until then. */
  readonly startedAt: number | null
  /** Effects whose natural key the ledger does not know: what a run would do to the outside world. */
  readonly newEffects: number
  readonly knownEffects: number
  /** What would happen that has not happened: reports that objects hand on to each other are none, they are told again in every replay. */
  readonly newFacts: number
  /** Messages of the range that retention has removed: they are not replayed. */
  readonly missing: number
  /** The first twenty, for a person to read before starting. */
  readonly samples: readonly {
    readonly message: string
    readonly command: string
    readonly target: string
    readonly naturalKey: string
    readonly known: boolean
  }[]
  /** Where to go on after a restart: the last offset that was looked at. */
  readonly position: number
  /** Offset behind the last one that is meant; what arrives while the job runs is not. */
  readonly end: number | null
  /** The last parked message that was looked at. */
  readonly after?: string
  /** Of a message that was taken in parts: which of its parts comes next. */
  readonly part?: number
}

/** Of a replay that has not begun. */
export const noProgress: ReplayProgress = {
  total: null,
  done: 0,
  failed: 0,
  skipped: 0,
  workedMs: 0,
  startedAt: null,
  newEffects: 0,
  knownEffects: 0,
  newFacts: 0,
  missing: 0,
  samples: [],
  position: -1,
  end: null,
}

/**
 * Replay goes through the one gate of live traffic: a copy without bytes of its own enters the inbox in the bulk lane, folds find
 * that nothing changed, and an effect whose natural key exists is not written again. A dry run plans the same and commits nothing.
 */
export class Replayer {
  readonly #place: Workplace
  readonly #intake: Pick<Intake, 'accept'>
  /** What this instance works on, as it was stored last. */
  #job: Job | undefined

  constructor(place: Workplace, intake: Pick<Intake, 'accept'>) {
    this.#place = place
    this.#intake = intake
  }

  /**
   * Works on one portion of a job, if there is one, so that a hub that stops waits for no more than that. Rejects with what passes by itself,
   * such as DATABASE_UNAVAILABLE and HUB_BUSY: the job goes on in the next round.
   */
  async round(): Promise<boolean> {
    const { jobs } = this.#place.backbone.stores
    this.#job ??= await jobs.claim('replay', this.#place.node, claimSeconds)
    const job = this.#job
    if (job === undefined) return false
    try {
      const progress = await this.#portion(job)
      if (progress === undefined) {
        await jobs.finish(job.id, job.claimEpoch, { state: 'done', progress: job.progress })
        this.#place.signals.replayFinished({ replay: job.id, outcome: 'done' })
        this.#job = undefined
      } else if (await jobs.save(job.id, job.claimEpoch, { progress, seconds: claimSeconds }))
        this.#job = { ...job, progress }
      // It was paused, cancelled, or belongs to somebody else by now.
      else this.#job = undefined
    } catch (error) {
      // Kept: the same portion is tried again, and what of it has come in already is known by its identity.
      if (passes(error)) throw error
      this.#job = undefined
      const reason = error instanceof InterlineError ? error.message : 'The hub failed; see the log.'
      await jobs.finish(job.id, job.claimEpoch, { state: 'failed', progress: { ...progressOf(job), reason } })
      this.#place.signals.replayFinished({ replay: job.id, outcome: 'failed' })
      if (!(error instanceof InterlineError)) throw error
    }
    return true
  }

  /** How far the job is after the next portion; undefined when there is none. */
  async #portion(job: Job): Promise<ReplayProgress | undefined> {
    const { clock } = this.#place
    const spec = job.spec as ReplaySpec
    const from = clock.mono()
    const before = progressOf(job)
    const progress = before.total === null ? await this.#begun(job, before) : before
    const batch = await this.#next(job, progress)
    if (batch.looked === 0 && batch.parts === undefined && batch.position === progress.position) return undefined
    const worked = await this.#work(job, spec, { progress, messages: batch.messages })
    const missing = batch.missing ?? 0
    const workedMs = progress.workedMs + clock.mono() - from
    await clock.sleep(
      spec.dryRun ? 0 : Math.max(0, (batch.messages.length * 1000) / spec.perSecond - (clock.mono() - from)),
    )
    return {
      ...worked,
      missing: worked.missing + missing,
      skipped: worked.skipped + Math.max(0, batch.looked - batch.messages.length - missing),
      workedMs: Math.max(workedMs, progress.workedMs + clock.mono() - from),
      position: batch.position,
      part: batch.part ?? 0,
      total: worked.total === null ? null : worked.total + (batch.parts ?? 0),
      ...(batch.after === undefined ? {} : { after: batch.after }),
    }
  }

  /** How much there is to look at, and where it begins and ends. */
  async #begun(job: Job, progress: ReplayProgress): Promise<ReplayProgress> {
    const { backbone, clock } = this.#place
    const spec = job.spec as ReplaySpec
    const startedAt = clock.wall()
    if (spec.messages !== undefined) return { ...progress, startedAt, total: spec.messages.length }
    if (spec.cause !== undefined) return { ...progress, startedAt, total: await this.#countParked(job, spec) }
    const { partition } = this.#connection(job, spec)
    const head = ((await backbone.heads()).inbox[partition] ?? -1) + 1
    // Clocks of instances differ by less than an hour; what is outside after all is looked at and skipped.
    const start = spec.since === undefined ? 0 : await backbone.offsetAt(partition, spec.since - hourMs)
    const isPast = spec.until !== undefined && spec.until + hourMs < startedAt
    const end = isPast ? Math.min(head, await backbone.offsetAt(partition, (spec.until ?? 0) + hourMs)) : head
    return { ...progress, startedAt, position: start - 1, end, total: Math.max(0, end - start) }
  }

  async #countParked(job: Job, spec: ReplaySpec): Promise<number> {
    let count = 0
    for (let after: string | undefined; ; ) {
      const rows = await this.#place.backbone.parked({ ...parkFilter(job, spec, after), limit: 5000 })
      count += rows.length
      after = rows.at(-1)?.message
      if (rows.length < 5000) return count
    }
  }

  /** Throws CONNECTION_UNKNOWN. */
  #connection(job: Job, spec: ReplaySpec): Connection {
    const connection = this.#place.ports.connections().get(spec.connection ?? '')
    if (connection?.tenant !== job.tenant)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection: spec.connection ?? '' })
    return connection
  }

  async #work(
    job: Job,
    spec: ReplaySpec,
    input: { progress: ReplayProgress; messages: readonly Message[] },
  ): Promise<ReplayProgress> {
    const { progress, messages } = input
    if (spec.dryRun) return this.#plan(job, progress, messages)
    const outcomes = await Promise.all(messages.map((message) => this.#again(job, spec, message)))
    const failures = outcomes.flatMap((failure, index) =>
      failure === undefined ? [] : [{ item: messages[index]?.id ?? '', ...failure }],
    )
    await this.#place.backbone.stores.jobs.fail(job.id, failures)
    const done = progress.done + messages.length - failures.length
    return { ...progress, done, failed: progress.failed + failures.length }
  }

  /** Undefined when it went well. */
  async #again(job: Job, spec: ReplaySpec, message: Message): Promise<Omit<JobFailure, 'item'> | undefined> {
    if (spec.cause !== undefined) {
      const isReleased = (await this.#place.backbone.release([message.id], spec.by)) === 1
      return isReleased ? undefined : { code: 'NOT_FOUND', detail: 'It was released or settled meanwhile.' }
    }
    const connection = this.#place.ports.connections().get(message.connection)
    if (connection === undefined)
      return { code: 'CONNECTION_UNKNOWN', detail: `The connection ${message.connection} is declared no more.` }
    await this.#intake.accept({
      connection,
      body: new Uint8Array(0),
      contentType: message.contentType,
      // A trace of its own, linked to that of the original.
      headers: { traceparent: traceparentOf(message.trace) },
      trace: hexHash(`replay:${job.id}:${message.id}`),
      lane: 'bulk',
      identity: `replay:${job.id}:${message.id}`,
      ...(message.orderKey === undefined ? {} : { orderKey: message.orderKey }),
      replayOf: message.id,
    })
    return undefined
  }

  /** The same plan as a run, on copies of the states, with the ledger asked which effects it knows. */
  async #plan(job: Job, progress: ReplayProgress, messages: readonly Message[]): Promise<ReplayProgress> {
    const { backbone, clock } = this.#place
    const read = await Promise.all(messages.map((message) => translateAgain(this.#place, message)))
    const translated = await resolveCodes(this.#place, read)
    const known = await backbone.identifiers(keysOf(translated))
    const at = clock.wall()
    const translation = planTranslation(translated, {
      known: (key) => known.get(key) ?? [],
      blocked: new Set(),
      partitions: backbone.partitions,
      at,
      waitMs: 0,
      told: await toldBefore(backbone, translated),
    })
    const reports = translation.facts.map(({ fact }): Fact => ({ ...fact, replay: true }))
    const folding = await this.#folded(reports, at)
    const samples = [...progress.samples]
    let { newEffects, knownEffects } = progress
    for (const { tenant, command, target, naturalKey, causation } of folding.effects) {
      const known = (await backbone.ledger.knownKeys(tenant, [naturalKey])).has(naturalKey)
      if (known) knownEffects++
      else newEffects++
      if (samples.length < 20) samples.push({ message: causation, command, target, naturalKey, known })
    }
    const newFacts = progress.newFacts + folding.facts.filter(({ fact }) => !isReport(fact.type)).length
    await backbone.stores.jobs.fail(
      job.id,
      translation.parks.map(({ message: item, code, detail }) => ({ item, code, detail })),
    )
    const failed = progress.failed + translation.parks.length
    return {
      ...progress,
      done: progress.done + messages.length - translation.parks.length,
      failed,
      newEffects,
      knownEffects,
      newFacts,
      samples,
    }
  }

  /** As live traffic is folded, with the states of everything that the facts reach: an instance of a process that is under way is no new one. */
  async #folded(reports: readonly Fact[], at: number): Promise<Folding> {
    const { backbone, ports } = this.#place
    const states = new Map<string, Held>()
    for (let wanted: readonly string[] = [...new Set(reports.map(({ subject }) => subject))]; ; ) {
      const stored = await backbone.states(wanted)
      for (const subject of wanted) {
        const found = stored.get(subject)
        states.set(subject, found === undefined ? { version: 0, state: undefined } : heldOf(found))
      }
      const folding = fold(reports, {
        held: (subject) => states.get(subject),
        routes: ports.routes(),
        connections: ports.connections(),
        policy: ports.policy,
        partitions: backbone.partitions,
        at,
        foldDerived: true,
      })
      if (folding.missing.length === 0) return folding
      wanted = folding.missing
    }
  }

  /** The next messages, of the job's own tenant only. */
  async #next(job: Job, progress: ReplayProgress): Promise<Batch> {
    const batch = await this.#candidates(job, job.spec as ReplaySpec, progress)
    return { ...batch, messages: batch.messages.filter(({ tenant }) => tenant === job.tenant) }
  }

  async #candidates(job: Job, spec: ReplaySpec, progress: ReplayProgress): Promise<Batch> {
    // A portion takes about a second at most, so that pausing, cancelling and stopping are heard.
    const most = spec.dryRun ? batchSize : Math.min(batchSize, spec.perSecond)
    if (spec.messages !== undefined) return listed(this.#place, spec.messages, { progress, most })
    if (spec.cause !== undefined) return this.#parked(job, progress, most)
    const connection = this.#connection(job, spec)
    const last = progress.end ?? Number.POSITIVE_INFINITY
    if (progress.position + 1 >= last) return { messages: [], looked: 0, position: progress.position }
    const { backbone } = this.#place
    const dropped = await backbone.droppedDays('inbox', connection.partition)
    // Retention makes holes on purpose, also in the middle, where a day is held: the reader goes on behind them.
    const hole = dropped.find(({ first, next }) => progress.position + 1 >= first && progress.position + 1 < next)
    if (hole !== undefined) {
      const next = Math.min(hole.next, last)
      const looked = next - progress.position - 1
      return { messages: [], looked, position: next - 1, missing: overlaps(hole.day, spec) ? looked : 0 }
    }
    const end = dropped.find(({ first }) => first > progress.position + 1)?.first ?? last
    const limit = Math.min(most, Math.min(end, last) - progress.position - 1)
    const rows = await backbone.readInbox(connection.partition, progress.position, limit)
    const fitting = rows.filter(
      (message) =>
        message.connection === connection.id &&
        message.replayOf === undefined &&
        // The message that it corrects is replayed with these bytes.
        message.headers[correctionHeader] === undefined &&
        within(message, spec),
    )
    const messages: Message[] = []
    for (const message of fitting) if (!(await isInParts(this.#place, message))) messages.push(message)
    return { messages, looked: rows.length, position: rows.at(-1)?.offset ?? progress.position }
  }

  /** One pass: what fails again keeps its row, and must not be tried for ever. */
  async #parked(job: Job, progress: ReplayProgress, most: number): Promise<Batch> {
    const spec = job.spec as ReplaySpec
    const { backbone } = this.#place
    const rows = await backbone.parked({ ...parkFilter(job, spec, progress.after), limit: most })
    const found = await Promise.all(rows.map(({ message }) => backbone.message(message)))
    const after = rows.at(-1)?.message
    return {
      messages: found.filter((message) => message !== undefined).filter((message) => within(message, spec)),
      looked: rows.length,
      position: progress.position + rows.length,
      ...(after === undefined ? {} : { after }),
    }
  }
}

/** Whether it ends by itself. Work of a connection that is drained for good does not come back. */
function passes(error: unknown): boolean {
  if (isOutage(error)) return true
  return error instanceof InterlineError && error.flow === 'retry' && error.code !== 'CONNECTION_DRAINING'
}

function progressOf({ progress }: Job): ReplayProgress {
  return { ...noProgress, ...(progress as Partial<ReplayProgress> | null) }
}

function parkFilter(
  { tenant }: Job,
  { connection, cause }: ReplaySpec,
  after: string | undefined,
): Omit<ParkFilter, 'limit'> {
  return {
    tenant,
    ...(connection === undefined ? {} : { connection }),
    ...(cause === undefined ? {} : { code: cause }),
    ...(after === undefined ? {} : { after }),
  }
}

const hourMs = 3_600_000
/** Longer than a portion takes; after this another instance goes on with the job of one that vanished. */
const claimSeconds = 20
const batchSize = 200
