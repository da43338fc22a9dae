import type { StateDefinition, Step } from '../engine/definition.ts'
import { text } from '../told-document.ts'
import type { Here, Known } from './known.ts'

const claimFacts = [
  'claim.draft',
  'claim.submitted',
  'claim.changed',
  'claim.acknowledged',
  'claim.accepted',
  'claim.partially_accepted',
  'claim.rejected',
  'claim.settled',
] as const
const answers = ['accepted', 'partially_accepted', 'rejected'] as const

const settled: Step<Known> = {
  to: 'closing',
  label: 'money or goods have come',
  awaits: claimFacts,
  when: ({ known }) => known.said.includes('settled'),
}
const answered: Step<Known> = {
  to: 'answering',
  label: 'the other side answers',
  awaits: claimFacts,
  when: ({ known }) => answerOf(known) !== undefined,
}

/** Where a claim can be. */
export const states: Readonly<Record<string, StateDefinition<Known>>> = {
  drafting: {
    about: 'It is written down, and the time until which it must be filed runs.',
    timers: ['file-by', 'expiry'],
    tasks: ['submit-claim', 'last-call'],
    cancel: 'withdrawn',
    next: [
      settled,
      answered,
      {
        to: 'submitted',
        label: 'somebody sent it',
        awaits: claimFacts,
        when: ({ known }) => known.said.includes('submitted') || known.said.includes('acknowledged'),
      },
      {
        to: 'submitting',
        label: 'a person wants it sent',
        awaits: ['task submit-claim', 'task last-call'],
        when: (scope) => scope.decided('submit-claim', 'submit') || scope.decided('last-call', 'submit'),
        choose: (scope) => ({ changes: scope.answer('submit-claim')?.data ?? scope.answer('last-call')?.data ?? {} }),
      },
      {
        to: 'withdrawn',
        label: 'a person drops it',
        awaits: ['task submit-claim', 'task last-call'],
        when: (scope) => scope.decided('submit-claim', 'drop') || scope.decided('last-call', 'drop'),
      },
      {
        to: 'submitting',
        label: 'the policy wants no person',
        awaits: claimFacts,
        when: (scope) => scope.policy('autoSubmit', false),
        choose: () => ({ changes: {} }),
      },
      {
        to: 'expired',
        label: 'the time to file it is over',
        awaits: ['timer file-by', 'timer expiry', ...claimFacts],
        when: (scope) => scope.missed('expiry'),
      },
    ],
  },
  submitting: {
    about: 'The ERP books the claim, and the other side gets it.',
    effects: ['create-claim'],
    timers: ['confirm'],
    cancel: 'withdrawing',
    next: [
      settled,
      answered,
      {
        to: 'submitted',
        label: 'both have it',
        awaits: ['effect create-claim'],
        when: (scope) => scope.done('create-claim'),
      },
    ],
  },
  submitted: {
    about: 'The other side has not said that it has the claim.',
    says: ['submitted'],
    effects: ['remind'],
    timers: ['acknowledge'],
    tasks: ['chase-claim'],
    cancel: 'withdrawing',
    next: [
      settled,
      answered,
      {
        to: 'acknowledged',
        label: 'it has it',
        awaits: claimFacts,
        when: ({ known }) => known.said.includes('acknowledged'),
      },
      {
        to: 'acknowledged',
        label: 'a person knows that it has',
        awaits: ['task chase-claim'],
        when: (scope) => scope.decided('chase-claim', 'acknowledged'),
      },
      {
        to: 'withdrawing',
        label: 'it is given up',
        awaits: ['task chase-claim'],
        when: (scope) => scope.decided('chase-claim', 'withdraw'),
      },
      {
        to: 'submitted',
        label: 'a person goes on waiting',
        awaits: ['task chase-claim'],
        when: (scope) => scope.decided('chase-claim', 'wait'),
      },
    ],
  },
  acknowledged: {
    about: 'The other side has the claim and looks at it.',
    timers: ['answer'],
    tasks: ['chase-answer'],
    cancel: 'withdrawing',
    next: [
      settled,
      answered,
      {
        to: 'withdrawing',
        label: 'it is given up',
        awaits: ['task chase-answer'],
        when: (scope) => scope.decided('chase-answer', 'withdraw'),
      },
      {
        to: 'acknowledged',
        label: 'a person goes on waiting',
        awaits: ['task chase-answer'],
        when: (scope) => scope.decided('chase-answer', 'wait'),
      },
    ],
  },
  answering: {
    about: 'The other side said what it will pay. All of it needs no person.',
    timers: ['answer'],
    tasks: ['claim-answer'],
    cancel: 'withdrawing',
    next: [
      settled,
      {
        to: 'settling',
        label: 'it will pay all of it',
        awaits: claimFacts,
        when: ({ known }) => answerOf(known) === 'accepted',
      },
      {
        to: 'settling',
        label: 'the answer is accepted',
        awaits: ['task claim-answer'],
        when: (scope) => scope.decided('claim-answer', 'accept'),
      },
      {
        to: 'acknowledged_again',
        label: 'it is asked for a better one',
        awaits: ['task claim-answer'],
        when: (scope) => scope.decided('claim-answer', 'negotiate'),
        choose: ({ known }) => ({ answer: answerOf(known) }),
      },
      {
        to: 'withdrawing',
        label: 'it is given up',
        awaits: ['task claim-answer'],
        when: (scope) => scope.decided('claim-answer', 'withdraw'),
      },
    ],
  },
  acknowledged_again: {
    about: 'The other side was asked for a better answer.',
    effects: ['negotiate'],
    timers: ['answer'],
    tasks: ['chase-answer'],
    cancel: 'withdrawing',
    next: [
      settled,
      { ...answered, when: ({ known, chosen }) => answerOf(known) !== chosen['answer'] },
      {
        to: 'withdrawing',
        label: 'it is given up',
        awaits: ['task chase-answer'],
        when: (scope) => scope.decided('chase-answer', 'withdraw'),
      },
      {
        to: 'acknowledged_again',
        label: 'a person goes on waiting',
        awaits: ['task chase-answer'],
        when: (scope) => scope.decided('chase-answer', 'wait'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  settling: {
    about: 'Money or goods are to come.',
    timers: ['settle'],
    tasks: ['settlement-missing'],
    cancel: { refused: 'already_agreed' },
    next: [
      settled,
      {
        to: 'offsetting',
        label: 'it is taken off what we owe',
        awaits: ['task settlement-missing'],
        when: (scope) => scope.decided('settlement-missing', 'offset'),
      },
      {
        to: 'closing',
        label: 'two people write it off',
        awaits: ['task settlement-missing'],
        when: (scope) => scope.decided('settlement-missing', 'write_off'),
        choose: () => ({ isWrittenOff: true }),
      },
      {
        to: 'settling',
        label: 'the other side is reminded',
        awaits: ['task settlement-missing'],
        when: (scope) => scope.decided('settlement-missing', 'remind'),
      },
    ],
  },
  offsetting: {
    about: 'The ERP takes it off an invoice of the other side.',
    effects: ['offset'],
    timers: ['confirm'],
    next: [
      {
        to: 'closing',
        label: 'it is booked',
        awaits: ['effect offset'],
        when: (scope) => scope.done('offset'),
        choose: () => ({ kind: 'offset' }),
      },
    ],
  },
  closing: {
    about: 'It is made good, and the ERP closes it.',
    says: ['closed'],
    effects: ['close-claim'],
    timers: ['confirm'],
    next: [
      {
        to: 'closed',
        label: 'it is closed',
        awaits: ['effect close-claim'],
        when: (scope) => scope.done('close-claim'),
      },
    ],
  },
  withdrawing: {
    about: 'The claim is given up: what was booked for it is taken back.',
    undoes: true,
    timers: ['confirm'],
    next: [
      {
        to: 'withdrawn',
        label: 'nothing of it is booked',
        awaits: ['effect create-claim', 'effect withdraw-claim'],
        when: (scope) => scope.undone,
      },
    ],
  },
  closed: { about: 'Nothing more will happen.', final: true },
  expired: { about: 'The time to file it is over.', says: ['expired'], final: true },
  withdrawn: { about: 'Nobody is asked to pay.', says: ['withdrawn'], final: true },
}

/** What the other side says, the best of it. */
export function answerOf({ said }: Known): (typeof answers)[number] | undefined {
  return answers.find((one) => said.includes(one))
}

/** Days in which a claim must be filed, by regime or kind of opponent: those that are usual, not legal advice. */
const limits: Readonly<Record<string, number>> = { carmack: 270, cmr: 7, montreal: 14, carrier: 7, supplier: 14 }

/** The last day to file, as it was told or by the regime. */
export function fileBy(scope: Here): string | undefined {
  const { known } = scope
  if (known.fileBy !== undefined)
    return /^\d{4}-\d\d-\d\d$/.test(known.fileBy) ? `${known.fileBy}T23:59:59Z` : known.fileBy
  const regime = known.regime ?? text(scope.policies['regime']) ?? known.against
  const days = scope.policy(`${regime}FileDays`, limits[regime] ?? 14)
  return scope.after(known.happenedAt ?? scope.since, days * 24 * 60)
}
