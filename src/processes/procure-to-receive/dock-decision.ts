import type { Data } from '../posting.ts'
import { text } from '../told-document.ts'
import { type Discrepancy, lessOf, returnable } from './comparison.ts'
import { acceptableHere, before, discrepancies, staying, wantedHere } from './counted.ts'
import type { Document, Here } from './known.ts'
import { decidedFor } from './recount.ts'

/** The receipt that the branch is about, known by the key of the branch. */
export function receiptHere({ known, branchKey }: Here): Document | undefined {
  return known.receipts[branchKey]
}

/** What a person decided about a discrepancy, as it was chosen on the way. */
export function decisionHere(scope: Here): string {
  return scope.choice('decision')
}

/** What is booked of the receipt: all that came, or what a person left of it. */
export function bookable(scope: Here): Document['lines'] {
  const receipt = receiptHere(scope)
  if (receipt === undefined || decisionHere(scope) !== 'refuse_quantity') return receipt?.lines ?? []
  // Version 2 did not write down what was accepted.
  return scope.chosen['accepted'] === undefined ? acceptableHere(scope) : staying(receipt, scope.chosen)
}

/** What goes back of the receipt because it is not what was ordered. */
export function wrongLines(scope: Here): Document['lines'] {
  const found = scope.chosen['discrepancies'] as readonly Discrepancy[] | undefined
  const expected = { ordered: wantedHere(scope) ?? [], before: before(scope) }
  return returnable(receiptHere(scope)?.lines ?? [], expected, found ?? discrepancies(scope))
}

/** What a person decided, with what stays of the receipt: what comes and goes later changes nothing of it. */
export function deciding(scope: Here): Data {
  const decision = scope.answer('receipt-discrepancy')?.decision
  const chosen = decidedFor(scope, { decision, discrepancies: discrepancies(scope) })
  if (decision === 'refuse_quantity') return { ...chosen, accepted: acceptableHere(scope) }
  if (decision !== 'return') return chosen
  const returned = wrongLines(scope)
  return { ...chosen, returned, accepted: lessOf(receiptHere(scope)?.lines ?? [], returned) }
}

/** The order that a person named, as it was written; empty where none was. */
export function namedOrder(scope: Here, task: string): string {
  return text(scope.answer(task)?.data?.['purchaseOrderNumber']) ?? ''
}
