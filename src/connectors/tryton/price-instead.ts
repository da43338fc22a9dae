import { compare, convert, type Decimal, multiply, round } from '../../base/decimal.ts'
import { Ended } from '../kit/procedure.ts'
import type { Reading } from '../kit/reading.ts'
import { decimalValue, inUnit, readDecimalValue } from './values.ts'

/** Digits that Tryton keeps of a price, as it comes. */
const digits = 4

/**
 * What one unit costs of an item that is shipped instead: by its own price, or so that all of it costs what the ordered goods would have.
 * Throws Ended, refused, where nobody has said, or it would not be exact.
 */
export function priceInstead(about: {
  /** The line of the amendment. */
  readonly line: Reading
  /** The line of the sale. */
  readonly ordered: Reading
  /** How much of the other item, in the unit that it is sold in. */
  readonly quantity: Decimal
  /** Of the sale. */
  readonly currency: string
}): unknown {
  const { line, quantity, currency } = about
  const said = line.at('currency').optionalText(10)
  if (said !== undefined && said !== currency) refuse(`The price is in ${said}, the sale is in ${currency}.`)
  const price = convert(amountOf(about), { numerator: '1', denominator: quantity })
  if (price === undefined || compare(round(price, digits), price) !== 0)
    refuse(`The price of one unit would not be exact in ${digits} digits: amend the sale by hand.`)
  return decimalValue(price)
}

function amountOf({ line, ordered }: { readonly line: Reading; readonly ordered: Reading }): Decimal {
  const own = line.at('unitPrice').optionalDecimal()
  const instead = line.at('instead')
  if (line.at('priceRule').optionalText(20) === 'own') {
    if (own === undefined) refuse('Nobody has said what the other item costs.')
    return multiply(instead.at('quantity').decimal(), own)
  }
  const missing = line.at('quantity').decimal()
  if (own !== undefined) return multiply(missing, own)
  const symbol = ordered.at('unit.').at('symbol').text(20)
  const price = readDecimalValue(ordered.at('unit_price'))
  if (price === undefined) refuse('The ordered line has no price.')
  return multiply(inUnit(missing, line.at('uom').text(20), symbol, line.place), price)
}

function refuse(reason: string): never {
  throw new Ended({ outcome: 'refused', reason })
}
