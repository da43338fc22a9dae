import type { DecisionField } from '../../model/task/field.ts'
import { usualDay } from '../engine/calendar.ts'
import type { TaskDefinition } from '../engine/definition.ts'
import { askedAgain, wait } from '../engine/task.ts'
import { attachedGoods } from './attached-states.ts'
import { discrepancies } from './counted.ts'
import { receiptHere } from './dock-decision.ts'
import { decidedParts, stillHeld } from './held.ts'
import { allReceipts, type Document, type Here, type Known } from './known.ts'
import { noticeHere } from './notice-states.ts'
import { differing } from './order-states.ts'

const order = ({ known }: Here): readonly string[] => (known.order === undefined ? [] : [known.order.id])
const both = (scope: Here, other: Document | undefined): readonly string[] => [
  ...order(scope),
  ...(other === undefined ? [] : [other.id]),
]

/** Which of the goods that are held are meant: nothing said is all of them. */
const ofHeld: readonly DecisionField[] = [
  { name: 'line', label: 'Only this line of the receipt', kind: 'text', isOptional: true },
  { name: 'lot', label: 'Only this lot', kind: 'text', isOptional: true },
  { name: 'quantity', label: 'Only this much of it, in its unit', kind: 'amount', isOptional: true },
]

/** What only people can decide about an order and its goods. */
export const tasks: Readonly<Record<string, TaskDefinition<Known>>> = {
  'ack-differs': {
    about: 'The supplier’s answer is not what was ordered.',
    role: 'procurement',
    question: (scope) => `The supplier answers order ${scope.key} otherwise than it was placed. Accept it?`,
    evidence: (scope) => ({
      ordered: scope.known.order?.lines ?? [],
      answered: differing(scope) ?? scope.known.answers[scope.choice('answer')] ?? {},
    }),
    objects: order,
    due: (scope) => scope.after(scope.since, 48 * 60, 'ackDecisionMinutes'),
    decisions: [
      { name: 'accept', label: 'Accept', consequence: 'The order in the ERP becomes what the supplier says.' },
      { name: 'refuse', label: 'Refuse', consequence: 'The supplier is told to answer anew.' },
      {
        name: 'cancel_line',
        label: 'Cancel the lines',
        consequence: 'Lines that differ are taken out of the order.',
        reasonRequired: true,
      },
    ],
  },
  counted: {
    about: 'A receipt was opened and never finished.',
    role: 'receiving',
    when: (scope) => scope.missed('counted'),
    question: ({ branchKey }) => `Receipt ${branchKey} was begun and is not finished. Is it still being counted?`,
    objects: (scope) => both(scope, receiptHere(scope)),
    decisions: [
      wait,
      { name: 'drop', label: 'It is no receipt', consequence: 'Nothing of it is posted.', reasonRequired: true },
    ],
  },
  'counted-anew': {
    about: 'A receipt is booked, and its warehouse counts other quantities by now.',
    role: 'receiving',
    question: ({ branchKey }) =>
      `Receipt ${branchKey} is booked, and its warehouse says by now that other quantities came. What is booked?`,
    evidence: (scope) => ({ booked: scope.chosen['counted'] ?? [], counted: receiptHere(scope)?.lines ?? [] }),
    objects: (scope) => both(scope, receiptHere(scope)),
    due: (scope) => scope.afterBusiness(scope.since, usualDay, { policy: 'discrepancyMinutes', whose: 'receiving' }),
    escalateTo: 'procurement',
    decisions: [
      {
        name: 'corrected',
        label: 'It is corrected',
        consequence: 'The difference was booked by hand. What was counted last counts for the order.',
        reasonRequired: true,
      },
      {
        name: 'leave',
        label: 'Leave it',
        consequence: 'The books stay as they are. What was counted last counts for the order.',
        reasonRequired: true,
      },
    ],
  },
  'dock-to-stock': {
    about: 'Goods arrived and are not counted.',
    role: 'receiving',
    when: (scope) => scope.missed('dock-to-stock'),
    question: ({ branchKey }) => `The goods of notice ${branchKey} are at the dock and nobody has counted them. Why?`,
    objects: (scope) => both(scope, noticeHere(scope)),
    escalateTo: 'procurement',
    due: (scope) => scope.after(scope.since, 48 * 60, 'dockEscalationMinutes'),
    decisions: [
      wait,
      {
        name: 'nothing_came',
        label: 'Nothing came',
        consequence: 'The notice is closed without a receipt.',
        reasonRequired: true,
      },
    ],
  },
  'late-supplier': {
    about: 'The goods are late.',
    role: 'procurement',
    when: (scope) => scope.missed('po-overdue') || scope.missed('follow-up'),
    question: ({ key }) => `Order ${key} is late: not all of it has come. What is to be done?`,
    evidence: ({ known }) => ({
      ordered: known.order?.lines ?? [],
      notices: Object.keys(known.notices),
      receipts: allReceipts(known).map(({ number }) => number),
    }),
    objects: order,
    decisions: [
      {
        name: 'new_date',
        label: 'Agree another date',
        consequence: 'It is awaited until that day.',
        fields: [{ name: 'due', label: 'When it will come', kind: 'day' }],
      },
      {
        name: 'expedite',
        label: 'Expedite',
        consequence: askedAgain,
      },
      {
        name: 'cancel_remainder',
        label: 'Cancel the remainder',
        consequence: 'ERP and supplier are told that the rest is not wanted.',
        reasonRequired: true,
      },
    ],
  },
  'no-dock': {
    about: 'No time at the dock was confirmed.',
    role: 'receiving',
    when: (scope) => scope.missed('appointment'),
    question: ({ branchKey }) => `No dock is booked for the goods of notice ${branchKey}. When may they come?`,
    objects: (scope) => both(scope, noticeHere(scope)),
    decisions: [
      { name: 'seen', label: 'They may come without', consequence: 'The goods are awaited without an appointment.' },
    ],
  },
  'not-arrived': {
    about: 'Announced goods did not come.',
    role: 'receiving',
    when: (scope) => scope.missed('arrival'),
    question: ({ branchKey }) => `The goods of notice ${branchKey} should be here. Where are they?`,
    objects: (scope) => both(scope, noticeHere(scope)),
    escalateTo: 'procurement',
    due: (scope) => scope.after(scope.since, 10 * 24 * 60, 'arrivalEscalationMinutes'),
    decisions: [
      wait,
      {
        name: 'give_up',
        label: 'They do not come',
        consequence: 'The dock is given back and the notice closed.',
        reasonRequired: true,
      },
    ],
  },
  'po-unacknowledged': {
    about: 'The supplier does not answer an order.',
    role: 'procurement',
    when: (scope) => scope.missed('po-unacknowledged'),
    question: ({ key }) => `The supplier has not answered order ${key}. Call him: will he send it?`,
    objects: order,
    decisions: [
      { name: 'confirmed', label: 'He will', consequence: 'The goods are awaited.' },
      { name: 'cancel', label: 'Cancel the order', consequence: 'ERP and supplier are told.', reasonRequired: true },
    ],
  },
  'putaway-late': {
    about: 'Goods are booked and nobody put them away.',
    role: 'receiving',
    when: (scope) => scope.missed('dock-to-stock'),
    question: ({ branchKey }) => `The goods of receipt ${branchKey} are not in their bins. Where are they?`,
    objects: (scope) => both(scope, receiptHere(scope)),
    decisions: [wait, { name: 'put_away', label: 'They are in their place', consequence: 'The receipt is done.' }],
  },
  'quality-decision': {
    about: 'Goods are held until quality decides.',
    role: 'quality',
    question: ({ branchKey, chosen }) =>
      chosen['unclear'] === true
        ? `That is more of receipt ${branchKey} than is held, or of several lines at once. Which line, and how much of it?`
        : `Goods of receipt ${branchKey} are held. May they be used?`,
    evidence: (scope) => ({ held: stillHeld(scope), decided: decidedParts(scope) }),
    objects: (scope) => both(scope, receiptHere(scope)),
    due: (scope) => scope.afterBusiness(scope.since, 2 * usualDay, { policy: 'qualityMinutes', whose: 'quality' }),
    escalateTo: 'receiving',
    decisions: [
      {
        name: 'release',
        label: 'Release',
        consequence: 'The goods may be used; what is not named stays held.',
        fields: ofHeld,
      },
      {
        name: 'return',
        label: 'Back to the supplier',
        consequence: 'The goods go back and a claim is opened; what is not named stays held.',
        reasonRequired: true,
        fields: ofHeld,
      },
      {
        name: 'scrap',
        label: 'Scrap',
        consequence: 'The goods are destroyed and a claim is opened; what is not named stays held.',
        reasonRequired: true,
        fourEyes: true,
        fields: ofHeld,
      },
    ],
  },
  'receipt-discrepancy': {
    about: 'What came is not what was ordered and announced.',
    role: 'receiving',
    question: ({ branchKey, key }) => `Receipt ${branchKey} does not agree with order ${key}. What is to become of it?`,
    evidence: (scope) => ({ discrepancies: discrepancies(scope), received: receiptHere(scope)?.lines ?? [] }),
    objects: (scope) => both(scope, receiptHere(scope)),
    due: (scope) => scope.afterBusiness(scope.since, usualDay, { policy: 'discrepancyMinutes', whose: 'receiving' }),
    escalateTo: 'procurement',
    decisions: [
      { name: 'accept', label: 'Accept', consequence: 'All that came is booked.' },
      {
        name: 'refuse_quantity',
        label: 'Refuse what is over',
        consequence: 'Only what was ordered and is whole is booked.',
        reasonRequired: true,
      },
      {
        name: 'return',
        label: 'Return it',
        consequence: 'It is booked, what is wrong goes back, and a claim is opened.',
        reasonRequired: true,
      },
      {
        name: 'claim',
        label: 'Accept and claim',
        consequence: 'It is booked and the supplier is asked to pay.',
        reasonRequired: true,
      },
      {
        name: 'other_order',
        label: 'It is of another order',
        consequence: 'It is booked to that order.',
        fields: [{ name: 'purchaseOrderNumber', label: 'Number of the purchase order', kind: 'text' }],
      },
    ],
  },
  'reversed-after-posting': {
    about: 'A receipt was taken back after its goods were booked.',
    role: 'receiving',
    question: ({ branchKey }) =>
      `Receipt ${branchKey} was taken back after it was booked. Were goods of it used meanwhile?`,
    objects: (scope) => both(scope, receiptHere(scope)),
    decisions: [
      { name: 'unused', label: 'No', consequence: 'Nothing more is to be done.' },
      {
        name: 'corrected',
        label: 'Yes, and it is corrected',
        consequence: 'A correction of stock was booked by hand.',
        reasonRequired: true,
      },
    ],
  },
  'unknown-order': {
    about: 'Goods were attached to an order that nobody knows.',
    role: 'receiving',
    question: ({ known, key }) =>
      `Receipt ${attachedGoods(known)
        .slice(0, 10)
        .map(({ number }) => number)
        .join(', ')} was attached to order ${key}, which is not known here. Is the number right?`,
    evidence: ({ known }) => ({ attached: attachedGoods(known).map(({ number, lines }) => ({ number, lines })) }),
    objects: ({ known }) => attachedGoods(known).map(({ id }) => id),
    due: (scope) => scope.afterBusiness(scope.since, usualDay, { policy: 'discrepancyMinutes', whose: 'receiving' }),
    escalateTo: 'procurement',
    decisions: [
      {
        name: 'wait',
        label: 'It is right',
        consequence: 'The order is waited for, and counts the goods when it comes; if it does not, it is asked again.',
      },
      {
        name: 'corrected',
        label: 'It was wrong, and is corrected',
        consequence: 'The receipt was booked to the right order by hand: nothing waits for this one.',
        reasonRequired: true,
      },
    ],
  },
  'unplanned-arrival': {
    about: 'Goods came that nobody ordered.',
    role: 'receiving',
    question: ({ branchKey }) => `Receipt ${branchKey} has no purchase order. What is to become of the goods?`,
    evidence: (scope) => ({ received: receiptHere(scope)?.lines ?? [], named: receiptHere(scope)?.more ?? {} }),
    objects: (scope) => both(scope, receiptHere(scope)),
    due: (scope) => scope.afterBusiness(scope.since, usualDay, { policy: 'discrepancyMinutes', whose: 'receiving' }),
    escalateTo: 'procurement',
    decisions: [
      {
        name: 'attach',
        label: 'Attach it to an order',
        consequence: 'It is booked to that order.',
        fields: [{ name: 'purchaseOrderNumber', label: 'Number of the purchase order', kind: 'text' }],
      },
      { name: 'quarantine', label: 'Keep it apart', consequence: 'It is booked without an order, to blocked stock.' },
      {
        name: 'refuse',
        label: 'Refuse it',
        consequence: 'Nothing is booked; the goods go back.',
        reasonRequired: true,
      },
    ],
  },
}
