import {
  type Accounting,
  type Backbone,
  GapFound,
  type Heads,
  type InputIdentity,
  type KnownInput,
  type Ownership,
  type ParkFilter,
  type TimerFilter,
} from '../backbone.ts'
import type { Ledger } from '../ledger.ts'
import { type LookBackMost, type LookedBack, lookedBack } from '../look-back.ts'
import type { DroppedDay, Retention, Retired } from '../retention.ts'
import {
  type Consumer,
  type DueTimer,
  holdsItsKey,
  type KnownIdentifier,
  type LoggedFact,
  type Message,
  type Park,
  readMessageId,
  type State,
  type Step,
  type StepOutcome,
  type Wait,
} from '../step.ts'
import type { Cursor, Stores } from '../stores.ts'
import { accountFor } from './accounting.ts'
import { commitStep, inputKey, listOf, ownerKey } from './commit.ts'
import { MemoryLedger } from './ledger.ts'
import { droppedOf, retireTables } from './retire.ts'
import { memoryStores } from './stores.ts'
import { newTables, type Parked, type Tables } from './tables.ts'

/** What the database would know by itself: how many partitions there are, and the time. */
export interface MemoryOptions {
  readonly partitions: number
  /** Database time, ms since 1970. */
  readonly now: () => number
}

/**
 * The backbone as maps in memory: for the simulation and for tests. Each call takes effect at one instant, before its promise
 * settles; nothing here waits, looks at a clock of its own, or draws a random number.
 */
export function memoryBackbone(options: MemoryOptions): MemoryBackbone {
  return new MemoryBackbone(options)
}

/** The same promises as those of the database, by the same conformance suite, and nothing survives the process. */
export class MemoryBackbone implements Backbone {
  readonly partitions: number
  readonly ledger: Ledger
  readonly stores: Stores
  /** For tests that break something by hand. */
  readonly tables: Tables
  readonly #now: () => number
  readonly #cursors = new Map<string, Cursor>()

