import { add, isZero, multiply, negate, subtract } from '../../base/decimal.ts'
import type { Cell, Change, Evidence, PostingEvidence } from './books.ts'
import type { Explanation, StockCause } from './cause.ts'

/**
 * What follows from the ledger of effects: postings that the other system cannot have yet, those that it has twice, and those of
 * which nobody knows. The last are counted in only where they make it come out even.
 */
export function recordedCauses(
  cell: Cell,
  difference: string,
  { postings }: Pick<Evidence, 'postings'>,
  takenAt: number,
): Explanation[] {
  const certain: Explanation[] = []
  const possible: Explanation[] = []
  for (const posting of postings) {
    const delta = deltaOf(cell, posting.changes)
    if (isZero(delta)) continue
    const copies = (posting.documents?.length ?? 1) - 1
    if (copies > 0)
      certain.push({
        cause: 'duplicate_document',
        amount: negate(multiply(delta, String(copies))),
        certain: true,
        evidence: [posting.effect, ...(posting.documents ?? [])],
      })
    const cause = causeOf(posting, takenAt)
    if (cause === undefined) continue
    const isSure = posting.state !== 'unknown'
    ;(isSure ? certain : possible).push({ cause, amount: delta, certain: isSure, evidence: [posting.effect] })
  }
  const rest = certain.reduce((left, { amount }) => subtract(left, amount), difference)
  return [...certain, ...(fitting(rest, possible) ?? [])]
}

/** The fewest of them that come to the amount; undefined where none do. Of more than ten only all, none and single ones are tried. */
export function fitting<T extends { readonly amount: string }>(
  amount: string,
  all: readonly T[],
): readonly T[] | undefined {
  if (isZero(amount) || all.length === 0) return undefined
  const single = all.find((one) => isZero(subtract(amount, one.amount)))
  if (single !== undefined) return [single]
  if (isZero(subtract(amount, sum(all)))) return all
  if (all.length > 10) return undefined
  let best: readonly T[] | undefined
  for (let bits = 1; bits < 1 << all.length; bits++) {
    const chosen = all.filter((_, index) => (bits & (1 << index)) !== 0)
    if (best !== undefined && chosen.length >= best.length) continue
    if (isZero(subtract(amount, sum(chosen)))) best = chosen
  }
  return best
}

/** What the changes come to in one cell. */
export function deltaOf(cell: Cell, changes: readonly Change[]): string {
  return changes.reduce((total, change) => (change.cell === cell ? add(total, change.delta) : total), '0')
}

function causeOf({ state, settledAt }: PostingEvidence, takenAt: number): StockCause | undefined {
  if (state !== 'applied') return `posting_${state}`
  return settledAt !== undefined && settledAt > takenAt ? 'posted_after_snapshot' : undefined
}

function sum(all: readonly { readonly amount: string }[]): string {
  return all.reduce((total, { amount }) => add(total, amount), '0')
}
