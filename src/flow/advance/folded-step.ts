import { RowRefused } from '../../backbone/backbone.ts'
import type { Fence, LoggedFact, NewFact, Step, StepOutcome } from '../../backbone/step.ts'
import { isReport } from '../../model/fact.ts'
import { isOutcome } from '../../processes/engine/told.ts'
import type { Tenure } from '../tenure.ts'
import type { Workplace } from '../workplace.ts'
import type { Folding } from './fold.ts'
import { foldLoaded } from './folding.ts'

/** Rows of one log partition that come next, and are all there are. */
export interface Pending {
  readonly tenure: Tenure
  readonly rows: readonly LoggedFact[]
}

/** What is folded: rows that wait, then facts that the step itself appends. */
export interface ToFold {
  readonly pending?: readonly Pending[]
  readonly appended?: readonly NewFact[]
}

/** A step and what it was made of. */
export interface Folded {
  readonly step: Step
  readonly folding: Folding
}

/**
 * A step that folds facts and whatever follows from them, to the end. Only where this node owns every log partition that it touches and
 * nothing else waits there, so that every offset is known beforehand; undefined otherwise, and what follows is appended for later, which is
 * the meaning. It leaves nothing behind: the next step finds every partition at its head again. Must be called in turn.
 */
export async function planFolded(
  place: Workplace,
  { pending = [], appended = [] }: ToFold,
): Promise<Folded | undefined> {
  if (!place.ports.settings.inline || place.appending > 0 || place.clock.mono() < place.apartUntil) return undefined
  if (place.factHeads.includes(-2)) await place.refreshHeads()
  if (!isAtHead(place, pending, appended)) return undefined
  const rows = pending.flatMap((one) => one.rows.map(({ fact }) => fact))
  const folding = await foldLoaded(
    place,
    [...rows, ...appended.map(({ fact }) => fact)].filter(({ type }) => isReport(type) || isOutcome(type)),
    { at: place.clock.wall(), foldDerived: true },
  )
  if (folding === undefined) return undefined
  const facts = [...appended, ...folding.facts]
  // From here to the commit nothing is awaited: what was looked at is still so.
  if (place.appending > 0 || !isAtHead(place, pending, facts)) return undefined
  const fences = plan(place, pending, facts)
  place.keepStates(folding.held)
  const { states, effects, timers, offers } = folding
  return { step: { fences, inline: true, facts, states, effects, timers, offers }, folding }
}

/**
 * Commits such a step. `refused`: the database does not take a row of it, and took nothing. For a while each partition goes by itself then,
 * so that the one with that row holds up no other.
 */
export async function commitFolded(
  place: Workplace,
  { step, folding }: Folded,
): Promise<StepOutcome | { readonly outcome: 'unknown' | 'refused' }> {
  try {
    return await place.commit(step, folding.held)
  } catch (error) {
    if (!(error instanceof RowRefused)) throw error
    place.apartUntil = place.clock.mono() + apartMs
    return { outcome: 'refused' }
  }
}

const apartMs = 10_000

/** Whether nothing waits in the partitions of these facts but the pending rows. */
function isAtHead(place: Workplace, pending: readonly Pending[], facts: readonly NewFact[]): boolean {
  const mono = place.clock.mono()
  const waiting = new Map(pending.map(({ tenure: { partition }, rows }) => [partition, rows]))
  const stands = (partition: number): boolean => {
    const tenure = place.advance[partition]
    if (tenure?.usable(mono) !== true) return false
    const rows = waiting.get(partition)
    const first = rows?.[0]?.offset ?? tenure.planned + 1
    return first === tenure.planned + 1 && tenure.planned + (rows?.length ?? 0) === place.factHeads[partition]
  }
  return [...waiting.keys()].every(stands) && facts.every(({ partition }) => stands(partition))
}

/** One fence for each partition that is read or appended to. Moves the heads on. */
function plan(place: Workplace, pending: readonly Pending[], facts: readonly NewFact[]): Fence[] {
  const counts = new Map(pending.map(({ tenure: { partition }, rows }) => [partition, rows.length]))
  for (const { partition } of facts) counts.set(partition, (counts.get(partition) ?? 0) + 1)
  return [...counts].flatMap(([partition, count]) => {
    const tenure = place.advance[partition]
    if (tenure === undefined) return []
    const fence = tenure.plan(count)
    place.factHeads[partition] = tenure.planned
    return [fence]
  })
}