  constructor({ partitions, now }: MemoryOptions) {
    this.partitions = partitions
    this.tables = newTables(partitions)
    this.ledger = new MemoryLedger(this.tables, now)
    this.stores = memoryStores(now, this.#cursors)
    this.#now = now
  }

  async commit(step: Step): Promise<StepOutcome> {
    return commitStep(this.tables, step, this.#now())
  }

  async known(inputs: readonly InputIdentity[]): Promise<readonly (KnownInput | undefined)[]> {
    return inputs.map((input) => {
      const known = this.tables.inputs.get(inputKey(input))
      return known === undefined ? undefined : { id: known.message, sameBody: known.bodyHash === input.bodyHash }
    })
  }

  async readInbox(partition: number, after: number, limit: number): Promise<readonly Message[]> {
    return readDense(listOf(this.tables.inbox, partition), {
      after,
      limit,
      next: this.tables.inboxNext[partition] ?? 0,
    })
  }

  async readLog(partition: number, after: number, limit: number): Promise<readonly LoggedFact[]> {
    return readDense(listOf(this.tables.facts, partition), { after, limit, next: this.tables.factNext[partition] ?? 0 })
  }

  async lookBack(partition: number, before: number, most: LookBackMost): Promise<LookedBack> {
    const inbox = listOf(this.tables.inbox, partition)
    const end = from(inbox, before)
    let start = end
    for (let bytes = 0; start > 0 && end - start < most.rows && bytes < most.bytes; start--)
      bytes += inbox[start - 1]?.body.length ?? 0
    return lookedBack(inbox.slice(start, end), start === 0 ? 0 : (inbox[start]?.offset ?? 0))
  }

  async message(id: string): Promise<Message | undefined> {
    return this.#message(id)
  }

  async offsetAt(partition: number, at: number): Promise<number> {
    const inbox = listOf(this.tables.inbox, partition)
    return inbox.find(({ receivedAt }) => receivedAt >= at)?.offset ?? this.tables.inboxNext[partition] ?? 0
  }

  async history(subject: string, limit: number): Promise<readonly LoggedFact[]> {
    return (this.tables.bySubject.get(subject) ?? []).slice(0, limit)
  }

  async factsOf(message: string, limit: number): Promise<readonly LoggedFact[]> {
    const found = [...(this.tables.byOrigin.get(message) ?? [])]
    return found.sort((a, b) => a.partition - b.partition || a.offset - b.offset).slice(0, limit)
  }

  async heads(): Promise<Heads> {
    return {
      inbox: this.tables.inboxNext.map((next) => next - 1),
      facts: this.tables.factNext.map((next) => next - 1),
    }
  }

  async now(): Promise<number> {
    return this.#now()
  }

  async states(subjects: readonly string[]): Promise<ReadonlyMap<string, State>> {
    return pick(this.tables.states, subjects)
  }

  async identifiers(keys: readonly string[]): Promise<ReadonlyMap<string, readonly KnownIdentifier[]>> {
    return pick(this.tables.identifiers, keys)
  }

  async takeOwner(
    consumer: Consumer,
    partition: number,
    owner: string,
    leaseSeconds: number,
  ): Promise<Ownership | undefined> {
    const now = this.#now()
    const held = this.tables.owners.get(ownerKey(consumer, partition))
    if (held !== undefined && held.until > now && held.owner !== owner) return undefined
    const epoch = (held?.epoch ?? 0) + 1
    const offset = held?.offset ?? -1
    this.tables.owners.set(ownerKey(consumer, partition), { owner, epoch, offset, until: now + leaseSeconds * 1000 })
    return { consumer, partition, owner, epoch, offset }
  }

  async renewOwner({ consumer, partition, owner, epoch }: Ownership, leaseSeconds: number): Promise<boolean> {
    const now = this.#now()
    const held = this.tables.owners.get(ownerKey(consumer, partition))
    if (held === undefined || held.owner !== owner || held.epoch !== epoch || held.until <= now) return false
    held.until = now + leaseSeconds * 1000
    return true
  }

  async releaseOwner({ consumer, partition, owner, epoch }: Ownership): Promise<void> {
    const held = this.tables.owners.get(ownerKey(consumer, partition))
    if (held?.owner === owner && held.epoch === epoch) held.until = Number.NEGATIVE_INFINITY
  }

  async position(consumer: Consumer, partition: number): Promise<{ readonly epoch: number; readonly offset: number }> {
    const { epoch = 0, offset = -1 } = this.tables.owners.get(ownerKey(consumer, partition)) ?? {}
    return { epoch, offset }
  }

  async dueTimers(partition: number, now: number, limit: number): Promise<readonly DueTimer[]> {
    const due = [...this.tables.timers.values()].filter((timer) => timer.partition === partition && timer.at <= now)
    return due.sort((a, b) => a.at - b.at || compare(a.subject, b.subject) || compare(a.name, b.name)).slice(0, limit)
  }

  async timers({ tenant, subject, before, except, after, limit }: TimerFilter): Promise<readonly DueTimer[]> {
    const inOrder = (a: Place, b: Place): number =>
      a.at - b.at || compare(a.subject, b.subject) || compare(a.name, b.name)
    return [...this.tables.timers.values()]
      .filter(
        (timer) =>
          timer.tenant === tenant &&
          (subject === undefined || timer.subject === subject) &&
          (before === undefined || timer.at < before) &&
          !timer.name.startsWith(except) &&
          (after === undefined || inOrder(timer, after) > 0),
      )
      .sort(inOrder)
      .slice(0, limit)
  }

  async blockedKeys(partition: number): Promise<ReadonlySet<string>> {
    const holding = [...this.tables.parks.values()].filter((park) => park.partition === partition && holdsItsKey(park))
    return new Set(
      holding.flatMap(({ connection, orderKey }) => (orderKey === undefined ? [] : [`${connection} ${orderKey}`])),
    )
  }

  async parked(filter: ParkFilter): Promise<readonly Park[]> {
    const wanted = (park: Park): boolean =>
      (filter.tenant === undefined || park.tenant === filter.tenant) &&
      (filter.connection === undefined || park.connection === filter.connection) &&
      (filter.code === undefined || park.code === filter.code) &&
      (filter.orderKey === undefined || park.orderKey === filter.orderKey) &&
      (filter.waitsFor === undefined || park.waitsFor?.includes(filter.waitsFor) === true) &&
      (filter.message === undefined || park.message === filter.message) &&
      (filter.messages === undefined || filter.messages.includes(park.message)) &&
      (filter.state === undefined || park.state === filter.state) &&
      (filter.after === undefined || byPosition(park, { message: filter.after }) > 0)
    const now = this.#now()
    const parks = [...this.tables.parks.values()].map((park) => shown(park, now))
    return parks.filter(wanted).sort(byPosition).slice(0, filter.limit)
  }

  async release(messages: readonly string[], _by: string): Promise<number> {
    const parks = [...new Set(messages)].flatMap((message) => this.tables.parks.get(message) ?? [])
    return this.#release(parks)
  }

  async released(
    partition: number,
    limit: number,
  ): Promise<readonly { readonly message: Message; readonly park: Park }[]> {
    const parks = [...this.tables.parks.values()].filter(
      (park) => park.partition === partition && park.state === 'released',
    )
    return parks
      .sort(byPosition)
      .slice(0, limit)
      .flatMap((park) => {
        const message = this.#message(park.message)
        return message === undefined ? [] : [{ message, park }]
      })
  }

  async waits(code: string, limit: number): Promise<readonly Wait[]> {
    const held = [...this.tables.parks.values()].filter((park) => park.code === code && park.state !== 'released')
    const pairs = held.sort(byPosition).flatMap((park) => (park.waitsFor ?? []).map((key) => ({ key, park })))
    return [...Map.groupBy(pairs, ({ key }) => key)]
      .map(([key, list]): Wait => {
        const parks = list.map(({ park }) => park)
        return {
          key,
          tenant: parks[0]?.tenant ?? '',
          count: parks.length,
          since: Math.min(...parks.map(({ at }) => at)),
          connections: [...new Set(parks.map(({ connection }) => connection))].sort(),
          messages: parks.slice(0, 3).map(({ message }) => message),
        }
      })
      .sort((a, b) => a.since - b.since || compare(a.key, b.key))
      .slice(0, limit)
  }

  async releaseWaiting(keys: readonly string[]): Promise<number> {
    return this.#release(
      [...this.tables.parks.values()].filter(({ waitsFor }) => waitsFor?.some((key) => keys.includes(key)) === true),
    )
  }

  async correctionOf(message: string): Promise<string | undefined> {
    return this.tables.corrections.get(message)
  }

  async accounting(): Promise<Accounting> {
    const answered = await this.stores.intake.read({ since: '0001-01-01', until: '9999-12-31' })
    return accountFor(this.tables, answered)
  }

  async retire(retention: Retention): Promise<Retired> {
    return retireTables(this.tables, retention, { now: this.#now(), cursors: [...this.#cursors.values()] })
  }

  async droppedDays(log: 'inbox' | 'facts', partition: number): Promise<readonly DroppedDay[]> {
    const { inboxDays, factDays, inboxNext, factNext } = this.tables
    return log === 'inbox'
      ? droppedOf(listOf(inboxDays, partition), inboxNext[partition] ?? 0)
      : droppedOf(listOf(factDays, partition), factNext[partition] ?? 0)
  }

  async close(): Promise<void> {}

  #release(parks: readonly Parked[]): number {
    const held = parks.filter(({ state }) => state !== 'released')
    for (const park of held) this.tables.parks.set(park.message, { ...park, state: 'released' })
    return held.length
  }

  #message(id: string): Message | undefined {
    const position = readMessageId(id)
    const inbox = this.tables.inbox[position?.partition ?? -1] ?? []
    const [row] = inbox.slice(from(inbox, position?.offset ?? -1))
    return row?.id === id ? row : undefined
  }
}

/** A waiting message whose time is over is a person's task. */
function shown(park: Parked, now: number): Park {
  return park.state === 'waiting' && park.until !== undefined && park.until <= now ? { ...park, state: 'parked' } : park
}

/** Rows after an offset; throws when one of them is missing. */
function readDense<T extends { readonly offset: number }>(
  list: readonly T[],
  range: { readonly after: number; readonly limit: number; readonly next: number },
): readonly T[] {
  const start = from(list, range.after + 1)
  const count = Math.max(0, Math.min(range.limit, range.next - range.after - 1))
  const rows = list.slice(start, start + count)
  for (let index = 0; index < count; index++) {
    const expected = range.after + 1 + index
    if (rows[index]?.offset !== expected)
      throw new GapFound(`expected offset ${expected}, found ${rows[index]?.offset ?? 'nothing'}`)
  }
  return rows
}

/** Index of the first row at or after an offset. */
function from(list: readonly { readonly offset: number }[], offset: number): number {
  if (offset < 0) return 0
  if (list[offset]?.offset === offset) return offset
  const found = list.findIndex((row) => row.offset >= offset)
  return found < 0 ? list.length : found
}

function pick<V>(all: ReadonlyMap<string, V>, keys: readonly string[]): Map<string, V> {
  const found = new Map<string, V>()
  for (const key of keys) {
    const value = all.get(key)
    if (value !== undefined) found.set(key, value)
  }
  return found
}

function byPosition(a: { readonly message: string }, b: { readonly message: string }): number {
  const left = readMessageId(a.message)
  const right = readMessageId(b.message)
  if (left === undefined || right === undefined) return compare(a.message, b.message)
  return left.partition - right.partition || left.offset - right.offset
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type Place = Pick<DueTimer, 'at' | 'subject' | 'name'>
