import { compare, isZero, subtract } from '../../base/decimal.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import {
  adjustments,
  agreedHere,
  faults,
  foundLoad,
  isAdjustment,
  isAwaited,
  isDecided,
  isPayable,
  isProven,
  matchHere,
  paying,
} from './comparison.ts'
import { endStates, refusing } from './end-states.ts'
import { invoiceFacts } from './invoice.ts'
import { type Here, invoiceHere, isAgreedNote, isRefusedWhole, type Known, resolutionHere } from './known.ts'
import { askedHere, correctionOf, duplicateOf } from './other-invoices.ts'
import { bookedBefore, decided, settledBefore, toldAnew } from './part.ts'
import { accruedFor } from './put-aside.ts'

const accrualFacts = ['delivery.changed', 'delivery.goods_issued', 'delivery.staged'] as const
const orderFacts = ['freight_accrual.estimated', 'shipment.cancelled', 'shipment.carrier_reassigned'] as const
const proofFacts = ['shipment.delivered', 'shipment.load_linked', 'shipment.pod_received'] as const

const withdrawn: Step<Known> = {
  to: 'cancelled',
  label: 'the carrier took it back',
  awaits: ['freight_invoice.cancelled'],
  when: (scope) => invoiceHere(scope)?.said.includes('cancelled') === true,
}
const refused: Step<Known> = {
  to: 'rejected',
  label: 'the invoice over several loads is not paid',
  awaits: invoiceFacts,
  when: (scope) => isRefusedWhole(invoiceHere(scope)),
}
const moved: Step<Known> = {
  to: 'moved',
  label: 'the carrier names another load',
  awaits: invoiceFacts,
  when: (scope) => invoiceHere(scope)?.movedTo !== undefined,
}
const corrected: Step<Known> = {
  to: 'superseded',
  label: 'the carrier corrects it',
  awaits: invoiceFacts,
  when: (scope) => correctionOf(scope) !== undefined,
  choose: (scope) => decided(scope, {}),
}
const wrong: Step<Known> = {
  to: 'rejecting',
  label: 'it is wrong in itself',
  awaits: invoiceFacts,
  when: (scope) => faults(scope).length > 0,
  choose: (scope) => refusing(scope, faults(scope)),
}

const paysAll: Step<Known>['choose'] = (scope) => paying(scope, askedHere(scope))
const paysUnseen: Step<Known>['choose'] = (scope) => paying(scope, askedHere(scope), { isAutomatic: true })

const disputedBefore = 'disputed: it was disputed under this number before, and nothing of it is paid'

/** There is one dispute about an invoice, or a load of it. */
function wasDisputed(scope: Here): boolean {
  return scope.chosen['wasDisputed'] === true || resolutionHere(scope) !== undefined
}

