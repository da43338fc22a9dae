import { absolute, compare, type Decimal, isZero, subtract } from '../../base/decimal.ts'
import { type Cell, type ItemBooks, partsOf } from './books.ts'
import { type Explanation, repairsOf, type StockCause, type StockRepair } from './cause.ts'
import { guessedCause } from './guess.ts'
import { recordedCauses } from './recorded.ts'

/** Stock that two systems do not agree on, and why. */
export interface StockDifference {
  readonly sku: string
  readonly location: string
  readonly status: string
  readonly lot: string
  readonly ours: Decimal
  readonly theirs: Decimal
  /** Ours less theirs. */
  readonly difference: Decimal
  /** The cause of the largest part. */
  readonly cause: StockCause
  readonly explanations: readonly Explanation[]
  /** What can be done about it, the best first. */
  readonly repairs: readonly StockRepair[]
}

/** Compares what two systems have of one item. Cells that agree are not among them; the parts of each difference add up to it. */
export function stockDifferences(books: ItemBooks): StockDifference[] {
  const differing = new Map<Cell, Decimal>()
  for (const cell of new Set([...books.ours.keys(), ...books.theirs.keys()])) {
    const difference = subtract(books.ours.get(cell) ?? '0', books.theirs.get(cell) ?? '0')
    if (!isZero(difference)) differing.set(cell, difference)
  }
  const recorded = new Map<Cell, readonly Explanation[]>()
  const rests = new Map<Cell, Decimal>()
  for (const [cell, difference] of differing) {
    const known = recordedCauses(cell, difference, books.evidence, books.takenAt)
    recorded.set(cell, known)
    rests.set(
      cell,
      known.reduce((left, { amount }) => subtract(left, amount), difference),
    )
  }
  return [...differing.keys()].toSorted().map((cell) => {
    const amount = rests.get(cell) ?? '0'
    const guess = guessedCause({ cell, amount, others: rests }, books)
    const left: Explanation[] = isZero(amount)
      ? []
      : [guess ?? { cause: 'unexplained', amount, certain: false, evidence: [] }]
    return differenceOf(books, cell, [...(recorded.get(cell) ?? []), ...left])
  })
}

/** Whether somebody should look: what passes by itself, or is on its way, is shown and no more. */
export function needsPerson({ explanations }: StockDifference): boolean {
  return explanations.some(({ cause }) => repairsOf[cause][0] !== 'wait')
}

function differenceOf(books: ItemBooks, cell: Cell, explanations: readonly Explanation[]): StockDifference {
  const ours = books.ours.get(cell) ?? '0'
  const theirs = books.theirs.get(cell) ?? '0'
  const largest = explanations.reduce((a, b) => (compare(absolute(b.amount), absolute(a.amount)) > 0 ? b : a))
  return {
    sku: books.sku,
    ...partsOf(cell),
    ours,
    theirs,
    difference: subtract(ours, theirs),
    cause: largest.cause,
    explanations,
    repairs: [...new Set(explanations.flatMap(({ cause }) => repairsOf[cause]))],
  }
}
