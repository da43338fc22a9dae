import type { Period } from './period.ts'

/** What was found in one period. What is still within its time is open; what nobody can know is unknown. Neither counts. */
export interface SlaCounts {
  readonly met: number
  readonly missed: number
  readonly open: number
  readonly unknown: number
}

/**
 * `met` as promised, so far or in the end · `at_risk` at this rate the period will miss · `used_up` all misses that the period can be
 * expected to allow have happened · `missed` it is over and was not kept · `unknown` nothing counts.
 */
export const slaStates = ['met', 'at_risk', 'used_up', 'missed', 'unknown'] as const
/** One of these. */
export type SlaState = (typeof slaStates)[number]

/** How a period stands. */
export interface SlaStanding {
  readonly state: SlaState
  /** Percent with two decimals, never rounded up; absent: nobody knows. */
  readonly attainment?: number
  /** Misses for each one that is allowed: above 1 the target is missed if it goes on like that. */
  readonly burnRate?: number
  /** Share of the misses that the whole period may have, if as much comes as so far; above 1 it is used up. */
  readonly budgetUsed?: number
  /** When the budget is used up at this rate; absent where it lasts. Milliseconds since 1970. */
  readonly usedUpAt?: number
}

/** Judges a period by its counts. Of a running one the whole is expected to go on as it went so far. */
export function standingOf(
  { met, missed }: Pick<SlaCounts, 'met' | 'missed'>,
  { target, now, startsAt, endsAt }: Period & { readonly target: number; readonly now: number },
): SlaStanding {
  const counted = met + missed
  if (counted === 0) return { state: 'unknown' }
  const attainment = roundedDown(met, counted)
  const length = endsAt - startsAt
  const elapsed = Math.min(1, Math.max(0, (now - startsAt) / length))
  const burnRate = missed / counted / ((100 - target) / 100)
  const budgetUsed = burnRate * elapsed
  const isKept = met * 100 >= target * counted
  const isOver = now >= endsAt
  const figures = { attainment, burnRate: rounded(burnRate), budgetUsed: shareOf(budgetUsed) }
  if (isOver) return { state: isKept ? 'met' : 'missed', ...figures }
  if (isKept) return { state: 'met', ...figures }
  const usedUpAt = Math.round(startsAt + length / burnRate)
  return { state: budgetUsed >= 1 ? 'used_up' : 'at_risk', ...figures, usedUpAt }
}

/** Percent. So few that two decimals would say none are said with more. */
function roundedDown(met: number, counted: number): number {
  const percent = Math.floor((met * 10_000) / counted) / 100
  return percent === 0 ? (met * 100) / counted : percent
}

/** Nothing, and all of it, are said only where it is so. */
function shareOf(value: number): number {
  const share = rounded(value)
  return share === 0 || share === 1 ? value : share
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
