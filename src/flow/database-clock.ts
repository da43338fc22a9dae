import type { Backbone } from '../backbone/backbone.ts'
import type { Bell, Clock } from './ports.ts'

/**
 * The clock of the database, as this node knows it. Schedules, leases and quarantines are judged by one clock; a node whose own is
 * hours off must neither fire a timer early nor put a retry off. Between two readings it follows the monotonic clock, so that
 * somebody who sets the machine's clock moves nothing. Before the first reading it is the machine's.
 */
export class DatabaseClock implements Clock {
  readonly #machine: Clock
  /** Database time at monotonic 0, ms. */
  #base: number | undefined

  constructor(machine: Clock) {
    this.#machine = machine
  }

  mono(): number {
    return this.#machine.mono()
  }

  wall(): number {
    return this.#base === undefined ? this.#machine.wall() : Math.round(this.#base + this.#machine.mono())
  }

  sleep(ms: number, bell?: Bell): Promise<void> {
    return this.#machine.sleep(ms, bell)
  }

  /** How far the machine's clock is ahead of the database's, ms; negative when it is behind. */
  get skewMs(): number {
    return this.#base === undefined ? 0 : this.#machine.wall() - this.wall()
  }

  /** Reads the database's clock. An answer that took long says little, and is used only when there is nothing better. */
  async set(backbone: Pick<Backbone, 'now'>): Promise<void> {
    const before = this.#machine.mono()
    const now = await backbone.now()
    const after = this.#machine.mono()
    if (this.#base !== undefined && after - before > slowMs) return
    this.#base = now - (before + after) / 2
  }
}

/** The reading is wrong by at most half of this. */
const slowMs = 1000
