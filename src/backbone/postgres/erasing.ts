import type { Fact } from '../../model/fact.ts'
import { type Message, takenInParts } from '../step.ts'
import { type Database, integer, type Row, text } from './database.ts'
import { encodeFacts } from './fact-segment.ts'
import { sqlState } from './failures.ts'
import { encodeSegment } from './segment.ts'

/** A message as it went out by AS2. */
export interface SentByAs2 {
  readonly connection: string
  readonly name: string
  /** Hub id of the document to the partner; empty for anything else. */
  readonly document: string
  readonly state: 'waiting' | 'confirmed' | 'refused'
  readonly body: Uint8Array
}

/** Nobody sends over a connection but the tenant that it belongs to. */
const ownConnections =
  'SELECT e.target FROM effect e WHERE e.tenant = $1 UNION SELECT t.connection FROM view_transmission t WHERE t.tenant = $1'

/** Read at once: each may have some megabytes. */
const sentAtOnce = 8

/** A state as it was read, and as it is to be. */
export interface ErasedState {
  readonly subject: string
  readonly was: string
  readonly body: string
}

/**
 * Writes over what is never changed otherwise, for people who are erased. Every row is written only if it is still as it was read, so that
 * two erasures cannot undo each other; whoever finds it changed reads it again.
 */
export class Erasing {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Facts of one stored row, in its order. False where it was changed meanwhile. */
  facts(row: Row, facts: readonly Fact[]): Promise<boolean> {
    return this.#bytes('UPDATE fact SET bytes = $5', row, encodeFacts(facts))
  }

  /** Messages of one stored row that count, in its order; entries that were duplicates go. */
  messages(row: Row, messages: readonly Message[]): Promise<boolean> {
    return this.#bytes('UPDATE inbox SET members = NULL, bytes = $5', row, encodeSegment(messages))
  }

  /** States of one partition; its owner forgets what he holds. Gives how many were still as they were read. */
  async states(partition: number, states: readonly ErasedState[]): Promise<number> {
    const rows = await this.#database.write('SELECT erase_states($1, $2, $3, $4) AS n', [
      partition,
      states.map(({ subject }) => subject),
      states.map(({ was }) => was),
      states.map(({ body }) => body),
    ])
    return integer(rows[0]?.['n'])
  }

  /**
   * Words of one row of any other table, found by its key. A row that would then be the same as another one goes. `was` and `values` are
   * texts of columns in the form of the database.
   */
  async words(
    { name, key }: { readonly name: string; readonly key: readonly string[] },
    keys: readonly string[],
    columns: readonly {
      readonly name: string
      readonly type: string
      readonly was: unknown
      readonly value: unknown
    }[],
  ): Promise<boolean> {
    const where = key.map((one, at) => `t.${one}::text = $${at + 1}`).join(' AND ')
    const sets = columns.map((one, at) => `${one.name} = $${keys.length + 2 * at + 1}::${one.type}`).join(', ')
    const were = columns.map(
      (one, at) => `t.${one.name} IS NOT DISTINCT FROM $${keys.length + 2 * at + 2}::${one.type}`,
    )
    const values = [...keys, ...columns.flatMap(({ value, was }) => [value, was])]
    try {
      const statement = `UPDATE ${name} t SET ${sets} WHERE ${[where, ...were].join(' AND ')} RETURNING 1`
      return (await this.#database.query(statement, values)).length > 0
    } catch (error) {
      if (sqlState(error) !== uniqueViolation) throw error
      return this.remove({ name, key }, keys)
    }
  }

  /** A row that is of nobody else: an answer that was kept for a repetition, what somebody follows. */
  async remove(
    { name, key }: { readonly name: string; readonly key: readonly string[] },
    keys: readonly string[],
  ): Promise<boolean> {
    const where = key.map((one, at) => `t.${one}::text = $${at + 1}`).join(' AND ')
    return (await this.#database.write(`DELETE FROM ${name} t WHERE ${where} RETURNING 1`, keys)).length > 0
  }

  /** Documents to partners that tell of these objects, hub ids. */
  async documentsAbout(tenant: string, objects: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.#database.read(
      'SELECT id FROM view_transmission WHERE tenant = $1 AND about = ANY ($2::text[])',
      [tenant, objects],
    )
    return new Set(rows.map((row) => text(row['id'])))
  }

  /** What a tenant sent by AS2 and still has its bytes. */
  async *sent(tenant: string): AsyncGenerator<SentByAs2> {
    for (let last: readonly [string, string] = ['', '']; ; ) {
      const rows = await this.#database.read(
        `SELECT connection, name, document, state, body FROM as2_sent
          WHERE connection IN (${ownConnections}) AND (connection, name) > ($2, $3) AND length(body) > 0 ORDER BY connection, name LIMIT ${sentAtOnce}`,
        [tenant, ...last],
      )
      for (const row of rows) {
        const [connection, name] = [text(row['connection']), text(row['name'])]
        last = [connection, name]
        // The table checks the state.
        const state = text(row['state']) as SentByAs2['state']
        yield { connection, name, document: text(row['document']), state, body: row['body'] as Uint8Array }
      }
      if (rows.length < sentAtOnce) return
    }
  }

  /** How many of them only the partner can read, and are not known to be about anything of the hub. */
  async sealed(tenant: string): Promise<number> {
    const rows = await this.#database.read(
      `SELECT count(*) AS n FROM as2_sent WHERE connection IN (${ownConnections}) AND length(body) > 0 AND document = '' AND fields ~ 'enveloped-data'`,
      [tenant],
    )
    return integer(rows[0]?.['n'])
  }

  /** Whether everything up to these offsets has been translated and folded: what is still to be understood must not be written over. */
  async isUnderstood(heads: {
    readonly inbox: readonly number[]
    readonly facts: readonly number[]
  }): Promise<boolean> {
    const rows = await this.#database.read(
      `SELECT FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) h(part, inbox, fact)
        WHERE h.inbox > coalesce((SELECT off FROM owner WHERE consumer = 'translate' AND part = h.part), -1)
           OR h.fact > coalesce((SELECT off FROM owner WHERE consumer = 'advance' AND part = h.part), -1)
       UNION ALL SELECT FROM parked WHERE code = $4`,
      [heads.inbox.map((_, part) => part), heads.inbox, heads.facts, takenInParts],
    )
    return rows.length === 0
  }

  /** Instances besides this one that had a partition. */
  async others(node: string): Promise<number> {
    const rows = await this.#database.read(
      `SELECT count(DISTINCT owner) AS n FROM owner WHERE owner NOT IN ('', $1) AND consumer IN ('advance', 'translate')`,
      [node],
    )
    return integer(rows[0]?.['n'])
  }

  async #bytes(update: string, row: Row, bytes: Uint8Array): Promise<boolean> {
    const rows = await this.#database.write(
      `${update} WHERE part = $1 AND day = $2::date AND first_off = $3 AND bytes = $4 RETURNING 1`,
      [row['part'], row['day'], row['first_off'], row['bytes'], Buffer.from(bytes)],
    )
    return rows.length > 0
  }
}

const uniqueViolation = '23505'
