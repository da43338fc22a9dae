/** Group commit: what is added while a run is under way shares the next one. Results come back in the order of the items. */
export class Gather<T, R> {
  readonly #run: (items: readonly T[]) => Promise<readonly R[]>
  readonly #itemsMax: number
  readonly #runsMax: number
  #items: { readonly item: T; readonly resolve: (result: R) => void; readonly reject: (error: unknown) => void }[] = []
  #running = 0
  #scheduled = false

  constructor(
    run: (items: readonly T[]) => Promise<readonly R[]>,
    options: { readonly itemsMax: number; readonly runsMax?: number },
  ) {
    this.#run = run
    this.#itemsMax = options.itemsMax
    this.#runsMax = options.runsMax ?? 1
  }

  add(item: T): Promise<R> {
    const { promise, resolve, reject } = Promise.withResolvers<R>()
    this.#items.push({ item, resolve, reject })
    this.#schedule()
    return promise
  }

  #schedule(): void {
    if (this.#scheduled || this.#running >= this.#runsMax || this.#items.length === 0) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      const batch = this.#items.splice(0, this.#itemsMax)
      this.#running++
      this.#run(batch.map(({ item }) => item))
        .then((results) => {
          batch.forEach(({ resolve, reject }, index) => {
            const result = results[index]
            if (result === undefined) reject(new Error('a result is missing'))
            else resolve(result)
          })
        })
        .catch((error: unknown) => {
          for (const { reject } of batch) reject(error)
        })
        .finally(() => {
          this.#running--
          this.#schedule()
        })
      this.#schedule()
    })
  }
}
