import { BoundedMap, type Bounds } from '../bounded-map.ts'
import type { Held } from './fold.ts'

/**
 * States of the aggregates of one partition that this node owns. One cache per partition: emptying that of another would let a
 * plan be made on stored states while a step that changes them is still in flight. Right because the owner is the only writer; thrown away when a
 * tenure is lost or a step fails. Bounded: the least recently used go first.
 */
export class StateCache {
  readonly #bounds: Bounds
  #held: BoundedMap<Held>

  constructor(bounds: Bounds) {
    this.#bounds = bounds
    this.#held = new BoundedMap(bounds, weigh)
  }

  get(subject: string): Held | undefined {
    return this.#held.get(subject)
  }

  /** Those that are not here; the others count as used. */
  missing(subjects: readonly string[]): string[] {
    return subjects.filter((subject) => this.#held.touch(subject) === undefined)
  }

  /** Changes when the cache is emptied: what was read before then is nothing to put in. */
  get filling(): object {
    return this.#held
  }

  /**
   * Takes what was read of subjects that were missing; one without state is remembered as new. What is too much goes with the next
   * `put`: what was asked for is needed together.
   */
  fill(subjects: readonly string[], found: ReadonlyMap<string, StoredState>): void {
    for (const subject of subjects) {
      const state = found.get(subject)
      if (!this.#held.has(subject)) this.#held.set(subject, state === undefined ? unheard : new Packed(state))
    }
  }

  put(held: Iterable<readonly [subject: string, held: Held]>): void {
    for (const [subject, one] of held) {
      const { version, body } = one
      this.#held.set(subject, body === undefined ? one : new Packed({ version, body }))
    }
    this.#held.shrink()
  }

  clear(): void {
    this.#held = new BoundedMap(this.#bounds, weigh)
  }
}

interface StoredState {
  readonly version: number
  readonly body: string
}

/** A state out of its row, with the number of facts that are in it. */
export function heldOf({ version, body }: StoredState): Held {
  return { version, state: JSON.parse(body), body }
}

/**
 * A state as its text, which is read whenever somebody looks: one string instead of hundreds of objects that the collector moves
 * and marks for as long as they are kept. Whoever looks keeps what he got for as long as he works on it.
 */
class Packed implements Held {
  readonly version: number
  readonly body: string

  constructor({ version, body }: StoredState) {
    this.version = version
    this.body = body
  }

  get state(): unknown {
    return JSON.parse(this.body)
  }
}

/** The characters of a state in the log stand for its size in memory, which is about twice as many bytes. */
export function weigh(subject: string, { body = '' }: Held): number {
  return subject.length + body.length
}

const unheard: Held = { version: 0, state: undefined }
