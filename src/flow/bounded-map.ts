/** What a cache may hold: entries, and characters of what they are made of. A few large objects must not fill the memory of all. */
export interface Bounds {
  readonly entriesMax: number
  readonly charactersMax: number
}

/**
 * A map that never holds more than its bounds: what was set longest ago goes first. The order is a chain of its own: a table that is
 * kept in order by deleting and adding is made anew all the time, and the old ones keep what was in them until a full collection.
 */
export class BoundedMap<V> {
  readonly #bounds: Bounds
  readonly #weigh: (key: string, value: V) => number
  #entries = new Map<string, Entry<V>>()
  #oldest: Entry<V> | undefined
  #newest: Entry<V> | undefined
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
    return this.#entries.get(key)?.value
  }

  has(key: string): boolean {
    return this.#entries.has(key)
  }

  /** The newest entry from now on. One that is too large by itself is not kept: it pushes everything out, itself last. */
  set(key: string, value: V): void {
    const known = this.#entries.get(key)
    this.#characters += this.#weigh(key, value)
    if (known === undefined) {
      const entry: Entry<V> = { key, value, older: undefined, newer: undefined }
      this.#entries.set(key, entry)
      this.#append(entry)
      return
    }
    this.#characters -= this.#weigh(key, known.value)
    known.value = value
    this.#unlink(known)
    this.#append(known)
  }

  /** What is there, as the newest entry from now on. */
  touch(key: string): V | undefined {
    const known = this.#entries.get(key)
    if (known === undefined) return undefined
    this.#unlink(known)
    this.#append(known)
    return known.value
  }

  delete(key: string): void {
    const known = this.#entries.get(key)
    if (known === undefined) return
    this.#unlink(known)
    this.#characters -= this.#weigh(key, known.value)
    // A new table instead of an empty one, which would stay linked with all those before it.
    if (this.#entries.size === 1) this.#entries = new Map()
    else this.#entries.delete(key)
  }

  /** Lets go what is too much. Apart from `set`, so that what is needed together is not lost while it is put together. */
  shrink(): void {
    const { entriesMax, charactersMax } = this.#bounds
    while (this.#oldest !== undefined && (this.#entries.size > entriesMax || this.#characters > charactersMax))
      this.delete(this.#oldest.key)
  }

  #append(entry: Entry<V>): void {
    entry.older = this.#newest
    if (this.#newest === undefined) this.#oldest = entry
    else this.#newest.newer = entry
    this.#newest = entry
  }

  #unlink(entry: Entry<V>): void {
    const { older, newer } = entry
    if (older === undefined) this.#oldest = newer
    else older.newer = newer
    if (newer === undefined) this.#newest = older
    else newer.older = older
    entry.older = undefined
    entry.newer = undefined
  }
}

interface Entry<V> {
  readonly key: string
  value: V
  older: Entry<V> | undefined
  newer: Entry<V> | undefined
}
