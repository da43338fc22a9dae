import { Type } from 'typebox'
import type { Effect } from '../../backbone/ledger.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Fact } from '../../model/fact.ts'

/** What a system had been told about an object. */
export const toldSchema = Type.Object({
  effect: Type.String(),
  command: Type.String(),
  target: Type.String(),
  state: Type.String(),
  askedAt: Type.String({ description: 'When the hub decided to tell it.' }),
  documentReference: Type.Optional(Type.String({ description: 'Number of the document at the target.' })),
})

/**
 * What each system had been told at an instant. Outcomes are facts with a recording time, so the state of then is known; of deliveries,
 * which leave no fact, only the time of their last change.
 */
export function toldAt(
  effects: readonly Effect[],
  facts: readonly Fact[],
  known: number | undefined,
): readonly Record<string, string>[] {
  const outcomes = new Map<string, { readonly state: string; readonly documentReference?: string }>()
  for (const { type, data } of facts) {
    const state = outcomeStates[type]
    const { effect, documentReference } = data as { effect?: string; documentReference?: string }
    if (state !== undefined && effect !== undefined)
      outcomes.set(effect, { state, ...(documentReference === undefined ? {} : { documentReference }) })
  }
  return effects
    .filter(({ createdAt }) => known === undefined || createdAt <= known)
    .map(({ id, command, target, state, documentReference, createdAt, updatedAt }) => {
      const now = { state, ...(documentReference === undefined ? {} : { documentReference }) }
      const isCurrent = known === undefined || updatedAt <= known
      const asked = { effect: id, command, target, askedAt: writeInstant(createdAt) }
      return { ...asked, ...(isCurrent ? now : (outcomes.get(id) ?? { state: 'queued' })) }
    })
}

/** Whether a fact was recorded by then. */
export function knownBy(fact: Fact, known: number | undefined): boolean {
  return known === undefined || (readInstant(fact.recordedAt) ?? 0) <= known
}

const outcomeStates: Readonly<Record<string, string>> = {
  'effect.applied': 'applied',
  'effect.refused': 'refused',
  'effect.parked': 'parked',
}
