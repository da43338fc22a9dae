import { startOf } from '../backbone/retention.ts'
import type { Message } from '../backbone/step.ts'
import type { Job } from '../backbone/stores.ts'
import { InterlineError } from '../base/errors.ts'
import { hexHash } from '../base/sha256.ts'
import { traceparentOf } from '../base/traceparent.ts'
import type { Fact } from '../model/fact.ts'
import { type Folding, fold, type Held } from './fold.ts'
import type { Intake } from './intake.ts'
import { correctionHeader } from './received.ts'
import { resolveCodes } from './resolve-codes.ts'
import { heldOf } from './states.ts'
import { translateAgain } from './stored.ts'
import { keysOf, planTranslation } from './translation.ts'
import type { Workplace } from './workplace.ts'

/** What to replay. All parts that are given must fit. */
export interface ReplaySpec {
  readonly dryRun: boolean
  readonly messages?: readonly string[]
  readonly connection?: string
  /** Received from and until, ms; half-open. */
  readonly since?: number
  readonly until?: number
  /** Parked messages with this code are released instead of copied. */
  readonly cause?: string
  readonly perSecond: number
  readonly by: string
}

export interface ReplayProgress {
  readonly total: number | null
  readonly done: number
  readonly failed: number
  /** Effects whose natural key the ledger does not know: what a run would do to the outside world. */
  readonly newEffects: number
  readonly knownEffects: number
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
}

/** Of a replay that has not begun. */
export const noProgress: ReplayProgress = {
  total: null,
  done: 0,
  failed: 0,
  newEffects: 0,
  knownEffects: 0,
  newFacts: 0,
  missing: 0,
  samples: [],
  position: -1,
}

/**
 * Replay goes through the one gate of live traffic: a copy without bytes of its own enters the inbox in the bulk lane, folds find
 * that nothing changed, and an effect whose natural key exists is not written again. A dry run plans the same and commits nothing.
 */
export class Replayer {
  readonly #place: Workplace
  readonly #intake: Pick<Intake, 'accept'>

  constructor(place: Workplace, intake: Pick<Intake, 'accept'>) {
    this.#place = place
    this.#intake = intake
  }

