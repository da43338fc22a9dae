import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { LifecycleState, Standing } from './contracts/lifecycle.ts'
import type { Queryable } from './queryable.ts'

/** What a tenant has decided about a contract. */
export interface DecidedStanding extends Standing {
  readonly tenant: string
  readonly contract: string
  /** Counts decisions; a decision that was made on an older one is refused. */
  readonly version: number
  /** Who answers for it, where the tenant has said so. */
  readonly owner?: string
}

/** Decisions about contracts, each in the audit log. */
export class ContractStandings {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Of one tenant, or of all. */
  async list(tenant?: string): Promise<readonly DecidedStanding[]> {
    const { rows } = await this.#database.query(
      'SELECT * FROM contract_standing WHERE tenant = $1 OR $1 IS NULL ORDER BY tenant, contract',
      [tenant ?? null],
    )
    return rows.map(standingOf)
  }

  /** False when somebody else decided meanwhile: it is not at `version` any more; 0 before the first decision. */
  async decide(decision: DecidedStanding, note: AuditNote): Promise<boolean> {
    const { tenant, contract, version, state, deprecatedAt, sunsetAt, successor, link, reason, owner } = decision
    const upsert = `INSERT INTO contract_standing AS s
        (tenant, contract, version, state, deprecated_at, sunset_at, successor, link, reason, owner, changed_at)
      VALUES ($1, $2, 1, $4, $5, $6, $7, $8, $9, $10, now_ms())
      ON CONFLICT (tenant, contract) DO UPDATE SET version = s.version + 1, state = excluded.state,
        deprecated_at = excluded.deprecated_at, sunset_at = excluded.sunset_at, successor = excluded.successor,
        link = excluded.link, reason = excluded.reason, owner = excluded.owner, changed_at = excluded.changed_at
        WHERE s.version = $3::integer RETURNING contract AS id, tenant`
    const { rows } = await this.#database.query(audited(upsert, { change: 'decide', kind: 'contract' }, 11), [
      ...[tenant, contract, version, state, deprecatedAt ?? null, sunsetAt ?? null, successor ?? null, link ?? null],
      ...[reason ?? null, owner ?? null],
      ...auditValues(note),
    ])
    return rows.length === 1
  }
}

function standingOf(row: Readonly<Record<string, unknown>>): DecidedStanding {
  const time = (column: string, name: string): object => (row[column] === null ? {} : { [name]: Number(row[column]) })
  const text = (name: string): object => (row[name] === null ? {} : { [name]: row[name] })
  return {
    tenant: String(row['tenant']),
    contract: String(row['contract']),
    version: Number(row['version']),
    // The table checks it.
    state: String(row['state']) as LifecycleState,
    ...time('deprecated_at', 'deprecatedAt'),
    ...time('sunset_at', 'sunsetAt'),
    ...text('successor'),
    ...text('link'),
    ...text('reason'),
    ...text('owner'),
  }
}
