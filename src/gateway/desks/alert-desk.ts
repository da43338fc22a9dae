import type { AuditNote } from '../../backbone/audit.ts'
import type { Firing, FiringFilter } from '../../watch/alerts/alert-store.ts'
import type { BackTest } from '../../watch/alerts/back-test.ts'
import type { AlertRule, AlertWish } from '../../watch/alerts/rule.ts'

/** Alerts and their rules as a tenant sees them. */
export interface AlertDesk {
  firings(filter: FiringFilter): Promise<readonly (Firing & { readonly position: string })[]>
  rules(tenant: string): Promise<readonly AlertRule[]>
  rule(tenant: string, id: string): Promise<AlertRule | undefined>
  /** Undefined: there are as many as there may be. */
  create(
    rule: { readonly id: string; readonly tenant: string; readonly wish: AlertWish },
    note: AuditNote,
  ): Promise<AlertRule | undefined>
  /** Undefined: it is not at this version any more. */
  change(rule: AlertRule, wish: AlertWish, note: AuditNote): Promise<AlertRule | undefined>
  mute(rule: AlertRule, mute: AlertRule['muted'], note: AuditNote): Promise<AlertRule | undefined>
  remove(rule: AlertRule, note: AuditNote): Promise<boolean>
  /** What the rule would have done. Throws ALERT_CONDITION_INVALID. */
  test(tenant: string, wish: AlertWish, from: number): Promise<BackTest>
  /** Throws ALERT_CONDITION_INVALID. */
  read(condition: string): void
  /** Names of the declarations of notifications that tell of alerts. */
  routes(tenant: string): readonly string[]
}
