import { Type } from 'typebox'

/** A yes or a no. The meaning says what yes means, and absence where the field is optional. */
export function flag(meaning: string) {
  return Type.Boolean({ description: meaning })
}
