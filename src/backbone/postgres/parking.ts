import type { AuditNote } from '../audit.ts'
import type { ParkFilter } from '../backbone.ts'
import { codeUnknown, type Message, messageId, type Park, readMessageId, type Wait } from '../step.ts'
import { audited, auditValues } from './audit.ts'
import { Condition } from './condition.ts'
import { type Database, defined, integer, optionalInteger, optionalText, type Row, text } from './database.ts'

/** A waiting message whose time is over is a person's task. */
const state = `CASE WHEN state = 'waiting' AND until <= now_ms() THEN 'parked' ELSE state END`
const columns = `part, off, tenant, connection, order_key, code, detail, waits_for, at, until, attempts, ${state} AS state`

/** Messages that wait for somebody or something. */
export class Parking {
  readonly #database: Database
  readonly #message: (id: string) => Promise<Message | undefined>

  constructor(database: Database, message: (id: string) => Promise<Message | undefined>) {
    this.#database = database
    this.#message = message
  }

  async blockedKeys(partition: number): Promise<ReadonlySet<string>> {
    const rows = await this.#database.read(
      'SELECT DISTINCT connection, order_key FROM parked WHERE part = $1 AND order_key IS NOT NULL AND (waits_for IS NULL OR code = $2)',
      [partition, codeUnknown],
    )
    return new Set(rows.map((row) => `${text(row['connection'])} ${text(row['order_key'])}`))
  }

  async parked(filter: ParkFilter): Promise<readonly Park[]> {
    const after = readMessageId(filter.after ?? '')
    const one = readMessageId(filter.message ?? '')
    if (filter.message !== undefined && one === undefined) return []
    const where = new Condition()
      .when('tenant = ?', filter.tenant)
      .when('connection = ?', filter.connection)
      .when('code = ?', filter.code)
      .when('order_key = ?', filter.orderKey)
      .when('waits_for @> ARRAY[?]', filter.waitsFor)
      .when('part = ?', one?.partition)
      .when('off = ?', one?.offset)
      .when(`${state} = ?`, filter.state)
    const next =
      after === undefined ? '' : `AND (part, off) > (${where.value(after.partition)}, ${where.value(after.offset)})`
    const among = filter.messages?.flatMap((message) => readMessageId(message) ?? [])
    const [parts, offsets] = [among?.map(({ partition }) => partition), among?.map(({ offset }) => offset)]
    const only =
      among === undefined
        ? ''
        : `AND (part, off) IN (SELECT * FROM unnest(${where.value(parts)}::smallint[], ${where.value(offsets)}::bigint[]))`
    const rows = await this.#database.read(
      `SELECT ${columns} FROM parked WHERE ${where.toString()} ${only} ${next} ORDER BY part, off LIMIT ${where.value(filter.limit)}`,
      where.values,
    )
    return rows.map(parkOf)
  }

  async release(messages: readonly string[], by: string, note?: AuditNote): Promise<number> {
    const positions = messages.flatMap((message) => readMessageId(message) ?? [])
    const rows = await this.#database.write(
      audited(
        `UPDATE parked SET state = 'released', released_by = $3 WHERE (part, off) IN (
           SELECT p.part, p.off FROM parked p JOIN unnest($1::smallint[], $2::bigint[]) u(part, off) USING (part, off)
            WHERE p.state <> 'released' ORDER BY p.part, p.off FOR UPDATE OF p
         ) RETURNING tenant, 'msg_' || part || '-' || off AS id`,
        { change: 'release', kind: 'message' },
        4,
      ),
      [
        ...[positions.map(({ partition }) => partition), positions.map(({ offset }) => offset), by],
        ...auditValues(note),
      ],
    )
    return rows.length
  }

  async waits(code: string, limit: number): Promise<readonly Wait[]> {
    const rows = await this.#database.read(
      `SELECT key, tenant, count(*) AS count, min(at) AS since, array_agg(DISTINCT connection) AS connections,
              (array_agg('msg_' || part || '-' || off ORDER BY part, off))[1:3] AS messages
         FROM parked, unnest(waits_for) key WHERE code = $1 AND state <> 'released'
        GROUP BY key, tenant ORDER BY min(at), key LIMIT $2`,
      [code, limit],
    )
    const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : [])
    return rows.map((row) => ({
      key: text(row['key']),
      tenant: text(row['tenant']),
      count: integer(row['count']),
      since: integer(row['since']),
      connections: texts(row['connections']),
      messages: texts(row['messages']),
    }))
  }

  async releaseWaiting(keys: readonly string[]): Promise<number> {
    if (keys.length === 0) return 0
    const rows = await this.#database.write(
      `UPDATE parked SET state = 'released', released_by = 'hub:parent' WHERE (part, off) IN (
         SELECT part, off FROM parked WHERE waits_for && $1::text[] AND state <> 'released' ORDER BY part, off FOR UPDATE
       ) RETURNING part`,
      [keys],
    )
    return rows.length
  }

  async correctionOf(message: string): Promise<string | undefined> {
    const position = readMessageId(message)
    if (position === undefined) return undefined
    const { partition, offset } = position
    const rows = await this.#database.read('SELECT by_off FROM correction WHERE part = $1 AND off = $2', [
      partition,
      offset,
    ])
    return rows[0] === undefined ? undefined : messageId(partition, integer(rows[0]['by_off']))
  }

  async released(
    partition: number,
    limit: number,
  ): Promise<readonly { readonly message: Message; readonly park: Park }[]> {
    const rows = await this.#database.read(
      `SELECT ${columns} FROM parked WHERE part = $1 AND state = 'released' ORDER BY off LIMIT $2`,
      [partition, limit],
    )
    const found = await Promise.all(
      rows.map(parkOf).map(async (park) => {
        const message = await this.#message(park.message)
        return message === undefined ? [] : [{ message, park }]
      }),
    )
    return found.flat()
  }
}

function parkOf(row: Row): Park {
  const waitsFor = row['waits_for']
  const partition = integer(row['part'])
  const shown = text(row['state'])
  return {
    message: messageId(partition, integer(row['off'])),
    partition,
    tenant: text(row['tenant']),
    connection: text(row['connection']),
    code: text(row['code']),
    detail: text(row['detail']),
    at: integer(row['at']),
    state: shown === 'waiting' || shown === 'released' ? shown : 'parked',
    attempts: integer(row['attempts']),
    ...defined({
      orderKey: optionalText(row['order_key']),
      until: optionalInteger(row['until']),
      waitsFor: Array.isArray(waitsFor) ? waitsFor.map(text) : undefined,
    }),
  }
}
