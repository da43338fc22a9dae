import { InterlineError } from '../../base/errors.ts'
import type { AuditNote } from '../audit.ts'
import type {
  Accounting,
  Backbone,
  Heads,
  InputIdentity,
  KnownInput,
  Ownership,
  ParkFilter,
  TimerFilter,
} from '../backbone.ts'
import type { Ledger } from '../ledger.ts'
import type { LookBackMost, LookedBack } from '../look-back.ts'
import type { DroppedDay, Retention, Retired } from '../retention.ts'
import {
  type Consumer,
  type DueTimer,
  type KnownIdentifier,
  type LoggedFact,
  type Message,
  messageId,
  type Park,
  type State,
  type Step,
  type StepOutcome,
  type Wait,
} from '../step.ts'
import type { Stores } from '../stores.ts'
import { accountFor } from './accounting.ts'
import { textArray } from './binary-array.ts'
import { Committer } from './commit.ts'
import { Database, integer, text } from './database.ts'
import { prepareDays } from './days.ts'
import { dedupeKey, shortBodyHash } from './encode.ts'
import { HotLine } from './hot-line.ts'
import { PostgresLedger } from './ledger.ts'
import { lookBack } from './look-back.ts'
import { readStates, readTimers, timerOf } from './objects.ts'
import { Owners } from './owners.ts'
import { Parking } from './parking.ts'
import { LogReader } from './reading.ts'
import { droppedDays, retire } from './retire.ts'
import { postgresStores } from './stores.ts'

/** Where the database is. The number of partitions is decided once: a database that was made with another is refused. */
export interface PostgresOptions {
  readonly url: string
  readonly partitions: number
  /** Connections for steps; more help only where the server has cores to spare. */
  readonly hotConnections?: number
  readonly connections?: number
  readonly queryTimeoutMs?: number
  readonly connectTimeoutMs?: number
}

/** Opens a migrated database. Makes the partitions of the log on first use; refuses another number of them later. */
export async function postgresBackbone(options: PostgresOptions): Promise<PostgresBackbone> {
  const backbone = new PostgresBackbone(options)
  try {
    await backbone.open()
  } catch (error) {
    await backbone.close()
    throw error
  }
  return backbone
}

/** The backbone over PostgreSQL: steps on pipelined connections, everything else over a pool, leases over one of their own. */
export class PostgresBackbone implements Backbone {
  readonly partitions: number
  readonly ledger: Ledger
  readonly stores: Stores
  readonly #database: Database
  readonly #leases: Database
  readonly #lines: readonly HotLine[]
  readonly #committer: Committer
  readonly #reader: LogReader
  readonly #owners: Owners
  readonly #parking: Parking

  constructor(options: PostgresOptions) {
    const {
      url,
      partitions,
      hotConnections = 2,
      connections = 6,
      queryTimeoutMs = 15_000,
      connectTimeoutMs = 5000,
    } = options
    this.partitions = partitions
    this.#database = new Database({ url, connections, queryTimeoutMs, connectTimeoutMs, name: 'work' })
    // Renewals have a connection of their own: they must not wait behind anything.
    this.#leases = new Database({ url, connections: 1, queryTimeoutMs: 2000, connectTimeoutMs, name: 'leases' })
    this.#lines = Array.from({ length: hotConnections }, () => new HotLine({ url, queryTimeoutMs, connectTimeoutMs }))
    this.#committer = new Committer(this.#lines, () => this.prepareDays())
    this.#reader = new LogReader(this.#database, this.partitions)
    this.#owners = new Owners(this.#leases)
    this.#parking = new Parking(this.#database, (id) => this.#reader.message(id))
    this.ledger = new PostgresLedger(this.#database)
    this.stores = postgresStores(this.#database)
  }

  async open(): Promise<void> {
    await this.#database.write('INSERT INTO hub (partitions) VALUES ($1) ON CONFLICT DO NOTHING', [this.partitions])
    const [hub] = await this.#database.read('SELECT partitions FROM hub')
    const stored = integer(hub?.['partitions'])
    if (stored !== this.partitions) throw new InterlineError('DATABASE_PARTITIONS', { stored, wanted: this.partitions })
    for (const table of ['inbox_head', 'fact_head']) {
      await this.#database.write(
        `INSERT INTO ${table} (part) SELECT generate_series(0, $1::int - 1) ON CONFLICT DO NOTHING`,
        [stored],
      )
    }
    await this.#database.write(
      `INSERT INTO owner (consumer, part) SELECT 'translate', generate_series(0, $1::int - 1) ON CONFLICT DO NOTHING`,
      [stored],
    )
    await this.prepareDays()
  }

