/** First come, first served. Planning happens one at a time: plans are made on what earlier plans will have written. */
export class Turn {
  #last: Promise<void> = Promise.resolve()

  /** Resolves when it is your turn; call what it gives you when the next may plan. */
  async take(): Promise<() => void> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#last = promise
    await before
    return resolve
  }
}
