import type { Assertion } from '../../model/fact.ts'
import { isKnownUnit } from '../../model/unit.ts'

/** Quantities lie no deeper in what a connector says; documents with more levels do not exist. */
const levels = 8

/**
 * Units of measure that no table knows, each once, in what a message says. They are kept word for word and convert to nothing: a guess
 * would be a wrong stock. Counted like any other unknown code, so that somebody adds them or gives the item a conversion.
 */
export function unknownUnits(assertions: readonly Assertion[]): readonly string[] {
  const found = new Set<string>()
  for (const { type, data } of assertions) if (type !== 'tracking.reported') collect(data, found, levels)
  return [...found]
}

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (typeof value !== 'object' || value === null || depth === 0) return
  if (Array.isArray(value)) {
    for (const one of value) collect(one, found, depth - 1)
    return
  }
  for (const [name, member] of Object.entries(value)) {
    const isUnit = name === 'uom' || name === 'baseUom'
    if (!isUnit) collect(member, found, depth - 1)
    else if (typeof member === 'string' && !isKnownUnit(member)) found.add(member)
  }
}
