import type { Backbone } from '../backbone/backbone.ts'
import { BoundedMap, type Bounds } from './bounded-map.ts'
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

  /**
   * Makes sure that every subject is here; one read for those that are not. A subject without state is remembered as new. What is too
   * much goes with the next `put`: what was asked for is needed together.
   */
  async load(subjects: readonly string[], backbone: Backbone): Promise<void> {
    const missing = new Set<string>()
    for (const subject of subjects) {
      const held = this.#held.get(subject)
      if (held === undefined) missing.add(subject)
      else this.#held.set(subject, held)
    }
    if (missing.size === 0) return
    const held = this.#held
    const found = await backbone.states([...missing])
    if (held !== this.#held) return this.load(subjects, backbone)
    for (const subject of missing) {
      const state = found.get(subject)
      if (!this.#held.has(subject)) this.#held.set(subject, state === undefined ? unheard : heldOf(state))
    }
  }

  put(held: Iterable<readonly [subject: string, held: Held]>): void {
    for (const [subject, one] of held) this.#held.set(subject, one)
    this.#held.shrink()
  }

  clear(): void {
    this.#held = new BoundedMap(this.#bounds, weigh)
  }
}

/** A state as it was stored. */
export function heldOf({ version, body }: { readonly version: number; readonly body: string }): Held {
  return { version, state: JSON.parse(body), characters: body.length }
}

/** The characters of a state in the log stand for its size in memory, which is about twice as many bytes. */
export function weigh(subject: string, { characters = 0 }: Held): number {
  return subject.length + characters
}

const unheard: Held = { version: 0, state: undefined }
