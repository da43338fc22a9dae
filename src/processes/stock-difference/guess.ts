import { absolute, compare, convert, isZero, multiply, negate, subtract } from '../../base/decimal.ts'
import { type Cell, type ItemBooks, partsOf } from './books.ts'
import type { Explanation, StockCause } from './cause.ts'
import { deltaOf, fitting } from './recorded.ts'

/** What is left of a difference, and where. */
interface Rest {
  readonly cell: Cell
  readonly amount: string
  /** What is left in the other cells of the item. */
  readonly others: ReadonlyMap<Cell, string>
}

type Guess = (rest: Rest, books: ItemBooks) => Explanation | undefined

/**
 * What fits to the piece, in the order in which it is asked: the cut-off, counts, messages that wait, another cell, units, signs. The
 * first that fits is named; it is marked as not certain, because numbers may agree by chance.
 */
export function guessedCause(rest: Rest, books: ItemBooks): Explanation | undefined {
  if (isZero(rest.amount)) return undefined
  for (const guess of guesses) {
    const found = guess(rest, books)
    if (found !== undefined) return found
  }
  return undefined
}

/** Counted by us and not by them, or by them and not by us: it moved just before, or just after, they looked. */
const cutOff: Guess = ({ cell, amount }, { evidence, takenAt }) => {
  const near = evidence.movements
    .filter(({ at }) => Math.abs(at - takenAt) <= evidence.cutOffMs)
    .map(({ id, at, changes }) => {
      const delta = deltaOf(cell, changes)
      return { id, amount: at <= takenAt ? delta : negate(delta) }
    })
    .filter((one) => !isZero(one.amount))
  const found = fitting(amount, near)
  return (
    found &&
    explained(
      'moved_after_cut_off',
      amount,
      found.map(({ id }) => id),
    )
  )
}

const counted: Guess = ({ cell, amount }, { evidence }) => {
  const found = evidence.counts.find((one) => one.cell === cell && isZero(subtract(negate(one.variance), amount)))
  return found && explained('counted_after_snapshot', amount, [found.id])
}

/** It says the quantity that is missing, in whatever unit it could not be read in; or nothing else is known that could be it. */
const parked: Guess = ({ amount }, { evidence }) => {
  const size = absolute(amount)
  const isMeant = (quantity: string): boolean =>
    compare(quantity, size) === 0 ||
    evidence.conversions.some((one) => isSame(convert(quantity, one), size) || isSame(convert(size, one), quantity))
  const found = evidence.parked.find(({ quantities }) => quantities.some(isMeant))
  return found && explained('message_parked', amount, [found.message])
}

/** The opposite is missing in another cell that differs in one part only. */
const elsewhere: Guess = ({ cell, amount, others }, { evidence }) => {
  const here = partsOf(cell)
  for (const [other, rest] of others) {
    if (other === cell || !isZero(subtract(negate(rest), amount))) continue
    const there = partsOf(other)
    const parts = (['location', 'status', 'lot'] as const).filter((name) => here[name] !== there[name])
    const [part, ...more] = parts
    if (part === undefined || more.length > 0) continue
    if (part !== 'location') return explained(`${part}_mapping`, amount, [other])
    const dock = amount.startsWith('-') ? there.location : here.location
    const receipt = evidence.movements.find(
      ({ type, changes }) => type === 'receipt' && changes.some((change) => partsOf(change.cell).location === dock),
    )
    return receipt === undefined
      ? explained('location_mapping', amount, [other])
      : explained('receipt_not_put_away', amount, [receipt.id, other])
  }
  return undefined
}

/** They have so many units where we have pieces, or the other way; of the whole cell or of one posting. */
const units: Guess = ({ cell, amount }, { ours, theirs, evidence }) => {
  const [here, there] = [ours.get(cell) ?? '0', theirs.get(cell) ?? '0']
  for (const one of evidence.conversions) {
    const name = `${one.uom}=${one.numerator}/${one.denominator}`
    if (!isZero(here) && (isSame(convert(here, one), there) || isSame(convert(there, one), here)))
      return explained('unit_conversion', amount, [name])
    for (const { effect, changes } of evidence.postings) {
      const delta = deltaOf(cell, changes)
      if (isZero(delta)) continue
      const [more, less] = [
        convert(delta, one),
        convert(delta, { ...one, numerator: one.denominator, denominator: one.numerator }),
      ]
      if ([more, less].some((wrong) => wrong !== undefined && isZero(subtract(subtract(delta, wrong), amount))))
        return explained('unit_conversion', amount, [effect, name])
    }
  }
  return undefined
}

const sign: Guess = ({ cell, amount }, { evidence }) => {
  const found = evidence.postings.find(({ changes }) => {
    const delta = deltaOf(cell, changes)
    return !isZero(delta) && isZero(subtract(multiply(delta, '2'), amount))
  })
  return found && explained('sign_error', amount, [found.effect])
}

const guesses: readonly Guess[] = [cutOff, counted, parked, elsewhere, units, sign]

function explained(cause: StockCause, amount: string, evidence: readonly string[]): Explanation {
  return { cause, amount, certain: false, evidence }
}

function isSame(a: string | undefined, b: string): boolean {
  return a !== undefined && compare(a, b) === 0
}
