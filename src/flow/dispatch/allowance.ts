import type { BudgetStore } from '../../backbone/stores.ts'

/**
 * What one instance may still send of the budget that all instances share. Taken from the common bucket a tenth of a second ahead, so
 * that a fast target does not cost a question to the database per request; never more than the account allows over all.
 */
export class Allowance {
  readonly #store: BudgetStore
  readonly #account: string
  #left = 0

  constructor(store: BudgetStore, account: string) {
    this.#store = store
    this.#account = `account:${account}`
  }

  /** Takes up to `wanted` sends. `waitMs` is how long until there may be more. */
  async take(wanted: number, perSecond: number): Promise<{ readonly granted: number; readonly waitMs: number }> {
    let waitMs = 0
    if (this.#left < wanted) {
      const asked = Math.max(wanted - this.#left, Math.floor(perSecond / 10))
      const bucket = { capacity: Math.max(1, perSecond), refillPerSecond: perSecond }
      const taken = await this.#store.take(this.#account, bucket, asked)
      this.#left += taken.granted
      waitMs = taken.waitMs
    }
    const granted = Math.min(wanted, this.#left)
    this.#left -= granted
    return { granted, waitMs: granted === wanted ? 0 : Math.max(waitMs, 1) }
  }

  giveBack(count: number): void {
    this.#left += count
  }

  /** The target does not want to be asked before this instant (ms, clock of the database), by anybody. */
  async hold(until: number): Promise<void> {
    this.#left = 0
    await this.#store.hold(this.#account, until)
  }
}
