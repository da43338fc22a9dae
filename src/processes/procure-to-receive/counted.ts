import { normalizeIdentifier } from '../../model/identifier.ts'
import { branchId } from '../engine/instance.ts'
import { type Line, present, text } from '../told-document.ts'
import { acceptable, compareReceipt, type Discrepancy, lessOf } from './comparison.ts'
import { allReceipts, type Document, type Here, isAttached, isReversed, noticeOf, rank, tolerance } from './known.ts'

/** What of a receipt counts for its order: what is booked for it and stays. While nobody has decided about it, all that was counted. */
export function keptOf(scope: Here, receipt: Document): readonly Line[] {
  if (isAttached(scope.known, receipt)) return isReversed(receipt) ? [] : receipt.lines
  const chosen = scope.chosenIn(branchId('receipt', receipt.number))
  if (chosen['decision'] === 'quarantine' || attachedTo(scope, receipt) !== undefined) return []
  return stayingOf(scope, receipt)
}

/** The order that a person attached the receipt to, normalised; undefined: it stays where it is. The person may have named the order of the process. */
export function attachedTo(scope: Here, { number }: Document): string | undefined {
  const { decision, order } = scope.chosenIn(branchId('receipt', number))
  if (decision !== 'attach' && decision !== 'other_order') return undefined
  const key = normalizeIdentifier({ scheme: 'purchase_order', value: text(order) ?? '' })
  return key === scope.key ? undefined : key
}

/** What is booked of a receipt and stays, whatever order it is for. */
export function stayingOf(scope: Here, receipt: Document): readonly Line[] {
  const chosen = scope.chosenIn(branchId('receipt', receipt.number))
  const state = scope.state('receipt', receipt.number) ?? ''
  if (isReversed(receipt) || nothing.has(state)) return []
  const lines = staying(receipt, chosen)
  const parts = chosen['parts'] as readonly QualityPart[] | undefined
  if (parts !== undefined)
    return lessOf(
      lines,
      parts.flatMap(({ decision, lines: gone }) => (decision === 'release' ? [] : gone)),
    )
  // Version 3 decided about all that was held at once.
  const failed = chosen['quality'] === 'return' || chosen['quality'] === 'scrap'
  return failed ? lessOf(lines, heldOf(scope, lines)) : lines
}

/** What quality decided of goods that were held. */
export interface QualityPart {
  /** Empty where it is about all that was held; else its number. */
  readonly name: string
  /** `release`, `return` or `scrap`. */
  readonly decision: string
  readonly lines: readonly Line[]
  /** Why, in the words of whoever decided. */
  readonly reason?: string
}

const nothing: ReadonlySet<string> = new Set(['refused', 'reversed'])

/** What stays of a receipt after what a person decided about it at the dock. */
export function staying({ lines }: Document, { accepted }: Readonly<Record<string, unknown>>): readonly Line[] {
  return (accepted as readonly Line[] | undefined) ?? lines
}

/** Lines that the warehouse or the policy holds until somebody has looked at them. */
export function heldOf({ policies }: Here, lines: readonly Line[]): readonly Line[] {
  const { inspectedItems } = policies
  const inspected = new Set(Array.isArray(inspectedItems) ? (inspectedItems as unknown[]) : [])
  return lines.filter(({ sku, status }) => status === 'quality_hold' || inspected.has(sku))
}

/** What counts of what came for the order, the receipt of the branch left out; only what came before it, so that it does not matter which was told first. */
export function before(scope: Here): readonly Line[] {
  const { known, branchKey } = scope
  const own = known.receipts[branchKey]
  return allReceipts(known)
    .filter((one) => own !== undefined && rank(one) < rank(own))
    .flatMap((one) => keptOf(scope, one))
}

/** What is still wanted when the receipt of the branch comes: what was ordered; of an order that was over by then, what had come. Undefined: nobody knows it. */
export function wantedHere(scope: Here): readonly Line[] | undefined {
  const { order, endedAt } = scope.known
  const receipt = scope.known.receipts[scope.branchKey]
  if (order === undefined || receipt === undefined || endedAt === undefined || receipt.since <= endedAt)
    return order?.lines
  // Of what has not come nothing is wanted any more.
  return [...before(scope), ...order.lines.map((line) => ({ ...line, quantity: '0' }))]
}

/** What of the receipt of the branch was ordered and is whole. */
export function acceptableHere(scope: Here): readonly Line[] {
  const lines = scope.known.receipts[scope.branchKey]?.lines ?? []
  return acceptable(lines, { ordered: wantedHere(scope) ?? [], before: before(scope) })
}

/** What is wrong with the receipt of the branch. */
export function discrepancies(scope: Here): readonly Discrepancy[] {
  const { known, branchKey } = scope
  const receipt = known.receipts[branchKey]
  if (receipt === undefined) return []
  const announced = noticeOf(known, receipt)?.lines
  const expected = {
    ...present('ordered', wantedHere(scope)),
    before: before(scope),
    ...present('announced', announced),
  }
  return compareReceipt(receipt.lines, expected, tolerance(scope))
}
