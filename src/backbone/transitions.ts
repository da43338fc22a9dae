import type { EffectState } from './ledger.ts'

/** The legal state graph of an effect. The database holds the same table in a trigger: a second wall, compared by a test. */
export const transitions: Readonly<Record<EffectState, readonly EffectState[]>> = {
  queued: ['sending', 'parked', 'cancelled'],
  sending: ['queued', 'applied', 'refused', 'awaiting', 'unknown', 'parked'],
  awaiting: ['applied', 'refused', 'unknown', 'awaiting'],
  unknown: ['applied', 'queued', 'parked', 'unknown'],
  refused: ['queued', 'unknown', 'applied', 'cancelled'],
  parked: ['queued', 'unknown', 'applied', 'cancelled'],
  applied: [],
  cancelled: [],
}

/** Throws when an effect may not go from one state to the other: a fault of the caller, nothing was written. */
export function assertTransition(from: EffectState, to: EffectState): void {
  if (!transitions[from].includes(to)) throw new RangeError(`an effect cannot go from ${from} to ${to}`)
}

/** Settled for good: the lane goes on with its next effect. */
export function isTerminal(state: EffectState): boolean {
  return state === 'applied' || state === 'cancelled'
}

/** Holds its lane until somebody decides. */
export function isHeld(state: EffectState): boolean {
  return state === 'refused' || state === 'parked'
}

/** Ends of an attempt that say for certain what the target did. Any other end with bytes on the wire leaves it open. */
export const definitiveOutcomes: readonly string[] = [
  'applied',
  'accepted',
  'refused',
  'gone',
  'retry',
  'login_refused',
]

/** What an operator's action makes of an effect; undefined when it is not allowed. */
export function decidedState(
  action: 'release' | 'edit' | 'applied' | 'cancel',
  state: EffectState,
  doubtful: boolean,
): EffectState | undefined {
  if (action === 'applied') return ['unknown', 'parked', 'refused'].includes(state) ? 'applied' : undefined
  if (action === 'cancel') return ['queued', 'parked', 'refused'].includes(state) ? 'cancelled' : undefined
  if (!isHeld(state)) return undefined
  return doubtful ? 'unknown' : 'queued'
}
