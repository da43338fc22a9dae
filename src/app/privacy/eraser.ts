import { isErased, tombstoneOf } from '../../backbone/erased.ts'
import type { Database, Row } from '../../backbone/postgres/database.ts'
import { type ErasedState, Erasing } from '../../backbone/postgres/erasing.ts'
import { factsOf, messagesOf } from '../../backbone/postgres/reading.ts'
import { partOfHeader } from '../../flow/intake/received.ts'
import { partitionOf } from '../../flow/partition.ts'
import { erasedFrom } from '../../model/personal/erase.ts'
import { As2SentMessages } from '../../registry/as2-sent.ts'
import type { Erasure } from '../../registry/erasures.ts'
import { type Holdings, originIn, type PersonRow } from './holdings.ts'
import { type LogPlace, logRows } from './log-rows.ts'
import { fileHeader, sentAbout } from './outlook.ts'

/** What an erasure works with. */
export interface EraserOptions {
  readonly database: Database
  readonly partitions: number
  /** What this instance holds in memory of these partitions goes. */
  readonly forget: (partitions: ReadonlySet<number>) => Promise<void>
  /** Makes an account nobody's. */
  readonly eraseAccount: (id: string) => Promise<void>
  /** Called often, with how far it is; throws when the work belongs to somebody else by now. */
  readonly beat: (walk: Walk) => Promise<void>
  readonly tenant: string
}

/** A stored row that an erasure has worked on: whoever goes on with it begins behind. */
export interface WalkPlace extends LogPlace {
  /** What was done with it: facts looked at, messages looked at, messages written over, facts written over. */
  readonly stage: 'origins' | 'mentions' | 'messages' | 'facts'
}

/** How far an erasure is. */
export interface Walk {
  /** Stored rows so far. */
  read: number
  /** Of the messages that were written over, those that came as files. */
  files: number
  place: WalkPlace | undefined
  /** Messages found since somebody took them out of here. */
  found: string[]
}

/** How much of each kind was written over. */
export type ErasedCounts = Record<string, number>

const passesMost = 6
const statesAtOnce = 500

/** Writes over everything that is about one person. Doing it again, from wherever it broke off, ends in the same. */
export class Eraser {
  readonly #options: EraserOptions
  readonly #erasing: Erasing
  readonly #holdings: Holdings
  readonly counts: ErasedCounts
  readonly #walk: Walk

  constructor(options: EraserOptions, erasure: Erasure, holdings: Holdings, begun: Pick<Walk, 'read' | 'files'>) {
    this.#options = options
    this.#erasing = new Erasing(options.database)
    this.#holdings = holdings
    this.counts = { ...erasure.erased }
    this.#walk = { ...begun, place: undefined, found: [] }
  }

