import type { Queryable } from './queryable.ts'

/** A document that goes or went to a partner by AS2; its bytes are read apart. */
export interface As2Sent {
  readonly connection: string
  /** What the sender calls it; the same name is the same document, whatever happens in between. */
  readonly name: string
  readonly messageId: string
  /** SHA-256 of the document. */
  readonly contentHash: string
  readonly mic: string
  readonly fields: Readonly<Record<string, string>>
  readonly state: 'waiting' | 'confirmed' | 'refused'
  /** What the receipt said. */
  readonly said: string
  /** Hub id of the document to the partner that it carries; empty for anything else. */
  readonly document: string
}

/** How the receipt of a message stands that its document has not heard of. */
export interface ReceiptNews extends Pick<As2Sent, 'connection' | 'messageId' | 'document' | 'said'> {
  readonly standing: 'overdue' | 'refused' | 'mismatched' | 'confirmed'
  /** Ms since 1970: when it should have come at the latest. */
  readonly due: number
}

/** Documents sent by AS2, with the exact bytes that every attempt sends, and their receipts. */
export class As2SentMessages {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  async find(connection: string, name: string): Promise<As2Sent | undefined> {
    const { rows } = await this.#database.query(
      `SELECT ${columns} FROM as2_sent s WHERE s.connection = $1 AND s.name = $2
       UNION ALL
       SELECT ${columns} FROM as2_sent_again a JOIN as2_sent s USING (message_id) WHERE a.connection = $1 AND a.name = $2`,
      [connection, name],
    )
    return rows[0] === undefined ? undefined : sent(rows[0])
  }

  async findByMessageId(messageId: string): Promise<As2Sent | undefined> {
    const { rows } = await this.#database.query(`SELECT ${columns} FROM as2_sent s WHERE s.message_id = $1`, [
      messageId,
    ])
    return rows[0] === undefined ? undefined : sent(rows[0])
  }

  /** The bytes that every attempt sends; undefined where they are not kept any more. */
  async body(messageId: string): Promise<Uint8Array | undefined> {
    const { rows } = await this.#database.query('SELECT body FROM as2_sent WHERE message_id = $1', [messageId])
    const body = rows[0]?.['body'] as Uint8Array | undefined
    // Erasing empties them: an empty message would reach the partner as the document.
    return body?.length === 0 ? undefined : body
  }

  /** Keeps what is about to be sent. False where another attempt was first: what that one kept is sent. */
  async keep(
    one: Omit<As2Sent, 'state' | 'said'> & { readonly body: Uint8Array },
    receiptMs: number,
  ): Promise<boolean> {
    const { rows } = await this.#database.query(
      `INSERT INTO as2_sent (connection, name, message_id, content_hash, mic, fields, body, at, due, document)
         VALUES ($1, $2, $3, $4, $5, $6, $7, now_ms(), now_ms() + $8::bigint, $9) ON CONFLICT DO NOTHING RETURNING name`,
      [
        one.connection,
        one.name,
        one.messageId,
        one.contentHash,
        one.mic,
        JSON.stringify(one.fields),
        one.body,
        receiptMs,
        one.document,
      ],
    )
    return rows.length === 1
  }

  /**
   * A document is sent again, under another name, while its message is unanswered: that message goes again, under the same Message-ID, and
   * has the whole time for its receipt once more. Undefined where there is none.
   */
  async again(
    one: Pick<As2Sent, 'connection' | 'name' | 'document' | 'contentHash'>,
    receiptMs: number,
  ): Promise<As2Sent | undefined> {
    const { connection, name, document, contentHash } = one
    await this.#database.query(
      `WITH unanswered AS (
         UPDATE as2_sent SET due = now_ms() + $5::bigint, told = ''
           WHERE connection = $1 AND document = $3 AND document <> '' AND content_hash = $4 AND state = 'waiting' RETURNING message_id)
       INSERT INTO as2_sent_again (connection, name, message_id) SELECT $1, $2, message_id FROM unanswered LIMIT 1
         ON CONFLICT DO NOTHING`,
      [connection, name, document, contentHash, receiptMs],
    )
    return this.find(connection, name)
  }

  /** A receipt came. The first one that decides stays; false when one did before. */
  async settle(
    messageId: string,
    change: Pick<As2Sent, 'state' | 'said'> & { readonly receipt: Uint8Array; readonly isMismatched?: boolean },
  ): Promise<boolean> {
    const { rows } = await this.#database.query(
      `UPDATE as2_sent SET state = $2, said = $3, receipt = $4, mismatched = $5 WHERE message_id = $1 AND state = 'waiting' RETURNING name`,
      [messageId, change.state, change.said, change.receipt, change.isMismatched ?? false],
    )
    return rows.length === 1
  }

  /** Documents that have not heard yet that their receipt is late or says no, or that it has come after all. */
  async news(limit: number): Promise<readonly ReceiptNews[]> {
    const { rows } = await this.#database.query(
      `SELECT connection, message_id, document, said, due, 'overdue' AS standing FROM as2_sent
         WHERE state = 'waiting' AND due < now_ms() AND document <> '' AND told = ''
       UNION ALL
       SELECT connection, message_id, document, said, due, CASE WHEN mismatched THEN 'mismatched' ELSE 'refused' END FROM as2_sent
         WHERE state = 'refused' AND document <> '' AND told IN ('', 'overdue')
       UNION ALL
       SELECT connection, message_id, document, said, due, 'confirmed' FROM as2_sent WHERE state = 'confirmed' AND told = 'overdue'
       LIMIT $1`,
      [limit],
    )
    return rows.map((row) => ({
      connection: String(row['connection']),
      messageId: String(row['message_id']),
      document: String(row['document']),
      said: String(row['said']),
      due: Number(row['due']),
      standing: String(row['standing']) as ReceiptNews['standing'],
    }))
  }

  /** The document has heard of it. */
  async told({ messageId, standing, due }: ReceiptNews): Promise<void> {
    await this.#database.query('UPDATE as2_sent SET told = $2 WHERE message_id = $1 AND due = $3', [
      messageId,
      standing,
      due,
    ])
  }

  /** How many receipts are overdue, per connection. */
  async overdue(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.#database.query(
      `SELECT connection, count(*)::int AS count FROM as2_sent WHERE state = 'waiting' AND due < now_ms() GROUP BY connection`,
      [],
    )
    return new Map(rows.map((row) => [String(row['connection']), Number(row['count'])]))
  }

  /** The bytes of a message whose receipt came; its numbers and what the receipt proved stay. False where they were gone, or are needed. */
  async erase({ connection, name }: Pick<As2Sent, 'connection' | 'name'>): Promise<boolean> {
    const { rows } = await this.#database.query(
      `UPDATE as2_sent SET body = '', fields = '{}' WHERE connection = $1 AND name = $2 AND state <> 'waiting' AND length(body) > 0 RETURNING name`,
      [connection, name],
    )
    return rows.length > 0
  }

  async trim(days: number): Promise<void> {
    await this.#database.query('DELETE FROM as2_sent WHERE at < now_ms() - $1::bigint', [days * 86_400_000])
  }
}

/** Without the bytes, which may be megabytes, and are asked for by whoever sends them. */
const columns = 's.connection, s.name, s.message_id, s.content_hash, s.mic, s.fields, s.state, s.said, s.document'

function sent(row: Readonly<Record<string, unknown>>): As2Sent {
  return {
    connection: String(row['connection']),
    name: String(row['name']),
    messageId: String(row['message_id']),
    contentHash: String(row['content_hash']),
    mic: String(row['mic']),
    // Written by `keep`.
    fields: JSON.parse(String(row['fields'])) as Readonly<Record<string, string>>,
    // The table checks it.
    state: String(row['state']) as As2Sent['state'],
    said: String(row['said']),
    document: String(row['document']),
  }
}
