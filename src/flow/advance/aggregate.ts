import { type Aggregate, aggregateOf as modelAggregateOf } from '../../model/aggregates.ts'
import type { Evolve } from '../../model/fact.ts'
import { definitions } from '../../processes/all.ts'
import type { Definition } from '../../processes/engine/definition.ts'
import { evolveProcess } from '../../processes/engine/evolve.ts'
import { type Router, router } from '../../processes/engine/told.ts'

const byName: ReadonlyMap<string, Definition> = new Map([
  ...definitions.toSorted((a, b) => a.version - b.version).map((one) => [one.id, one] as const),
  ...definitions.map((one) => [`${one.id}@${one.version}`, one] as const),
])

/** Every process with the facts that it wants to hear of. */
export const processes: Router = router(definitions.filter((one) => findDefinition(one.id) === one))

const evolve = evolveProcess(findDefinition) as Evolve

/** The kind of an object by the prefix of its hub id: objects of the business, and processes that work on them. */
export function aggregateOf(subject: string): Pick<Aggregate, 'evolve'> {
  return subject.startsWith('prc_') ? { evolve } : modelAggregateOf(subject)
}

/** A definition of this version, or the newest one. */
export function findDefinition(process: string, version?: number): Definition | undefined {
  return byName.get(version === undefined ? process : `${process}@${version}`)
}
