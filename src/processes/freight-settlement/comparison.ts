import { absolute, add, compare, isZero, subtract } from '../../base/decimal.ts'
import type { Data } from '../posting.ts'
import { present, text } from '../told-document.ts'
import { loadOfDelivery } from './accrual-told.ts'
import { type Here, invoiceHere, isCorrection, isNote } from './known.ts'
import { mixedFault } from './master.ts'
import { type Charge, type Match, matchFreight, shareOf, totalOf, untaxed } from './matching.ts'
import { isSameMoney, moneyIn, negated } from './money.ts'
import { askedHere, freeHere, isAdditional, isUnclear, usedHere } from './other-invoices.ts'
import { decided, isBookedWhole, isDecidedOtherwise } from './part.ts'
import { accruedFor } from './put-aside.ts'
import { taxDecided, taxHere, taxOn } from './tax.ts'
import { isUsualTax } from './tax-limit.ts'

/** The comparison of the invoice of the branch with what was put aside and no other invoice uses; tax beside it, where none was put aside. */
export function matchHere(scope: Here): Match {
  const accruals = isAdditional(scope) ? [] : accruedFor(scope)
  const aside = freeHere(scope)
  const isWhole = usedHere(scope).length === 0
  const match = matchFreight(
    {
      // What is left beside another invoice is a sum: nobody knows which charges that one was for.
      accrued:
        isWhole || accruals.length === 0 ? accruals.flatMap(({ charges }) => charges) : lump(aside[0]?.amount ?? '0'),
      aside,
      invoiced: invoicedHere(scope),
      currency: invoiceHere(scope)?.currency,
    },
    { percent: scope.policy('tolerancePercent', '2'), amount: scope.policy('toleranceAmount', '5.00') },
  )
  const tax = taxHere(scope)
  return isZero(tax) ? match : { ...match, tax, total: add(match.invoiced, tax) }
}

function invoicedHere(scope: Here): readonly Charge[] {
  const { charges = [], total } = invoiceHere(scope) ?? {}
  if (total === undefined) return []
  const tax = taxHere(scope)
  if (charges.length > 0 && askedHere(scope) === total) return isZero(tax) ? charges : untaxed(charges)
  return lump(subtract(askedHere(scope), tax))
}

function lump(amount: string): readonly Charge[] {
  return [{ code: 'linehaul', amount }]
}

/** What is wrong with the invoice itself; empty where nothing is. */
export function faults(scope: Here): readonly string[] {
  const invoice = invoiceHere(scope)
  if (invoice === undefined) return []
  const { charges, total, carrier, mixed, isPart } = invoice
  return [
    // An invoice over several loads is refused for it as a whole.
    ...mixedFault(isPart === true ? undefined : mixed),
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

/**
 * The delivery that the load is, where exactly one is known: all that is asked for it is settled there, whatever number a carrier writes, so that
 * nothing is paid under two of them. That of what was put aside is sure; that of a shipment may still get it. A part cannot go elsewhere.
 */
export function foundLoad(scope: Here): string | undefined {
  if (invoiceHere(scope)?.isPart === true || scope.chosen['isNotThere'] === true) return undefined
  const all = accruedFor(scope)
  if (all.length === 0 && !scope.missed('unmatched')) return undefined
  const { deliveries = [] } = scope.known
  const [only, other] =
    all.length === 0 ? deliveries : [...new Set(all.map(({ number = '' }) => loadOfDelivery(number)))]
  return other === undefined && only !== '' && only !== scope.key ? only : undefined
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
  if (isAdditional(scope) || isUnclear(scope)) return false
  const { outcome, invoiced } = matchHere(scope)
  if (!isUsualTax(scope, taxHere(scope), invoiced)) return false
  if (outcome !== 'within_tolerance') return outcome === 'exact' || outcome === 'under'
  return compare(tolerated(scope), scope.policy('invoiceToleranceAmount', '50.00')) <= 0
}

/** By how much it is not what was put aside, although nobody has to look at it. */
export function tolerated(scope: Here): string {
  const { outcome, variance } = matchHere(scope)
  return outcome === 'within_tolerance' ? absolute(variance ?? '0') : '0'
}

/** An invoice over several loads is decided as a whole, when all of them are settled: as it stood then. */
export function isDecided(scope: Here): boolean {
  const { isPart } = invoiceHere(scope) ?? {}
  return isPart !== true || (isBookedWhole(scope) && !isDecidedOtherwise(scope))
}

/** What the carrier may have as it was agreed, with the tax on it. In other money than the invoice that is no amount of it: all of it is in doubt. */
export function agreedHere(scope: Here): string {
  const { outcome, accrued = '0', invoiced, tax = '0' } = matchHere(scope)
  return outcome === 'currency_mismatch' ? '0' : add(accrued, taxOn(accrued, invoiced, tax))
}

/** How much of what is paid is tax: of all of it the tax that is asked for, of a part its share. */
function taxOfPaid(scope: Here, pay: string): string {
  const { accrued = '0', invoiced, tax = '0' } = matchHere(scope)
  const asked = askedHere(scope)
  if (isZero(tax) || compare(pay, asked) === 0) return tax
  if (compare(pay, agreedHere(scope)) === 0) return taxOn(accrued, invoiced, tax)
  return isZero(asked) ? '0' : shareOf(tax, pay, asked)
}

/** What is decided with the amount to be paid: in which money, and how much of what was put aside it takes, whatever comes later. */
export function paying(scope: Here, pay: string, more: Data = {}): Data {
  const tax = taxOfPaid(scope, pay)
  return decided(scope, {
    pay,
    ...(isZero(tax) ? {} : { tax }),
    ...present('currency', invoiceHere(scope)?.currency),
    ...present('asked', invoiceHere(scope)?.total),
    ...present('askedIn', invoiceHere(scope)?.currency),
    used: freeHere(scope),
    ...(isAdditional(scope) ? { isAdditional: true } : {}),
    tolerated: more['isAutomatic'] === true ? tolerated(scope) : '0',
    ...more,
  })
}

/** A change of what is in the books for the load. */
interface Adjustment {
  readonly delta: string
  readonly currency?: string
  /** Money of another kind than is paid: all of it is released. */
  readonly isReleased?: true
}

/** By how much what is paid, without its tax, differs from what was put aside for it, in which money; empty where it does not. */
export function adjustments(scope: Here): readonly Adjustment[] {
  const pay = subtract(scope.choice('pay') === '' ? '0' : scope.choice('pay'), taxDecided(scope))
  const used = moneyIn(scope.chosen['used'])
  const paid = text(scope.chosen['currency']) ?? invoiceHere(scope)?.currency
  // Money of two kinds is never set off: the one is put aside, each other released.
  const own = paid === undefined && used.length > 1 ? undefined : used.find((one) => isSameMoney(one.currency, paid))
  const all: readonly Adjustment[] = [
    { delta: subtract(pay, own?.amount ?? '0'), ...present('currency', paid ?? own?.currency) },
    ...negated(used.filter((one) => one !== own)).map(
      ({ amount: delta, currency }): Adjustment => ({ delta, ...present('currency', currency), isReleased: true }),
    ),
  ]
  return all.filter(({ delta }) => !isZero(delta))
}

/** Whether what was put aside for the delivery itself is known from the booking only, and its goods have not left: it is not in the books yet. */
export function isAwaited(scope: Here): boolean {
  const { leftAt } = scope.known
  return leftAt === undefined && accruedFor(scope).some(({ isOwn, isRated }) => isOwn === true && isRated === true)
}
