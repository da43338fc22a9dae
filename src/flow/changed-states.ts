import type { Held } from './fold.ts'

/**
 * States that steps of this node committed, for those who follow the log: what was just written need not be read again. Each is
 * given once. What is not here is read from the database, which is always right.
 */
export class ChangedStates {
  readonly #entriesMax: number
  readonly #states = new Map<string, Held>()

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax
  }

  keep(states: ReadonlyMap<string, Held>): void {
    if (this.#states.size + states.size > this.#entriesMax) this.clear()
    if (states.size > this.#entriesMax) return
    for (const [subject, held] of states) this.#states.set(subject, held)
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
    this.#states.clear()
  }
}
