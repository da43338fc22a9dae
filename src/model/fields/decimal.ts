import { Type } from 'typebox'

/** A number as text, exact to the last digit. A JSON number would pass through floats, which cannot hold 0.1. */
export function decimal(meaning: string) {
  return Type.String({ description: meaning, pattern: '^-?\\d+(\\.\\d+)?$', maxLength: digitsMax })
}

/** What the exact arithmetic of the hub keeps: 130 digits, a sign and a point (base/decimal.ts). */
const digitsMax = 132
