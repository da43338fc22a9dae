import { readInstant } from '../../base/instant.ts'
import type { Fact } from '../fact.ts'
import type { ExchangeReport } from '../transmission/exchange-problem.ts'
import { type Exchange, listMax } from './state.ts'

/** A problem with a document began or is over. One transmission speaks, in its order: its last word counts. */
export function joinExchange(
  known: readonly Exchange[],
  fact: Fact,
  { id, category, isOpen, reason }: ExchangeReport,
): readonly Exchange[] {
  const others = known.filter((one) => one.id !== id)
  if (!isOpen) return others
  return [...others, { id, category, reason, since: readInstant(fact.recordedAt) ?? 0 }].slice(-listMax)
}

/** Those of two shipments that turned out to be one. */
export function joinExchanges(known: readonly Exchange[], other: readonly Exchange[]): readonly Exchange[] {
  return [...known, ...other.filter(({ id }) => known.every((one) => one.id !== id))].slice(-listMax)
}
