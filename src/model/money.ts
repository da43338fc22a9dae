import { add, allocate, compare, type Decimal, negate, round } from '../base/decimal.ts'
import { InterlineError } from '../base/errors.ts'
import { currencies } from './currency.ts'

/** An amount always carries its currency. Sums of different currencies do not exist. */
export interface Money {
  readonly amount: Decimal
  readonly currency: string
}

/** Throws CURRENCY_MISMATCH for two currencies: a rate has a date and a source, and nobody gave one. */
export function addMoney(a: Money, b: Money): Money {
  return { amount: add(a.amount, same(a, b)), currency: a.currency }
}

/** The difference a − b. Throws CURRENCY_MISMATCH. */
export function subtractMoney(a: Money, b: Money): Money {
  return { amount: add(a.amount, negate(same(a, b))), currency: a.currency }
}

/** Below, at or above: negative, 0, positive. Throws CURRENCY_MISMATCH. */
export function compareMoney(a: Money, b: Money): number {
  return compare(a.amount, same(a, b))
}

/** To the minor unit of the currency, half away from zero: at the boundary of a document and nowhere else. */
export function roundMoney({ amount, currency }: Money): Money {
  return { amount: round(amount, minorDigits(currency)), currency }
}

/** The rounded amount in parts by weight that add up to it exactly. */
export function allocateMoney(money: Money, weights: readonly Decimal[]): readonly Money[] {
  const { amount, currency } = roundMoney(money)
  return allocate(amount, weights, minorDigits(currency)).map((part) => ({ amount: part, currency }))
}

/** Digits of the minor unit. Throws CURRENCY_UNKNOWN: two digits for any code would be wrong by a hundred for yen. */
export function minorDigits(currency: string): number {
  const found = currencies.get(currency)
  if (found === undefined) throw new InterlineError('CURRENCY_UNKNOWN', { currency: currency.slice(0, 10) })
  return found.minorDigits
}

function same(a: Money, b: Money): Decimal {
  if (a.currency !== b.currency)
    throw new InterlineError('CURRENCY_MISMATCH', { one: a.currency.slice(0, 10), other: b.currency.slice(0, 10) })
  return b.amount
}
