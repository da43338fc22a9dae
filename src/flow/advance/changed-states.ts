import { BoundedMap, type Bounds } from '../bounded-map.ts'
import type { Held } from './fold.ts'
import { weigh } from './states.ts'

/**
 * States that steps of this node committed, for those who follow the log: what was just written need not be read again. Each is
 * given once. What is not here is read from the database, which is always right.
 */
export class ChangedStates {
  readonly #bounds: Bounds
  #states: BoundedMap<Held>

  constructor(bounds: Bounds) {
    this.#bounds = bounds
    this.#states = new BoundedMap(bounds, weigh)
  }

  keep(states: ReadonlyMap<string, Held>): void {
    for (const [subject, held] of states) this.#states.set(subject, held)
    this.#states.shrink()
  }

  take(subjects: Iterable<string>): Map<string, Held> {
    const taken = new Map<string, Held>()
    for (const subject of subjects) {
      const held = this.#states.get(subject)
      if (held === undefined) continue
      taken.set(subject, held)
      this.#states.delete(subject)
    }
    return taken
  }

  clear(): void {
    this.#states = new BoundedMap(this.#bounds, weigh)
  }
}