  /** Works on one job, if there is one. */
  async round(): Promise<boolean> {
    const { jobs } = this.#place.backbone.stores
    const job = await jobs.claim('replay', this.#place.node, claimSeconds)
    if (job === undefined) return false
    const spec = job.spec as ReplaySpec
    let progress = { ...noProgress, ...(job.progress as Partial<ReplayProgress> | null) }
    try {
      for (;;) {
        const batch = await this.#next(job, progress)
        if (batch.messages.length === 0 && batch.position === progress.position) break
        const worked = await this.#work(job, spec, { progress, messages: batch.messages })
        progress = { ...worked, missing: worked.missing + (batch.missing ?? 0), position: batch.position }
        if (!(await jobs.save(job.id, job.claimEpoch, { progress, seconds: claimSeconds }))) return true
        await this.#place.clock.sleep(spec.dryRun ? 0 : (batch.messages.length * 1000) / spec.perSecond)
      }
      await jobs.finish(job.id, job.claimEpoch, { state: 'done', progress: { ...progress, total: progress.done } })
      this.#place.signals.replayFinished({ replay: job.id, outcome: 'done' })
    } catch (error) {
      const reason = error instanceof InterlineError ? error.message : 'The hub failed; see the log.'
      await jobs.finish(job.id, job.claimEpoch, { state: 'failed', progress: { ...progress, reason } })
      this.#place.signals.replayFinished({ replay: job.id, outcome: 'failed' })
      if (!(error instanceof InterlineError)) throw error
    }
    return true
  }

  async #work(
    job: Job,
    spec: ReplaySpec,
    input: { progress: ReplayProgress; messages: readonly Message[] },
  ): Promise<ReplayProgress> {
    const { progress, messages } = input
    if (spec.dryRun) return this.#plan(progress, messages)
    let { done, failed } = progress
    await Promise.all(
      messages.map(async (message) => {
        if (await this.#again(job, spec, message)) done++
        else failed++
      }),
    )
    return { ...progress, done, failed }
  }

  async #again(job: Job, spec: ReplaySpec, message: Message): Promise<boolean> {
    if (spec.cause !== undefined) return (await this.#place.backbone.release([message.id], spec.by)) === 1
    const connection = this.#place.ports.connections().get(message.connection)
    if (connection === undefined) return false
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
    return true
  }

  /** The same plan as a run, on copies of the states, with the ledger asked which effects it knows. */
  async #plan(progress: ReplayProgress, messages: readonly Message[]): Promise<ReplayProgress> {
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
    })
    const reports = translation.facts.map(({ fact }) => fact)
    const folding = await this.#folded(reports, at)
    const samples = [...progress.samples]
    let { newEffects, knownEffects } = progress
    for (const { tenant, command, target, naturalKey, causation } of folding.effects) {
      const known = (await backbone.ledger.knownKeys(tenant, [naturalKey])).has(naturalKey)
      if (known) knownEffects++
      else newEffects++
      if (samples.length < 20) samples.push({ message: causation, command, target, naturalKey, known })
    }
    const newFacts = progress.newFacts + folding.facts.length
    const failed = progress.failed + translation.parks.length
    return { ...progress, done: progress.done + messages.length, failed, newEffects, knownEffects, newFacts, samples }
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
    if (spec.messages !== undefined) return this.#listed(spec.messages, progress.position)
    if (spec.cause !== undefined) return this.#parked(job, spec, progress)
    const connection = this.#place.ports.connections().get(spec.connection ?? '')
    if (connection?.tenant !== job.tenant)
      throw new InterlineError('CONNECTION_UNKNOWN', { connection: spec.connection ?? '' })
    const { backbone } = this.#place
    const dropped = await backbone.droppedDays('inbox', connection.partition)
    // Retention makes holes on purpose, also in the middle, where a day is held: the reader goes on behind them.
    const hole = dropped.find(({ first, next }) => progress.position + 1 >= first && progress.position + 1 < next)
    if (hole !== undefined)
      return { messages: [], position: hole.next - 1, missing: overlaps(hole.day, spec) ? hole.next - hole.first : 0 }
    const end = dropped.find(({ first }) => first > progress.position + 1)?.first ?? Number.POSITIVE_INFINITY
    const limit = Math.min(batchSize, end - progress.position - 1)
    const rows = await backbone.readInbox(connection.partition, progress.position, limit)
    const last = rows.at(-1)
    const fitting = rows.filter(
      (message) =>
        message.connection === connection.id &&
        message.replayOf === undefined &&
        // The message that it corrects is replayed with these bytes.
        message.headers[correctionHeader] === undefined &&
        within(message, spec),
    )
    return { messages: fitting, position: last?.offset ?? progress.position }
  }

  async #listed(ids: readonly string[], position: number): Promise<Batch> {
    const from = position + 1
    const part = ids.slice(from, from + batchSize)
    const found = await Promise.all(part.map((id) => this.#place.backbone.message(id)))
    const messages = found.filter((message) => message !== undefined)
    return {
      messages,
      position: part.length === 0 ? position : from + part.length - 1,
      missing: part.length - messages.length,
    }
  }

  async #parked(job: Job, spec: ReplaySpec, progress: ReplayProgress): Promise<Batch> {
    // One pass: what fails again keeps its row, and must not be tried for ever.
    if (progress.position >= 0) return { messages: [], position: progress.position }
    const filter = {
      tenant: job.tenant,
      ...(spec.connection === undefined ? {} : { connection: spec.connection }),
      ...(spec.cause === undefined ? {} : { code: spec.cause }),
    }
    const rows = await this.#place.backbone.parked({ ...filter, limit: 10_000 })
    const found = await Promise.all(rows.map(({ message }) => this.#place.backbone.message(message)))
    return {
      messages: found.filter((message) => message !== undefined && within(message, spec)) as Message[],
      position: 0,
    }
  }
}

interface Batch {
  readonly messages: readonly Message[]
  /** Messages in between that are no more. */
  readonly missing?: number
  readonly position: number
}

const claimSeconds = 60
const batchSize = 200

/** Whether a day of the log may hold messages that were received in the span; a day more at both ends, because clocks differ. */
function overlaps(day: string, { since = 0, until = Number.MAX_SAFE_INTEGER }: ReplaySpec): boolean {
  const start = startOf(day)
  return start + dayMs > since && start < until
}

const dayMs = 86_400_000

function within(message: Message, { since, until }: ReplaySpec): boolean {
  return message.receivedAt >= (since ?? 0) && message.receivedAt < (until ?? Number.MAX_SAFE_INTEGER)
}
