import type { Backbone } from '../backbone/backbone.ts'
import type { Held } from './fold.ts'

/**
 * States of the aggregates of one partition that this node owns. One cache per partition: emptying that of another would let a
 * plan be made on stored states while a step that changes them is still in flight. Right because the owner is the only writer; thrown away when a
 * tenure is lost or a step fails. Bounded by entries: the least recently used go first.
 */
export class StateCache {
  readonly #entriesMax: number
  #held = new Map<string, Held>()

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax
  }

  get(subject: string): Held | undefined {
    return this.#held.get(subject)
  }

  /** Makes sure that every subject is here; one read for those that are not. A subject without state is remembered as new. */
  async load(subjects: readonly string[], backbone: Backbone): Promise<void> {
    const missing = new Set<string>()
    for (const subject of subjects) {
      const held = this.#held.get(subject)
      if (held === undefined) missing.add(subject)
      else this.#touch(subject, held)
    }
    if (missing.size === 0) return
    const held = this.#held
    const found = await backbone.states([...missing])
    if (held !== this.#held) return this.load(subjects, backbone)
    for (const subject of missing) {
      const state = found.get(subject)
      if (!this.#held.has(subject)) {
        this.#held.set(
          subject,
          state === undefined
            ? { version: 0, state: undefined }
            : { version: state.version, state: JSON.parse(state.body) },
        )
      }
    }
  }

  put(held: Iterable<readonly [subject: string, held: Held]>): void {
    for (const [subject, one] of held) this.#touch(subject, one)
    if (this.#held.size <= this.#entriesMax) return
    let surplus = this.#held.size - this.#entriesMax
    for (const subject of this.#held.keys()) {
      if (surplus-- <= 0) break
      this.#held.delete(subject)
    }
  }

  clear(): void {
    this.#held = new Map()
  }

  #touch(subject: string, held: Held): void {
    this.#held.delete(subject)
    this.#held.set(subject, held)
  }
}
