import type { FoundRow } from '../../watch/check-query.ts'
import type { CheckAnswer, CheckSample } from '../../watch/check-store.ts'
import type { Check, Thresholds } from '../../watch/checks/check.ts'

/** Business checks as a tenant sees them. */
export interface CheckDesk {
  readonly checks: readonly Check[]
  /** Figures from which on it is amber or red, and what is too young, for this tenant. */
  limits(tenant: string, check: Check): Thresholds & { readonly graceMinutes: number }
  latest(tenant: string): Promise<readonly CheckAnswer[]>
  history(tenant: string, check: string, from: number): Promise<readonly CheckSample[]>
  /** What it finds now, the oldest first. */
  rows(
    check: Check,
    scope: {
      readonly tenant: string
      readonly labels: Readonly<Record<string, string>>
      readonly after?: string
      readonly limit: number
    },
  ): Promise<readonly (FoundRow & { readonly position: string })[]>
}
