import type { Period } from '../../watch/slas/period.ts'
import type { Sla } from '../../watch/slas/sla.ts'
import type { MeasuredPeriod, Miss } from '../../watch/slas/sla-store.ts'

/** Service levels as a tenant sees them. */
export interface SlaDesk {
  /** Those that are declared, by their names. */
  slas(tenant: string): readonly Sla[]
  /** The newest measured period of each. */
  latest(tenant: string): Promise<readonly MeasuredPeriod[]>
  /** The newest first. */
  periods(tenant: string, sla: string): Promise<readonly MeasuredPeriod[]>
  /** What missed in a period as it is now, the oldest first. */
  misses(sla: Sla, period: Period, page: { readonly after?: string; readonly limit: number }): Promise<readonly Miss[]>
}
