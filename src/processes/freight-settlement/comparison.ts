import { absolute, compare, isZero, subtract } from '../../base/decimal.ts'
import { accruedFor, type Here, invoiceHere, isAdditional, isCorrection, isNote } from './known.ts'
import { type Match, matchFreight, totalOf } from './matching.ts'

/** The comparison of the invoice of the branch with what was put aside. */
export function matchHere(scope: Here): Match {
  const invoice = invoiceHere(scope)
  const accruals = accruedFor(scope)
  const invoiced =
    invoice === undefined
      ? []
      : invoice.charges.length > 0
        ? invoice.charges
        : [{ code: 'linehaul', amount: invoice.total }]
  return matchFreight(
    {
      accrued: accruals.flatMap(({ charges }) => charges),
      invoiced,
      currencies: [...accruals.map(({ currency }) => currency), invoice?.currency],
    },
    { percent: scope.policy('tolerancePercent', '2'), amount: scope.policy('toleranceAmount', '5.00') },
  )
}

/** What is wrong with the invoice itself; empty where nothing is. */
export function faults(scope: Here): readonly string[] {
  const invoice = invoiceHere(scope)
  if (invoice === undefined) return []
  const { charges, total, carrier } = invoice
  return [
    ...(charges.length > 0 && compare(totalOf(charges), total) !== 0
      ? [`totals: the charges come to ${totalOf(charges)}, the invoice says ${total}`]
      : []),
    ...(carrier === undefined ? ['carrier: nobody says whose invoice it is'] : []),
  ]
}

/** A correction or credit is compared with what is left of the invoice that it changes. */
export function isAdjustment(scope: Here): boolean {
  const invoice = invoiceHere(scope)
  return invoice !== undefined && (isCorrection(invoice) || isNote(invoice))
}

/** The delivery that the load is, where exactly one is known and nothing was put aside under the number that the carrier wrote. */
export function foundLoad(scope: Here): string | undefined {
  const { deliveries = [] } = scope.known
  const [only, other] = deliveries
  return other === undefined && only !== scope.key && accruedFor(scope).length === 0 ? only : undefined
}

/**
 * Whether the transport is shown to have happened, by what the policy `serviceProof` asks for; a proof of delivery also
 * shows `delivered`.
 */
export function isProven(scope: Here): boolean {
  const required = scope.policy('serviceProof', 'delivered')
  return (
    required === 'none' ||
    scope.known.proofs.includes('pod') ||
    (required === 'delivered' && scope.known.proofs.includes('delivered'))
  )
}

/** Whether it is paid without a person: as it was put aside, below it, or above it by no more than `invoiceToleranceAmount`. */
export function isPayable(scope: Here): boolean {
  // What was put aside pays for one invoice; what comes besides is for a person.
  if (isAdditional(scope)) return false
  const { outcome } = matchHere(scope)
  if (outcome !== 'within_tolerance') return outcome === 'exact' || outcome === 'under'
  return compare(tolerated(scope), scope.policy('invoiceToleranceAmount', '50.00')) <= 0
}

/** By how much it is not what was put aside, although nobody has to look at it. */
export function tolerated(scope: Here): string {
  const { outcome, variance } = matchHere(scope)
  return outcome === 'within_tolerance' ? absolute(variance) : '0'
}

/** An invoice over several loads is decided as a whole, when all of them are settled. */
export function isDecided(scope: Here): boolean {
  const { isPart, said = [] } = invoiceHere(scope) ?? {}
  return isPart !== true || said.includes('posted') || said.includes('paid')
}

/** What was put aside and is not used by another invoice. */
export function leftOver(scope: Here): string {
  return isAdditional(scope) ? '0' : matchHere(scope).accrued
}

/** By how much what is paid differs from what was put aside; undefined where it does not. */
export function delta(scope: Here): string | undefined {
  const pay = scope.choice('pay') === '' ? '0' : scope.choice('pay')
  const difference = isAdditional(scope) ? pay : subtract(pay, matchHere(scope).accrued)
  return isZero(difference) ? undefined : difference
}
