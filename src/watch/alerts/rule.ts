import type { Severity } from '../exceptions/source.ts'

/** What somebody wants to be told: which question, under which condition, for how long, how badly, and who. */
export interface AlertWish {
  readonly name: string
  /** Id of a business check. */
  readonly check: string
  /** CEL over the answer of the check; true: it is bad. */
  readonly condition: string
  readonly severity: Severity
  /** It has to be bad for so long before it fires. */
  readonly holdMinutes: number
  /** It has to be good for so long before it is over: what swings does not fire again and again. */
  readonly clearMinutes: number
  /** While it fires it is told again so often; 0: once. */
  readonly repeatHours: number
  /** Names of notification declarations; without any all that tell of alerts. */
  readonly route: readonly string[]
}

/** A rule that is kept. Times in ms since 1970. */
export interface AlertRule extends AlertWish {
  readonly id: string
  readonly tenant: string
  readonly version: number
  readonly updatedAt: number
  /** Nobody is told before. */
  readonly muted?: { readonly until: number; readonly reason: string; readonly by: string }
}

/** Whether nobody is told now. */
export function isMuted({ muted }: Pick<AlertRule, 'muted'>, now: number): boolean {
  return muted !== undefined && muted.until > now
}
