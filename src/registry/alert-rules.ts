import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'

/** A rule as it is kept; what it says belongs to those who watch. Times in ms since 1970. */
export interface KeptRule {
  readonly id: string
  readonly tenant: string
  readonly body: unknown
  readonly version: number
  readonly updatedAt: number
  readonly muted?: { readonly until: number; readonly reason: string; readonly by: string }
}

/** Rules of one tenant that there may be. */
export const rulesMost = 200

/** When somebody wants to be told how the business stands. */
export class AlertRules {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Of a tenant, or of all. */
  async list(tenant?: string): Promise<readonly KeptRule[]> {
    const { rows } = await this.#database.query(
      'SELECT * FROM alert_rule WHERE $1::text IS NULL OR tenant = $1 ORDER BY tenant, id',
      [tenant ?? null],
    )
    return rows.map(ruleOf)
  }

  async get(tenant: string, id: string): Promise<KeptRule | undefined> {
    const { rows } = await this.#database.query('SELECT * FROM alert_rule WHERE tenant = $1 AND id = $2', [tenant, id])
    return rows[0] === undefined ? undefined : ruleOf(rows[0])
  }

  /** The one that there is by this id already; undefined when the tenant has as many as there may be. */
  async create(rule: Pick<KeptRule, 'body' | 'id' | 'tenant'>, note: AuditNote): Promise<KeptRule | undefined> {
    const insert = `INSERT INTO alert_rule (id, tenant, body)
      SELECT $1, $2, $3::jsonb WHERE (SELECT count(*) FROM alert_rule WHERE tenant = $2) < ${rulesMost}
      ON CONFLICT (id) DO NOTHING RETURNING *`
    const made = await this.#change(insert, 'create', [rule.id, rule.tenant, JSON.stringify(rule.body)], note)
    return made ?? this.get(rule.tenant, rule.id)
  }

  /** Undefined when it is not at this version any more. */
  async change(
    rule: Pick<KeptRule, 'body' | 'id' | 'tenant' | 'version'>,
    note: AuditNote,
  ): Promise<KeptRule | undefined> {
    const update = `UPDATE alert_rule SET body = $3::jsonb, version = version + 1, updated_at = now()
      WHERE id = $1 AND tenant = $2 AND version = $4 RETURNING *`
    return this.#change(update, 'change', [rule.id, rule.tenant, JSON.stringify(rule.body), rule.version], note)
  }

  /** Until an instant, ms since 1970; without one it is told again. */
  async mute(
    { id, tenant }: Pick<KeptRule, 'id' | 'tenant'>,
    mute: KeptRule['muted'],
    note: AuditNote,
  ): Promise<KeptRule | undefined> {
    const update = `UPDATE alert_rule SET muted_until = $3::timestamptz, muted_reason = $4, muted_by = $5 WHERE id = $1 AND tenant = $2 RETURNING *`
    const until = mute === undefined ? null : new Date(mute.until).toISOString()
    const values = [id, tenant, until, mute?.reason ?? '', mute?.by ?? '']
    return this.#change(update, mute === undefined ? 'unmute' : 'mute', values, note)
  }

  async remove({ id, tenant }: Pick<KeptRule, 'id' | 'tenant'>, note: AuditNote): Promise<boolean> {
    const removed = 'DELETE FROM alert_rule WHERE id = $1 AND tenant = $2 RETURNING *'
    return (await this.#change(removed, 'remove', [id, tenant], note)) !== undefined
  }

  async #change(
    statement: string,
    change: string,
    values: readonly unknown[],
    note: AuditNote,
  ): Promise<KeptRule | undefined> {
    const { rows } = await this.#database.query(audited(statement, { change, kind: 'alert-rule' }, values.length + 1), [
      ...values,
      ...auditValues(note),
    ])
    return rows[0] === undefined ? undefined : ruleOf(rows[0])
  }
}

function ruleOf(row: Readonly<Record<string, unknown>>): KeptRule {
  const { id, tenant, body, version, updated_at: updatedAt, muted_until: until } = row
  return {
    id: String(id),
    tenant: String(tenant),
    body,
    version: Number(version),
    updatedAt: (updatedAt as Date).getTime(),
    ...(until === null
      ? {}
      : {
          muted: {
            until: (until as Date).getTime(),
            reason: String(row['muted_reason']),
            by: String(row['muted_by']),
          },
        }),
  }
}