/** Where an invoice of a carrier can be. */
export const states: Readonly<Record<string, StateDefinition<Known>>> = {
  checking: {
    about: 'The invoice is looked at by itself: do its charges add up, and was it sent before?',
    says: ['again'],
    timers: ['approval'],
    next: [
      withdrawn,
      moved,
      ...settledBefore,
      wrong,
      {
        to: 'duplicate',
        label: 'it was sent before',
        awaits: [],
        when: (scope) => duplicateOf(scope) !== undefined,
        choose: (scope) => decided(scope, { of: duplicateOf(scope)?.number }),
      },
      { to: 'matching', label: 'it may be compared', awaits: [], when: () => true },
    ],
  },
  matching: {
    about: 'What was put aside for the load is looked for; an invoice may come before the goods have left.',
    says: ['unmatched'],
    timers: ['unmatched'],
    tasks: ['match-invoice'],
    next: [
      ...bookedBefore,
      withdrawn,
      refused,
      moved,
      wrong,
      corrected,
      {
        to: 'naming',
        label: 'the load turns out to be a delivery of another number',
        awaits: [...accrualFacts, ...proofFacts, 'timer unmatched'],
        when: (scope) => foundLoad(scope) !== undefined,
        choose: (scope) => ({ load: foundLoad(scope) ?? '' }),
      },
      {
        to: 'proving',
        label: 'it is found, or it changes one that was',
        awaits: accrualFacts,
        when: (scope) => accruedFor(scope).length > 0 || isAdjustment(scope),
      },
      {
        to: 'proving',
        label: 'a person knows the load',
        awaits: ['task match-invoice'],
        when: (scope) => scope.decided('match-invoice', 'accept'),
        choose: () => ({ isAccepted: true }),
      },
      {
        to: 'rejecting',
        label: 'nobody knows the load',
        awaits: ['task match-invoice'],
        when: (scope) => scope.decided('match-invoice', 'reject'),
        choose: (scope) => refusing(scope, ['unmatched: no load is known for it']),
      },
    ],
  },
  naming: {
    about: 'The load is known by the number of a delivery: the invoice is settled under that one.',
    says: ['load-found'],
    timers: ['unmatched'],
    next: [
      withdrawn,
      moved,
      corrected,
      {
        to: 'matching',
        label: 'it is not settled there',
        awaits: ['timer unmatched'],
        when: (scope) => scope.missed('unmatched'),
        choose: () => ({ isNotThere: true }),
      },
    ],
  },
  proving: {
    about: 'What shows that the transport happened is awaited, as the policy wants.',
    timers: ['proof-wait'],
    tasks: ['no-proof'],
    next: [
      ...bookedBefore,
      withdrawn,
      refused,
      moved,
      wrong,
      corrected,
      {
        to: 'comparing',
        label: 'it happened, and what was put aside is in the books',
        awaits: [...proofFacts, ...accrualFacts, ...orderFacts],
        when: (scope) => isProven(scope) && !isAwaited(scope),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'comparing',
        label: 'a person pays without',
        awaits: ['task no-proof'],
        when: (scope) => scope.decided('no-proof', 'pay'),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'rejecting',
        label: 'there was a dispute about it before: the carrier is told that it is not paid',
        awaits: ['task no-proof'],
        when: (scope) => scope.decided('no-proof', 'dispute') && wasDisputed(scope),
        choose: (scope) => refusing(scope, [disputedBefore]),
      },
      {
        to: 'disputing',
        label: 'it was not delivered',
        awaits: ['task no-proof'],
        when: (scope) => scope.decided('no-proof', 'dispute'),
        choose: () => ({ reason: 'not_delivered', amount: '0', wasDisputed: true }),
      },
      {
        to: 'proving',
        label: 'a person goes on waiting',
        awaits: ['task no-proof'],
        when: (scope) => scope.decided('no-proof', 'hold'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  comparing: {
    about: 'Contract, accrual and invoice are compared charge by charge, then in total.',
    timers: ['approval'],
    next: [
      {
        to: 'posting',
        label: 'it is close enough, or less than was put aside',
        awaits: [],
        when: (scope) => isPayable(scope),
        choose: paysUnseen,
      },
      {
        to: 'variance',
        label: 'it is too much, or in other money',
        awaits: [],
        when: () => true,
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  variance: {
    about: 'The carrier asks for more than was put aside, or nobody can tell: freight audit decides.',
    says: ['variance'],
    timers: ['approval'],
    tasks: ['variance'],
    next: [
      ...bookedBefore,
      withdrawn,
      refused,
      moved,
      wrong,
      corrected,
      {
        to: 'posting',
        label: 'it is approved as it is',
        awaits: ['task variance'],
        when: (scope) => scope.decided('variance', 'approve'),
        choose: paysAll,
      },
      {
        to: 'variance',
        label: 'what was put aside is other money: nobody can say how much of this it is',
        awaits: ['task variance'],
        when: (scope) => scope.decided('variance', 'short_pay') && matchHere(scope).outcome === 'currency_mismatch',
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'posting',
        label: 'only what was put aside is paid',
        awaits: ['task variance'],
        when: (scope) => scope.decided('variance', 'short_pay'),
        choose: (scope) => paying(scope, agreedHere(scope), { isShort: true }),
      },
      {
        to: 'rejecting',
        label: 'there was a dispute about it before: the carrier is told that it is not paid',
        awaits: ['task variance'],
        when: (scope) => scope.decided('variance', 'dispute') && wasDisputed(scope),
        choose: (scope) => refusing(scope, [disputedBefore]),
      },
      {
        to: 'disputing',
        label: 'the carrier is told',
        awaits: ['task variance'],
        when: (scope) => scope.decided('variance', 'dispute'),
        choose: (scope) => ({
          reason: matchHere(scope).outcome,
          amount: subtract(askedHere(scope), agreedHere(scope)),
          wasDisputed: true,
        }),
      },
      {
        to: 'posting',
        label: 'it is the credit note by which a dispute ended',
        awaits: ['freight_invoice.dispute_resolved'],
        when: isAgreedNote,
        choose: paysUnseen,
      },
      {
        to: 'posting',
        label: 'it fits by now: more was put aside, it was told anew, or another invoice is not paid',
        awaits: [...accrualFacts, ...orderFacts, ...invoiceFacts, 'branch invoice'],
        when: (scope) => isPayable(scope),
        choose: paysUnseen,
      },
    ],
  },
  objecting: {
    about: 'An objection that version 2 of this process has sent: from now on a process of its own follows it.',
    timers: ['dispute-open'],
    next: [
      { to: 'disputing', label: 'it is written down', awaits: [], when: () => true, choose: ({ chosen }) => chosen },
    ],
  },
  disputing: {
    about:
      'It is written down what is in doubt. The process freight-dispute sends it to the carrier and says how it ends.',
    says: ['dispute'],
    timers: ['dispute-open'],
    next: [
      ...bookedBefore,
      withdrawn,
      refused,
      corrected,
      {
        to: 'rejecting',
        label: 'nothing is paid',
        awaits: ['freight_invoice.dispute_resolved'],
        when: (scope) => isZero(resolutionHere(scope)?.pay ?? '1') && resolutionHere(scope)?.isReplaced !== true,
        choose: (scope) => refusing(scope, ['disputed: nothing of it is paid']),
      },
      {
        to: 'posting',
        label: 'what is paid is agreed on',
        awaits: ['freight_invoice.dispute_resolved'],
        when: (scope) => resolutionHere(scope) !== undefined && resolutionHere(scope)?.isReplaced !== true,
        choose: (scope) => {
          const pay = resolutionHere(scope)?.pay ?? '0'
          const isShort = compare(pay, askedHere(scope)) < 0
          return paying(scope, pay, { isDisputed: true, ...(isShort ? { isShort } : {}) })
        },
      },
      {
        to: 'disputing',
        label: 'it is still open',
        awaits: ['timer dispute-open'],
        when: (scope) => scope.missed('dispute-open'),
        choose: ({ chosen, since }) => ({ openedAt: since, ...chosen }),
      },
    ],
  },
  posting: {
    about: 'The accrual becomes what is paid, and the ERP books the invoice, once per number of the carrier.',
    says: ['approved', 'part-settled'],
    effects: ['adjust-accrual', 'post-invoice'],
    timers: ['post-confirm'],
    cancel: { refused: 'already_approved' },
    next: [
      ...bookedBefore,
      toldAnew,
      {
        to: 'posted',
        label: 'it is booked',
        awaits: ['effect post-invoice', 'effect adjust-accrual', 'freight_invoice.posted'],
        when: (scope) =>
          isDecided(scope) &&
          (adjustments(scope).length === 0 || scope.asked('adjust-accrual').length > 0) &&
          scope.done('post-invoice') &&
          scope.done('adjust-accrual'),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'posting',
        label: 'the invoice over several loads is not decided yet',
        awaits: ['timer post-confirm'],
        when: (scope) => !isDecided(scope) && scope.missed('post-confirm'),
        choose: ({ chosen }) => chosen,
      },
      refused,
    ],
  },
  ...endStates,
}
