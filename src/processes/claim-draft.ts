import { shortHash } from '../base/sha256.ts'
import { type Derived, entities } from '../model/fact.ts'
import type { DocumentReport } from '../model/report.ts'
import type { Data } from './posting.ts'

/** What is demanded, from whom, and the numbers of the documents that it is about. */
export interface ClaimDraft extends Data {
  readonly claimNumber: string
  readonly against: 'carrier' | 'supplier'
  /** `damage`, `loss`, `overage`, `quality`, `shortage`, `wrong_item`. */
  readonly type: string
  /** Instant: time limits run from then. */
  readonly happenedAt: unknown
  readonly lines: readonly unknown[]
}

/** `claim.reported` with a draft, which begins a claim. The same number is the same claim, however often it is said. */
export function claimDraft(tenant: string, object: ClaimDraft): readonly Omit<Derived, 'rule'>[] {
  const data: DocumentReport = { status: 'draft', object }
  return [
    { type: 'claim.reported', subject: `${entities.claim}_${shortHash(`${tenant}|${object.claimNumber}`)}`, data },
  ]
}
