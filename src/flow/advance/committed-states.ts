import type { Backbone } from '../../backbone/backbone.ts'
import type { StateChange } from '../../backbone/step.ts'
import { BoundedMap, type Bounds } from '../bounded-map.ts'
import type { Held } from './fold.ts'

/** A state as it was committed, read into memory. Must not be changed. */
export interface CommittedState {
  readonly tenant: string
  readonly version: number
  readonly state: unknown
  readonly characters: number
}

/** What this node owns of the log, as far as readers must know. */
export interface Ownership {
  /** Changes whenever the node may have missed a change of the object; undefined while somebody else may be changing it. */
  of(subject: string): number | undefined
}

const queryMost = 500

/**
 * Committed states for whoever asks: of objects whose partition this node owns from memory, of others from the database. An inquiry
 * that is answered from memory costs no query and never waits behind the writers. Right because the owner is the only writer and
 * every commit of his passes here; what he is not sure about any more is thrown away. Bounded: what was read or changed longest ago goes first.
 */
export class CommittedStates {
  readonly #backbone: Pick<Backbone, 'states'>
  readonly #ownership: Ownership
  readonly #bounds: Bounds
  #states: BoundedMap<CommittedState>
  readonly #loading = new Map<string, PromiseWithResolvers<CommittedState | undefined>>()
  #waiting: string[] = []
  #isLoading = false

  constructor(backbone: Pick<Backbone, 'states'>, ownership: Ownership, bounds: Bounds) {
    this.#backbone = backbone
    this.#ownership = ownership
    this.#bounds = bounds
    this.#states = new BoundedMap(bounds, weigh)
  }

  /** States that a step of this node committed; those that nobody asked for are not kept. */
  keep(changes: readonly StateChange[], held: ReadonlyMap<string, Held>): void {
    for (const { subject, tenant, version, body } of changes) {
      if (!this.#states.has(subject) && !this.#loading.has(subject)) continue
      const state = held.get(subject)?.state
      if (state !== undefined) this.#states.set(subject, { tenant, version, state, characters: body.length })
    }
    this.#states.shrink()
  }

  /** At once where it is known, without a promise: most inquiries are about what somebody has just asked. */
  known(subject: string): CommittedState | undefined {
    return this.#ownership.of(subject) === undefined ? undefined : this.#states.get(subject)
  }

  /** Each subject that has a state, with it. Throws DATABASE_UNAVAILABLE where one must be read and cannot. */
  async read(subjects: readonly string[]): Promise<ReadonlyMap<string, CommittedState>> {
    const found = new Map<string, CommittedState>()
    const missing: string[] = []
    for (const subject of subjects) {
      const known = this.known(subject)
      if (known === undefined) missing.push(subject)
      else found.set(subject, known)
    }
    const loaded = await Promise.all(missing.map((subject) => this.#load(subject)))
    missing.forEach((subject, index) => {
      const state = loaded[index]
      if (state !== undefined) found.set(subject, state)
    })
    return found
  }

  /** Nothing that is in memory may be answered any more. */
  clear(): void {
    this.#states = new BoundedMap(this.#bounds, weigh)
  }

  #load(subject: string): Promise<CommittedState | undefined> {
    const underWay = this.#loading.get(subject)
    if (underWay !== undefined) return underWay.promise
    const begun = Promise.withResolvers<CommittedState | undefined>()
    this.#loading.set(subject, begun)
    this.#waiting.push(subject)
    if (!this.#isLoading) this.#loadAll().catch(begun.reject)
    return begun.promise
  }

  /** One query at a time, for all that were asked for meanwhile: a thousand inquiries must not take every connection. */
  async #loadAll(): Promise<void> {
    this.#isLoading = true
    while (this.#waiting.length > 0) {
      const subjects = this.#waiting.splice(0, queryMost)
      const owned = subjects.map((subject) => this.#ownership.of(subject))
      try {
        const stored = await this.#backbone.states(subjects)
        subjects.forEach((subject, index) => {
          const read = stored.get(subject)
          this.#loaded(subject, owned[index], read === undefined ? undefined : committed(read))
        })
      } catch (error) {
        for (const subject of subjects) this.#done(subject)?.reject(error)
      }
    }
    this.#isLoading = false
  }

  /** A commit that came while it was read is newer than what was read. */
  #loaded(subject: string, owned: number | undefined, read: CommittedState | undefined): void {
    const committedSince = this.known(subject)
    const newest = (committedSince?.version ?? 0) > (read?.version ?? 0) ? committedSince : read
    if (newest !== undefined && owned !== undefined && this.#ownership.of(subject) === owned) {
      this.#states.set(subject, newest)
      this.#states.shrink()
    }
    this.#done(subject)?.resolve(newest)
  }

  #done(subject: string): PromiseWithResolvers<CommittedState | undefined> | undefined {
    const begun = this.#loading.get(subject)
    this.#loading.delete(subject)
    return begun
  }
}

function committed({ tenant, version, body }: { tenant: string; version: number; body: string }): CommittedState {
  return { tenant, version, state: JSON.parse(body), characters: body.length }
}

function weigh(subject: string, { characters }: CommittedState): number {
  return subject.length + characters
}
