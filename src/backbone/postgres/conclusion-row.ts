import type { Conclusion } from '../ledger.ts'
import { originOf } from '../origin.ts'
import type { NewFact } from '../step.ts'
import { storable } from '../storable.ts'
import { subjectHash } from './fact-plan.ts'
import { encodeFacts } from './fact-segment.ts'

/** A conclusion as an element of what `conclude_effects` reads. */
export function conclusionRow(
  conclusion: Omit<Conclusion, 'fact'> & { readonly fact?: NewFact | undefined },
): Readonly<Record<string, unknown>> {
  const { lane, claimEpoch, effect, from, to, nextAt, notBefore, holdUntil, attempt, fact } = conclusion
  return {
    lane,
    epoch: claimEpoch,
    effect,
    was: from,
    becomes: to,
    next_at: nextAt,
    not_before: notBefore,
    hold_until: holdUntil,
    document: shown(conclusion.documentReference),
    reason: shown(conclusion.reason),
    ambiguous: conclusion.addAmbiguous === true ? 1 : 0,
    deaths: conclusion.addProcessDeath === true ? 1 : 0,
    wire: attempt?.wire,
    outcome: attempt?.outcome,
    status: attempt?.status,
    ended_at: attempt?.endedAt,
    ...(fact === undefined ? {} : factRow(fact)),
  }
}

/** The fact of one outcome as the ledger appends it. */
export function factRow({ partition, fact }: NewFact): {
  readonly fact_part: number
  readonly fact_bytes: string
  readonly fact_subject: number
  readonly fact_origin_part?: number
  readonly fact_origin?: number
} {
  const origin = originOf(fact)
  return {
    fact_part: partition,
    fact_bytes: Buffer.from(encodeFacts([fact])).toString('base64'),
    fact_subject: subjectHash(fact.subject),
    ...(origin === undefined ? {} : { fact_origin_part: origin.partition, fact_origin: origin.offset }),
  }
}

/** Text for people, without what no column takes. */
export function shown(value: string | undefined): string | null {
  return value === undefined ? null : storable(value)
}
