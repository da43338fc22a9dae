import type { Fact } from '../model/fact.ts'

/**
 * The message at the start of a fact's causation chain; undefined for facts that time made. Ids carry it: a fact is
 * `<message id>.<n>`, what follows from it `<cause fact id>.<rule>`, and the outcome of an effect names its cause.
 */
export function originOf(fact: Pick<Fact, 'id' | 'causation'>): { partition: number; offset: number } | undefined {
  return readOrigin(fact.id) ?? readOrigin(fact.causation)
}

const shape = /^msg_(\d{1,5})-(\d{1,14})(?:\.|$)/

function readOrigin(id: string): { partition: number; offset: number } | undefined {
  const match = id.startsWith('msg_') ? shape.exec(id) : null
  return match === null ? undefined : { partition: Number(match[1]), offset: Number(match[2]) }
}
