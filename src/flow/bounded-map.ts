/** What a cache may hold: entries, and characters of what they are made of. A few large objects must not fill the memory of all. */
export interface Bounds {
  readonly entriesMax: number
  readonly charactersMax: number
}

/** A map that never holds more than its bounds: what was set longest ago goes first. */
export class BoundedMap<V> {
  readonly #bounds: Bounds
  readonly #weigh: (key: string, value: V) => number
  readonly #entries = new Map<string, V>()
  #characters = 0

  /** `weigh` gives the characters of an entry, and the same for the same entry every time. */
  constructor(bounds: Bounds, weigh: (key: string, value: V) => number) {
    this.#bounds = bounds
    this.#weigh = weigh
  }

  get characters(): number {
    return this.#characters
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: string): V | undefined {
    return this.#entries.get(key)
  }

  has(key: string): boolean {
    return this.#entries.has(key)
  }

  /** The newest entry from now on. One that is too large by itself is not kept: it pushes everything out, itself last. */
  set(key: string, value: V): void {
    this.delete(key)
    this.#entries.set(key, value)
    this.#characters += this.#weigh(key, value)
  }

  /** What is there, as the newest entry from now on. */
  touch(key: string): V | undefined {
    const known = this.#entries.get(key)
    if (known === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, known)
    return known
  }

  delete(key: string): void {
    const known = this.#entries.get(key)
    if (known === undefined) return
    this.#entries.delete(key)
    this.#characters -= this.#weigh(key, known)
  }

  /** Lets go what is too much. Apart from `set`, so that what is needed together is not lost while it is put together. */
  shrink(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= this.#bounds.entriesMax && this.#characters <= this.#bounds.charactersMax) return
      this.delete(key)
    }
  }
}
