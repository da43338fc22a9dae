import { InterlineError } from '../base/errors.ts'
import { assertsHeader, correctionHeader } from './intake/received.ts'
import type { Translated } from './translate/translated.ts'
import type { Workplace } from './workplace.ts'

/** What people have stopped, as this instance knows it. */
export interface FlowPauses {
  /** Whether any connection is stopped at this stage. */
  any(stage: 'translate' | 'dispatch'): boolean
  has(stage: 'translate' | 'dispatch', connection: string): boolean
  /** Since when a connection takes nothing new, ms since 1970; undefined where it does. */
  drainSince(connection: string): number | undefined
  /** When somebody closed the breaker of a target by hand last, ms since 1970; 0 where nobody did. */
  resetAt(connection: string): number
}

/**
 * What a paused connection has taken in is parked instead of understood: it keeps its place before whatever comes later under its key, and is
 * translated with the map of the day on which the pause ends. What the hub itself says, and corrections of people, go on.
 */
export function heldBack(place: Workplace, translated: readonly Translated[]): readonly Translated[] {
  const { pauses } = place.ports
  if (pauses?.any('translate') !== true) return translated
  return translated.map((one) => {
    const { message, connection } = one
    const isOwn = assertsHeader in message.headers || correctionHeader in message.headers
    if (isOwn || !pauses.has('translate', message.connection)) return one
    const failure = new InterlineError('CONNECTION_PAUSED', { connection: message.connection })
    // The sender hears what becomes of it when somebody has looked at it.
    return { message, connection, translation: { failure } }
  })
}
