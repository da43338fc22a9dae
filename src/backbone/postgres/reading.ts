import { GapFound } from '../backbone.ts'
import { originOf } from '../origin.ts'
import { type LoggedFact, type Message, readMessageId } from '../step.ts'
import { type Database, integer, optionalInteger, type Row } from './database.ts'
import { subjectHash } from './fact-plan.ts'
import { decodeFacts } from './fact-segment.ts'
import { decodeSegment } from './segment.ts'

/** Reads the inbox and the fact log. */
export class LogReader {
  readonly #database: Database
  readonly #partitions: number

  constructor(database: Database, partitions: number) {
    this.#database = database
    this.#partitions = partitions
  }

  async readInbox(partition: number, after: number, limit: number): Promise<readonly Message[]> {
    const { rows, head } = await this.#segments('inbox', { partition, after, limit })
    return dense(rows.flatMap(messagesOf), { after, limit, head })
  }

  async readLog(partition: number, after: number, limit: number): Promise<readonly LoggedFact[]> {
    const { rows, head } = await this.#segments('fact', { partition, after, limit })
    return dense(rows.flatMap(factsOf), { after, limit, head })
  }

  /** Undefined also for a partition that does not exist: whoever asks may have got the id from anywhere. */
  async message(id: string): Promise<Message | undefined> {
    const position = readMessageId(id)
    if (position === undefined || position.partition >= this.#partitions) return undefined
    const { rows } = await this.#segments('inbox', {
      partition: position.partition,
      after: position.offset - 1,
      limit: 1,
    })
    return rows.flatMap(messagesOf).find((message) => message.id === id)
  }

  async offsetAt(partition: number, at: number): Promise<number> {
    // Received by the clock of a node, stored under the day of the database: two days of slack cover any skew.
    const rows = await this.#database.read(
      `SELECT first_off, n, members, bytes FROM inbox
        WHERE part = $1 AND day >= (to_timestamp($2::bigint / 1000.0) AT TIME ZONE 'UTC')::date - 2 AND received_to >= $2
        ORDER BY day, first_off LIMIT 1`,
      [partition, at],
    )
    const [message] = rows
      .flatMap((row) => messagesOf({ ...row, part: partition }))
      .filter(({ receivedAt }) => receivedAt >= at)
    if (message !== undefined) return message.offset
    const head = await this.#database.read('SELECT next_off FROM inbox_head WHERE part = $1', [partition])
    return integer(head[0]?.['next_off'] ?? 0)
  }

  async history(subject: string, limit: number): Promise<readonly LoggedFact[]> {
    const found: LoggedFact[] = []
    const pageRows = Math.min(limit, 500)
    for (let skip = 0; found.length < limit; skip += pageRows) {
      const rows = await this.#database.read(
        `SELECT f.part, f.first_off, f.n, f.bytes FROM fact f JOIN (
            SELECT part, day, first_off FROM fact WHERE subjects @> ARRAY[$1::integer] ORDER BY day, part, first_off OFFSET $2 LIMIT $3
          ) k ON f.part = k.part AND f.day = k.day AND f.first_off = k.first_off ORDER BY f.day, f.part, f.first_off`,
        [subjectHash(subject), skip, pageRows],
      )
      found.push(...rows.flatMap(factsOf).filter(({ fact }) => fact.subject === subject))
      if (rows.length < pageRows) break
    }
    return found.slice(0, limit)
  }

  async factsOf(message: string, limit: number): Promise<readonly LoggedFact[]> {
    const position = readMessageId(message)
    if (position === undefined) return []
    const rows = await this.#database.read(
      `SELECT f.part, f.first_off, f.n, f.bytes FROM fact f WHERE (f.day, f.part, f.first_off) IN (
          SELECT o.day, o.part, o.first_off FROM fact_origin o WHERE o.origin_part = $1 AND o.block = $2::bigint >> 10 AND o.low <= $2 AND o.high >= $2
        ) ORDER BY f.part, f.first_off`,
      [position.partition, position.offset],
    )
    const isOurs = ({ fact }: LoggedFact): boolean => {
      const origin = originOf(fact)
      return origin?.partition === position.partition && origin.offset === position.offset
    }
    return rows.flatMap(factsOf).filter(isOurs).slice(0, limit)
  }

  /** The rows that hold a range, and the last offset given out, in one snapshot. */
  async #segments(
    table: 'inbox' | 'fact',
    range: { readonly partition: number; readonly after: number; readonly limit: number },
  ): Promise<{ readonly rows: readonly Row[]; readonly head: number }> {
    const rows = await this.#database.read(segmentsStatement(table), [
      range.partition,
      range.after + 1,
      range.after + range.limit,
    ])
    if (rows[0] === undefined) throw new RangeError(`there is no partition ${range.partition}`)
    return { rows: rows.filter((row) => row['first_off'] !== null), head: integer(rows[0]['next_off']) - 1 }
  }
}

