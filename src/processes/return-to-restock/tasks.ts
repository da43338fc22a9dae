import { usualDay } from '../engine/calendar.ts'
import type { TaskDefinition } from '../engine/definition.ts'
import { askedAgain, wait } from '../engine/task.ts'
import { text } from '../told-document.ts'
import { cameBack, creditedTooMuch, type Here, type Known, mismatches } from './known.ts'
import { findingHere } from './side-states.ts'

const objects = ({ known }: Here): readonly string[] => [
  ...(known.return === undefined ? [] : [known.return.id]),
  ...(known.carried === undefined ? [] : [known.carried]),
]
const evidence = ({ known, key }: Here) => ({
  return: key,
  announced: known.return?.lines ?? [],
  received: Object.fromEntries(cameBack(known)),
  inspected: known.inspected,
  ...(known.measures === undefined ? {} : { measures: known.measures }),
})

/** What only people can decide about a return. */
export const tasks: Readonly<Record<string, TaskDefinition<Known>>> = {
  'approve-return': {
    about: 'The rules do not allow a return by themselves.',
    role: 'customer-service',
    question: ({ key, known }) =>
      `May the customer send back ${key}? He says: ${text(known.return?.more['reason']) ?? 'nothing'}`,
    evidence,
    objects,
    due: (scope) =>
      scope.afterBusiness(scope.since, usualDay, { policy: 'approvalMinutes', whose: 'customer-service' }),
    decisions: [
      { name: 'authorize', label: 'Yes', consequence: 'The customer gets a label.' },
      {
        name: 'authorize_with_fee',
        label: 'Yes, for a fee',
        consequence: 'The customer gets a label, and that much less money.',
        fields: [{ name: 'fee', label: 'Fee', kind: 'amount' }],
      },
      { name: 'reject', label: 'No', consequence: 'The customer hears that he may not.', reasonRequired: true },
    ],
  },
  'approve-scrap': {
    about: 'Goods are to be destroyed that are worth something.',
    role: 'finance',
    question: (scope) =>
      `${findingHere(scope)?.quantity ?? 'Some'} of ${findingHere(scope)?.sku ?? scope.branchKey} from return ${scope.key} are to be scrapped. Do you agree?`,
    evidence,
    objects,
    due: (scope) => scope.after(scope.since, 48 * 60, 'scrapMinutes'),
    decisions: [
      {
        name: 'scrap',
        label: 'Scrap it',
        consequence: 'The warehouse destroys it.',
        fourEyes: true,
        reasonRequired: true,
      },
      { name: 'keep', label: 'Keep it blocked', consequence: 'It stays in blocked stock.' },
    ],
  },
  'claw-back': {
    about: 'The customer has his money and does not send the goods.',
    role: 'finance',
    when: (scope) => scope.missed('claw-back'),
    question: ({ key }) => `The customer was paid for return ${key} and the goods have not come. What now?`,
    evidence,
    objects,
    decisions: [
      { name: 'charge', label: 'Charge him', consequence: 'He pays for what he kept.', reasonRequired: true },
      { name: 'extend', label: 'More time', consequence: askedAgain },
      { name: 'write_off', label: 'Write it off', consequence: 'Nothing more is asked of him.', reasonRequired: true },
    ],
  },
  'credited-too-much': {
    about: 'A customer was credited for goods that did not come after all.',
    role: 'finance',
    question: (scope) =>
      `The receipt of return ${scope.key} was taken back after it was credited: ${creditedTooMuch(scope).join(', ')}. What becomes of the money?`,
    evidence: (scope) => ({ ...evidence(scope), credited: scope.chosen['paid'] ?? {} }),
    objects,
    due: (scope) => scope.after(scope.since, 48 * 60, 'mismatchMinutes'),
    decisions: [
      {
        name: 'corrected',
        label: 'It is corrected',
        consequence: 'The customer was charged for it by hand.',
        reasonRequired: true,
      },
      { name: 'leave', label: 'He keeps it', consequence: 'Nothing more is asked of him.', reasonRequired: true },
    ],
  },
  'disposal-late': {
    about: 'Returned goods are not where they belong.',
    role: 'warehouse',
    when: (scope) => scope.missed('disposal'),
    question: ({ key }) => `Goods of return ${key} are not where they belong. What does it wait for?`,
    evidence,
    objects,
    decisions: [wait],
  },
  'inspect-return': {
    about: 'Returned goods were not looked at in time. The customer waits for his money.',
    role: 'warehouse',
    when: (scope) => scope.missed('inspect-sla'),
    question: ({ key }) => `Nobody has looked at all of return ${key}. What is to become of it?`,
    evidence,
    objects,
    escalateTo: 'customer-service',
    due: (scope) => scope.after(scope.since, 4 * 24 * 60, 'inspectEscalationMinutes'),
    decisions: [
      wait,
      { name: 'restock', label: 'All as new', consequence: 'All of it goes back into stock.' },
      {
        name: 'vendor',
        label: 'All back to the supplier',
        consequence: 'It goes to the supplier, and a claim is opened.',
      },
      { name: 'scrap', label: 'All worthless', consequence: 'It is destroyed, where finance agrees.' },
      {
        name: 'reject',
        label: 'Back to the customer',
        consequence: 'It is sent back, and there is no money for it.',
        reasonRequired: true,
      },
    ],
  },
  'lost-return': {
    about: 'A carrier said that he brings goods back, and has not.',
    role: 'transport',
    when: (scope) => scope.missed('carrier-return'),
    question: ({ key }) => `The carrier was to bring back ${key} and has not. Where is it?`,
    objects,
    decisions: [
      wait,
      {
        name: 'claim',
        label: 'It is lost',
        consequence: 'A claim against the carrier is opened.',
        reasonRequired: true,
      },
    ],
  },
  'refurbish-done': {
    about: 'Goods are being repaired.',
    role: 'warehouse',
    question: (scope) =>
      `Repair ${findingHere(scope)?.quantity ?? ''} of ${findingHere(scope)?.sku ?? scope.branchKey} from return ${scope.key}. How did it go?`,
    objects,
    due: (scope) => scope.after(scope.since, 14 * 24 * 60, 'refurbishMinutes'),
    escalateTo: 'quality',
    decisions: [
      { name: 'restock', label: 'It may be sold', consequence: 'It goes back into stock.' },
      { name: 'scrap', label: 'It cannot be repaired', consequence: 'It is destroyed.' },
    ],
  },
  'return-mismatch': {
    about: 'Other goods or more came than the customer was allowed to send, or in a unit that cannot be compared.',
    role: 'customer-service',
    question: ({ key, known }) =>
      `Return ${key} brought what it should not, or what cannot be compared with what was announced: ${mismatches(known).join(', ')}. Accept it?`,
    evidence,
    objects,
    due: (scope) => scope.after(scope.since, 48 * 60, 'mismatchMinutes'),
    decisions: [
      { name: 'accept', label: 'Accept it', consequence: 'All that came is inspected and credited.' },
      {
        name: 'accept_other',
        label: 'Accept it as another item',
        consequence: 'All that came is inspected and credited as what it is.',
      },
      {
        name: 'attach',
        label: 'It is of another return',
        consequence: 'It is inspected here and credited to that return.',
        fields: [{ name: 'returnNumber', label: 'Number of the return', kind: 'text' }],
      },
      {
        name: 'reject',
        label: 'No money for it',
        consequence: 'It is inspected, and nothing is credited.',
        reasonRequired: true,
      },
    ],
  },
  'unannounced-return': {
    about: 'Goods came back that nobody was allowed to send.',
    role: 'customer-service',
    question: ({ key }) => `Goods came back under ${key} that nobody authorized. What is to become of them?`,
    evidence,
    objects,
    due: (scope) => scope.after(scope.since, 48 * 60, 'mismatchMinutes'),
    decisions: [
      {
        name: 'authorize',
        label: 'Authorize it now',
        consequence: 'They are inspected, and credited as any other return.',
      },
      { name: 'send_back', label: 'Send them back', consequence: 'The customer gets them back, and no money.' },
      {
        name: 'dispose',
        label: 'Dispose of them',
        consequence: 'They are destroyed, where finance agrees, and there is no money for them.',
      },
    ],
  },
}
