import type { DocumentReport } from '../../model/report.ts'
import { defineProcess } from '../engine/definition.ts'
import { effectsOf, postingsOf } from '../engine/effect.ts'
import { stayTimer } from '../engine/stay-timer.ts'
import { askedAgain, tasksOf, wait } from '../engine/task.ts'
import type { Data } from '../posting.ts'
import { type Here, type Known, nothing, subscribes } from './known.ts'
import { answerOf, fileBy, states } from './states.ts'

const days = 24 * 60
const withdraw = {
  name: 'withdraw',
  label: 'Give it up',
  consequence: 'What was booked for the claim is taken back.',
  reasonRequired: true,
}

const effect = effectsOf<Known>({ role: 'procurement', object: ({ known }) => known.id })
const posting = postingsOf<Known>(({ key, known: { against, party, type, basis } }) => ({
  key: `claim:${key}`,
  priority: 5,
  payload: { claimNumber: key, against, type, ...basis, ...(party === undefined ? {} : { party }) },
}))
const task = tasksOf<Known>({
  role: 'procurement',
  escalateTo: 'finance',
  evidence: ({ known }) => ({
    against: known.against,
    party: known.party ?? '',
    type: known.type,
    lines: known.lines,
    basis: known.basis,
  }),
  objects: ({ known }) => [known.id],
})

