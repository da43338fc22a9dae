import type { Fact } from '../../model/fact.ts'
import type { Breath } from '../ports.ts'
import { NamesAtHand } from '../translate/names.ts'
import type { Workplace } from '../workplace.ts'
import { type Folding, foldByFact, type Held } from './fold.ts'

/** A fold may hand things over to other objects; more rounds than this would be a loop. */
const roundsMax = 8

/**
 * Folds with every state that is needed at hand, by whoever has the turn. When this resolves, every state that was looked at is still
 * what is held of its object; one that is not there is never taken for a new object. Undefined when they could not be kept at hand.
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
  const names = new NamesAtHand(place)
  for (let round = 0; round < roundsMax; round++) {
    const generations = generationsOf(place)
    const steps = foldByFact(facts, {
      held,
      routes: place.ports.routes(),
      connections: place.ports.connections(),
      policy: place.ports.policy,
      notifications: place.ports.notifications,
      channels: place.ports.channels,
      partitions: place.backbone.partitions,
      names,
      at,
      foldDerived,
    })
    const folding = await toTheEnd(steps, place.breath())
    // Only he who has the turn changes what is held; but a partition may be lost, and found again, in any pause.
    if (generationsOf(place) !== generations) return undefined
    const isIncomplete = await names.load()
    if (generationsOf(place) !== generations) return undefined
    if (folding.missing.length === 0 && !isIncomplete) return folding
    if (folding.missing.length > 0) await place.loadStates(folding.missing)
  }
  return undefined
}

async function toTheEnd(steps: Generator<undefined, Folding>, breath: Breath): Promise<Folding> {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
    const pause = breath.pause()
    if (pause !== undefined) await pause
  }
}

/** Generations only grow: the same sum means that each is the same. */
function generationsOf({ advance }: Workplace): number {
  return advance.reduce((sum, { generation }) => sum + generation, 0)
}

const nothing: Held = { version: 0, state: undefined }
const none: ReadonlySet<string> = new Set()
