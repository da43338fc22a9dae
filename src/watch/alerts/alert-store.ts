import type { Pool } from 'pg'
import type { AlertRule, AlertWish } from './rule.ts'
import type { Standing } from './standing.ts'

/** One time that a rule fired. ms since 1970. */
export interface Firing {
  readonly id: string
  readonly tenant: string
  readonly rule: string
  /** The rule as it was then. */
  readonly wish: AlertWish
  readonly firedAt: number
  readonly resolvedAt?: number
  readonly value?: number
  /** How often it was told, and when last. */
  readonly told: number
  readonly toldAt?: number
  readonly isResolvedTold: boolean
}

/** Which ones are wanted. */
export interface FiringFilter {
  readonly tenant: string
  readonly rule?: string
  readonly isOpen?: boolean
  /** `<fired at> <id>` of the last row of the page before. */
  readonly after?: string
  readonly limit: number
}

const columns = `id, tenant, rule, body, fired_at, resolved_at, value, told, told_at, resolved_told`

/** How rules stand and what they did, in one database. One instance writes; all read. */
export class AlertStore {
  readonly #pool: Pick<Pool, 'query'>

  constructor(pool: Pick<Pool, 'query'>) {
    this.#pool = pool
  }

  /** Where each rule is. */
  async standings(): Promise<ReadonlyMap<string, Standing>> {
    const { rows } = await this.#pool.query<{ rule: string; phase: Standing['phase']; since: Date }>(
      'SELECT rule, phase, since FROM alert_standing',
    )
    return new Map(rows.map(({ rule, phase, since }) => [rule, { phase, since: since.getTime() }]))
  }

  /** Nothing that is open fires again, whoever judges at the same moment. */
  async fire(rule: AlertRule, { at, value }: { readonly at: number; readonly value?: number }): Promise<void> {
    const { id, tenant, version: _v, updatedAt: _u, muted: _m, ...wish } = rule
    await this.#pool.query(
      `INSERT INTO alert_firing (id, tenant, rule, body, fired_at, value)
       VALUES ($1 || '.' || (extract(epoch FROM $4::timestamptz) * 1000)::bigint, $2, $1, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [id, tenant, JSON.stringify(wish), new Date(at).toISOString(), value ?? null],
    )
  }

  async resolve(rule: string, at: number): Promise<void> {
    await this.#pool.query(
      'UPDATE alert_firing SET resolved_at = greatest($2::timestamptz, fired_at) WHERE rule = $1 AND resolved_at IS NULL',
      [rule, new Date(at).toISOString()],
    )
  }

  async stand(rule: Pick<AlertRule, 'id' | 'tenant'>, { phase, since }: Standing): Promise<void> {
    await this.#pool.query(
      `INSERT INTO alert_standing (rule, tenant, phase, since) VALUES ($1, $2, $3, $4)
       ON CONFLICT (rule) DO UPDATE SET phase = excluded.phase, since = excluded.since`,
      [rule.id, rule.tenant, phase, new Date(since).toISOString()],
    )
  }

  /** Forgets rules that there are no more: what fires of them is over. */
  async forget(kept: readonly string[], at: number): Promise<void> {
    await this.#pool.query('DELETE FROM alert_standing WHERE rule <> ALL($1::text[])', [kept])
    await this.#pool.query(
      'UPDATE alert_firing SET resolved_at = greatest($2::timestamptz, fired_at) WHERE resolved_at IS NULL AND rule <> ALL($1::text[])',
      [kept, new Date(at).toISOString()],
    )
  }

  /** What somebody may still have to be told of, the oldest first: a page, behind the last one of the page before. */
  async untold({
    after,
    limit,
  }: {
    readonly after?: Firing | undefined
    readonly limit: number
  }): Promise<readonly Firing[]> {
    const { rows } = await this.#pool.query<Stored>(
      `SELECT ${columns} FROM alert_firing WHERE (resolved_at IS NULL OR NOT resolved_told)
          AND ($1::timestamptz IS NULL OR (fired_at, id) > ($1::timestamptz, $2::text)) ORDER BY fired_at, id LIMIT $3`,
      [after === undefined ? null : new Date(after.firedAt).toISOString(), after?.id ?? null, limit],
    )
    return rows.map(firingOf)
  }

  /** Said once more. */
  async told(id: string, at: number): Promise<void> {
    await this.#pool.query('UPDATE alert_firing SET told = told + 1, told_at = $2 WHERE id = $1', [
      id,
      new Date(at).toISOString(),
    ])
  }

  /** Said that it is over, or found that nobody has to hear it. */
  async settled(id: string): Promise<void> {
    await this.#pool.query('UPDATE alert_firing SET resolved_told = true WHERE id = $1', [id])
  }

  /** The newest first. */
  async list(filter: FiringFilter): Promise<readonly (Firing & { readonly position: string })[]> {
    const { tenant, rule, isOpen, after, limit } = filter
    const at = after?.indexOf(' ') ?? -1
    const { rows } = await this.#pool.query<Stored & { readonly position: string }>(
      `SELECT ${columns}, to_char(fired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || id AS position FROM alert_firing
       WHERE tenant = $1 AND ($2::text IS NULL OR rule = $2) AND ($3::boolean IS NULL OR (resolved_at IS NULL) = $3)
         AND ($4::timestamptz IS NULL OR (fired_at, id) < ($4::timestamptz, $5::text)) ORDER BY fired_at DESC, id DESC LIMIT $6`,
      [
        ...[tenant, rule ?? null, isOpen ?? null],
        ...(after === undefined || at < 1 ? [null, null] : [after.slice(0, at), after.slice(at + 1)]),
        limit,
      ],
    )
    return rows.map((row) => ({ ...firingOf(row), position: row.position }))
  }

  /** Forgets what was over before an instant. */
  async trim(before: number): Promise<void> {
    await this.#pool.query('DELETE FROM alert_firing WHERE resolved_at < $1', [new Date(before).toISOString()])
  }
}

interface Stored {
  readonly id: string
  readonly tenant: string
  readonly rule: string
  readonly body: AlertWish
  readonly fired_at: Date
  readonly resolved_at: Date | null
  readonly value: number | null
  readonly told: number
  readonly told_at: Date | null
  readonly resolved_told: boolean
}

function firingOf({
  id,
  tenant,
  rule,
  body,
  fired_at,
  resolved_at,
  value,
  told,
  told_at,
  resolved_told,
}: Stored): Firing {
  return {
    id,
    tenant,
    rule,
    wish: body,
    firedAt: fired_at.getTime(),
    told,
    isResolvedTold: resolved_told,
    ...(resolved_at === null ? {} : { resolvedAt: resolved_at.getTime() }),
    ...(value === null ? {} : { value }),
    ...(told_at === null ? {} : { toldAt: told_at.getTime() }),
  }
}
