import type { StateDefinition, Step } from '../engine/definition.ts'
import { text } from '../told-document.ts'
import { isTakenBackElsewhere, round, takingBack } from './crediting.ts'
import {
  accepted,
  isAllRefused,
  isDelivered,
  isMadeElsewhere,
  isReleased,
  isSatisfied,
  news,
  notes,
  proofRequired,
} from './gate.ts'
import type { Here, Known } from './known.ts'
import { isSentAgain } from './sending.ts'

const shipmentFacts = [
  'shipment.delivered',
  'shipment.exception_opened',
  'shipment.exception_resolved',
  'shipment.load_linked',
  'shipment.partially_delivered',
  'shipment.pod_received',
  'shipment.status_changed',
] as const
const deliveryFacts = ['delivery.goods_issued', 'delivery.staged', 'delivery.changed'] as const
const differenceFacts = ['delivery.discrepancy_detected', 'delivery.discrepancy_resolved'] as const
/** Types of facts after which the gate looks again whether the invoice may go out. */
export const gateFacts = [...shipmentFacts, ...deliveryFacts, ...differenceFacts] as const
/** Types of facts that say what became of the invoice. */
export const invoiceFacts = [
  'invoice.cancelled',
  'invoice.credited',
  'invoice.disputed',
  'invoice.issued',
  'invoice.sent',
] as const

const reversed: Step<Known> = {
  to: 'unblocking',
  label: 'the goods did not leave after all',
  awaits: ['delivery.goods_issue_reversed', 'delivery.changed', 'delivery.staged'],
  when: ({ known }) => known.delivery?.isReversed === true,
}
const elsewhere: Step<Known> = {
  to: 'documenting',
  label: 'the ERP has made the invoice by itself',
  awaits: invoiceFacts,
  when: isMadeElsewhere,
}
const satisfied: Step<Known> = {
  to: 'evaluating',
  label: 'what the policy wants is there',
  awaits: gateFacts,
  when: isSatisfied,
}

