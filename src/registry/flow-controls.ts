import { type AuditNote, auditText } from '../backbone/audit.ts'
import type { Queryable } from './queryable.ts'

/** Where the flow of a connection can be stopped: what it takes in is kept and not understood, or what is owed to it is kept and not sent. */
export const pausableStages = ['translate', 'dispatch'] as const
/** One of them. */
export type PausableStage = (typeof pausableStages)[number]

/** What can be said of a connection: that one stage of it stands still, or that it takes nothing new and finishes what it has. */
export type ControlStage = PausableStage | 'drain'

/** What people have said about one stage of one connection. Times in ms since 1970. */
export interface FlowControl {
  readonly tenant: string
  readonly connection: string
  readonly stage: ControlStage
  /** Of a drain: what was asked of it until then is finished. Absent: it goes on. */
  readonly pausedAt?: number
  readonly by: string
  readonly reason: string
  /** When somebody closed its breaker by hand last. */
  readonly resetAt?: number
}

/** Which stage of whose connection is meant. */
export type ControlledStage = Pick<FlowControl, 'tenant' | 'connection' | 'stage'>

/** Pauses and resets of the flow as rows: they outlive every instance and hold for all of them. */
export class FlowControls {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** Of all tenants, or of one. */
  async list(tenant?: string): Promise<readonly FlowControl[]> {
    const { rows } = await this.#database.query(
      `SELECT tenant, connection, stage, paused_at, actor, reason, reset_at FROM flow_control
        WHERE $1::text IS NULL OR tenant = $1 ORDER BY tenant, connection, stage`,
      [tenant ?? null],
    )
    return rows.map((row) => ({
      tenant: String(row['tenant']),
      connection: String(row['connection']),
      stage: row['stage'] as ControlStage,
      by: String(row['actor']),
      reason: String(row['reason']),
      ...(row['paused_at'] === null ? {} : { pausedAt: Number(row['paused_at']) }),
      ...(row['reset_at'] === null ? {} : { resetAt: Number(row['reset_at']) }),
    }))
  }

  /** False when it is paused, or drained, already: the first reason stays. */
  pause(stage: ControlledStage, note: AuditNote): Promise<boolean> {
    return this.#write(
      `INSERT INTO flow_control AS c (tenant, connection, stage, paused_at, actor, reason) VALUES ($1, $2, $3, now_ms(), $4, $5)
       ON CONFLICT (tenant, connection, stage) DO UPDATE SET paused_at = now_ms(), actor = excluded.actor, reason = excluded.reason
        WHERE c.paused_at IS NULL`,
      { ...stage, change: stage.stage === 'drain' ? 'drain' : 'pause', note },
    )
  }

  /** False when it goes on already. */
  resume(stage: ControlledStage, note: AuditNote): Promise<boolean> {
    return this.#write(
      `UPDATE flow_control SET paused_at = NULL, actor = $4, reason = $5
        WHERE tenant = $1 AND connection = $2 AND stage = $3 AND paused_at IS NOT NULL`,
      { ...stage, change: stage.stage === 'drain' ? 'end_drain' : 'resume', note },
    )
  }

  /** Every instance closes its breaker of the target, and begins its budget anew. */
  async resetBreaker(stage: Omit<ControlledStage, 'stage'>, note: AuditNote): Promise<void> {
    await this.#write(
      `INSERT INTO flow_control (tenant, connection, stage, actor, reason, reset_at) VALUES ($1, $2, $3, $4, $5, now_ms())
       ON CONFLICT (tenant, connection, stage) DO UPDATE SET reset_at = now_ms()`,
      { ...stage, stage: 'dispatch', change: 'reset_breaker', note },
    )
  }

  /** The row and the line of the audit log that says who did it: both, or neither. */
  async #write(
    statement: string,
    {
      tenant,
      connection,
      stage,
      change,
      note,
    }: ControlledStage & { readonly change: string; readonly note: AuditNote },
  ): Promise<boolean> {
    const { actor, reason = '', address, trace } = note
    const { rows } = await this.#database.query(
      `WITH made AS (${statement} RETURNING tenant, connection, stage),
            told AS (INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, before, after, address, trace, reason)
                     SELECT now_ms(), tenant, $4::text, (SELECT revision FROM network), 'api', $6::text, 'connection', connection, NULL, $7::text, $8::text, $9::text, $5::text
                       FROM made)
       SELECT stage FROM made`,
      [tenant, connection, stage, actor, reason, change, auditText({ stage }), address ?? null, trace ?? null],
    )
    return rows.length > 0
  }
}
