import type { Queryable } from './queryable.ts'

/** How a message is known: the names are those of the message, so `from` is the partner. */
export interface As2Key {
  readonly from: string
  readonly to: string
  readonly messageId: string
}

/** A message that a partner sent, and the receipt that belongs to it for ever. */
export interface As2Received extends As2Key {
  /** SHA-256 of the content as it came over the wire. */
  readonly wireHash: string
  /** Whether it went on into the inbox. */
  readonly taken: boolean
  readonly connection: string
  readonly disposition: string
  readonly mic: string
  /** Header fields and body of the receipt; empty when none was asked for. */
  readonly fields: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Where the receipt goes; empty when it is the answer itself. */
  readonly url: string
  readonly attempts: number
}

/** Receipts of received messages. What is kept first stays; nobody overwrites a receipt. */
export class As2ReceivedMessages {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** The one that was taken, or the refusal of exactly this content. */
  async find(key: As2Key, wireHash: string): Promise<As2Received | undefined> {
    const { rows } = await this.#database.query(
      `SELECT * FROM as2_received WHERE as2_from = $1 AND as2_to = $2 AND message_id = $3 AND (taken OR wire_hash = $4)
       ORDER BY taken DESC LIMIT 1`,
      [key.from, key.to, key.messageId, wireHash],
    )
    return rows[0] === undefined ? undefined : received(rows[0])
  }

  /** Keeps it, unless another instance was first. Answers what is kept. */
  async keep(one: Omit<As2Received, 'attempts'>): Promise<As2Received> {
    await this.#database.query(
      `INSERT INTO as2_received (as2_from, as2_to, message_id, wire_hash, taken, connection, disposition, mic, at, fields, body, url, due)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now_ms(), $9, $10, $11, CASE WHEN $11 = '' THEN NULL ELSE now_ms() END)
       ON CONFLICT DO NOTHING`,
      [
        one.from,
        one.to,
        one.messageId,
        one.wireHash,
        one.taken,
        one.connection,
        one.disposition,
        one.mic,
        JSON.stringify(one.fields),
        one.body,
        one.url,
      ],
    )
    return (await this.find(one, one.wireHash)) ?? { ...one, attempts: 0 }
  }

  /** The partner asks again: its asynchronous receipt is sent again. */
  async sendAgain({ from, to, messageId, wireHash }: As2Received): Promise<void> {
    await this.#database.query(
      `UPDATE as2_received SET due = now_ms(), attempts = 0
         WHERE as2_from = $1 AND as2_to = $2 AND message_id = $3 AND wire_hash = $4 AND url <> '' AND due IS NULL`,
      [from, to, messageId, wireHash],
    )
  }

  /** Receipts that have to be sent now; nobody else gets them for `holdMs`. */
  async claim(limit: number, holdMs: number): Promise<readonly As2Received[]> {
    const { rows } = await this.#database.query(
      `UPDATE as2_received SET due = now_ms() + $2::bigint, attempts = attempts + 1
         WHERE (as2_from, as2_to, message_id, wire_hash) IN (
           SELECT as2_from, as2_to, message_id, wire_hash FROM as2_received WHERE due <= now_ms() ORDER BY due LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING *`,
      [limit, holdMs],
    )
    return rows.map(received)
  }

  /** The next try after this pause; undefined when there is none any more. */
  async settle({ from, to, messageId, wireHash }: As2Received, pauseMs: number | undefined): Promise<void> {
    await this.#database.query(
      `UPDATE as2_received SET due = CASE WHEN $5::bigint IS NULL THEN NULL ELSE now_ms() + $5::bigint END
         WHERE as2_from = $1 AND as2_to = $2 AND message_id = $3 AND wire_hash = $4`,
      [from, to, messageId, wireHash, pauseMs ?? null],
    )
  }

  /** Forgets what is older than the longest time in which a partner repeats. */
  async trim(days: number): Promise<void> {
    await this.#database.query('DELETE FROM as2_received WHERE at < now_ms() - $1::bigint AND due IS NULL', [
      days * 86_400_000,
    ])
  }
}

function received(row: Readonly<Record<string, unknown>>): As2Received {
  return {
    from: String(row['as2_from']),
    to: String(row['as2_to']),
    messageId: String(row['message_id']),
    wireHash: String(row['wire_hash']),
    taken: row['taken'] === true,
    connection: String(row['connection']),
    disposition: String(row['disposition']),
    mic: String(row['mic']),
    // Written by `keep`.
    fields: JSON.parse(String(row['fields'])) as Readonly<Record<string, string>>,
    body: row['body'] as Uint8Array,
    url: String(row['url']),
    attempts: Number(row['attempts']),
  }
}
