import { type Evolve, entities } from '../fact.ts'
import { controlNumberMax, followingControlNumber } from './control-number.ts'

/** The last control numbers that a pair of partners used, in one environment. */
export interface PartnershipState {
  readonly interchange: number
  readonly group: number
}

/**
 * Counts for one pair of partners. The state is written in the transaction of what takes the number: no gap when it is rolled
 * back, no number twice, one after the other.
 */
export const evolvePartnership: Evolve<PartnershipState> = (state = { interchange: 0, group: 0 }, fact) => {
  if (fact.type !== 'partnership.answer_reported') return { state, facts: [], timers: [] }
  const { interchange: subject, groups } = fact.data as { readonly interchange: string; readonly groups: number }
  const interchange = followingControlNumber(state.interchange)
  // Groups of one interchange follow each other; they do not wrap within it.
  const group = state.group + groups > controlNumberMax ? 1 : followingControlNumber(state.group)
  return {
    state: { interchange, group: groups === 0 ? state.group : group + groups - 1 },
    facts: [{ rule: 'numbers', type: `${askerOf(subject)}.numbers_reported`, subject, data: { interchange, group } }],
    timers: [],
  }
}

/** An answer belongs to the interchange that it answers, a document is a transmission of its own. */
function askerOf(subject: string): 'interchange' | 'transmission' {
  return subject.startsWith(entities.transmission) ? 'transmission' : 'interchange'
}
