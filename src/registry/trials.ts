import type { Queryable } from './queryable.ts'

/** The newest trial of a connection. Times in ms since 1970. */
export interface Trial {
  readonly connection: string
  readonly at: number
  readonly passed: boolean
  readonly passedAt?: number
}

/** When documents of each connection were tried last, and whether they passed. */
export class Trials {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  async note(trial: { readonly tenant: string; readonly connection: string; readonly passed: boolean }): Promise<void> {
    const { tenant, connection, passed } = trial
    await this.#database.query(
      `INSERT INTO partner_trial AS t (tenant, connection, at, passed, passed_at)
       VALUES ($1, $2, now_ms(), $3, CASE WHEN $3 THEN now_ms() END)
       ON CONFLICT (tenant, connection) DO UPDATE
         SET at = excluded.at, passed = excluded.passed, passed_at = coalesce(excluded.passed_at, t.passed_at)`,
      [tenant, connection, passed],
    )
  }

  async of(tenant: string, connections: readonly string[]): Promise<readonly Trial[]> {
    const { rows } = await this.#database.query(
      'SELECT * FROM partner_trial WHERE tenant = $1 AND connection = ANY($2::text[]) ORDER BY connection',
      [tenant, connections],
    )
    return rows.map((row) => ({
      connection: String(row['connection']),
      at: Number(row['at']),
      passed: row['passed'] === true,
      ...(row['passed_at'] === null ? {} : { passedAt: Number(row['passed_at']) }),
    }))
  }
}
