import { add, multiply } from '../../../base/decimal.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { InvoicedCharge } from './charges-edifact.ts'

/**
 * What a part of an 810 asks for or takes off (SAC): C is a charge, A an allowance. The other indicators ask for nothing, and one without an
 * amount says nothing that can be paid.
 */
export function x12Charges(holder: Reading, currency: string | undefined): readonly InvoicedCharge[] {
  return (holder.at('charges').optionalList(1000) ?? []).flatMap((one): InvoicedCharge[] => {
    const amount = one.at('amount').optionalDecimal()
    const indicator = one.at('indicator').optionalText(1)
    if (amount === undefined || (indicator !== 'A' && indicator !== 'C')) return []
    const isLess = indicator === 'A' && !amount.startsWith('-')
    return [
      {
        code: one.at('code').optionalText(4) ?? (isLess ? 'discount' : 'other'),
        amount: { amount: isLess ? multiply(amount, '-1') : amount, ...stated({ currency }) },
        ...stated({ text: one.at('text').excerpt(100) }),
      },
    ]
  })
}

/** All the tax of an 810 (TXI): that of the whole, else that of its lines. Undefined: none is told. */
export function x12Tax(root: Reading): string | undefined {
  return sumOfTaxes([root]) ?? sumOfTaxes(root.at('lines').optionalList(10_000) ?? [])
}

function sumOfTaxes(holders: readonly Reading[]): string | undefined {
  const all = holders
    .flatMap((holder) => holder.at('taxes').optionalList(1000) ?? [])
    .flatMap((one) => one.at('amount').optionalDecimal() ?? [])
  return all.length === 0 ? undefined : all.reduce((sum, one) => add(sum, one), '0')
}
