/**
 * How many lines of a kind one second takes. What one sender does wrong thousands of times a second fills no disk and hides nothing: the
 * first lines are written, then one says how many were not. Counters hear of all of them.
 */
export class LogPace {
  readonly #linesMost: number
  /** Called about a second after the first line of each second, so that the sum comes also when nothing more happens. */
  readonly #later: (work: () => void) => void
  readonly #kinds = new Map<string, Kind>()

  constructor(linesMost: number, later: (work: () => void) => void) {
    this.#linesMost = linesMost
    this.#later = later
  }

  /** Whether a line of this kind is to be written. `sum` is called at the end of a second in which some were not, with their number. */
  take(kind: string, sum: (unwritten: number) => void): boolean {
    if (this.#kinds.size === 0) this.#later(() => this.#end())
    const seen = this.#kinds.get(kind)
    if (seen === undefined) {
      this.#kinds.set(kind, { lines: 1, unwritten: 0, sum })
      return true
    }
    if (seen.lines < this.#linesMost) {
      seen.lines++
      return true
    }
    seen.unwritten++
    return false
  }

  #end(): void {
    for (const { unwritten, sum } of this.#kinds.values()) if (unwritten > 0) sum(unwritten)
    this.#kinds.clear()
  }
}

interface Kind {
  lines: number
  unwritten: number
  readonly sum: (unwritten: number) => void
}
