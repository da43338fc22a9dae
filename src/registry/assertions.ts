import type { Queryable } from './queryable.ts'

/** Proofs of identity that were used, so that none counts twice, on whichever instance it comes again. */
export class Assertions {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Whether nobody used it before. `hash` names it, `expiresAt` is when it would be refused anyway, in ms since 1970. */
  async use(hash: string, expiresAt: number): Promise<boolean> {
    const { rows } = await this.#database.query(
      'INSERT INTO client_assertion (hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING hash',
      [hash, expiresAt],
    )
    return rows.length === 1
  }

  /** Forgets what is refused by its age; at most `limit` at once. */
  async trim(limit: number): Promise<void> {
    await this.#database.query(
      'DELETE FROM client_assertion WHERE hash IN (SELECT hash FROM client_assertion WHERE expires_at < now_ms() LIMIT $1)',
      [limit],
    )
  }
}
