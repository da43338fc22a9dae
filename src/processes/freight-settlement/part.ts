import type { Step } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import { record } from '../told-document.ts'
import { invoiceFacts } from './invoice.ts'
import { type Here, invoiceHere, isBooked, isRefusedWhole, type Known } from './known.ts'

/** Whether the invoice over several loads that the branch is a part of is in the books. */
export function isBookedWhole(scope: Here): boolean {
  return isBooked(invoiceHere(scope) ?? { said: [] })
}

/** Whether the invoice over several loads is paid for another word of the carrier about the load than the one that was settled last. */
export function isDecidedOtherwise(scope: Here): boolean {
  const approved = invoiceHere(scope)?.part?.approved
  return approved !== undefined && approved !== scope.choice('revision')
}

/**
 * What is decided of the branch, with the revision that it is decided for where it is a part: what is said of that once is never decided
 * otherwise, however often the carrier goes back to it.
 */
export function decided(scope: Here, decision: Data): Data {
  const { isPart, part } = invoiceHere(scope) ?? {}
  if (isPart !== true || part === undefined) return decision
  const { revision } = part
  const own = { ...decision, revision, isPart }
  return { ...own, decided: { ...record(scope.chosen['decided']), [revision]: own } }
}

/** What was decided for a revision of the load. Undefined: nothing yet. */
function decisionFor(scope: Here, revision: string | undefined): Data | undefined {
  const all = record(scope.chosen['decided'])
  return revision === undefined || all[revision] === undefined ? undefined : record(all[revision])
}

/** Whether the carrier asks for something else for the load than was settled, or asks again for what was refused as a whole. */
function isToldAnew(scope: Here): boolean {
  const one = invoiceHere(scope)
  if (one?.isPart !== true || one.part === undefined || isRefusedWhole(one) || isBookedWhole(scope)) return false
  const { revision, refusals, approved } = one.part
  if (approved !== undefined) return false
  const settled = scope.choice('revision')
  // What was settled before revisions were kept, or was refused as a whole, is of the invoice before the last refusal.
  return settled === '' ? refusals > 0 : settled !== revision
}

/** Whether it was settled as a part, and is an invoice over this load alone by now: nothing of it is in the books. */
function isNoPart(scope: Here): boolean {
  return scope.chosen['isPart'] === true && invoiceHere(scope)?.isPart !== true && !isBookedWhole(scope)
}

/** The carrier asks for something else for the load before the invoice is paid: it is settled anew. */
export const toldAnew: Step<Known> = {
  to: 'checking',
  label: 'the carrier asks for something else with the invoice over several loads',
  awaits: invoiceFacts,
  when: (scope) => isToldAnew(scope) || isNoPart(scope),
  choose: () => ({ isAgain: true }),
}

/** What was said of this word of the carrier before stands. */
export const settledBefore: readonly Step<Known>[] = [
  {
    to: 'posting',
    label: 'the carrier asks for what was settled before',
    awaits: [],
    when: (scope) => decisionHere(scope)?.['pay'] !== undefined,
    choose: (scope) => ({ ...decisionHere(scope) }),
  },
  {
    to: 'rejected',
    label: 'the carrier asks for what was not paid before',
    awaits: [],
    when: (scope) => decisionHere(scope) !== undefined,
    choose: (scope) => ({ ...decisionHere(scope) }),
  },
]

function decisionHere(scope: Here): Data | undefined {
  const { isPart, part } = invoiceHere(scope) ?? {}
  return isPart === true ? decisionFor(scope, part?.revision) : undefined
}

/** The invoice was paid as it stood before the carrier told it anew: it crossed with the decision. */
export const bookedBefore: readonly Step<Known>[] = [
  {
    to: 'posting',
    label: 'the invoice over several loads is paid as it was before',
    awaits: invoiceFacts,
    when: (scope) => isCrossed(scope) && crossed(scope)?.['pay'] !== undefined,
    choose: (scope) => ({ ...crossed(scope) }),
  },
  {
    to: 'rejected',
    label: 'the invoice over several loads is paid without this load',
    awaits: invoiceFacts,
    when: (scope) => isCrossed(scope) && crossed(scope) !== undefined,
    choose: (scope) => ({ ...crossed(scope) }),
  },
]

function isCrossed(scope: Here): boolean {
  return invoiceHere(scope)?.isPart === true && isBookedWhole(scope) && isDecidedOtherwise(scope)
}

function crossed(scope: Here): Data | undefined {
  return decisionFor(scope, invoiceHere(scope)?.part?.approved)
}
