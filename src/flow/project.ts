import type { Fact } from '../model/fact.ts'
import { type Views, viewed } from '../views/projector.ts'
import { readFacts } from './reader.ts'
import { openStocktakes } from './stocktake.ts'
import type { Workplace } from './workplace.ts'

/** Keeps the views up to date: follows the log by cursor, many facts at a time, so that an object that changed ten times is written once. */
export class Projector {
  readonly #place: Workplace
  readonly #views: Views
  readonly #offsets = new Map<number, number>()

  constructor(place: Workplace, views: Views) {
    this.#place = place
    this.#views = views
  }

  async round(): Promise<boolean> {
    const rows = await Promise.all(
      this.#place.advance
        .filter((tenure) => tenure.usable(this.#place.clock.mono()))
        .map(({ partition }) => this.#read(partition)),
    )
    const moved = rows.filter(({ facts }) => facts.length > 0)
    if (moved.length === 0) return false
    const facts = moved.flatMap((one) => one.facts)
    const subjects = [...new Set(facts.filter(viewed).map(({ subject }) => subject))]
    await this.#views.apply(facts, await this.#place.backbone.states(subjects))
    await openStocktakes(this.#place, facts)
    await this.#place.backbone.stores.cursors.save(
      moved.map(({ partition, offset }) => ({ subscriber: 'views', partition, offset })),
    )
    for (const { partition, offset } of moved) this.#offsets.set(partition, offset)
    return true
  }

  async #read(partition: number): Promise<{ partition: number; offset: number; facts: readonly Fact[] }> {
    const offset = await this.#offset(partition)
    const rows = await readFacts(this.#place, { reader: 'views', partition, after: offset, limit: rowsMax })
    return { partition, offset: rows.at(-1)?.offset ?? offset, facts: rows.map(({ fact }) => fact) }
  }

  async #offset(partition: number): Promise<number> {
    const known = this.#offsets.get(partition)
    if (known !== undefined) return known
    for (const cursor of await this.#place.backbone.stores.cursors.load('views'))
      this.#offsets.set(cursor.partition, cursor.offset)
    const offset = this.#offsets.get(partition) ?? -1
    this.#offsets.set(partition, offset)
    return offset
  }
}

/** Facts of one partition that are projected at a time. */
const rowsMax = 2000
