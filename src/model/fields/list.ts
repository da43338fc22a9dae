import { type TSchema, Type } from 'typebox'

/** What one document may list; the same bound stands in the generic contract. */
const itemsMax = 10_000

/** Several of a kind. The order means nothing unless the meaning says so. */
export function list<T extends TSchema>(meaning: string, of: T, max = itemsMax) {
  return Type.Array(of, { description: meaning, maxItems: max })
}

/** Several of a kind in what the hub itself wrote. It bounds what it folds; what is on the log stays valid whatever its length. */
export function several<T extends TSchema>(meaning: string, of: T) {
  return Type.Array(of, { description: meaning })
}