/**
 * The last offset given out in partition $1, and the rows that hold offsets $2 to $3. Day and first row are found once, by queries that
 * do not depend on the rows: as a join they were compared with every row of the day, in plans that were made while that day was empty.
 */
export function segmentsStatement(table: 'inbox' | 'fact'): string {
  const members = table === 'inbox' ? 's.members' : 'NULL AS members'
  const day = `(SELECT d.day FROM ${table}_day d WHERE d.part = $1 AND d.first_off <= $2 ORDER BY d.first_off DESC LIMIT 1)`
  return `SELECT h.part, h.next_off, s.* FROM ${table}_head h
    LEFT JOIN LATERAL (
      SELECT s.first_off, s.n, ${members}, s.bytes FROM ${table} s
       WHERE s.part = $1 AND s.day >= ${day} AND s.first_off <= $3 AND s.first_off >= coalesce(
         (SELECT b.first_off FROM ${table} b WHERE b.part = $1 AND b.day = ${day} AND b.first_off <= $2
           ORDER BY b.first_off DESC LIMIT 1), $2)
         AND s.day = ANY (ARRAY(SELECT d.day FROM ${table}_day d WHERE d.part = $1 AND d.first_off <= $3))
       ORDER BY s.day, s.first_off
    ) s ON true
   WHERE h.part = $1`
}

/** Rows after `after`; throws when one that was given out is missing. */
function dense<T extends { readonly offset: number }>(
  rows: readonly T[],
  range: { readonly after: number; readonly limit: number; readonly head: number },
): readonly T[] {
  const { after, limit, head } = range
  const wanted = rows.filter(({ offset }) => offset > after && offset <= after + limit)
  const count = Math.max(0, Math.min(limit, head - after))
  for (let index = 0; index < count; index++) {
    const expected = after + 1 + index
    if (wanted[index]?.offset !== expected)
      throw new GapFound(`expected offset ${expected}, found ${wanted[index]?.offset ?? 'nothing'}`)
  }
  return wanted.slice(0, count)
}

/** What a row of the inbox holds. Throws where the bytes are not what the row says. */
export function messagesOf(row: Row): Message[] {
  const { members } = row
  return decodeSegment({
    partition: integer(row['part']),
    first: integer(row['first_off']),
    count: integer(row['n']),
    ...(Array.isArray(members) ? { members: members.map(Number) } : {}),
    bytes: bytesOf(row),
  })
}

/** What a row of the fact log holds. Throws where the bytes are not what the row says. */
export function factsOf(row: Row): LoggedFact[] {
  return decodeFacts({
    partition: integer(row['part']),
    first: integer(row['first_off']),
    count: integer(row['n']),
    bytes: bytesOf(row),
  })
}

function bytesOf(row: Row): Buffer {
  const { bytes } = row
  if (!Buffer.isBuffer(bytes)) throw new TypeError(`row ${optionalInteger(row['first_off'])} has no bytes`)
  return bytes
}
