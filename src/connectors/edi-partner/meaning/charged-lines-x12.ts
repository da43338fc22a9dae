import { add, compare, isZero, multiply } from '../../../base/decimal.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { chargeKind, taxCode } from './charge-kind.ts'
import type { ChargedLine, InvoicedCharge } from './charges-edifact.ts'
import { x12Charges, x12Tax } from './charges-x12.ts'
import { money } from './invoice-kind.ts'
import { isProduct, productPairs } from './number.ts'
import { x12Price } from './price.ts'

/**
 * The lines of a carrier's 810, charge by charge, and what the document asks for besides. Whether the amounts of lines hold what a SAC says of
 * them is the carrier's habit: the first reading that comes to the total counts.
 */
export function x12ChargedLines(root: Reading, total: string, currency: string | undefined): readonly ChargedLine[] {
  const lines = (root.at('lines').optionalList(10_000) ?? []).map((line, index) => ({
    line: line.at('line').optionalText(20) ?? String(index + 1),
    own: ownCharge(line, currency),
    besides: chargesOf(line, currency),
    ...stated({ description: wordsOf(line) }),
  }))
  const tax = x12Tax(root)
  const taxes = tax === undefined || isZero(tax) ? [] : [{ code: taxCode, amount: money(tax, currency) }]
  const rest = [...chargesOf(root, currency), ...taxes]
  const readings = [
    { isOnTop: true, rest },
    { isOnTop: false, rest },
    { isOnTop: false, rest: [] },
  ].map(({ isOnTop, rest: others }) => [
    ...lines.map(({ line, own, besides, ...more }) => ({
      line,
      charges: isOnTop ? [...own, ...besides] : own,
      ...more,
    })),
    ...others.map((charge, index) => ({ line: `besides ${index + 1}`, charges: [charge] })),
  ])
  const fits = (reading: readonly ChargedLine[]): boolean =>
    compare(
      reading.flatMap(({ charges }) => charges).reduce((sum, { amount }) => add(sum, amount.amount), '0'),
      total,
    ) === 0
  return readings.find(fits) ?? readings[0] ?? []
}

/** What a line is for: a service mostly has a code of its own (SV, ZZ), and none that a warehouse knows. Without one it is the carriage. */
function ownCharge(line: Reading, currency: string | undefined): readonly InvoicedCharge[] {
  const price = x12Price(line)
  if (price === undefined) return []
  const code = productPairs(line).find(([qualifier]) => isProduct(qualifier))?.[1]
  const kind = chargeKind(code, 'x12-1300')
  const text = wordsOf(line) ?? (kind === code ? undefined : code)
  const amount = multiply(price, line.at('quantity').optionalDecimal() ?? '1')
  return [{ code: kind, amount: money(amount, currency), ...stated({ text }) }]
}

/** What a SAC asks for, in our word where its code (1300) has one. */
function chargesOf(holder: Reading, currency: string | undefined): readonly InvoicedCharge[] {
  return x12Charges(holder, currency).map((charge) => {
    const kind = chargeKind(charge.code, 'x12-1300')
    return kind === charge.code ? charge : { ...charge, code: kind, text: charge.text ?? charge.code }
  })
}

function wordsOf(line: Reading): string | undefined {
  return line.at('descriptions').optionalList()?.[0]?.at('text').excerpt(100)
}
