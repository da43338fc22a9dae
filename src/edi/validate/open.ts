import type { OpenSetCheck } from '../envelope/events.ts'
import { findSet, versionOf } from '../sets/find.ts'
import { GrammarCheck } from './check.ts'

/** Checks every set that there is a base grammar for; what it has none for is `set.unsupported`. */
export const openGrammarCheck: OpenSetCheck = (header, report) => {
  const set = findSet(header.identifier, versionOf(header))
  return set === undefined ? undefined : GrammarCheck.open(set, report, { syntax: header.syntax })
}
