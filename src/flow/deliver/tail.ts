/**
 * The newest rows of a log partition in memory, so that the next stage needs no read. Bounded: what does not fit is read from the
 * database, which is always right; the tail is only ever a shortcut. What all its readers have passed goes at once: rows that live
 * for seconds are what costs a garbage collector most.
 */
export class Tail<T extends { readonly offset: number }> {
  readonly #rowsMax: number
  #rows: T[] = []
  #last = Number.NaN
  /** How far each reader has come that has asked here and is not behind what is here. */
  readonly #readers = new Map<string, number>()

  constructor(rowsMax: number) {
    this.#rowsMax = rowsMax
  }

  /** Rows that were just committed, dense and in order. Not contiguous with what is here: the older ones go. */
  offer(rows: readonly T[]): void {
    const first = rows[0]
    if (first === undefined) return
    if (first.offset !== this.#last + 1) this.#rows = []
    for (const row of rows) this.#rows.push(row)
    this.#last = rows.at(-1)?.offset ?? first.offset
    this.#trim()
  }

  /**
   * Rows after `after`; undefined when the next one is not here. Whoever asks needs those up to there no more. Who is behind reads up to
   * the newest elsewhere: what comes meanwhile waits here, or others would always have passed before it asks again.
   */
  after(after: number, limit: number, reader: string): readonly T[] | undefined {
    const isBehind = after < this.#last - this.#rows.length
    this.#readers.set(reader, isBehind ? this.#last : after)
    const first = this.#rows[0]
    if (first === undefined || isBehind) return undefined
    const at = after + 1 - first.offset
    if (at >= this.#rows.length) return undefined
    return this.#rows.slice(at, at + limit)
  }

  /** A reader has come so far without asking here; one that has never asked holds nothing. */
  passed(reader: string, after: number): void {
    const before = this.#readers.get(reader)
    if (before !== undefined && before < after) this.#readers.set(reader, after)
  }

  /** Whether the newest row that was offered has this offset. */
  endsAt(offset: number): boolean {
    return this.#last === offset
  }

  clear(): void {
    this.#rows = []
    this.#last = Number.NaN
  }

  #trim(): void {
    const first = this.#rows[0]?.offset ?? 0
    const tooMany = this.#rows.length > this.#rowsMax * 2 ? this.#rows.length - this.#rowsMax : 0
    let passed = Number.POSITIVE_INFINITY
    for (const [reader, after] of this.#readers) {
      // It reads from the database until it is here again; one that is gone for ever must not hold the others' rows.
      if (after + 1 < first + tooMany) this.#readers.delete(reader)
      else passed = Math.min(passed, after + 1 - first)
    }
    const gone = Math.max(tooMany, Number.isFinite(passed) ? Math.min(passed, this.#rows.length) : 0)
    if (gone > 0) this.#rows = this.#rows.slice(gone)
  }
}
