import { Type } from 'typebox'

/** A whole number of things, from 0. The meaning says what is counted, and from where. */
export function count(meaning: string) {
  return Type.Integer({ description: meaning, minimum: 0 })
}

/** A whole number that may be below zero, because a negative one has a meaning of its own. */
export function position(meaning: string) {
  return Type.Integer({ description: meaning })
}
