import type { Queryable } from './queryable.ts'

/** Requests of one client that were refused within an hour because its quota was used up. Times in ms since 1970. */
export interface QuotaRefusal {
  readonly tenant: string
  /** A key, a client, a person or a connection. */
  readonly client: string
  /** Whose it is; absent for our own and for connections. */
  readonly partner?: string
  readonly operation: string
  readonly hour: number
  readonly refused: number
  readonly lastAt: number
}

/** What was refused of whom, by hour and operation. */
export class QuotaRefusals {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  async add(refusals: readonly QuotaRefusal[]): Promise<void> {
    await this.#database.query(
      `INSERT INTO quota_refusal AS r (tenant, client, partner, operation, hour, refused, last_at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::integer[], $7::bigint[])
       ORDER BY 1, 2, 5, 4
       ON CONFLICT (tenant, client, hour, operation) DO UPDATE
         SET refused = r.refused + excluded.refused, last_at = greatest(r.last_at, excluded.last_at)`,
      [
        refusals.map(({ tenant }) => tenant),
        refusals.map(({ client }) => client),
        refusals.map(({ partner }) => partner ?? null),
        refusals.map(({ operation }) => operation),
        refusals.map(({ hour }) => hour),
        refusals.map(({ refused }) => refused),
        refusals.map(({ lastAt }) => lastAt),
      ],
    )
  }

  /** By client and operation, the newest first; hours that ended before `since` are left out. */
  async since(tenant: string, clients: readonly string[], since: number): Promise<readonly QuotaRefusal[]> {
    const { rows } = await this.#database.query(
      `SELECT client, operation, min(hour) AS hour, sum(refused) AS refused, max(last_at) AS last_at FROM quota_refusal
        WHERE tenant = $1 AND client = ANY ($2::text[]) AND hour > $3::bigint - 3600000
        GROUP BY client, operation ORDER BY last_at DESC, client, operation`,
      [tenant, clients, since],
    )
    return rows.map((row) => ({
      tenant,
      client: String(row['client']),
      operation: String(row['operation']),
      hour: Number(row['hour']),
      refused: Number(row['refused']),
      lastAt: Number(row['last_at']),
    }))
  }

  /** Forgets hours before an instant, at most `limit` rows; returns how many. */
  async trim(before: number, limit: number): Promise<number> {
    const { rows } = await this.#database.query(
      `DELETE FROM quota_refusal WHERE ctid = ANY (ARRAY (SELECT ctid FROM quota_refusal WHERE hour < $1 LIMIT $2)) RETURNING 1`,
      [before, limit],
    )
    return rows.length
  }
}
