import type { Queryable } from './queryable.ts'

/** A key that tokens are signed with. */
export interface SigningKey {
  readonly id: string
  /** The public half as JWK. */
  readonly publicKey: Readonly<Record<string, unknown>>
  /** The private half, sealed. */
  readonly sealedKey: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** Signing keys as rows, shared by all instances. */
export class SigningKeys {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** The oldest first. */
  async list(): Promise<readonly SigningKey[]> {
    const { rows } = await this.#database.query('SELECT * FROM signing_key ORDER BY created_at, id', [])
    return rows.map((row) => ({
      id: String(row['id']),
      // Written by `add`.
      publicKey: JSON.parse(String(row['public_key'])) as Readonly<Record<string, unknown>>,
      sealedKey: String(row['sealed_key']),
      createdAt: Number(row['created_at']),
    }))
  }

  async add({ id, publicKey, sealedKey }: Omit<SigningKey, 'createdAt'>): Promise<void> {
    await this.#database.query(
      'INSERT INTO signing_key (id, public_key, sealed_key, created_at) VALUES ($1, $2, $3, now_ms())',
      [id, JSON.stringify(publicKey), sealedKey],
    )
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.#database.query('DELETE FROM signing_key WHERE id = ANY ($1::text[])', [ids])
  }
}
