import { currency } from '../../fields/currency.ts'
import { decimal } from '../../fields/decimal.ts'
import { part } from '../../fields/record.ts'

/** An amount in one currency. Sums over several currencies do not exist. */
export function money(meaning: string) {
  return part('money', meaning, {
    amount: decimal(
      'How much, in whole units of the currency: 12.50 is twelve and a half. Negative where money flows back.',
    ),
    currency: currency('Which money it is, ISO 4217.'),
  })
}
