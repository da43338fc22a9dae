import { branchId, type EffectRecord, type Instance } from '../engine/instance.ts'
import type { Data } from '../posting.ts'
import { billable, isByHand } from './gate.ts'
import { type Here, type Invoiced, invoicesOf, isTakenBack } from './known.ts'

/** One invoice that the customer is to get: the end of its business key, and what names it to the ERP. */
export interface Sending {
  readonly key: string
  readonly payload: Data
}

/** The invoice that a release came to, by the names that are known of it: its number is told later, by another message. */
export function madeBy(scope: Here, release: EffectRecord | undefined): Data {
  return { invoiceNumber: invoiceOf(scope, release)?.number, releaseDocument: release?.document }
}

/** The invoice that a release came to; undefined where nobody has told of it, or not by which document it was made. */
function invoiceOf(scope: Here, release: EffectRecord | undefined): Invoiced | undefined {
  const made = release?.document
  if (made === undefined) return undefined
  return invoicesOf(scope.known).find(({ number, document }) => number === made || document === made)
}

/** Releases of single packages that the ERP has answered. */
function ofPackages(scope: Here): readonly EffectRecord[] {
  return billable(scope).flatMap((id) => scope.asked('release-package', branchId('package', id)))
}

/** What the customer gets beside the invoices of single packages, which each package has sent by itself. */
export function sendings(scope: Here): readonly Sending[] {
  const whole = { key: '', payload: {} }
  if (scope.states('package').length === 0) return [{ ...whole, payload: { invoiceNumber: scope.known.invoiceNumber } }]
  // Once it was asked for without a number, what is told later is the same invoice.
  if (scope.asked('send').some(({ businessKey }) => businessKey === scope.key)) return []
  const told = invoicesOf(scope.known).filter(({ said }) => said.includes('issued'))
  const more = told.length - scope.states('package').length
  if (more <= 0) return isByHand(scope) ? [whole] : []
  const known = new Set(ofPackages(scope).map((release) => invoiceOf(scope, release)))
  const others = told.filter((one) => !known.has(one))
  // Which of them are those of the packages is not told: none is named rather than one that the customer has already.
  if (others.length !== more) return [whole]
  return others
    .filter((one) => !isTakenBack(one))
    .map(({ number }) => ({ key: `:invoice:${number}`, payload: { invoiceNumber: number } }))
}

/** Whether the ERP was asked to send the invoice that it made anew, and has. */
export function isSentAgain(scope: Here): boolean {
  const key = againKey(scope)
  return scope.asked('send-again').some(({ businessKey }) => businessKey === key) && scope.done('send-again')
}

/** Business key of sending the invoice that was made anew last. */
export function againKey(scope: Here): string {
  return `${scope.key}:again:${String(scope.chosen['round'])}`
}

/** Version 1 sent nothing for a package by itself: what is billed and was not sent with the delivery is sent now. */
export function packagesSent(instance: Instance): Instance {
  if (Object.values(instance.effects).some(({ name }) => name === 'send')) return instance
  const at = Object.entries(instance.at).map(([branch, stay]) => {
    const isBilled = branch.startsWith('package/') && stay.state === 'billed'
    return [branch, isBilled ? { ...stay, state: 'sending' } : stay] as const
  })
  return { ...instance, at: Object.fromEntries(at) }
}
