import { convert } from '../../../base/decimal.ts'
import type { Reading } from '../../kit/reading.ts'

/** X12 element 639: for how many units a price is. The other codes say how it came about, or that it is for one. */
const bases: Readonly<Record<string, string>> = { HP: '100', PN: '10', TP: '1000' }

/** The price of one unit of an X12 line: PO1, POC, IT1 and BLI say in the next element for how many it is. */
export function x12Price(line: Reading): string | undefined {
  const basis = line.at('priceBasis').optionalText(2) ?? ''
  return ofOne(line.at('price').optionalDecimal(), Object.hasOwn(bases, basis) ? bases[basis] : undefined)
}

/** PRI 5125, the best one first: the net price, the one that is reckoned with, the one that is invoiced, the gross one, a mere information. */
const qualifiers = ['AAA', 'CAL', 'INV', 'AAB', 'INF']

/** The price of one unit of an EDIFACT line: PRI 5284 says for how many it is. */
export function edifactPrice(line: Reading): string | undefined {
  const all = line.at('prices').optionalList() ?? []
  for (const qualifier of qualifiers) {
    const found = all.find((one) => one.at('qualifier').optionalText() === qualifier)
    if (found !== undefined) return ofOne(found.at('price').optionalDecimal(), found.at('per').optionalDecimal())
  }
  return undefined
}

/** A third of a price that has no end is not said at all: whoever compares prices would find a difference that is none. */
function ofOne(price: string | undefined, units: string | undefined): string | undefined {
  if (price === undefined || units === undefined) return price
  return convert(price, { numerator: '1', denominator: units })
}
