import { add, compare, isZero, subtract } from '../../base/decimal.ts'
import { decimal, present, record, text } from '../told-document.ts'

/** An amount of one kind of money. */
export interface Money {
  /** Decimal text. */
  readonly amount: string
  /** ISO 4217. Absent: nobody said. */
  readonly currency?: string
}

/**
 * Each kind of money by itself, without what comes to nothing: amounts of two kinds are never added. What nobody named is of the kind of the
 * others where they are all of one, and else stays by itself.
 */
export function byCurrency(all: readonly Money[]): readonly Money[] {
  const only = onlyCurrency(all)
  return [...Map.groupBy(all, ({ currency }) => currency ?? only)]
    .map(([currency, some]) => ({
      amount: some.reduce((sum, { amount }) => add(sum, amount), '0'),
      ...present('currency', currency),
    }))
    .filter(({ amount }) => !isZero(amount))
}

/** The same money with the other sign. */
export function negated(all: readonly Money[]): readonly Money[] {
  return all.map(({ amount, ...more }) => ({ amount: subtract('0', amount), ...more }))
}

/** The kind of money that all of it is, as far as anybody named one. Undefined: nobody did, or there are several. */
export function onlyCurrency(all: readonly Pick<Money, 'currency'>[]): string | undefined {
  const named = new Set(all.flatMap(({ currency }) => currency ?? []))
  return named.size === 1 ? [...named][0] : undefined
}

/** Whether both may be of one kind: one that nobody named is that of the other. */
export function isSameMoney(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b
}

/**
 * What is left of money after some of it was used. Where more was used of one kind than there is and another kind is left, nobody knows how
 * much that covers: then nothing is.
 */
export function leftAfter(all: readonly Money[], used: readonly Money[]): readonly Money[] {
  const rest = byCurrency([...all, ...negated(used)])
  return rest.some(({ amount }) => compare(amount, '0') < 0) ? [] : rest
}

/** Money for people: `100 EUR + 30 USD`; `0` where there is none. */
export function written(all: readonly Money[]): string {
  return all.length === 0
    ? '0'
    : all.map(({ amount, currency }) => [amount, ...(currency === undefined ? [] : [currency])].join(' ')).join(' + ')
}

/** Money out of what an instance has stored; what is none is left out. */
export function moneyIn(stored: unknown): readonly Money[] {
  const all = Array.isArray(stored) ? (stored as unknown[]).map(record) : []
  return all.flatMap(({ amount, currency }) => {
    const exact = decimal(amount)
    return exact === undefined ? [] : [{ amount: exact, ...present('currency', text(currency)) }]
  })
}
