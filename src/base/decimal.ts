import { Decimal as Exact } from 'decimal.js'

/** A number as text, exactly: `-?\d+(\.\d+)?`. Never a float. */
export type Decimal = string

/** Two of the longest numbers (60 digits each) multiply without a digit lost; 80 digits of precision rounded such products in silence. */
const Wide = Exact.clone({ precision: 130, toExpNeg: -200, toExpPos: 200 })
const shape = /^-?\d{1,40}(\.\d{1,20})?$/
/** Whole numbers of up to 15 digits are exact in a double too: most quantities are, and adding them so is ten times faster. */
const small = /^-?\d{1,15}$/

/** Whether it is a number in the plain form, of at most 40 digits before the point and 20 behind it. */
export function isDecimal(text: unknown): text is Decimal {
  return typeof text === 'string' && shape.test(text)
}

/** Reads what others write (`+5`, `1.50`, `.5`, `1e3`) into the plain form; undefined when it is no number. */
export function readDecimal(text: string): Decimal | undefined {
  const trimmed = text.trim()
  if (small.test(trimmed)) return String(Number(trimmed))
  if (trimmed.length > 60 || !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?$/.test(trimmed)) return undefined
  const read = plain(new Wide(trimmed))
  return isDecimal(read) ? read : undefined
}

/** The sum, exactly. */
export function add(a: Decimal, b: Decimal): Decimal {
  if (small.test(a) && small.test(b)) return String(Number(a) + Number(b))
  return plain(new Wide(a).plus(b))
}

/** a − b, exactly. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  if (small.test(a) && small.test(b)) return String(Number(a) - Number(b))
  return plain(new Wide(a).minus(b))
}

/** The product, exactly. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return plain(new Wide(a).times(b))
}

/** The number with the other sign; zero has none. */
export function negate(a: Decimal): Decimal {
  if (isZero(a)) return '0'
  return a.startsWith('-') ? a.slice(1) : `-${a}`
}

/** Without its sign. */
export function absolute(a: Decimal): Decimal {
  return a.startsWith('-') ? negate(a) : a
}

/** The smaller of two. */
export function least(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b
}

/** Below, at or above: negative, 0, positive. */
export function compare(a: Decimal, b: Decimal): number {
  if (small.test(a) && small.test(b)) return Number(a) - Number(b)
  return new Wide(a).comparedTo(b)
}

/** Also `-0.00`. */
export function isZero(a: Decimal): boolean {
  return /^-?0+(\.0+)?$/.test(a)
}

/** Whether nothing is behind the point but zeros. */
export function isWhole(a: Decimal): boolean {
  return small.test(a) || new Wide(a).isInteger()
}

/** a × numerator / denominator; undefined when the result has no finite decimal form. */
export function convert(
  a: Decimal,
  ratio: { readonly numerator: Decimal; readonly denominator: Decimal },
): Decimal | undefined {
  if (isZero(ratio.denominator)) return undefined
  const product = new Wide(a).times(ratio.numerator)
  const quotient = product.div(ratio.denominator)
  return quotient.times(ratio.denominator).equals(product) && quotient.decimalPlaces() <= 20
    ? plain(quotient)
    : undefined
}

/** Half away from zero, at a document boundary only. */
export function round(a: Decimal, digits: number): Decimal {
  return plain(new Wide(a).toDecimalPlaces(digits, Exact.ROUND_HALF_UP))
}

/**
 * Splits an amount by weights so that the parts add up to it exactly (largest remainder), in units of 10^-digits; evenly when the
 * weights say nothing. Throws RangeError for an amount that is not a whole number of units: round it first.
 */
export function allocate(amount: Decimal, weights: readonly Decimal[], digits: number): readonly Decimal[] {
  if (weights.some((weight) => compare(weight, '0') < 0)) throw new RangeError('weights are not negative')
  if (compare(round(amount, digits), amount) !== 0) throw new RangeError(`${amount} has more than ${digits} digits`)
  const sum = weights.reduce(add, '0')
  if (isZero(sum) && weights.length > 0)
    return allocate(
      amount,
      weights.map(() => '1'),
      digits,
    )
  const unit = new Wide(10).pow(-digits)
  const exact = weights.map((weight) => new Wide(amount).times(weight).div(sum))
  const parts = exact.map((share) => share.toDecimalPlaces(digits, Exact.ROUND_FLOOR))
  let rest = new Wide(amount).minus(parts.reduce((total, share) => total.plus(share), new Wide(0)))
  const order = exact
    .map((share, index) => ({ index, remainder: share.minus(parts[index] ?? 0) }))
    .toSorted((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index)
  for (const { index } of order) {
    if (rest.lessThan(unit)) break
    parts[index] = (parts[index] ?? new Wide(0)).plus(unit)
    rest = rest.minus(unit)
  }
  return parts.map(plain)
}

function plain(value: Exact): Decimal {
  return value.isZero() ? '0' : value.toFixed()
}
