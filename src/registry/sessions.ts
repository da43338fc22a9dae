import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import { type Person, personOf } from './people.ts'
import type { Queryable } from './queryable.ts'

/** Browsers that are signed in, on the side of the server: each can be ended from here. `hash` is the SHA-256 of the cookie in hex. */
export class Sessions {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  async begin(
    session: { readonly hash: string; readonly person: string; readonly seconds: number },
    note: AuditNote,
  ): Promise<void> {
    const { hash, person, seconds } = session
    await this.#database.query(
      audited(
        `INSERT INTO session (hash, person, created_at, seen_at, expires_at)
         VALUES ($1, $2, now_ms(), now_ms(), now_ms() + $3::bigint * 1000)
         RETURNING person AS id, (SELECT tenant FROM person WHERE person.id = session.person) AS tenant`,
        { change: 'create', kind: 'session' },
        4,
      ),
      [hash, person, seconds, ...auditValues(note)],
    )
  }

  /** Those of a person that go on, the newest first; times in ms since 1970. */
  async list(
    person: string,
    idleSeconds: number,
  ): Promise<readonly { hash: string; createdAt: number; seenAt: number; expiresAt: number }[]> {
    const { rows } = await this.#database.query(
      `SELECT * FROM session WHERE person = $1 AND expires_at > now_ms() AND seen_at > now_ms() - $2::bigint * 1000
        ORDER BY created_at DESC LIMIT 100`,
      [person, idleSeconds],
    )
    return rows.map((row) => ({
      hash: String(row['hash']),
      createdAt: Number(row['created_at']),
      seenAt: Number(row['seen_at']),
      expiresAt: Number(row['expires_at']),
    }))
  }

  /** Whose session this is, while it lasts and was used within `idleSeconds`. Its use is noted at most once a minute. */
  async find(hash: string, idleSeconds: number): Promise<Person | undefined> {
    const { rows } = await this.#database.query(
      `WITH alive AS (SELECT hash, person, seen_at FROM session
                       WHERE hash = $1 AND expires_at > now_ms() AND seen_at > now_ms() - $2::bigint * 1000),
            seen AS (UPDATE session SET seen_at = now_ms() FROM alive
                      WHERE session.hash = alive.hash AND alive.seen_at < now_ms() - 60000)
       SELECT person.* FROM alive JOIN person ON person.id = alive.person WHERE person.disabled_at IS NULL`,
      [hash, idleSeconds],
    )
    return rows[0] === undefined ? undefined : personOf(rows[0])
  }

  /** The same, without it being a use. */
  async look(hash: string, idleSeconds: number): Promise<Person | undefined> {
    const { rows } = await this.#database.query(
      `SELECT person.* FROM session JOIN person ON person.id = session.person
        WHERE hash = $1 AND expires_at > now_ms() AND seen_at > now_ms() - $2::bigint * 1000 AND person.disabled_at IS NULL`,
      [hash, idleSeconds],
    )
    return rows[0] === undefined ? undefined : personOf(rows[0])
  }

  async end(hash: string): Promise<void> {
    await this.#database.query('DELETE FROM session WHERE hash = $1', [hash])
  }

  /** All of a person, but the one that is kept. */
  async endAll(person: string, kept = '', note?: AuditNote): Promise<void> {
    await this.#database.query(
      audited(
        `DELETE FROM session WHERE person = $1 AND hash <> $2
         RETURNING person AS id, (SELECT tenant FROM person WHERE person.id = session.person) AS tenant`,
        { change: 'remove', kind: 'session' },
        3,
      ),
      [person, kept, ...auditValues(note)],
    )
  }

  /** Forgets what has ended by itself; at most `limit` at once. */
  async trim(limit: number): Promise<void> {
    await this.#database.query(
      'DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE expires_at < now_ms() LIMIT $1)',
      [limit],
    )
  }
}
