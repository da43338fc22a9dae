import type { Waiting } from './waiting.ts'

/**
 * Batches of messages whose steps are not done, each by identity. One table for all of them would be older than what is in it: while
 * entries come and go it is made anew, and the old ones keep what was in them until a full collection.
 */
export class BatchesUnderWay {
  #batches: readonly ReadonlyMap<string, Waiting>[] = []

  /** How many there are. */
  get count(): number {
    return this.#batches.length
  }

  /** Messages in all of them. */
  get messages(): number {
    return this.#batches.reduce((sum, { size }) => sum + size, 0)
  }

  /** The message of this identity whose outcome decides about another one; undefined for none. */
  find(identity: string): Waiting | undefined {
    for (const batch of this.#batches) {
      const found = batch.get(identity)
      if (found !== undefined) return found
    }
    return undefined
  }

  add(batch: ReadonlyMap<string, Waiting>): void {
    this.#batches = [...this.#batches, batch]
  }

  delete(batch: ReadonlyMap<string, Waiting>): void {
    this.#batches = this.#batches.filter((one) => one !== batch)
  }
}
