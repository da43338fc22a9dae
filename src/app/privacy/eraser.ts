import { isErased, tombstoneOf } from '../../backbone/erased.ts'
import type { Database, Row } from '../../backbone/postgres/database.ts'
import { Erasing } from '../../backbone/postgres/erasing.ts'
import { factsOf, messagesOf } from '../../backbone/postgres/reading.ts'
import { partitionOf } from '../../flow/partition.ts'
import { erasedFrom } from '../../model/personal/erase.ts'
import type { Erasure } from '../../registry/erasures.ts'
import { type Holdings, originIn, type PersonRow } from './holdings.ts'
import { logRows } from './log-rows.ts'

/** What an erasure works with. */
export interface EraserOptions {
  readonly database: Database
  readonly partitions: number
  /** What this instance holds in memory of these partitions goes. */
  readonly forget: (partitions: ReadonlySet<number>) => Promise<void>
  /** Makes an account nobody's. */
  readonly eraseAccount: (id: string) => Promise<void>
  /** Called often; throws when the work belongs to somebody else by now. */
  readonly beat: () => Promise<void>
}

/** How much of each kind was written over. */
export type ErasedCounts = Record<string, number>

const passesMost = 6

/** Writes over everything that is about one person. Doing it again, from wherever it broke off, ends in the same. */
export class Eraser {
  readonly #options: EraserOptions
  readonly #erasing: Erasing
  readonly #holdings: Holdings
  readonly counts: ErasedCounts

  constructor(options: EraserOptions, erasure: Erasure, holdings: Holdings) {
    this.#options = options
    this.#erasing = new Erasing(options.database)
    this.#holdings = holdings
    this.counts = { ...erasure.erased }
  }

  /** Messages that tell of them, and those that facts about them come from. */
  async messagesOf(): Promise<readonly string[]> {
    const origins = new Set<string>()
    for await (const logged of this.#holdings.facts()) {
      await this.#options.beat()
      const origin = originIn(logged)
      if (origin !== undefined) origins.add(origin)
    }
    const found: string[] = []
    for await (const { id } of this.#holdings.messages(origins)) {
      await this.#options.beat()
      found.push(id)
    }
    return found
  }

  /** Until a pass finds nothing any more: somebody may have written meanwhile. False where that did not come to an end. */
  async run(messages: ReadonlySet<string>): Promise<boolean> {
    for (let pass = 0; pass < passesMost; pass++) {
      const before = JSON.stringify(this.counts)
      await this.#messages(messages)
      await this.#states()
      await this.#facts()
      await this.#rows()
      if (JSON.stringify(this.counts) === before) return true
    }
    return false
  }

  #count(kind: string, count = 1): void {
    if (count > 0) this.counts[kind] = (this.counts[kind] ?? 0) + count
  }

  async #messages(ids: ReadonlySet<string>): Promise<void> {
    for await (const row of this.#log('inbox')) {
      const messages = messagesOf(row)
      const isMeant = messages.map((one) => !isErased(one) && this.#holdings.isMeant(one, ids))
      if (!isMeant.includes(true)) continue
      const made = messages.map((one, at) => (isMeant[at] === true ? this.#withoutNames(tombstoneOf(one)) : one))
      if (await this.#erasing.messages(row, made)) this.#count('messages', isMeant.filter(Boolean).length)
    }
  }

  /** Identity and order key find a message again; they stay, unless they say who it is about. */
  #withoutNames<T extends { readonly identity: string; readonly orderKey?: string }>(message: T): T {
    const { spotter } = this.#holdings
    const { identity, orderKey } = message
    return {
      ...message,
      identity: spotter.blotted(identity),
      ...(orderKey === undefined ? {} : { orderKey: spotter.blotted(orderKey) }),
    }
  }

  async #states(): Promise<void> {
    const found: { subject: string; was: string; body: string }[] = []
    for await (const { subject, body: was } of this.#holdings.states()) {
      await this.#options.beat()
      const made = this.#holdings.erasedState(subject, JSON.parse(was))
      if (made !== undefined) found.push({ subject, was, body: JSON.stringify(made) })
    }
    const byPartition = Map.groupBy(found, ({ subject }) => partitionOf(subject, this.#options.partitions))
    for (const [partition, states] of byPartition) {
      this.#count('objects', await this.#erasing.states(partition, states))
      await this.#options.forget(new Set([partition]))
    }
  }

  async #facts(): Promise<void> {
    for await (const row of this.#log('fact')) {
      const facts = factsOf(row)
      const made = facts.map((one) => {
        const data = this.#holdings.erasedFact(one)
        return data === one.fact.data ? one.fact : { ...one.fact, data }
      })
      const changed = made.filter((fact, at) => fact !== facts[at]?.fact).length
      if (changed > 0 && (await this.#erasing.facts(row, made))) this.#count('facts', changed)
    }
  }

  async #rows(): Promise<void> {
    for await (const found of this.#holdings.rows()) {
      await this.#options.beat()
      if (await this.#row(found)) this.#count(found.table.name)
    }
  }

  /** What is only of them goes; of everything else the words. */
  async #row({ table, row, record }: PersonRow): Promise<boolean> {
    const keys = table.key.map((_, at) => String(row[`key ${at}`]))
    if (ofThemAlone.has(table.name)) return this.#erasing.remove(table, keys)
    if (table.name === 'person') {
      await this.#options.eraseAccount(keys[0] ?? '')
      return true
    }
    const { spotter } = this.#holdings
    const made = erasedFrom(record, spotter, this.#holdings.isTheirs(record)) as typeof record
    const columns = table.columns.flatMap(({ name, type }) => {
      if (JSON.stringify(made[name]) === JSON.stringify(record[name])) return []
      return [{ name, type: type === 'list' ? 'text[]' : type, was: row[name], value: written(made[name], type) }]
    })
    return columns.length > 0 && this.#erasing.words(table, keys, columns)
  }

  async *#log(table: 'inbox' | 'fact'): AsyncGenerator<Row> {
    for await (const row of logRows(this.#options.database, table)) {
      await this.#options.beat()
      yield row
    }
  }
}

/** Whoever follows a shipment, and answers that are kept for a request that comes again. */
const ofThemAlone: ReadonlySet<string> = new Set(['tracking_follower', 'answer'])

function written(value: unknown, type: 'text' | 'jsonb' | 'list'): unknown {
  return type === 'list' || (type === 'text' && typeof value === 'string') ? value : JSON.stringify(value)
}
