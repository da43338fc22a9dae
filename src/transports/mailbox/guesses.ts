/** Failed logins by address: who fails often waits, so that passwords cannot be tried out. */
export class Guesses {
  readonly #now: () => number
  readonly #failures = new Map<string, { count: number; since: number }>()

  constructor(now: () => number) {
    this.#now = now
  }

  failed(address: string): void {
    const known = this.#failures.get(address)
    const isRecent = known !== undefined && this.#now() - known.since < windowMs
    this.#failures.delete(address)
    this.#failures.set(address, isRecent ? { ...known, count: known.count + 1 } : { count: 1, since: this.#now() })
    const [oldest] = this.#failures.keys()
    if (this.#failures.size > addressesMost && oldest !== undefined) this.#failures.delete(oldest)
  }

  isGuessing(address: string): boolean {
    const known = this.#failures.get(address)
    return known !== undefined && this.#now() - known.since < windowMs && known.count >= failuresMost
  }
}

/** Twenty in ten minutes: more than a person mistypes or a client tries keys, too few to guess anything. */
const failuresMost = 20
const windowMs = 600_000
const addressesMost = 10_000
