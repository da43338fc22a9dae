import type { LoggedFact } from '../../backbone/step.ts'
import type { Fact } from '../../model/fact.ts'
import { type Views, viewed } from '../../views/projector.ts'
import { readFacts } from '../deliver/reader.ts'
import { expectNews } from '../intake/poller.ts'
import type { Tenure } from '../tenure.ts'
import type { Workplace } from '../workplace.ts'
import type { Held } from './fold.ts'
import { heldOf } from './states.ts'
import { openStocktakes } from './stocktake.ts'

/** Keeps the views up to date: follows the log by cursor, many facts at a time, so that an object that changed ten times is written once. */
export class Projector {
  readonly #place: Workplace
  readonly #views: Views
  readonly #offsets = new Map<number, number>()
  /** How far it was told who has a part in what: as far as the lists are, but where that has to be made again. */
  readonly #retold = new Map<number, Retold>()

  constructor(place: Workplace, views: Views) {
    this.#place = place
    this.#views = views
  }

  /** Returns whether there is more than one round takes; what comes meanwhile is written with the next one. */
  async round(): Promise<boolean> {
    const usable = this.#place.advance.filter((tenure) => tenure.usable(this.#place.clock.mono()))
    for (const { partition } of usable) if (await this.#retell(partition)) return true
    const read = await Promise.all(usable.map((tenure) => this.#read(tenure)))
    const moved = read.filter(({ facts }) => facts.length > 0)
    if (moved.length === 0) return false
    const facts = moved.flatMap((one) => one.facts)
    const states = await this.#states(moved)
    await this.#views.apply(facts, states)
    await expectNews(this.#place, facts, states)
    await openStocktakes(this.#place, facts)
    await this.#place.backbone.stores.cursors.save(
      moved.flatMap(({ partition, offset }) => [
        { subscriber: 'views', partition, offset },
        { subscriber: 'parts', partition, offset },
      ]),
    )
    for (const { partition, offset } of moved) {
      this.#offsets.set(partition, offset)
      this.#retold.set(partition, { offset, isWhole: true })
    }
    return moved.some(({ facts }) => facts.length === rowsMax)
  }

  /**
   * Makes again who has a part in what, from the log as it is kept, where its cursor is behind that of the lists: after an upgrade, and
   * whenever somebody deletes the cursor `parts`. Returns whether there was something to do.
   */
  async #retell(partition: number): Promise<boolean> {
    const views = await this.#offset(partition)
    const { offset, isWhole } = await this.#retoldTo(partition)
    if (offset >= views) return false
    const read = await this.#stored(partition, offset)
    const rows = read.filter((row) => row.offset <= views)
    const facts = rows.map(({ fact }) => fact)
    const subjects = [...new Set(facts.filter(viewed).map(({ subject }) => subject))]
    const states = [...(await this.#place.backbone.states(subjects))].map(([id, one]) => [id, heldOf(one)] as const)
    const whole = isWhole && (rows[0]?.offset ?? offset + 1) === offset + 1
    await this.#views.retell(facts, new Map(states), whole)
    const reached = rows.length < read.length || read.length < rowsMax ? views : (rows.at(-1)?.offset ?? views)
    await this.#place.backbone.stores.cursors.save([{ subscriber: 'parts', partition, offset: reached }])
    this.#retold.set(partition, { offset: reached, isWhole: whole })
    return true
  }

  async #retoldTo(partition: number): Promise<Retold> {
    const known = this.#retold.get(partition)
    if (known !== undefined) return known
    const cursors = await this.#place.backbone.stores.cursors.load('parts')
    const offset = cursors.find((one) => one.partition === partition)?.offset ?? -1
    // What was begun before this process cannot tell whether it began at the first fact.
    const retold = { offset, isWhole: offset === -1 }
    this.#retold.set(partition, retold)
    return retold
  }

  /** Facts that are folded: of those beyond, the states do not know yet. */
  async #read({ partition, committed }: Tenure): Promise<Portion> {
    const after = await this.#offset(partition)
    const tail = this.#place.factTails[partition]?.after(after, rowsMax, 'views')
    if (tail !== undefined) this.#place.fed(`views ${partition}`)
    const rows = (tail ?? (await this.#stored(partition, after))).filter(({ offset }) => offset <= committed)
    return {
      partition,
      offset: rows.at(-1)?.offset ?? after,
      facts: rows.map(({ fact }) => fact),
      remembered: tail !== undefined,
    }
  }

  #stored(partition: number, after: number): Promise<readonly LoggedFact[]> {
    return readFacts(this.#place, { reader: 'views', partition, after, limit: rowsMax })
  }

  /** States of the objects that facts are about: those that this process has just written from memory. */
  async #states(portions: readonly Portion[]): Promise<ReadonlyMap<string, Held>> {
    const subjects = (remembered: boolean): Set<string> =>
      new Set(
        portions
          .filter((portion) => portion.remembered === remembered)
          .flatMap(({ facts }) => facts.filter(viewed).map(({ subject }) => subject)),
      )
    const here = subjects(true)
    const states = this.#place.changed.take(here)
    // A fact that was read from the database may be newer than what this process knows of its object.
    const missing = [...subjects(false), ...here.difference(states)]
    for (const [subject, state] of await this.#place.backbone.states(missing)) states.set(subject, heldOf(state))
    return states
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

/** Up to which fact it was retold, and whether no fact before is missing in the log. */
interface Retold {
  readonly offset: number
  readonly isWhole: boolean
}

/** What follows in one partition. */
interface Portion {
  readonly partition: number
  /** Where the next one begins after. */
  readonly offset: number
  readonly facts: readonly Fact[]
  /** The facts are those that this process has just committed. */
  readonly remembered: boolean
}

/** Facts of one partition that are projected at a time. */
const rowsMax = 2000
