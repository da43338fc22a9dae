import type { Queryable } from './queryable.ts'

/** A document that goes or went to a partner by AS2. */
export interface As2Sent {
  readonly connection: string
  /** What the sender calls it; the same name is the same document, whatever happens in between. */
  readonly name: string
  readonly messageId: string
  /** SHA-256 of the document. */
  readonly contentHash: string
  readonly mic: string
  readonly fields: Readonly<Record<string, string>>
  readonly body: Uint8Array
  readonly state: 'waiting' | 'confirmed' | 'refused'
  /** What the receipt said. */
  readonly said: string
}

/** Documents sent by AS2, with the exact bytes that every attempt sends, and their receipts. */
export class As2SentMessages {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  async find(connection: string, name: string): Promise<As2Sent | undefined> {
    const { rows } = await this.#database.query('SELECT * FROM as2_sent WHERE connection = $1 AND name = $2', [
      connection,
      name,
    ])
    return rows[0] === undefined ? undefined : sent(rows[0])
  }

  async findByMessageId(messageId: string): Promise<As2Sent | undefined> {
    const { rows } = await this.#database.query('SELECT * FROM as2_sent WHERE message_id = $1', [messageId])
    return rows[0] === undefined ? undefined : sent(rows[0])
  }

  /** Keeps what is about to be sent, unless another attempt was first. Answers what is kept. */
  async keep(one: Omit<As2Sent, 'state' | 'said'>, receiptMs: number): Promise<As2Sent> {
    await this.#database.query(
      `INSERT INTO as2_sent (connection, name, message_id, content_hash, mic, fields, body, at, due)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now_ms(), now_ms() + $8::bigint) ON CONFLICT DO NOTHING`,
      [
        one.connection,
        one.name,
        one.messageId,
        one.contentHash,
        one.mic,
        JSON.stringify(one.fields),
        one.body,
        receiptMs,
      ],
    )
    return (await this.find(one.connection, one.name)) ?? { ...one, state: 'waiting', said: '' }
  }

  /** A receipt came. The first one that decides stays; false when one did before. */
  async settle(
    messageId: string,
    change: Pick<As2Sent, 'state' | 'said'> & { readonly receipt: Uint8Array },
  ): Promise<boolean> {
    const { rows } = await this.#database.query(
      `UPDATE as2_sent SET state = $2, said = $3, receipt = $4 WHERE message_id = $1 AND state = 'waiting' RETURNING name`,
      [messageId, change.state, change.said, change.receipt],
    )
    return rows.length === 1
  }

  /** How many receipts are overdue, per connection. */
  async overdue(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.#database.query(
      `SELECT connection, count(*)::int AS count FROM as2_sent WHERE state = 'waiting' AND due < now_ms() GROUP BY connection`,
      [],
    )
    return new Map(rows.map((row) => [String(row['connection']), Number(row['count'])]))
  }

  async trim(days: number): Promise<void> {
    await this.#database.query('DELETE FROM as2_sent WHERE at < now_ms() - $1::bigint', [days * 86_400_000])
  }
}

function sent(row: Readonly<Record<string, unknown>>): As2Sent {
  return {
    connection: String(row['connection']),
    name: String(row['name']),
    messageId: String(row['message_id']),
    contentHash: String(row['content_hash']),
    mic: String(row['mic']),
    // Written by `keep`.
    fields: JSON.parse(String(row['fields'])) as Readonly<Record<string, string>>,
    body: row['body'] as Uint8Array,
    // The table checks it.
    state: String(row['state']) as As2Sent['state'],
    said: String(row['said']),
  }
}
