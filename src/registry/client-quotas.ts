import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'

/** What one client may send, where somebody has said so: a key, a client, a person or a connection. */
export interface ClientQuota {
  readonly tenant: string
  readonly client: string
  /** Requests on average. */
  readonly perSecond: number
  /** Requests at once, after a pause. */
  readonly burst: number
  readonly version: number
  /** ms since 1970. */
  readonly changedAt: number
}

/** So many of a tenant: all of them are kept in memory. */
export const quotasMost = 1000

/** Quotas of single clients, each change in the audit log. */
export class ClientQuotas {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Of one tenant, or of all. */
  async list(tenant?: string): Promise<readonly ClientQuota[]> {
    const { rows } = await this.#database.query(
      'SELECT * FROM client_quota WHERE tenant = $1 OR $1 IS NULL ORDER BY tenant, client',
      [tenant ?? null],
    )
    return rows.map(quotaOf)
  }

  async get(tenant: string, client: string): Promise<ClientQuota | undefined> {
    const { rows } = await this.#database.query('SELECT * FROM client_quota WHERE tenant = $1 AND client = $2', [
      tenant,
      client,
    ])
    return rows.map(quotaOf)[0]
  }

  /** `version` is the one that is changed, 0 for the first. Undefined when it is another by now, or when there are too many. */
  async set(quota: Omit<ClientQuota, 'changedAt'>, note: AuditNote): Promise<ClientQuota | undefined> {
    const { tenant, client, perSecond, burst, version } = quota
    const set = `INSERT INTO client_quota AS q (tenant, client, per_second, burst, version, changed_at)
      SELECT $1, $2, $3::integer, $4::integer, 1, now_ms()
       WHERE (SELECT count(*) FROM client_quota WHERE tenant = $1 AND client <> $2) < ${quotasMost}
         AND ($5::integer = 0 OR EXISTS (SELECT FROM client_quota WHERE tenant = $1 AND client = $2))
      ON CONFLICT (tenant, client) DO UPDATE
        SET per_second = excluded.per_second, burst = excluded.burst, version = q.version + 1, changed_at = excluded.changed_at
        WHERE q.version = $5::integer RETURNING *, client AS id`
    const { rows } = await this.#database.query(audited(set, { change: 'change', kind: 'quota' }, 6), [
      ...[tenant, client, perSecond, burst, version],
      ...auditValues(note),
    ])
    return rows.map(quotaOf)[0]
  }

  /** False when it is not at this version any more. */
  async remove(
    { tenant, client, version }: Pick<ClientQuota, 'client' | 'tenant' | 'version'>,
    note: AuditNote,
  ): Promise<boolean> {
    const remove =
      'DELETE FROM client_quota WHERE tenant = $1 AND client = $2 AND version = $3 RETURNING *, client AS id'
    const { rows } = await this.#database.query(audited(remove, { change: 'remove', kind: 'quota' }, 4), [
      ...[tenant, client, version],
      ...auditValues(note),
    ])
    return rows.length === 1
  }
}

function quotaOf(row: Readonly<Record<string, unknown>>): ClientQuota {
  return {
    tenant: String(row['tenant']),
    client: String(row['client']),
    perSecond: Number(row['per_second']),
    burst: Number(row['burst']),
    version: Number(row['version']),
    changedAt: Number(row['changed_at']),
  }
}
