/**
 * Requests per second that an account allows, shared by all flows to it. After an outage or a 429 it starts at a tenth and grows by
 * a tenth per ten quiet seconds (AIMD), so that a drained backlog does not knock the target over again.
 */
export class Budget {
  readonly #perSecond: number
  #share = 1
  #tokens: number
  #at: number
  #quietSince: number
  #blockedUntil = 0

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond
    this.#tokens = Math.max(1, perSecond)
    this.#at = now
    this.#quietSince = now
  }

  /** Takes up to `wanted` tokens; how many were there. Monotonic ms. */
  take(now: number, wanted: number): number {
    this.#refill(now)
    if (now < this.#blockedUntil) return 0
    const taken = Math.min(wanted, Math.floor(this.#tokens))
    this.#tokens -= taken
    return taken
  }

  giveBack(count: number): void {
    this.#tokens += count
  }

  /** How long until a token is there, ms. */
  waitMs(now: number): number {
    this.#refill(now)
    const wait = this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 1000) / this.#rate())
    return Math.max(wait, this.#blockedUntil - now)
  }

  /** The target said "too many" (429) or comes back after an outage. */
  throttle(now: number, retryAfterMs = 0): void {
    this.#share = this.#share === 1 ? 0.1 : Math.max(0.05, this.#share / 2)
    this.#tokens = Math.min(this.#tokens, 1)
    this.#quietSince = now
    this.#blockedUntil = Math.max(this.#blockedUntil, now + retryAfterMs)
  }

  /** Nothing is granted for so long: others have used up what all share. */
  block(now: number, ms: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, now + ms)
  }

  /** What is left of the full rate, 0 to 1. */
  remaining(now: number): number {
    this.#refill(now)
    return Math.min(1, this.#tokens / Math.max(1, this.#perSecond))
  }

  #rate(): number {
    return Math.max(this.#perSecond * this.#share, 0.1)
  }

  #refill(now: number): void {
    const quiet = Math.floor((now - this.#quietSince) / 10_000)
    if (quiet > 0 && this.#share < 1) {
      this.#share = Math.min(1, this.#share + 0.1 * quiet)
      this.#quietSince += quiet * 10_000
    }
    const most = Math.max(1, this.#rate())
    this.#tokens = Math.min(most, this.#tokens + ((now - this.#at) / 1000) * this.#rate())
    this.#at = now
  }
}
