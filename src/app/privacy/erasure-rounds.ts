import type { Backbone } from '../../backbone/backbone.ts'
import type { Database } from '../../backbone/postgres/database.ts'
import { Erasing } from '../../backbone/postgres/erasing.ts'
import type { Job } from '../../backbone/stores.ts'
import { InterlineError } from '../../base/errors.ts'
import type { FlowNode } from '../../flow/node.ts'
import { keepTenures } from '../../flow/tenure.ts'
import { type Erasure, type ErasureSpec, Erasures, erasureKind } from '../../registry/erasures.ts'
import { People } from '../../registry/people.ts'
import { Eraser, type Walk, type WalkPlace } from './eraser.ts'
import { Holdings } from './holdings.ts'
import { countLogRows } from './log-rows.ts'
import { kept } from './outlook.ts'

/** What the rounds work with. */
export interface ErasureRoundsOptions {
  readonly database: Database
  readonly backbone: Pick<Backbone, 'heads' | 'stores' | 'partitions'>
  readonly node: FlowNode
}

/** After this another instance goes on with the erasure of one that vanished. */
const claimSeconds = 60
const beatMs = 5000

/** Begun, and not ours any more: it was paused or cancelled, or somebody else has it. */
class Lost extends Error {}

/** Does the erasures that were asked for, one after another; what broke off is begun again and ends in the same. */
export class ErasureRounds {
  readonly #options: ErasureRoundsOptions
  readonly #erasures: Erasures

  constructor(options: ErasureRoundsOptions) {
    this.#options = options
    this.#erasures = new Erasures({
      query: async (text, values) => ({ rows: await options.database.write(text, values) }),
    })
  }

  /** One erasure, if there is one to be done. */
  async round(): Promise<boolean> {
    const { jobs } = this.#options.backbone.stores
    await this.#erasures.endCancelled({ actor: 'the hub' })
    const job = await jobs.claim(erasureKind, this.#options.node.place.node, claimSeconds)
    if (job === undefined) return false
    const erasure = await this.#erasures.get(job.tenant, (job.spec as ErasureSpec).erasure)
    const startedAt = this.#options.node.place.clock.wall()
    try {
      const erased = erasure?.person === undefined ? {} : await this.#erase(job, erasure)
      const done = Object.values(erased).reduce((sum, one) => sum + one, 0)
      await jobs.finish(job.id, job.claimEpoch, {
        state: 'done',
        progress: { total: done, done, failed: 0, startedAt },
      })
    } catch (error) {
      if (error instanceof Lost) return true
      if (!(error instanceof InterlineError)) throw error
      await jobs.finish(job.id, job.claimEpoch, {
        state: 'failed',
        progress: { total: 0, done: 0, failed: 1, startedAt, reason: error.message },
      })
    }
    return true
  }

  async #erase(job: Job, erasure: Erasure): Promise<Readonly<Record<string, number>>> {
    const { database, backbone } = this.#options
    const likeness = erasure.person
    if (likeness === undefined) return {}
    const { place, read = 0, files = 0 } = (job.progress ?? {}) as ErasureProgress
    const beat = this.#beat(job, erasure, await countLogRows(database))
    const nowhere: Walk = { read, files, place, found: [] }
    await this.#understood(() => beat(nowhere))
    const holdings = new Holdings(database, erasure.tenant, { likeness, objects: new Set(erasure.objects) })
    const people = new People({ query: async (text, values) => ({ rows: await database.write(text, values) }) })
    const eraser = new Eraser(
      {
        ...{ database, beat, partitions: backbone.partitions, tenant: erasure.tenant },
        eraseAccount: (id) => people.erase(erasure.tenant, id),
        forget: (some) => this.#forget(some),
      },
      erasure,
      holdings,
      { read, files },
    )
    try {
      await this.#pass(eraser, erasure, place)
    } catch (error) {
      // What was written over before somebody stopped it is counted all the same.
      if (error instanceof Lost) await this.#erasures.count(erasure, eraser.counts)
      throw error
    }
    await this.#erasures.count(erasure, eraser.counts)
    const who = { likeness, objects: holdings.objects }
    const stays = await kept(database, erasure.tenant, { who, holdings, files: eraser.files })
    await this.#erasures.end(erasure, stays, { actor: 'the hub', after: eraser.counts })
    return eraser.counts
  }

  async #pass(eraser: Eraser, erasure: Erasure, from: WalkPlace | undefined): Promise<void> {
    const { database, node } = this.#options
    const messages = erasure.messages ?? (await eraser.messagesOf(erasure.found, from))
    if (erasure.messages === undefined) await this.#erasures.found(erasure, messages)
    let isClean = await eraser.run(new Set(messages), erasure.messages === undefined ? undefined : from)
    const { clock, leaseSeconds } = node.place
    // What other instances hold in memory they forget when they find themselves fenced: with the next step, or when the lease is renewed.
    if ((await new Erasing(database).others(node.place.node)) > 0) {
      await clock.sleep(leaseSeconds * 1000)
      isClean = await eraser.run(new Set(messages))
    }
    if (!isClean) throw new InterlineError('ERASURE_UNFINISHED')
  }

  /** What came before must be translated and folded first: business facts are not lost because of who they name. */
  async #understood(beat: () => Promise<void>): Promise<void> {
    const { database, backbone, node } = this.#options
    const heads = await backbone.heads()
    const erasing = new Erasing(database)
    while (!(await erasing.isUnderstood(heads))) {
      await beat()
      await node.place.clock.sleep(200)
    }
  }

  /** What this instance holds goes at once, and it takes the partitions anew. */
  async #forget(partitions: ReadonlySet<number>): Promise<void> {
    const { place } = this.#options.node
    const own = [...place.translate, ...place.advance].filter(({ partition }) => partitions.has(partition))
    for (const tenure of own) if (tenure.held) tenure.lose()
    for (const partition of partitions) {
      place.inboxTails[partition]?.clear()
      place.factTails[partition]?.clear()
    }
    place.committed.clear()
    await keepTenures(place, own)
    this.#options.node.wake()
  }

  /** Keeps the claim, and how far it is: what was found first, so that whoever goes on behind the place has all of it. */
  #beat(job: Job, erasure: Erasure, rows: number): (walk: Walk) => Promise<void> {
    const { clock } = this.#options.node.place
    const { workedMs: before = 0, startedAt = clock.wall() } = (job.progress ?? {}) as ErasureProgress
    const begun = clock.mono()
    let last = begun
    return async (walk) => {
      if (clock.mono() - last < beatMs) return
      last = clock.mono()
      const { jobs } = this.#options.backbone.stores
      const found = walk.found.splice(0)
      if (found.length > 0) await this.#erasures.findMore(erasure, found)
      const { place, read, files } = walk
      const progress: ErasureProgress = {
        // The log is walked through three times, and again where somebody wrote meanwhile.
        total: Math.max(rows * walks, read),
        done: read,
        failed: 0,
        ...{ read, files },
        ...{ startedAt, workedMs: before + last - begun },
        ...(place === undefined ? {} : { place }),
      }
      if (!(await jobs.save(job.id, job.claimEpoch, { progress, seconds: claimSeconds }))) throw new Lost()
    }
  }
}

/** To find what tells of them, to write over it, and to see that nothing is left. */
const walks = 3

/** What the job remembers of an erasure under way. */
interface ErasureProgress {
  readonly total?: number
  readonly done?: number
  readonly failed?: number
  readonly startedAt?: number
  readonly workedMs?: number
  /** Stored rows that were worked on. */
  readonly read?: number
  readonly files?: number
  readonly place?: WalkPlace
}