/** Where an invoice can be. */
export const states: Readonly<Record<string, StateDefinition<Known>>> = {
  classifying: {
    about: 'It is decided what the invoice waits for.',
    timers: ['delivery-overdue'],
    next: [
      reversed,
      elsewhere,
      {
        to: 'releasing',
        label: 'nothing has to be proven',
        awaits: gateFacts,
        when: (scope) => proofRequired(scope) === 'none',
      },
      { to: 'awaiting_delivery', label: 'it waits for the delivery', awaits: gateFacts, when: () => true },
    ],
  },
  awaiting_delivery: {
    about: 'The goods are on their way, and the invoice is blocked.',
    says: ['pending'],
    effects: ['block'],
    timers: ['delivery-overdue'],
    tasks: ['delivered-at-all'],
    cancel: 'unblocking',
    next: [
      reversed,
      elsewhere,
      satisfied,
      {
        to: 'awaiting_pod',
        label: 'all packages are delivered',
        awaits: [...gateFacts, 'task delivered-at-all'],
        when: (scope) => isDelivered(scope) || scope.decided('delivered-at-all', 'delivered'),
        choose: (scope) => ({ isSaid: scope.decided('delivered-at-all', 'delivered') }),
      },
      {
        to: 'unblocking',
        label: 'a person says that it is lost',
        awaits: ['task delivered-at-all'],
        when: (scope) => scope.decided('delivered-at-all', 'lost'),
        choose: () => ({ claim: 'carrier', type: 'loss' }),
      },
      {
        to: 'unblocking',
        label: 'a person says that it comes back',
        awaits: ['task delivered-at-all'],
        when: (scope) => scope.decided('delivered-at-all', 'returned'),
        choose: () => ({ claim: 'none' }),
      },
      {
        to: 'awaiting_delivery',
        label: 'a person goes on waiting',
        awaits: ['task delivered-at-all'],
        when: (scope) => scope.answer('delivered-at-all') !== undefined,
        choose: () => ({ isExtended: true }),
      },
    ],
  },
  awaiting_pod: {
    about: 'All packages are delivered, and a proof is missing: the carrier is asked for it each day.',
    timers: ['pod-chase', 'pod-policy'],
    tasks: ['chase-pod', 'waive-pod'],
    cancel: 'unblocking',
    next: [
      reversed,
      elsewhere,
      satisfied,
      {
        to: 'awaiting_delivery',
        label: 'a delivery was taken back',
        awaits: shipmentFacts,
        when: (scope) => scope.chosen['isSaid'] !== true && !isDelivered(scope),
      },
      {
        to: 'evaluating',
        label: 'a person has the proof',
        awaits: ['task chase-pod'],
        when: (scope) => scope.decided('chase-pod', 'uploaded'),
        choose: (scope) => ({ proof: text(scope.answer('chase-pod')?.data?.['document']) ?? 'by hand' }),
      },
      {
        to: 'unblocking',
        label: 'the carrier has lost it',
        awaits: ['task chase-pod'],
        when: (scope) => scope.decided('chase-pod', 'lost'),
        choose: () => ({ claim: 'carrier', type: 'loss' }),
      },
      {
        to: 'releasing',
        label: 'two people release it without a proof',
        awaits: ['task waive-pod'],
        when: (scope) => scope.decided('waive-pod', 'release'),
        choose: (scope) => ({ waivedBy: scope.answer('waive-pod')?.by, reason: scope.answer('waive-pod')?.reason }),
      },
      {
        to: 'releasing',
        label: 'the customer agreed to pay without one after that time',
        awaits: ['timer pod-policy'],
        when: (scope) => scope.policy('lateProof', 'keep_blocked') === 'release' && scope.missed('pod-policy'),
        choose: () => ({ waivedBy: 'policy' }),
      },
      {
        to: 'awaiting_pod',
        label: 'a person goes on waiting',
        awaits: ['task chase-pod', 'task waive-pod'],
        when: (scope) => scope.decided('chase-pod', 'extend') || scope.decided('waive-pod', 'keep'),
        choose: (scope) => ({
          ...scope.chosen,
          isExtended: true,
          until: text(scope.answer('waive-pod')?.data?.['until']),
        }),
      },
    ],
  },
  evaluating: {
    about: 'The proof is read: what was written against the delivery, what the customer accepted.',
    timers: ['delivery-overdue'],
    next: [
      reversed,
      {
        to: 'splitting',
        label: 'something is written against it',
        awaits: gateFacts,
        when: (scope) => proofRequired(scope) !== 'delivered_event' && notes(scope).length > 0,
      },
      { to: 'releasing', label: 'it is clean', awaits: gateFacts, when: () => true, choose: ({ chosen }) => chosen },
    ],
  },
  splitting: {
    about:
      'The customer did not accept all of it as it was shipped: finance decides what is billed and who pays for the rest.',
    says: ['unclean'],
    tasks: ['unclean-pod'],
    cancel: 'unblocking',
    next: [
      reversed,
      elsewhere,
      {
        to: 'unblocking',
        label: 'nothing is billed',
        awaits: ['task unclean-pod'],
        when: (scope) =>
          scope.decided('unclean-pod', 'bill_nothing') ||
          (scope.decided('unclean-pod', 'bill_accepted') && isAllRefused(scope)),
        choose: claimChosen,
      },
      {
        to: 'releasing',
        label: 'finance decided',
        awaits: ['task unclean-pod'],
        when: (scope) => scope.answer('unclean-pod') !== undefined,
        choose: (scope) => ({
          ...claimChosen(scope),
          ...(scope.decided('unclean-pod', 'bill_accepted')
            ? { lines: accepted(scope), notes: notes(scope) }
            : { notes: notes(scope) }),
        }),
      },
      {
        to: 'evaluating',
        label: 'nothing is written against it any more',
        awaits: gateFacts,
        when: (scope) => notes(scope).length === 0,
      },
    ],
  },
  releasing: {
    about: 'The ERP may make the invoice.',
    says: ['claim', 'cleared'],
    effects: ['release'],
    timers: ['invoice-confirm'],
    tasks: ['invoice-not-issued'],
    cancel: { refused: 'already_released' },
    next: [
      { ...elsewhere, choose: kept },
      {
        to: 'documenting',
        label: 'the ERP has it',
        awaits: ['effect release', 'effect release-package', 'branch package', ...gateFacts],
        when: (scope) => isReleased(scope),
        choose: kept,
      },
      {
        to: 'documenting',
        label: 'a person saw the invoice in the ERP',
        awaits: ['task invoice-not-issued'],
        when: (scope) => scope.decided('invoice-not-issued', 'issued'),
        choose: kept,
      },
      {
        to: 'releasing',
        label: 'a person goes on waiting',
        awaits: ['task invoice-not-issued'],
        when: (scope) => scope.answer('invoice-not-issued') !== undefined,
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  documenting: {
    about: 'The invoice goes to the customer, with its proofs.',
    effects: ['send'],
    timers: ['send-confirm'],
    cancel: { refused: 'already_released' },
    next: [
      {
        to: 'sent',
        label: 'the customer has it',
        awaits: ['effect send', 'effect send-package', 'branch package', 'invoice.sent'],
        when: (scope) => scope.ended('package') && (scope.done('send') || scope.known.invoiced.includes('sent')),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'documenting',
        label: 'the invoice of a package is not sent yet',
        awaits: ['timer send-confirm'],
        when: (scope) => scope.missed('send-confirm') && !scope.ended('package'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  sent: {
    about: 'The customer has the invoice. What comes now is for a person, never an automatic reversal.',
    final: true,
    next: [
      {
        to: 'credited',
        label: 'the ERP took it back',
        awaits: ['invoice.credited', 'invoice.cancelled', 'invoice.issued', 'invoice.sent'],
        when: isTakenBackElsewhere,
      },
      {
        to: 'under_review',
        label: 'something was taken back or written against it since',
        awaits: [...gateFacts, 'delivery.goods_issue_reversed', ...invoiceFacts],
        when: (scope) => news(scope) !== scope.choice('seen'),
        choose: (scope) => ({ ...scope.chosen, seen: news(scope) }),
      },
    ],
  },
  under_review: {
    about: 'After the invoice something was taken back, disputed or written against the delivery.',
    tasks: ['credit-review'],
    cancel: { refused: 'already_released' },
    next: [
      {
        to: 'sent',
        label: 'it stays',
        awaits: ['task credit-review'],
        when: (scope) => scope.decided('credit-review', 'leave'),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'crediting',
        label: 'it is taken back',
        awaits: ['task credit-review'],
        when: (scope) => scope.answer('credit-review') !== undefined,
        choose: (scope) => ({
          ...scope.chosen,
          decision: scope.answer('credit-review')?.decision,
          round: round(scope) + 1,
          ...takingBack(scope),
        }),
      },
      {
        to: 'credited',
        label: 'the ERP took it back',
        awaits: ['invoice.credited', 'invoice.cancelled'],
        when: isTakenBackElsewhere,
      },
      {
        to: 'sent',
        label: 'it is as it was',
        awaits: [...gateFacts, ...invoiceFacts],
        when: (scope) => news(scope) === '',
        choose: (scope) => ({ ...scope.chosen, seen: '' }),
      },
    ],
  },
  crediting: {
    about: 'The ERP credits the invoice, and makes and sends another one where that was decided.',
    effects: ['credit', 'release-again', 'send-again'],
    timers: ['invoice-confirm'],
    next: [
      {
        to: 'sent',
        label: 'it is credited and made anew',
        awaits: ['effect credit', 'effect release-again', 'effect send-again'],
        when: (scope) => scope.choice('decision') === 'reinvoice' && scope.done('credit') && isSentAgain(scope),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'credited',
        label: 'it is credited',
        awaits: ['effect credit'],
        when: (scope) => scope.choice('decision') !== 'reinvoice' && scope.done('credit'),
      },
    ],
  },
  unblocking: {
    about: 'There will be no invoice: the block in the ERP is taken away.',
    says: ['claim'],
    effects: ['unblock'],
    timers: ['send-confirm'],
    next: [
      {
        to: 'cancelled',
        label: 'the ERP knows',
        awaits: ['effect unblock'],
        when: (scope) => scope.done('unblock'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  credited: { about: 'The customer has the money back, or nothing was paid.', final: true },
  cancelled: {
    about: 'Nothing is billed. Goods that leave after all begin anew.',
    final: true,
    next: [
      {
        to: 'classifying',
        label: 'the goods left after all',
        awaits: deliveryFacts,
        when: (scope) =>
          scope.cancelled === undefined &&
          scope.choice('claim') === '' &&
          scope.choice('billed') === '' &&
          scope.known.delivery?.isReversed === false,
      },
    ],
  },
}

/** What was known when the invoice was released is no news afterwards. */
function kept(scope: Here) {
  return { ...scope.chosen, seen: news(scope) }
}

function claimChosen(scope: Here) {
  const claim = text(scope.answer('unclean-pod')?.data?.['claim']) ?? 'none'
  return { claim: claim === 'none' ? 'none' : claim, type: 'damage', billed: scope.answer('unclean-pod')?.decision }
}
