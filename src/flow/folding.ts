import type { Fact } from '../model/fact.ts'
import { type Folding, fold } from './fold.ts'
import type { Workplace } from './workplace.ts'

/** A fold may hand things over to other objects; more rounds than this would be a loop. */
const roundsMax = 8

/**
 * Folds with every state that is needed at hand. When this resolves, nothing was awaited since the states were looked at; a state
 * that is not there is never taken for a new object. Undefined when they could not be kept at hand.
 */
export async function foldLoaded(
  place: Workplace,
  facts: readonly Fact[],
  options: { readonly at: number; readonly foldDerived: boolean },
): Promise<Folding | undefined> {
  let missing: readonly string[] = []
  for (let round = 0; round < roundsMax; round++) {
    const folding = fold(facts, {
      held: place.held,
      routes: place.ports.routes(),
      connections: place.ports.connections(),
      partitions: place.backbone.partitions,
      ...options,
    })
    if (folding.missing.length === 0) return folding
    missing = folding.missing
    await place.loadStates(missing)
  }
  return undefined
}
