import { hash } from 'node:crypto'
import type { Job, JobStore } from '../../backbone/stores.ts'
import { InterlineError } from '../../base/errors.ts'
import type { DataKeys } from '../../registry/data-keys.ts'
import type { Queryable } from '../../registry/queryable.ts'
import { type SealingPosition, sealedCounts, sealingStart, sealPortion } from '../../registry/sealed-columns.ts'
import { type SecretRotation, type SecretStanding, secretRotationKind } from '../../registry/secret-rotation.ts'
import type { MasterKeySource } from './master-key.ts'

/** What a keeper of secrets works with. */
export interface SecretKeeperOptions {
  readonly database: Queryable
  readonly keys: DataKeys
  readonly source: MasterKeySource
  readonly jobs: Pick<JobStore, 'claim' | 'save' | 'finish'>
  /** Name of this instance. */
  readonly node: string
  readonly now: () => number
  readonly sealed: (count: number) => void
  /** Some texts do not open and are left as they are. */
  readonly unreadable: () => void
}

interface Progress {
  readonly position: SealingPosition
  readonly done: number
  readonly failed: number
  readonly startedAt: number
}

/** Longer than a portion takes; after this another instance goes on with the job of one that vanished. */
const claimSeconds = 20
const sweepMs = 3_600_000

/** Seals what releases before left clear, changes keys when somebody asks for it, and removes keys that nothing needs. */
export class SecretKeeper {
  readonly #options: SecretKeeperOptions
  #position: SealingPosition | undefined = sealingStart
  #sweepAt: number
  #job: Job | undefined

  constructor(options: SecretKeeperOptions) {
    this.#options = options
    this.#sweepAt = options.now() + sweepMs
  }

  /** One portion of what is to be done; false when that is nothing. */
  async round(): Promise<boolean> {
    const { jobs, node, now } = this.#options
    if (this.#position !== undefined) return this.#sealRest(this.#position)
    this.#job ??= await jobs.claim(secretRotationKind, node, claimSeconds)
    if (this.#job !== undefined) return this.#rotate(this.#job)
    if (now() < this.#sweepAt) return false
    this.#sweepAt = now() + sweepMs
    await this.#sweep()
    return false
  }

  async standing(tenant: string): Promise<SecretStanding> {
    const { database, keys, source } = this.#options
    const [listed, counts] = await Promise.all([keys.list(tenant), sealedCounts(database, tenant)])
    return {
      master: { name: keys.master, isOwn: source.isOwn },
      keys: listed.map((key) => ({ ...key, secrets: counts.get(key.id) ?? 0 })),
      unsealed: counts.get('') ?? 0,
    }
  }

  async #sealRest(position: SealingPosition): Promise<boolean> {
    const { database, keys, sealed, unreadable } = this.#options
    const portion = await sealPortion(database, keys, { position })
    if (portion.sealed > 0) sealed(portion.sealed)
    if (portion.unreadable > 0) unreadable()
    this.#position = portion.next
    return true
  }

  async #rotate(job: Job): Promise<boolean> {
    const { jobs, now } = this.#options
    const before: Progress = {
      position: sealingStart,
      done: 0,
      failed: 0,
      startedAt: now(),
      ...(job.progress as Partial<Progress> | null),
    }
    try {
      const { progress, isOver } = await this.#portion(job, before)
      if (isOver) {
        const total = progress.done + progress.failed
        await jobs.finish(job.id, job.claimEpoch, { state: 'done', progress: { ...progress, total } })
        this.#job = undefined
      } else if (await jobs.save(job.id, job.claimEpoch, { progress, seconds: claimSeconds }))
        this.#job = { ...job, progress }
      // It was paused, cancelled, or belongs to somebody else by now.
      else this.#job = undefined
    } catch (error) {
      this.#job = undefined
      if (!(error instanceof InterlineError)) throw error
      await jobs.finish(job.id, job.claimEpoch, { state: 'failed', progress: { ...before, reason: error.message } })
    }
    return true
  }

  async #portion(job: Job, before: Progress): Promise<{ readonly progress: Progress; readonly isOver: boolean }> {
    const { database, keys, source, sealed } = this.#options
    if ((job.spec as SecretRotation).key === 'master') {
      if (!source.isOwn) throw new InterlineError('MASTER_KEY_OUTSIDE')
      const done = await keys.rewrap(source.add())
      source.trim()
      return { progress: { ...before, done }, isOver: true }
    }
    // The same one, however often this is begun anew.
    const key = `dk_${hash('sha256', job.id, 'hex').slice(0, 24)}`
    await keys.add(key, job.tenant)
    const portion = await sealPortion(database, keys, { position: before.position, tenant: job.tenant, key })
    if (portion.sealed > 0) sealed(portion.sealed)
    const progress = {
      ...before,
      done: before.done + portion.sealed,
      failed: before.failed + portion.unreadable,
      position: portion.next ?? before.position,
    }
    return { progress, isOver: portion.next === undefined }
  }

  /** What other instances sealed with an old key meanwhile is sealed anew, and keys that nothing needs any more go. */
  async #sweep(): Promise<void> {
    const { database, keys } = this.#options
    const { rows } = await database.query('SELECT tenant FROM data_key GROUP BY tenant HAVING count(*) > 1', [])
    for (const row of rows) {
      const tenant = String(row['tenant'])
      const [newest] = await keys.list(tenant)
      if (newest === undefined) continue
      for (let position: SealingPosition | undefined = sealingStart; position !== undefined; )
        position = (await sealPortion(database, keys, { position, tenant, key: newest.id })).next
      await keys.forget(tenant, new Set((await sealedCounts(database, tenant)).keys()))
    }
  }
}
