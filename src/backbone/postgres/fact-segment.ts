import type { Fact } from '../../model/fact.ts'
import type { LoggedFact } from '../step.ts'
import { pack, unpack } from './packed.ts'

/** The bytes of one row of the fact log: the facts as one JSON array, packed. */
export function encodeFacts(facts: readonly Fact[]): Uint8Array {
  return pack(JSON.stringify(facts))
}

export interface StoredFacts {
  readonly partition: number
  readonly first: number
  readonly count: number
  readonly bytes: Uint8Array
}

/** The facts of a row with their offsets. Throws when the bytes do not hold what the row says. */
export function decodeFacts({ partition, first, count, bytes }: StoredFacts): LoggedFact[] {
  // Written by `encodeFacts` of this or the previous release, never by anybody outside.
  const facts = JSON.parse(unpack(bytes).toString('utf8')) as Fact[]
  if (facts.length !== count)
    throw new Error(`row ${partition}-${first} of the fact log holds ${facts.length} facts instead of ${count}`)
  return facts.map((fact, index) => ({ partition, offset: first + index, fact }))
}
