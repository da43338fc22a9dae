import type { Level, Severity } from './code-row.ts'
import { type VerdictCode, verdictCodes } from './codes.ts'

/** How bad each finding is for one partner. What it does not say is the default. */
export interface SeverityPolicy {
  readonly levels?: Readonly<Partial<Record<Level, Severity>>>
  readonly codes?: Readonly<Partial<Record<VerdictCode, Severity>>>
}

/** Bytes, envelope and grammar reject; an unknown code is noted; sums, trees, references and house rules warn. */
const defaults: Readonly<Record<Level, Severity>> = {
  0: 'reject',
  1: 'reject',
  2: 'reject',
  3: 'accept',
  4: 'warn',
  5: 'warn',
  6: 'warn',
  7: 'warn',
}

/** The code decides before its level, the agreement before the default. */
export function severityOf(code: VerdictCode, policy: SeverityPolicy): Severity {
  const row = verdictCodes[code]
  return policy.codes?.[code] ?? policy.levels?.[row.level] ?? row.severity ?? defaults[row.level]
}
