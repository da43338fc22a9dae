import type { OutboundClock } from './http/request.ts'

/** Whether the machine slept or its clock was set since this was made: what was planned before then may be over. */
export class ClockJump {
  readonly #clock: OutboundClock
  /** Wall minus monotonic clock: stays the same otherwise. */
  readonly #drift: number

  constructor(clock: OutboundClock) {
    this.#clock = clock
    this.#drift = clock.wall() - clock.mono()
  }

  get isSeen(): boolean {
    return Math.abs(this.#clock.wall() - this.#clock.mono() - this.#drift) > driftMs
  }
}

const driftMs = 1000
