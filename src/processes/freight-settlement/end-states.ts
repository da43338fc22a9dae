import { shortHash } from '../../base/sha256.ts'
import type { StateDefinition } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import { invoiceFacts } from './invoice.ts'
import { type Here, invoiceHere, type Known, resolutionHere } from './known.ts'
import { correctionOf, duplicateOf } from './other-invoices.ts'
import { bookedBefore, decided, toldAnew } from './part.ts'

/** Where an invoice ends, and what makes it be looked at again. */
export const endStates: Readonly<Record<string, StateDefinition<Known>>> = {
  rejecting: {
    about: 'The carrier is told why it is not paid (824, APERAK).',
    says: ['rejected', 'part-settled'],
    effects: ['send-application-advice'],
    timers: ['post-confirm'],
    next: [
      {
        to: 'rejected',
        label: 'he knows',
        awaits: ['effect send-application-advice'],
        when: (scope) => scope.done('send-application-advice'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  posted: { about: 'It is in the books and will be paid.', says: ['posted'], final: true },
  rejected: {
    about: 'It is not paid.',
    final: true,
    next: [
      ...bookedBefore,
      toldAnew,
      {
        to: 'checking',
        label: 'the carrier asks for something else under the same number',
        awaits: [...invoiceFacts, 'effect send-application-advice'],
        when: (scope) => scope.choice('of') !== '' && scope.choice('of') !== contentHere(scope) && mayBeAsked(scope),
        choose: () => ({ isAgain: true }),
      },
    ],
  },
  duplicate: {
    about: 'It was sent before: kept, linked, and never paid.',
    says: ['duplicate', 'part-settled'],
    final: true,
    next: [
      ...bookedBefore,
      toldAnew,
      {
        to: 'checking',
        label: 'the other one is not paid',
        awaits: [...invoiceFacts, 'branch invoice'],
        when: (scope) => duplicateOf(scope) === undefined && mayReturn(scope),
        choose: () => ({ isAgain: true }),
      },
    ],
  },
  moved: {
    about: 'The carrier names another load: it is settled there.',
    final: true,
    next: [
      {
        to: 'checking',
        label: 'he names this load again',
        awaits: ['freight_invoice.changed'],
        when: (scope) => invoiceHere(scope)?.movedTo === undefined,
      },
    ],
  },
  superseded: {
    about: 'A corrected invoice of the carrier takes its place.',
    says: ['part-settled'],
    final: true,
    next: [
      ...bookedBefore,
      toldAnew,
      {
        to: 'checking',
        label: 'the carrier took the corrected one back',
        awaits: ['freight_invoice.cancelled', 'freight_invoice.changed'],
        when: (scope) => correctionOf(scope) === undefined && mayReturn(scope),
      },
    ],
  },
  cancelled: { about: 'The carrier took it back.', final: true },
}

/** What is wrong with it, and what it said then: another word of the carrier is looked at again. */
export function refusing(scope: Here, why: readonly string[]): Data {
  const n = scope.asked('send-application-advice').length + 1
  return decided(scope, { faults: why, of: contentHere(scope), n })
}

/** The name of what an invoice over one load asks for: the carrier asks for something else under its number when it is another one. */
function contentHere(scope: Here): string {
  const { total, currency, charges, kind, carrier } = invoiceHere(scope) ?? {}
  return shortHash(JSON.stringify([total, currency, charges, kind, carrier]))
}

/** There is one dispute about an invoice: what ended with it does not begin again because another one is not paid. */
function mayReturn(scope: Here): boolean {
  return scope.chosen['wasDisputed'] !== true && resolutionHere(scope) === undefined && mayBeAsked(scope)
}

/** Whether the carrier may ask for it again by itself: a part is looked at with the invoice as a whole, and one that is taken back stays so. */
function mayBeAsked(scope: Here): boolean {
  const { isPart, said = [], movedTo } = invoiceHere(scope) ?? {}
  return isPart !== true && movedTo === undefined && !said.includes('cancelled')
}
