import type { Fact } from '../model/fact.ts'
import { type Folding, fold, type Held } from './fold.ts'
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
  options: {
    readonly at: number
    readonly foldDerived: boolean
    /** Objects that the facts themselves bring into being: nothing can be stored of them yet. */
    readonly created?: ReadonlySet<string>
  },
): Promise<Folding | undefined> {
  const { created = none, at, foldDerived } = options
  const held = (subject: string): Held | undefined =>
    place.held(subject) ?? (created.has(subject) ? nothing : undefined)
  for (let round = 0; round < roundsMax; round++) {
    const folding = fold(facts, {
      held,
      routes: place.ports.routes(),
      connections: place.ports.connections(),
      policy: place.ports.policy,
      partitions: place.backbone.partitions,
      at,
      foldDerived,
    })
    if (folding.missing.length === 0) return folding
    await place.loadStates(folding.missing)
  }
  return undefined
}

const nothing: Held = { version: 0, state: undefined }
const none: ReadonlySet<string> = new Set()
