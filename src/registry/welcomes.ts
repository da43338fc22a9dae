import type { Queryable } from './queryable.ts'

/** Links that may be followed once. Only the SHA-256 of what they hold is stored, in hex. */
export class Welcomes {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** A link; older ones to the same person end. Without a person it makes the first administrator. */
  async make(welcome: { readonly hash: string; readonly person?: string; readonly seconds: number }): Promise<void> {
    const { hash, person, seconds } = welcome
    await this.#database.query(
      `WITH gone AS (DELETE FROM welcome WHERE person IS NOT DISTINCT FROM $2 AND hash <> $1)
       INSERT INTO welcome (hash, person, expires_at) VALUES ($1, $2, now_ms() + $3::bigint * 1000) ON CONFLICT (hash) DO NOTHING`,
      [hash, person ?? null, seconds],
    )
  }

  /** Where the link leads while it may still be followed: a person, or the place of the first administrator. */
  async find(hash: string): Promise<{ readonly person?: string } | undefined> {
    const { rows } = await this.#database.query(
      'SELECT person FROM welcome WHERE hash = $1 AND used_at IS NULL AND expires_at > now_ms()',
      [hash],
    )
    const person = rows[0]?.['person']
    if (rows[0] === undefined) return undefined
    return typeof person === 'string' ? { person } : {}
  }

  /** False when somebody else was faster. */
  async take(hash: string): Promise<boolean> {
    const { rows } = await this.#database.query(
      'UPDATE welcome SET used_at = now_ms() WHERE hash = $1 AND used_at IS NULL AND expires_at > now_ms() RETURNING hash',
      [hash],
    )
    return rows.length === 1
  }
}
