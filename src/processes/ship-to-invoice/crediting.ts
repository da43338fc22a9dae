import type { Data } from '../posting.ts'
import { type Here, invoicesOf, isTakenBack, standing } from './known.ts'
import type { Sending } from './sending.ts'

/**
 * What the ERP is to take back: every invoice that stood when finance decided so. What is billed anew is all that was accepted: an invoice
 * of a package that stayed beside it would ask for the same goods twice. None that is made meanwhile is among them.
 */
export function credits(scope: Here): readonly Sending[] {
  const name = `${scope.key}:${String(scope.chosen['round'])}`
  const reason = scope.choice('seen')
  // An instance that decided before they were written down takes back the newest.
  const numbers = scope.chosen['taken'] === undefined ? newest(scope) : texts(scope.chosen['taken'])
  if (numbers.length <= 1) return [{ key: name, payload: { invoiceNumber: numbers[0], reason } }]
  return numbers.map((invoiceNumber) => ({ key: `${name}:${invoiceNumber}`, payload: { invoiceNumber, reason } }))
}

/** To be chosen with the decision: the invoices that stand, and all that the ERP was asked to take back so far, whether it has told so or not. */
export function takingBack(scope: Here): Data {
  const before = texts(scope.chosen['takenEver'])
  const taken = invoicesOf(scope.known)
    .filter((one) => !isTakenBack(one) && (one.number === '' || !before.includes(one.number)))
    .map(({ number }) => number)
  return { taken, takenEver: [...before, ...taken] }
}

/** Invoices that were taken back to be made anew are no news: the one that stands is another. */
export function isTakenBackElsewhere(scope: Here): boolean {
  const own = Math.max(round(scope), texts(scope.chosen['takenEver']).length)
  const allowed = scope.choice('decision') === 'reinvoice' ? own : 0
  return invoicesOf(scope.known).filter(isTakenBack).length > allowed
}

/** How often it was asked for, or made anew. */
export function round({ chosen }: Here): number {
  return typeof chosen['round'] === 'number' ? chosen['round'] : 0
}

function newest(scope: Here): readonly string[] {
  const one = standing(invoicesOf(scope.known))
  return one === undefined ? [] : [one.number]
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
