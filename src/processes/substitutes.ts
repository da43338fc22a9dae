import type { Derived, Fact } from '../model/fact.ts'
import { type Candidate, candidatesFor, type Missing, type Substitution } from '../model/stock/substitute.ts'

/** Data of `process.substitutes_wanted`. */
export interface SubstitutesQuestion {
  readonly question: string
  readonly missing: readonly (Missing & { readonly lineNo: string })[]
}

/** Data of `substitutes.answered`: what may be sent instead, line by line. */
export interface SubstitutesAnswer {
  readonly question: string
  readonly lines: readonly { readonly lineNo: string; readonly candidates: readonly Candidate[] }[]
}

const candidatesMax = 20

/**
 * What master data answers a process. The answer goes onto the log, so that the process only ever looks at what is there: master data may
 * change, a replay finds what was true. `relationsOf` says what may be sent instead of an item.
 */
export function toldSubstitutes(
  { type, data }: Fact,
  relationsOf: (sku: string) => readonly Substitution[],
): readonly Derived[] {
  if (type !== 'process.substitutes_wanted') return none
  const { question, missing } = data as SubstitutesQuestion
  const answer: SubstitutesAnswer = {
    question,
    lines: missing.map((one) => ({
      lineNo: one.lineNo,
      candidates: candidatesFor(one, relationsOf(one.sku)).slice(0, candidatesMax),
    })),
  }
  return [{ rule: 'substitutes', type: 'substitutes.answered', data: answer }]
}

const none: readonly never[] = []
