/**
 * Keeps a failing target from being hammered: opens at half of at least ten attempts failed within 30 s, or at once on a refused
 * login; lets one probe through after a pause that doubles up to ten minutes. Open counts as "not sent": order does not change.
 */
export class Breaker {
  #attempts: { readonly at: number; readonly failed: boolean }[] = []
  #openUntil = 0
  #pauseMs = firstPauseMs
  #probing = false
  #open = false

  /** Whether an attempt may start now (monotonic ms). The answer yes in the half-open state is given once. */
  allows(now: number): boolean {
    if (!this.#open) return true
    if (now < this.#openUntil || this.#probing) return false
    this.#probing = true
    return true
  }

  /** How long until the next probe, ms; 0 when closed. */
  waitMs(now: number): number {
    return this.#open ? Math.max(this.#openUntil - now, 100) : 0
  }

  get state(): 'closed' | 'half_open' | 'open' {
    return this.#open ? (this.#probing ? 'half_open' : 'open') : 'closed'
  }

  /** Returns the state if it changed. */
  record(now: number, result: 'ok' | 'failed' | 'login_refused'): 'open' | 'closed' | undefined {
    if (this.#open && this.#probing) {
      this.#probing = false
      if (result === 'ok') return this.#close()
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs)
      this.#openUntil = now + this.#pauseMs
      return undefined
    }
    if (this.#open) return undefined
    this.#attempts.push({ at: now, failed: result !== 'ok' })
    while ((this.#attempts[0]?.at ?? now) < now - windowMs || this.#attempts.length > 1000) this.#attempts.shift()
    const failed = this.#attempts.filter((attempt) => attempt.failed).length
    const failing = this.#attempts.length >= 10 && failed * 2 >= this.#attempts.length
    if (!failing && result !== 'login_refused') return undefined
    this.#open = true
    this.#openUntil = now + this.#pauseMs
    return 'open'
  }

  /** A probe that was allowed but never made. */
  abandonProbe(): void {
    this.#probing = false
  }

  #close(): 'closed' {
    this.#open = false
    this.#attempts = []
    this.#pauseMs = firstPauseMs
    return 'closed'
  }
}

const windowMs = 30_000
const firstPauseMs = 30_000
const longestPauseMs = 600_000