/** What is demanded from a supplier or carrier, until it is made good or given up. */
export const claim = defineProcess<Known>({
  id: 'claim',
  version: 1,
  title: 'Claim',
  about:
    'Something came short, broken, late or not at all: the claim is written, sent before its time is over, and followed until money or goods have come. What the other side will not pay is decided by a person.',
  key: 'The claim, by its number.',
  optIn: true,
  nothing,
  subscribes,
  branches: { main: { about: 'The claim.', initial: 'drafting', states } },
  says: {
    closed: {
      about: 'It is over: `claim.reported`.',
      make: (scope) => [
        ...(scope.known.said.includes('settled')
          ? []
          : report(scope, {
              status: 'settled',
              object: { settlement: { kind: scope.choice('kind') === '' ? 'written_off' : scope.choice('kind') } },
            })),
        ...report(scope, { status: 'closed', object: {} }),
      ],
    },
    expired: {
      about: 'It was not filed in time: `claim.reported`.',
      make: (scope) => report(scope, { status: 'expired', object: {} }),
    },
    submitted: {
      about: 'It is sent: `claim.reported`.',
      make: (scope) => report(scope, { status: 'submitted', object: (scope.chosen['changes'] ?? {}) as Data }),
    },
    withdrawn: {
      about: 'Nobody is asked to pay: `claim.reported`.',
      make: (scope) =>
        scope.known.said.includes('closed') ? [] : report(scope, { status: 'closed', object: {}, reason: 'withdrawn' }),
    },
  },
  effects: {
    'close-claim': effect('The ERP closes the claim.', 'close_claim', (scope) =>
      posting(scope, scope.key, { isWrittenOff: scope.chosen['isWrittenOff'] === true }),
    ),
    'create-claim': {
      ...effect('The ERP books the claim, and the other side gets it.', 'create_claim', (scope) =>
        posting(scope, scope.key, { lines: scope.known.lines, ...(scope.chosen['changes'] ?? {}) }),
      ),
      undo: 'withdraw-claim',
      required: true,
    },
    negotiate: effect('The other side is asked for a better answer.', 'answer_claim', (scope) =>
      posting(scope, `${scope.key}:${scope.choice('answer')}`, { answer: 'negotiate' }),
    ),
    offset: {
      ...effect('It is taken off an invoice of the other side.', 'offset_claim', (scope) =>
        posting(scope, scope.key, { lines: scope.known.lines }),
      ),
      required: true,
    },
    remind: effect('The other side is reminded that it has a claim.', 'remind_claim', (scope) =>
      scope.missed('acknowledge') ? posting(scope, scope.key, {}) : undefined,
    ),
    'withdraw-claim': {
      ...effect('What was booked for the claim is taken back.', 'withdraw_claim', (scope) =>
        posting(scope, scope.key, {}),
      ),
      required: true,
    },
  },
  timers: {
    acknowledge: stayTimer({
      about: 'The other side says that it has the claim.',
      minutes: 30 * days,
      policy: 'acknowledgeMinutes',
      from: 'the claim',
      then: 'It is reminded, and a person looks.',
    }),
    answer: stayTimer({
      about: 'The other side answers.',
      minutes: 120 * days,
      policy: 'answerMinutes',
      from: 'its word that it has the claim',
      then: 'A person calls.',
    }),
    confirm: stayTimer({
      about: 'The ERP has booked it.',
      minutes: days,
      policy: 'confirmMinutes',
      from: 'the decision',
      then: 'The control tower shows it; the ledger goes on.',
    }),
    expiry: {
      about: 'The claim is filed.',
      lasts: 'by contract or law',
      from: 'the day when it happened',
      due: fileBy,
      then: 'It is too late.',
    },
    'file-by': {
      about: 'The claim is filed.',
      lasts: '5 d before its last day',
      from: 'the day when it happened',
      due: (scope) => scope.after(fileBy(scope), -5 * days),
      then: 'A person is told that it is urgent.',
    },
    settle: stayTimer({
      about: 'Money or goods have come.',
      minutes: 60 * days,
      policy: 'settleMinutes',
      from: 'the agreement',
      then: 'Finance decides.',
    }),
  },
  tasks: {
    'chase-answer': task('The other side has a claim and does not answer.', {
      when: (scope) => scope.missed('answer'),
      question: (scope) => `Claim ${scope.key} is not answered. What now?`,
      decisions: [wait, withdraw],
    }),
    'chase-claim': task('The other side does not say that it has a claim.', {
      when: (scope) => scope.missed('acknowledge'),
      question: (scope) => `Nobody says that claim ${scope.key} has arrived. Call them: do they have it?`,
      decisions: [
        { name: 'acknowledged', label: 'They have it', consequence: 'Their answer is awaited.' },
        wait,
        withdraw,
      ],
    }),
    'claim-answer': task('The other side will not pay all of a claim.', {
      when: ({ known }) => answerOf(known) !== 'accepted',
      question: (scope) => `The answer to claim ${scope.key}: ${answerOf(scope.known) ?? 'none'}. Accept it?`,
      due: (scope) => scope.after(scope.since, 5 * days, 'answerDecisionMinutes'),
      decisions: [
        { name: 'accept', label: 'Accept it', consequence: 'What they will pay is awaited.' },
        { name: 'negotiate', label: 'Ask for more', consequence: 'They are asked for a better answer.' },
        withdraw,
      ],
    }),
    'last-call': task('A claim must be filed within days.', {
      when: (scope) => scope.missed('file-by'),
      question: (scope) =>
        `Claim ${scope.key} must be filed by ${fileBy(scope) ?? 'a day that nobody knows'}, or it is lost.`,
      due: fileBy,
      decisions: [
        { name: 'submit', label: 'Send it now', consequence: 'It is booked and sent.' },
        { name: 'drop', label: 'Drop it', consequence: 'Nobody is asked to pay.', reasonRequired: true },
      ],
    }),
    'settlement-missing': {
      ...task('A claim was accepted and nothing came.', {
        when: (scope) => scope.missed('settle'),
        question: (scope) => `Claim ${scope.key} was accepted and nothing has come. What now?`,
        decisions: [
          {
            name: 'remind',
            label: 'Remind them',
            consequence: askedAgain,
          },
          {
            name: 'offset',
            label: 'Take it off what we owe',
            consequence: 'The ERP takes it off an invoice of theirs.',
          },
          {
            name: 'write_off',
            label: 'Write it off',
            consequence: 'Nothing more is asked of them.',
            fourEyes: true,
            reasonRequired: true,
          },
        ],
      }),
      role: 'finance',
    },
    'submit-claim': task('A claim is ready to be sent.', {
      when: (scope) => !scope.missed('file-by'),
      question: (scope) => `Claim ${scope.key} (${scope.known.type}, against a ${scope.known.against}). Send it?`,
      decisions: [
        { name: 'submit', label: 'Send it', consequence: 'It is booked and sent, with the changes in the data.' },
        { name: 'drop', label: 'Drop it', consequence: 'Nobody is asked to pay.', reasonRequired: true },
      ],
    }),
  },
  policies: {
    acknowledgeMinutes: 'How long the other side may take to say that it has a claim. Usual: 43200.',
    answerDecisionMinutes: 'Until when a person has to decide about an answer. Usual: 7200.',
    answerMinutes: 'How long the other side may take to answer. Usual: 172800.',
    autoSubmit: 'Whether claims are sent without a person. Usual: false.',
    carmackFileDays: 'Days to file under the rules of US motor carriers. Usual: 270. Look it up for your contracts.',
    carrierFileDays: 'Days to file against a carrier of no named regime. Usual: 7.',
    cmrFileDays: 'Days to file under CMR, hidden damage. Usual: 7.',
    confirmMinutes: 'When a booking that is not made is shown. Usual: 1440.',
    montrealFileDays: 'Days to file under the Montreal Convention, damage. Usual: 14.',
    regime: 'Which rules hold where a claim names none: `carmack`, `cmr`, `montreal`.',
    settleMinutes: 'How long money or goods may take. Usual: 86400.',
    supplierFileDays: 'Days to file against a supplier. Usual: 14.',
  },
  kpis: {
    open: 'Claims that are open: value and age.',
    'in-time': 'Share of claims filed in time.',
    recovery: 'Money that came, of what was demanded, by opponent and kind.',
  },
})

function report(scope: Here, data: DocumentReport) {
  return [{ type: 'claim.reported', subject: scope.known.id, data }]
}
