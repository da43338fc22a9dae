/**
 * The newest rows of a log partition in memory, so that the next stage needs no read. Bounded: what does not fit is read from the
 * database, which is always right; the tail is only ever a shortcut.
 */
export class Tail<T extends { readonly offset: number }> {
  readonly #rowsMax: number
  #rows: T[] = []

  constructor(rowsMax: number) {
    this.#rowsMax = rowsMax
  }

  /** Rows that were just committed, dense and in order. Not contiguous with what is here: the older ones go. */
  offer(rows: readonly T[]): void {
    const first = rows[0]
    if (first === undefined) return
    const last = this.#rows.at(-1)
    if (last !== undefined && first.offset !== last.offset + 1) this.#rows = []
    for (const row of rows) this.#rows.push(row)
    if (this.#rows.length > this.#rowsMax * 2) this.#rows = this.#rows.slice(-this.#rowsMax)
  }

  /** Rows after `after`; undefined when the next one is not here. */
  after(after: number, limit: number): readonly T[] | undefined {
    const first = this.#rows[0]
    if (first === undefined || after + 1 < first.offset) return undefined
    const at = after + 1 - first.offset
    if (at >= this.#rows.length) return undefined
    return this.#rows.slice(at, at + limit)
  }

  /** Whether the newest row here has this offset. */
  endsAt(offset: number): boolean {
    return this.#rows.at(-1)?.offset === offset
  }

  clear(): void {
    this.#rows = []
  }
}
