import { subtract } from '../../base/decimal.ts'
import { branchId } from '../engine/instance.ts'
import { decimal, present } from '../told-document.ts'
import { type Here, type Invoice, invoiceHere, isCorrection, isNote, isRefusedWhole } from './known.ts'
import { isSameAmount, totalOf } from './matching.ts'
import { byCurrency, isSameMoney, leftAfter, type Money, moneyIn } from './money.ts'
import { accruedFor } from './put-aside.ts'

/** Another invoice of the same carrier for the load, with where it stands. */
export interface Other extends Invoice {
  /** Carrier and number. */
  readonly key: string
  /** It is decided what is paid of it: the books follow. */
  readonly isSettled: boolean
  /** What is paid of it, and how much of what was put aside that took. Of one that is not decided: nothing. */
  readonly pay: string
  /** How much of that is tax. Absent: that was not written down. */
  readonly tax?: string
  readonly used: readonly Money[]
}

const dead: ReadonlySet<string> = new Set(['cancelled', 'duplicate', 'moved', 'rejected', 'rejecting', 'superseded'])
const settled: ReadonlySet<string> = new Set(['posted', 'posting'])

/** Other invoices of the carrier for the load that may be paid: not those that are refused, taken back, or have another one in their place. */
export function otherInvoices(scope: Here): readonly Other[] {
  return all(scope).filter(
    (one) =>
      !one.said.includes('cancelled') && !isRefusedWhole(one) && !dead.has(scope.state('invoice', one.key) ?? ''),
  )
}

/** An invoice for the same money that is paid already, or came earlier; unless one of them corrects or credits. */
export function duplicateOf(scope: Here): Invoice | undefined {
  const own = invoiceHere(scope)
  if (own === undefined || isCorrection(own) || isNote(own)) return undefined
  return otherInvoices(scope).find(
    (one) =>
      !isCorrection(one) &&
      !isNote(one) &&
      (one.isSettled || rank(one) < rank(own)) &&
      isSameMoney(one.currency, own.currency) &&
      isSameAmount(one.total, own.total),
  )
}

/** The newest document of the carrier that takes the place of this invoice. What he asks for after it is something else. */
export function correctionOf(scope: Here): Invoice | undefined {
  const own = invoiceHere(scope)
  if (own === undefined) return undefined
  const isNewer = (one: Invoice): boolean => (isCorrection(own) ? rank(one) > rank(own) : one.since >= own.since)
  // One that is wrong in itself counts, too: whoever sent it does not want to be paid what he asked for before.
  return all(scope)
    .filter((one) => isCorrection(one) && !one.said.includes('cancelled') && isNewer(one))
    .toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .at(-1)
}

/** Invoices that are paid and that a correction comes too late for: it is held against what they were paid with. */
export function paidBefore(scope: Here): readonly Other[] {
  const own = invoiceHere(scope)
  if (own === undefined || !isCorrection(own)) return []
  return otherInvoices(scope).filter((one) => one.isSettled && !isNote(one))
}

/** What the invoice asks for. A correction of the one that is paid: what it asks for besides, or gives back; in other money, all of it. */
export function askedHere(scope: Here): string {
  const { total = '0' } = invoiceHere(scope) ?? {}
  const [paid] = paidBefore(scope)
  return paid === undefined || !paysDifference(scope) ? total : subtract(total, paid.pay)
}

/** Whether it corrects one invoice that is paid, in the same money: then it asks for the difference. */
export function paysDifference(scope: Here): boolean {
  const [paid, another] = paidBefore(scope)
  return paid !== undefined && another === undefined && isSameMoney(paid.currency, invoiceHere(scope)?.currency)
}

/** Whether it corrects what is paid, and nobody can tell what it asks for besides: there are several, or it is other money. */
export function isUnclear(scope: Here): boolean {
  const paid = paidBefore(scope)
  return paid.length > 1 || paid.some(({ currency }) => !isSameMoney(currency, invoiceHere(scope)?.currency))
}

/**
 * Whether nothing of what was put aside is left for it: another invoice of the carrier uses it, or came earlier and may yet. It pays for
 * one invoice; what comes besides is for a person.
 */
export function isAdditional(scope: Here): boolean {
  const own = invoiceHere(scope)
  if (own === undefined) return false
  if (scope.chosen['used'] !== undefined) return scope.chosen['isAdditional'] === true
  if (isNote(own)) return true
  const others = otherInvoices(scope).filter((one) => !isNote(one))
  if (isUsedElsewhere(scope)) return true
  // A correction takes the place of those that are not paid.
  if (!isCorrection(own) && others.some((one) => !one.isSettled && rank(one) < rank(own))) return true
  return others.some(({ isSettled }) => isSettled) && freeOf(scope, others).length === 0
}

/** Whether what was put aside was used for an invoice that names the load by another of its numbers, and is settled under that. */
export function isUsedElsewhere(scope: Here): boolean {
  const { carrier } = invoiceHere(scope) ?? {}
  const isUsed = carrier !== undefined && scope.known.matched.includes(carrier)
  return isUsed && !all(scope).some(({ isSettled }) => isSettled)
}

/** What was put aside and no other invoice uses, each kind of money by itself; nothing where the invoice comes besides. */
export function freeHere(scope: Here): readonly Money[] {
  return isAdditional(scope) ? [] : freeOf(scope, otherInvoices(scope))
}

/** How much of what was put aside another invoice has used already, each kind of money by itself; none where it has not. */
export function usedHere(scope: Here): readonly Money[] {
  return byCurrency(otherInvoices(scope).flatMap(({ used }) => used))
}

function freeOf(scope: Here, others: readonly Other[]): readonly Money[] {
  return leftAfter(
    asideOf(scope),
    others.flatMap(({ used }) => used),
  )
}

/** What was put aside, one amount for each accrual. */
function asideOf(scope: Here): readonly Money[] {
  return accruedFor(scope).map(({ charges, currency }) => ({
    amount: totalOf(charges),
    ...present('currency', currency),
  }))
}

function all(scope: Here): readonly Other[] {
  const { known, branchKey } = scope
  const carrier = known.invoices[branchKey]?.carrier
  return Object.entries(known.invoices)
    .filter(([key, one]) => key !== branchKey && one.movedTo === undefined && one.carrier === carrier)
    .map(([key, one]) => {
      const isSettled = settled.has(scope.state('invoice', key) ?? '')
      const { pay, tax, used } = scope.chosenIn(branchId('invoice', key))
      const isPaid = isSettled && typeof pay === 'string'
      const paid = { pay: isPaid ? pay : '0', ...(isPaid ? present('tax', decimal(tax)) : {}) }
      return { ...one, key, isSettled, ...paid, used: isSettled ? moneyIn(used) : [] }
    })
}

/** Which came first; of two at the same time, one that says it is the correction came last. */
function rank(one: Invoice): string {
  return `${one.since} ${isCorrection(one) ? 'b' : 'a'} ${one.number}`
}
