import type { TaskDefinition } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { lineHere, reservedHere } from './backorder.ts'
import { deliveryHere, isPicked } from './delivery-track.ts'
import type { Known } from './known.ts'

const about = ({ known }: Scope<Known>): readonly string[] => (known.order === '' ? [] : [known.order])
const looked = (consequence: string) => ({ name: 'wait', label: 'Go on waiting', consequence })

/** What only people can decide about an order. */
export const tasks: Readonly<Record<string, TaskDefinition<Known>>> = {
  'change-late': {
    about: 'An order was changed when a warehouse works on it already.',
    role: 'order-desk',
    when: (scope) =>
      scope.state() === 'asking_about_change' || scope.missed('cancel-late') || stopped(scope) || isInHand(scope),
    question: ({ known }) => `Order ${known.number} was changed, and its warehouse works on it. What shall be shipped?`,
    evidence: ({ known }) => ({ lines: known.lines, deliveries: known.deliveries }),
    objects: about,
    decisions: [
      {
        name: 'ship_as_it_was',
        label: 'Ship it as it was',
        consequence: 'The change comes too late for this delivery.',
      },
      {
        name: 'withdraw',
        label: 'Withdraw it',
        consequence: 'The warehouse is told to stop; what it has picked goes back.',
      },
      looked('It is asked again after the same time, unless the warehouse is faster.'),
    ],
  },
  'hold-late': {
    about: 'An order was put on hold when a warehouse works on it already, or does not stop.',
    role: 'order-desk',
    when: (scope) => scope.state() === 'asking_about_hold' || scope.missed('cancel-late') || stopped(scope),
    question: ({ known }) => `Order ${known.number} is on hold, and its warehouse works on it. What shall happen?`,
    evidence: ({ known }) => ({ deliveries: known.deliveries }),
    objects: about,
    decisions: [
      {
        name: 'withdraw',
        label: 'Withdraw it',
        consequence: 'The warehouse is told to stop; it ships when the hold is over.',
      },
      { name: 'ship_anyway', label: 'Ship it', consequence: 'The hold does not stop this delivery.', fourEyes: true },
      looked('It is asked again after the same time, unless the warehouse is faster.'),
    ],
  },
  'fix-order-data': {
    about: 'Something is wrong with what was ordered.',
    role: 'order-desk',
    question: ({ known }) => `Order ${known.number} cannot be shipped as it is: ${known.problems.join(' ')}`,
    evidence: ({ known }) => ({ problems: known.problems, references: known.references }),
    objects: about,
    due: (scope) => scope.afterBusiness(scope.since, 240, { policy: 'dataFixMinutes', whose: 'order-desk' }),
    decisions: [
      {
        name: 'corrected',
        label: 'It is corrected',
        consequence: 'It is checked again when the corrected order comes.',
      },
      { name: 'reject', label: 'Reject it', consequence: 'Whoever ordered is told that it will not be shipped.' },
      looked('It is asked again after the same time.'),
    ],
  },
  'held-too-long': {
    about: 'An order is held for longer than usual.',
    role: 'order-desk',
    when: (scope) => scope.missed('hold-escalation'),
    question: ({ known }) => `Order ${known.number} is on hold. Can it be released?`,
    objects: about,
    decisions: [looked('It is asked again after the same time.')],
  },
  'late-fulfilment': {
    about: 'A delivery should have left by now.',
    role: 'order-desk',
    when: (scope) => scope.missed('fulfil-slip') && scope.choice('dealtWith') !== (deliveryHere(scope)?.shipBy ?? ''),
    question: (scope) =>
      `Delivery ${scope.branchKey} of order ${scope.known.number} should have left by ${deliveryHere(scope)?.shipBy ?? ''}.`,
    evidence: (scope) => ({ delivery: deliveryHere(scope) }),
    objects: (scope) => [deliveryHere(scope)?.subject ?? scope.known.order],
    decisions: [
      { name: 'new_promise', label: 'Promise another time', consequence: 'Whoever ordered has to be told.' },
      { name: 'expedite', label: 'Hurry', consequence: 'The warehouse has been asked to hurry.' },
      { name: 'other_node', label: 'Ship it from elsewhere', consequence: 'The delivery has to be withdrawn by hand.' },
    ],
  },
  'no-delivery': {
    about: 'Stock is held and no delivery has come.',
    role: 'order-desk',
    when: (scope) => scope.missed('delivery-missing'),
    question: ({ known }) => `Order ${known.number} may be shipped, and nobody has made a delivery of it.`,
    objects: about,
    decisions: [looked('It is asked again after the same time.')],
  },
  'old-backorder': {
    about: 'A line has waited for stock for long.',
    role: 'order-desk',
    when: (scope) => scope.missed('max-age') || scope.state() === 'asking_again',
    question: (scope) =>
      `Line ${scope.branchKey} of order ${scope.known.number} waits for ${reservedHere(scope)?.missing ?? ''} of ${lineHere(scope)?.sku ?? ''}.`,
    evidence: (scope) => ({ line: lineHere(scope), stock: reservedHere(scope) }),
    objects: about,
    decisions: [
      { name: 'keep', label: 'Keep it waiting', consequence: 'It keeps its place in the queue, and is asked again.' },
      {
        name: 'cancel_remainder',
        label: 'Cancel the rest',
        consequence: 'Its place in the queue is given back.',
        fourEyes: true,
      },
    ],
  },
  'order-not-closing': {
    about: 'An order has left, and nobody says that it has arrived.',
    role: 'order-desk',
    when: (scope) => scope.missed('late-close'),
    question: ({ known }) => `Order ${known.number} has left long ago and is not closed. What is missing?`,
    objects: about,
    decisions: [looked('It is asked again after the same time.')],
  },
  'stock-silent': {
    about: 'Stock has not answered for a line.',
    role: 'master-data',
    when: (scope) => scope.missed('allocation'),
    question: ({ known }) => `Nothing is known of stock for order ${known.number}: are its items known?`,
    evidence: ({ known }) => ({ lines: known.lines, reservations: known.reservations }),
    objects: about,
    decisions: [looked('Stock is asked again.')],
  },
  'stop-or-ship': {
    about: 'An order is called off, and its warehouse works on it, or does not stop.',
    role: 'order-desk',
    when: (scope) => scope.missed('cancel-late') || stopped(scope) || isInHand(scope),
    question: ({ known }) =>
      `Order ${known.number} is called off, and the warehouse has it and has not withdrawn it. What shall happen?`,
    evidence: ({ known }) => ({ deliveries: known.deliveries }),
    objects: about,
    decisions: [
      { name: 'ship_anyway', label: 'Ship it', consequence: 'The cancellation is given up.', fourEyes: true },
      { name: 'withdrawn', label: 'It is withdrawn', consequence: 'The order is cancelled.' },
      looked('It is asked again after the same time.'),
    ],
  },
  'wms-silent': {
    about: 'A warehouse has not said that it has the order.',
    role: 'warehouse',
    when: (scope) => scope.missed('ack'),
    question: (scope) => `Does the warehouse have delivery ${scope.branchKey}? It has not said so.`,
    objects: (scope) => [deliveryHere(scope)?.subject ?? scope.known.order],
    decisions: [looked('It has it, or will get it by hand.')],
  },
}

/** The warehouse refuses, or nobody knows. */
function stopped(scope: Scope<Known>): boolean {
  return ['refused', 'parked'].includes(scope.outcome('cancel-delivery') ?? '')
}

/** A warehouse has goods of it in its hands. */
function isInHand({ known }: Scope<Known>): boolean {
  return Object.values(known.deliveries).some(isPicked)
}