  /** Called daily; also happens by itself when a row finds no partition. */
  async prepareDays(): Promise<void> {
    await prepareDays(this.#database)
  }

  retire(retention: Retention): Promise<Retired> {
    return retire(this.#database, retention)
  }

  droppedDays(log: 'inbox' | 'facts', partition: number): Promise<readonly DroppedDay[]> {
    return droppedDays(this.#database, log, partition)
  }

  commit(step: Step): Promise<StepOutcome> {
    return this.#committer.commit(step)
  }

  async known(inputs: readonly InputIdentity[]): Promise<readonly (KnownInput | undefined)[]> {
    if (inputs.length === 0) return []
    const rows = await this.#database.read(
      `SELECT u.no, d.part, d.off, d.body_hash = u.hash AS same
         FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY u(key, hash, no) JOIN dedupe d ON d.key = u.key`,
      [inputs.map((input) => hex(dedupeKey(input))), inputs.map(({ bodyHash }) => hex(shortBodyHash(bodyHash)))],
    )
    const found = new Map(rows.map((row) => [integer(row['no']), row]))
    return inputs.map((_, index) => {
      const row = found.get(index + 1)
      return row === undefined
        ? undefined
        : { id: messageId(integer(row['part']), integer(row['off'])), sameBody: row['same'] === true }
    })
  }

  readInbox(partition: number, after: number, limit: number): Promise<readonly Message[]> {
    return this.#reader.readInbox(partition, after, limit)
  }

  readLog(partition: number, after: number, limit: number): Promise<readonly LoggedFact[]> {
    return this.#reader.readLog(partition, after, limit)
  }

  lookBack(partition: number, before: number, most: LookBackMost): Promise<LookedBack> {
    return lookBack(this.#database, { partition, before }, most)
  }

  message(id: string): Promise<Message | undefined> {
    return this.#reader.message(id)
  }

  offsetAt(partition: number, at: number): Promise<number> {
    return this.#reader.offsetAt(partition, at)
  }

  history(subject: string, limit: number): Promise<readonly LoggedFact[]> {
    return this.#reader.history(subject, limit)
  }

  factsOf(message: string, limit: number): Promise<readonly LoggedFact[]> {
    return this.#reader.factsOf(message, limit)
  }

  async heads(): Promise<Heads> {
    const rows = await this.#database.read(
      'SELECT i.next_off - 1 AS inbox, f.next_off - 1 AS facts FROM inbox_head i JOIN fact_head f USING (part) ORDER BY part',
    )
    return { inbox: rows.map((row) => integer(row['inbox'])), facts: rows.map((row) => integer(row['facts'])) }
  }

  async now(): Promise<number> {
    const [row] = await this.#database.read('SELECT now_ms() AS now')
    return integer(row?.['now'])
  }

  states(subjects: readonly string[]): Promise<ReadonlyMap<string, State>> {
    return readStates(this.#database, subjects)
  }

  async identifiers(keys: readonly string[]): Promise<ReadonlyMap<string, readonly KnownIdentifier[]>> {
    if (keys.length === 0) return new Map()
    const rows = await this.#database.read(
      'SELECT key, subject, from_at, last_used FROM identifier WHERE key = ANY ($1::text[]) ORDER BY key, n',
      [textArray(keys)],
    )
    const found = new Map<string, KnownIdentifier[]>()
    for (const row of rows) {
      const known = {
        subject: text(row['subject']),
        from: integer(row['from_at']),
        lastUsed: integer(row['last_used']),
      }
      found.set(text(row['key']), [...(found.get(text(row['key'])) ?? []), known])
    }
    return found
  }

  takeOwner(
    consumer: Consumer,
    partition: number,
    owner: string,
    leaseSeconds: number,
  ): Promise<Ownership | undefined> {
    return this.#owners.take(consumer, partition, owner, leaseSeconds)
  }

  renewOwner(ownership: Ownership, leaseSeconds: number): Promise<boolean> {
    return this.#owners.renew(ownership, leaseSeconds)
  }

  releaseOwner(ownership: Ownership): Promise<void> {
    return this.#owners.release(ownership)
  }

  position(consumer: Consumer, partition: number): Promise<{ readonly epoch: number; readonly offset: number }> {
    return this.#owners.position(consumer, partition)
  }

  async dueTimers(partition: number, now: number, limit: number): Promise<readonly DueTimer[]> {
    const rows = await this.#database.read(
      'SELECT tenant, subject, name, at, data FROM timer WHERE part = $1 AND at <= $2 ORDER BY at, subject, name LIMIT $3',
      [partition, now, limit],
    )
    return rows.map((row) => timerOf(partition, row))
  }

  timers(filter: TimerFilter): Promise<readonly DueTimer[]> {
    return readTimers(this.#database, this.partitions, filter)
  }

  blockedKeys(partition: number): Promise<ReadonlySet<string>> {
    return this.#parking.blockedKeys(partition)
  }

  parked(filter: ParkFilter): Promise<readonly Park[]> {
    return this.#parking.parked(filter)
  }

  release(messages: readonly string[], by: string, note?: AuditNote): Promise<number> {
    return this.#parking.release(messages, by, note)
  }

  released(partition: number, limit: number): Promise<readonly { readonly message: Message; readonly park: Park }[]> {
    return this.#parking.released(partition, limit)
  }

  waits(code: string, limit: number): Promise<readonly Wait[]> {
    return this.#parking.waits(code, limit)
  }

  releaseWaiting(keys: readonly string[]): Promise<number> {
    return this.#parking.releaseWaiting(keys)
  }

  correctionOf(message: string): Promise<string | undefined> {
    return this.#parking.correctionOf(message)
  }

  accounting(): Promise<Accounting> {
    return accountFor(this.#database)
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines.map((line) => line.close()), this.#database.close(), this.#leases.close()])
  }
}

function hex(latin1: string): string {
  return Buffer.from(latin1.slice(0, 16), 'latin1').toString('hex')
}
