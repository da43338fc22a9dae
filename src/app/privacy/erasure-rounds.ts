import type { Backbone } from '../../backbone/backbone.ts'
import type { Database } from '../../backbone/postgres/database.ts'
import { Erasing } from '../../backbone/postgres/erasing.ts'
import type { Job } from '../../backbone/stores.ts'
import { InterlineError } from '../../base/errors.ts'
import type { FlowNode } from '../../flow/node.ts'
import { keepTenures } from '../../flow/tenure.ts'
import { type Erasure, type ErasureSpec, Erasures, erasureKind } from '../../registry/erasures.ts'
import { People } from '../../registry/people.ts'
import { Eraser } from './eraser.ts'
import { Holdings } from './holdings.ts'

/** What the rounds work with. */
export interface ErasureRoundsOptions {
  readonly database: Database
  readonly backbone: Pick<Backbone, 'heads' | 'stores' | 'partitions'>
  readonly node: FlowNode
}

/** After this another instance goes on with the erasure of one that vanished. */
const claimSeconds = 60
const beatMs = 10_000

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
    const { database, backbone, node } = this.#options
    const beat = this.#beat(job)
    await this.#understood(beat)
    const likeness = erasure.person
    if (likeness === undefined) return {}
    const holdings = new Holdings(database, erasure.tenant, { likeness, objects: new Set(erasure.objects) })
    const people = new People({ query: async (text, values) => ({ rows: await database.write(text, values) }) })
    const { partitions } = backbone
    const eraseAccount = (id: string): Promise<void> => people.erase(erasure.tenant, id)
    const eraser = new Eraser(
      { database, partitions, beat, eraseAccount, forget: (some) => this.#forget(some) },
      erasure,
      holdings,
    )
    const messages = erasure.messages ?? (await eraser.messagesOf())
    if (erasure.messages === undefined) await this.#erasures.found(erasure, messages)
    let isClean = await eraser.run(new Set(messages))
    const { clock, leaseSeconds } = node.place
    // What other instances hold in memory they forget when they find themselves fenced: with the next step, or when the lease is renewed.
    if ((await new Erasing(database).others(node.place.node)) > 0) {
      await clock.sleep(leaseSeconds * 1000)
      isClean = await eraser.run(new Set(messages))
    }
    if (!isClean) throw new InterlineError('ERASURE_UNFINISHED')
    await this.#erasures.count(erasure, eraser.counts)
    await this.#erasures.end(erasure, { actor: 'the hub', after: eraser.counts })
    return eraser.counts
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

  #beat(job: Job): () => Promise<void> {
    const { clock } = this.#options.node.place
    let last = clock.mono()
    return async () => {
      if (clock.mono() - last < beatMs) return
      last = clock.mono()
      const { jobs } = this.#options.backbone.stores
      if (!(await jobs.save(job.id, job.claimEpoch, { progress: job.progress, seconds: claimSeconds })))
        throw new Lost()
    }
  }
}