  /**
   * Messages that tell of them, and those that facts about them come from. What is found is handed over on the way, and whoever begins behind
   * a place gets it back in `found`.
   */
  async messagesOf(found: readonly string[], from?: WalkPlace): Promise<readonly string[]> {
    const origins = new Set(found)
    if (from?.stage !== 'mentions')
      for await (const row of this.#log('origins', 'fact', from))
        for (const logged of factsOf(row)) {
          const origin = this.#holdings.isInFact(logged) ? originIn(logged) : undefined
          if (origin === undefined || origins.has(origin)) continue
          origins.add(origin)
          this.#walk.found.push(origin)
        }
    // A message that such a fact comes from tells of them, whatever its bytes look like.
    const messages = new Set<string>(origins)
    for await (const row of this.#log('mentions', 'inbox', from))
      for (const message of messagesOf(row)) {
        if (isErased(message) || !(messages.has(message.id) || this.#holdings.isMeant(message, origins))) continue
        // What a part was cut from holds the same bytes.
        for (const id of [message.id, message.headers[partOfHeader]]) {
          if (id === undefined || messages.has(id)) continue
          messages.add(id)
          this.#walk.found.push(id)
        }
      }
    return [...messages]
  }

  /**
   * Until a pass finds nothing any more: somebody may have written meanwhile. A pass that begins behind a place is never the last one. False
   * where that did not come to an end.
   */
  async run(messages: ReadonlySet<string>, from?: WalkPlace): Promise<boolean> {
    let place = from?.stage === 'messages' || from?.stage === 'facts' ? from : undefined
    for (let pass = 0; pass < passesMost; pass++) {
      const isWhole = place === undefined
      const before = JSON.stringify(this.counts)
      if (place?.stage !== 'facts') await this.#messages(messages, place)
      await this.#states()
      await this.#facts(place)
      await this.#rows()
      await this.#sent()
      place = undefined
      if (isWhole && JSON.stringify(this.counts) === before) return true
    }
    return false
  }

  /** Messages that went out by AS2, as the partner got them: what waits for its receipt may have to be sent once more, and stays. */
  async #sent(): Promise<void> {
    const { database, tenant } = this.#options
    const sent = new As2SentMessages({ query: async (text, values) => ({ rows: await database.write(text, values) }) })
    for await (const one of sentAbout(database, tenant, this.#holdings)) {
      await this.#options.beat(this.#walk)
      if (one.state !== 'waiting' && (await sent.erase(one))) this.#count('as2_sent')
    }
  }

  /** How much of what was written over came as files. */
  get files(): number {
    return this.#walk.files
  }

  #count(kind: string, count = 1): void {
    if (count > 0) this.counts[kind] = (this.counts[kind] ?? 0) + count
  }

  async #messages(ids: ReadonlySet<string>, from?: WalkPlace): Promise<void> {
    for await (const row of this.#log('messages', 'inbox', from)) {
      const messages = messagesOf(row)
      const isMeant = messages.map((one) => !isErased(one) && this.#holdings.isMeant(one, ids))
      if (!isMeant.includes(true)) continue
      const made = messages.map((one, at) => (isMeant[at] === true ? this.#withoutNames(tombstoneOf(one)) : one))
      if (!(await this.#erasing.messages(row, made))) continue
      this.#count('messages', isMeant.filter(Boolean).length)
      this.#walk.files += messages.filter(({ headers }, at) => isMeant[at] === true && fileHeader in headers).length
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

  /** Some hundred at once: somebody may have a part in very many objects. */
  async #states(): Promise<void> {
    let found: ErasedState[] = []
    for await (const { subject, body: was } of this.#holdings.states()) {
      await this.#options.beat(this.#walk)
      const made = this.#holdings.erasedState(subject, JSON.parse(was))
      if (made !== undefined) found.push({ subject, was, body: JSON.stringify(made) })
      if (found.length < statesAtOnce) continue
      await this.#eraseStates(found)
      found = []
    }
    await this.#eraseStates(found)
  }

  async #eraseStates(found: readonly ErasedState[]): Promise<void> {
    const byPartition = Map.groupBy(found, ({ subject }) => partitionOf(subject, this.#options.partitions))
    for (const [partition, states] of byPartition) {
      this.#count('objects', await this.#erasing.states(partition, states))
      await this.#options.forget(new Set([partition]))
    }
  }

  async #facts(from?: WalkPlace): Promise<void> {
    for await (const row of this.#log('facts', 'fact', from)) {
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
      await this.#options.beat(this.#walk)
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

  /** Where a row was worked on is known when the next one is asked for. */
  async *#log(stage: WalkPlace['stage'], table: 'inbox' | 'fact', from?: WalkPlace): AsyncGenerator<Row> {
    for await (const row of logRows(this.#options.database, table, from?.stage === stage ? from : undefined)) {
      await this.#options.beat(this.#walk)
      yield row
      this.#walk.read++
      this.#walk.place = { stage, ...row.place }
    }
  }
}

/** Whoever follows a shipment, and answers that are kept for a request that comes again. */
const ofThemAlone: ReadonlySet<string> = new Set(['tracking_follower', 'answer'])

function written(value: unknown, type: 'text' | 'jsonb' | 'list'): unknown {
  return type === 'list' || (type === 'text' && typeof value === 'string') ? value : JSON.stringify(value)
}
