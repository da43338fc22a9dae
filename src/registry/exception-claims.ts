import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'

/** Exceptions that somebody says something about. */
export interface ExceptionClaim {
  readonly tenant: string
  /** Ids with the instants since which they are open, RFC 3339: what was said before is about an earlier one. */
  readonly about: readonly { readonly id: string; readonly since: string }[]
  /** Id and name of the key or person. */
  readonly by: string
  readonly name: string
  readonly audit: AuditNote
}

/** Who works on which open exception, and what is known about it. What is said again by the same person stays said. */
export class ExceptionClaims {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Gives the ids of those that are theirs now. What somebody else has is left alone unless `takesOver`. */
  async take({ tenant, about, by, name, audit }: ExceptionClaim, takesOver: boolean): Promise<ReadonlySet<string>> {
    // Of two who take the same at once, the second one waits here and sees who has it.
    const insert = `INSERT INTO exception_claim AS k (tenant, id, taken_by, taken_name, taken_at, updated_at)
      SELECT $1, g.id, $4::text, $5::text, clock_timestamp(), clock_timestamp() FROM unnest($2::text[], $3::timestamptz[]) g(id, since) ORDER BY g.id
      ON CONFLICT (tenant, id) DO UPDATE SET taken_by = excluded.taken_by, taken_name = excluded.taken_name, taken_at = excluded.taken_at, updated_at = excluded.updated_at
        WHERE $6::boolean OR k.taken_by IS NULL OR k.taken_by = excluded.taken_by
           OR k.taken_at < (SELECT g.since FROM unnest($2::text[], $3::timestamptz[]) g(id, since) WHERE g.id = k.id)
      RETURNING id, tenant`
    const { rows } = await this.#database.query(audited(insert, { change: 'take', kind: 'exception' }, 7), [
      ...[tenant, about.map(({ id }) => id), about.map(({ since }) => since), by, name, takesOver],
      ...auditValues(audit),
    ])
    return idsOf(rows)
  }

  /** Gives the ids of those that they had. */
  async release(claim: ExceptionClaim): Promise<ReadonlySet<string>> {
    const { tenant, about, by, audit } = claim
    const update = `UPDATE exception_claim SET taken_by = NULL, taken_name = NULL, taken_at = NULL, updated_at = clock_timestamp()
      WHERE tenant = $1 AND id = ANY($2::text[]) AND taken_by = $3 RETURNING id, tenant`
    const { rows } = await this.#database.query(audited(update, { change: 'release', kind: 'exception' }, 4), [
      ...[tenant, about.map(({ id }) => id), by],
      ...auditValues(audit),
    ])
    return idsOf(rows)
  }

  /** Says that it is known, and why it may stay open. */
  async acknowledge({ tenant, about, by, name, audit }: ExceptionClaim, note: string): Promise<ReadonlySet<string>> {
    const insert = `INSERT INTO exception_claim (tenant, id, acknowledged_by, acknowledged_name, acknowledged_at, note, updated_at)
      SELECT $1, g.id, $3::text, $4::text, clock_timestamp(), $5::text, clock_timestamp() FROM unnest($2::text[]) g(id) ORDER BY g.id
      ON CONFLICT (tenant, id) DO UPDATE SET acknowledged_by = excluded.acknowledged_by, acknowledged_name = excluded.acknowledged_name,
        acknowledged_at = excluded.acknowledged_at, note = excluded.note, updated_at = excluded.updated_at
      RETURNING id, tenant`
    const { rows } = await this.#database.query(audited(insert, { change: 'acknowledge', kind: 'exception' }, 6), [
      ...[tenant, about.map(({ id }) => id), by, name, note],
      ...auditValues(audit),
    ])
    return idsOf(rows)
  }

  /** Forgets what was said last more than a year ago; at most `limit` at once. */
  async trim(limit: number): Promise<void> {
    await this.#database.query(
      `DELETE FROM exception_claim WHERE (tenant, id) IN
         (SELECT tenant, id FROM exception_claim WHERE updated_at < now() - interval '400 days' LIMIT $1)`,
      [limit],
    )
  }
}

function idsOf(rows: readonly Readonly<Record<string, unknown>>[]): ReadonlySet<string> {
  return new Set(rows.map(({ id }) => String(id)))
}
