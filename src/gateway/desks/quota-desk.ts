import type { AuditNote } from '../../backbone/audit.ts'
import type { ClientQuota } from '../../registry/client-quotas.ts'
import type { QuotaRefusal } from '../../registry/quota-refusals.ts'
import type { Quota, QuotaLevel } from '../access/quota.ts'

/** Quotas of single clients, as one tenant sees them. */
export interface QuotaDesk {
  /** Of whoever has none of its own. */
  readonly everybody: Quota
  list(tenant: string): Promise<readonly ClientQuota[]>
  get(tenant: string, client: string): Promise<ClientQuota | undefined>
  /** Undefined when it is at another version by now, or when there are too many. Counts here at once, elsewhere within seconds. */
  set(quota: Omit<ClientQuota, 'changedAt'>, note: AuditNote): Promise<ClientQuota | undefined>
  /** What counts for each of these now, its own or what everybody has, and how much of it is used. */
  levels(tenant: string, clients: readonly string[]): Promise<ReadonlyMap<string, Quota & QuotaLevel>>
  /** What was refused of them since an instant (ms), the newest first. */
  refusals(tenant: string, clients: readonly string[], since: number): Promise<readonly QuotaRefusal[]>
  /** False when it is at another version by now. */
  remove(quota: Pick<ClientQuota, 'client' | 'tenant' | 'version'>, note: AuditNote): Promise<boolean>
}
