import type { AlertRule, AlertWish } from './rule.ts'

/** A rule as it is kept beside what is kept of it. */
export function alertRuleOf(kept: {
  readonly id: string
  readonly tenant: string
  readonly body: unknown
  readonly version: number
  readonly updatedAt: number
  readonly muted?: NonNullable<AlertRule['muted']>
}): AlertRule {
  const { id, tenant, body, version, updatedAt, muted } = kept
  // Only what the schema of the route took is kept.
  return { ...(body as AlertWish), id, tenant, version, updatedAt, ...(muted === undefined ? {} : { muted }) }
}
