import { compare, isZero, subtract } from '../../base/decimal.ts'
import { decimal } from '../told-document.ts'
import { type Here, invoiceHere } from './known.ts'
import { type Charge, isTax, shareOf, taxIn } from './matching.ts'
import { paidBefore, paysDifference } from './other-invoices.ts'
import { accruedFor } from './put-aside.ts'

/** Whether what was put aside for the load holds tax, too: then it is compared like every other charge. */
export function isTaxAside(scope: Here): boolean {
  return accruedFor(scope).some(({ charges }) => charges.some(isTax))
}

/**
 * The tax in what the invoice asks for, which is compared with nothing: what was put aside is what the transport costs. Of a correction that
 * asks for a difference, the difference of the tax.
 */
export function taxHere(scope: Here): string {
  const { charges = [] } = invoiceHere(scope) ?? {}
  if (isTaxAside(scope)) return '0'
  const [paid] = paidBefore(scope)
  return paid === undefined || !paysDifference(scope) ? taxIn(charges) : subtract(taxIn(charges), taxPaid(paid))
}

/** What was decided before the tax was written down was paid as it was asked for, or nobody knows how much of it is tax. */
function taxPaid(paid: {
  readonly tax?: string
  readonly charges: readonly Charge[]
  total: string
  pay: string
}): string {
  return paid.tax ?? (compare(paid.pay, paid.total) === 0 ? taxIn(paid.charges) : '0')
}

/** The tax on a part of what is asked for without tax: its share, and never more than is asked for. */
export function taxOn(net: string, whole: string, tax: string): string {
  if (isZero(tax) || compare(net, '0') <= 0 || compare(whole, '0') <= 0) return '0'
  return compare(net, whole) >= 0 ? tax : shareOf(tax, net, whole)
}

/** How much of what was decided to be paid is tax. Absent in decisions from before that was kept: it was not told apart. */
export function taxDecided(scope: Here): string {
  return decimal(scope.chosen['tax']) ?? '0'
}
