import { absolute, compare, multiply } from '../../base/decimal.ts'
import type { Here } from './known.ts'

/** Whether a tax is one that may be paid unseen: nothing says what it should be, but whatever is called a tax is not one. */
export function isUsualTax(scope: Here, tax: string, net: string): boolean {
  const limit = multiply(multiply(absolute(net), scope.policy('taxLimitPercent', '30')), '0.01')
  return compare(absolute(tax), limit) <= 0
}
