import { Type } from 'typebox'

/** A calendar day, ISO 8601: `2026-03-31`. It has no zone: made into midnight somewhere it would be another day elsewhere. */
export function day(meaning: string) {
  return Type.String({ description: meaning, format: 'date' })
}
