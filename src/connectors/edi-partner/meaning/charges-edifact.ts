import { add, compare, isZero, multiply } from '../../../base/decimal.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { chargeKind, taxCode } from './charge-kind.ts'
import { type Amount, money } from './invoice-kind.ts'
import { qualified } from './number.ts'

/** One amount that an INVOIC asks for or takes off, with what it is for in the words of its sender. */
export interface InvoicedCharge {
  readonly code: string
  /** Negative where it is taken off. */
  readonly amount: Amount
  /** The share that it is, in per cent. */
  readonly percent?: string
  readonly text?: string
}

/** MOA 5025: 203 is the amount of a line, 66 and 38 the same in other words. */
const ofLine = ['203', '66', '38'] as const
/** MOA 5025: 8 of either kind, 23 of a charge, 204 of an allowance, 131 of several together. */
const ofAllowance = ['8', '23', '204', '131'] as const
/** MOA 5025: a tax, and the value added tax. */
const ofTax = ['124', '150'] as const

/** What is asked for or taken off in a part of an INVOIC (ALC). One without an amount says nothing that can be paid. */
export function allowancesOf(holder: Reading, currency: string | undefined): readonly InvoicedCharge[] {
  return (holder.at('allowances').optionalList(10_000) ?? []).flatMap((one): InvoicedCharge[] => {
    const amount = decimalOf(one.at('amounts'), ofAllowance)
    if (amount === undefined) return []
    const isLess = one.at('kind').optionalText(3) === 'A' && !amount.startsWith('-')
    const percent = one.at('percents').optionalList()?.[0]?.at('percent').optionalDecimal()
    return [
      {
        code:
          one.at('service').optionalText(17) ?? one.at('number').optionalText(35) ?? (isLess ? 'discount' : 'other'),
        amount: money(isLess ? multiply(amount, '-1') : amount, currency),
        ...stated({ percent, text: one.at('text').excerpt(100) }),
      },
    ]
  })
}

/** The same in our word for it, with the carrier's own beside it. */
function ofCarrier(charge: InvoicedCharge): InvoicedCharge {
  const { code, text } = charge
  const kind = chargeKind(code, 'edifact-7161')
  return kind === code ? charge : { ...charge, code: kind, text: text ?? code }
}

/** All the tax of an INVOIC: its sum (176), else that of its rates, else that of its lines. Undefined: none is told. */
export function taxOf(root: Reading): string | undefined {
  const lines = root.at('lines').optionalList(10_000) ?? []
  return decimalOf(root.at('amounts'), ['176', ...ofTax]) ?? sumOfTaxes([root]) ?? sumOfTaxes(lines)
}

function sumOfTaxes(holders: readonly Reading[]): string | undefined {
  const all = holders
    .flatMap((holder) => holder.at('taxes').optionalList(10_000) ?? [])
    .flatMap((one) => decimalOf(one.at('amounts'), ofTax) ?? [])
  return all.length === 0 ? undefined : all.reduce((sum, one) => add(sum, one), '0')
}

/** A line of a freight invoice with what it asks for. */
export interface ChargedLine {
  readonly line: string
  readonly charges: readonly InvoicedCharge[]
  readonly description?: string
}

/**
 * The lines of a carrier's INVOIC, charge by charge, with what the document as a whole asks for besides. Whether the amount of a line holds
 * its own allowances, and its total the tax, is the carrier's habit: the first reading that comes to the total counts.
 */
export function chargedLines(root: Reading, total: string, currency: string | undefined): readonly ChargedLine[] {
  const lines = (root.at('lines').optionalList(10_000) ?? []).map((line, index) => ({
    line: line.at('line').optionalText(20) ?? String(index + 1),
    own: ownCharge(line, currency),
    besides: allowancesOf(line, currency).map(ofCarrier),
    ...stated({ description: wordsOf(line, 200) }),
  }))
  const whole = allowancesOf(root, currency).map(ofCarrier)
  const tax = taxOf(root)
  const taxes = tax === undefined || isZero(tax) ? [] : [{ code: taxCode, amount: money(tax, currency) }]
  const readings = [
    { isOnTop: false, rest: [...whole, ...taxes] },
    { isOnTop: true, rest: [...whole, ...taxes] },
    { isOnTop: false, rest: whole },
    { isOnTop: true, rest: whole },
    { isOnTop: false, rest: taxes },
    { isOnTop: false, rest: [] },
  ].map(({ isOnTop, rest }) => [
    ...lines.map(({ line, own, besides, ...more }) => ({ line, charges: chargesOf(own, besides, isOnTop), ...more })),
    ...rest.map((charge, index) => ({ line: `besides ${index + 1}`, charges: [charge] })),
  ])
  const fits = (reading: readonly ChargedLine[]): boolean =>
    compare(sumOf(reading.flatMap(({ charges }) => charges)), total) === 0
  return readings.find(fits) ?? readings[0] ?? []
}

/** The amount of a line; where that is told in parts that come to it, the parts. */
function chargesOf(
  own: InvoicedCharge | undefined,
  besides: readonly InvoicedCharge[],
  isOnTop: boolean,
): readonly InvoicedCharge[] {
  if (own === undefined) return besides
  if (isOnTop) return [own, ...besides]
  return besides.length > 0 && compare(sumOf(besides), own.amount.amount) === 0 ? besides : [own]
}

/** The amount of a line itself. A line of nothing but a tax is the tax. */
function ownCharge(line: Reading, currency: string | undefined): InvoicedCharge | undefined {
  const amounts = line.at('amounts')
  const amount = decimalOf(amounts, ofLine)
  const text = wordsOf(line, 100)
  if (amount !== undefined) {
    // Without a code of its own a charge is the carriage itself.
    const code = line.at('product').optionalText(60) ?? 'linehaul'
    return ofCarrier({ code, amount: money(amount, currency), ...stated({ text }) })
  }
  const tax = decimalOf(amounts, ofTax)
  return tax === undefined ? undefined : { code: taxCode, amount: money(tax, currency), ...stated({ text }) }
}

function wordsOf(line: Reading, length: number): string | undefined {
  return line.at('descriptions').optionalList()?.[0]?.at('text').excerpt(length)
}

function sumOf(charges: readonly InvoicedCharge[]): string {
  return charges.reduce((sum, { amount }) => add(sum, amount.amount), '0')
}

function decimalOf(amounts: Reading, qualifiers: readonly string[]): string | undefined {
  return qualified(amounts, qualifiers, 'amount')
}
