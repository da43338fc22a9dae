import type { AuditLog } from '../../registry/audit.ts'
import type { Checkpoints } from './checkpoints.ts'

/** What trimming works with. */
export interface AuditRetentionOptions {
  /** 0: for ever. */
  readonly days: number
  readonly log: Pick<AuditLog, 'heads' | 'begin' | 'oldUntil' | 'isWholeUntil' | 'trim' | 'sweep'>
  readonly checkpoints: Pick<Checkpoints, 'send'>
  /** ms since 1970. */
  readonly now: number
  readonly signals: {
    auditKept(values: { readonly code: string }): void
    retired(values: { readonly kind: string; readonly count: number }): void
  }
}

/**
 * Old rows of the audit log go, of each tenant for itself. First what is to go is followed: a chain that somebody changed is evidence and
 * stays. Then its last head is signed and leaves the hub; only then rows go, and the chain is followed from there on.
 */
export async function trimAudit({ days, log, checkpoints, now, signals }: AuditRetentionOptions): Promise<void> {
  if (days === 0) return
  for (const { tenant } of await log.heads()) {
    const left = await log.sweep(tenant)
    if (left > 0) signals.retired({ kind: 'audit', count: left })
    const until = await log.oldUntil(tenant, now - days * dayMs)
    if (until === undefined) continue
    if (!(await log.isWholeUntil(tenant, until))) {
      signals.auditKept({ code: 'AUDIT_CHAIN_BROKEN' })
      continue
    }
    const checkpoint = await checkpoints.send([{ tenant, ...until }])
    if (checkpoint === undefined) {
      signals.auditKept({ code: 'AUDIT_HEAD_NOT_SENT' })
      continue
    }
    signals.retired({ kind: 'audit', count: await log.trim(tenant, { ...until, checkpoint }) })
  }
}

const dayMs = 86_400_000
