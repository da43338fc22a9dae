import type { Workplace } from '../workplace.ts'
import type { StockComparer } from './stock-comparison.ts'

/** Compares the stock of every target that can list it, once per period; one that fails is asked again in the next one. */
export class StockRounds {
  readonly #place: Workplace
  readonly #comparer: StockComparer
  readonly #everyHours: number
  #nextAt: number | undefined

  constructor(place: Workplace, comparer: StockComparer, everyHours: number) {
    this.#place = place
    this.#comparer = comparer
    this.#everyHours = everyHours
  }

  async round(): Promise<boolean> {
    const now = this.#place.clock.wall()
    const periodMs = this.#everyHours * 3_600_000
    this.#nextAt ??= now + periodMs
    if (this.#everyHours === 0 || now < this.#nextAt) return false
    this.#nextAt = now + periodMs
    const targets = new Set(this.#place.ports.routes().map(({ target }) => target))
    for (const { id } of this.#comparer.connections()) {
      if (targets.has(id)) await (await this.#comparer.begin(id)).done
    }
    return false
  }
}
