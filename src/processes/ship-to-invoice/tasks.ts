import type { TaskDefinition } from '../engine/definition.ts'
import { askedAgain } from '../engine/task.ts'
import { explain, isByHand, isComingBack, news } from './gate.ts'
import type { Here, Known } from './known.ts'

const objects = ({ known }: Here): readonly string[] =>
  [...(known.delivery === undefined ? [] : [known.delivery.id]), ...Object.keys(known.shipments)].slice(0, 100)
const evidence = (scope: Here) => ({
  delivery: scope.key,
  customer: scope.known.delivery?.customer ?? '',
  unmet: explain(scope),
})

/** What only people can decide about an invoice. */
export const tasks: Readonly<Record<string, TaskDefinition<Known>>> = {
  'chase-pod': {
    about: 'The carrier does not send the proof of delivery.',
    role: 'customer-service',
    when: (scope) => scope.missed('pod-chase'),
    question: ({ key }) =>
      `Delivery ${key} is delivered and its proof is still missing. Call the carrier: does he have it?`,
    evidence,
    objects,
    decisions: [
      {
        name: 'uploaded',
        label: 'I have it',
        consequence: 'The proof counts as received.',
        fields: [{ name: 'document', label: 'Where the proof is', kind: 'text', isOptional: true }],
        reasonRequired: true,
      },
      {
        name: 'lost',
        label: 'The goods are lost',
        consequence: 'Nothing is billed and a claim against the carrier is opened.',
        reasonRequired: true,
      },
      {
        name: 'extend',
        label: 'Wait longer',
        consequence: askedAgain,
      },
    ],
  },
  'credit-review': {
    about: 'Something speaks against an invoice that is out.',
    role: 'finance',
    question: (scope) => `The invoice of delivery ${scope.key} is out, and since then: ${news(scope)}. Does it stay?`,
    evidence,
    objects,
    due: (scope) => scope.after(scope.since, 3 * 24 * 60, 'creditReviewMinutes'),
    decisions: [
      { name: 'credit_memo', label: 'Credit it', consequence: 'The ERP takes the invoice back.', reasonRequired: true },
      { name: 'leave', label: 'It stays', consequence: 'Nothing changes.', reasonRequired: true },
      {
        name: 'reinvoice',
        label: 'Credit it and bill anew',
        consequence: 'The ERP takes the invoice back and makes another one.',
        reasonRequired: true,
      },
    ],
  },
  'delivered-at-all': {
    about: 'Nobody says that the goods have arrived.',
    role: 'customer-service',
    when: (scope) => scope.missed('delivery-overdue') || (isComingBack(scope) && scope.chosen['isExtended'] !== true),
    question: (scope) =>
      isComingBack(scope)
        ? `The carrier brings delivery ${scope.key} back. Is anything billed?`
        : `Nobody says that delivery ${scope.key} has arrived. Was it delivered at all?`,
    evidence,
    objects,
    decisions: [
      {
        name: 'delivered',
        label: 'It has arrived',
        consequence: 'The proof of delivery is asked for.',
        reasonRequired: true,
      },
      {
        name: 'lost',
        label: 'It is lost',
        consequence: 'Nothing is billed and a claim against the carrier is opened.',
        reasonRequired: true,
      },
      {
        name: 'returned',
        label: 'It comes back',
        consequence: 'Nothing is billed.',
        reasonRequired: true,
      },
      { name: 'wait', label: 'Wait longer', consequence: askedAgain },
    ],
  },
  'invoice-not-issued': {
    about: 'The ERP was told to make an invoice and does not say that it has.',
    role: 'finance',
    when: (scope) => scope.missed('invoice-confirm') || isByHand(scope),
    question: (scope) =>
      isByHand(scope)
        ? `Of delivery ${scope.key} only some was accepted, and what of that is billed already is not known. Make the invoice by hand. Is it there?`
        : `The invoice of delivery ${scope.key} was released, and the ERP has not made it. Is it there?`,
    evidence,
    objects,
    decisions: [
      { name: 'issued', label: 'It is there', consequence: 'The invoice counts as issued.' },
      { name: 'wait', label: 'Wait longer', consequence: askedAgain },
    ],
  },
  'unclean-pod': {
    about: 'The customer did not accept all of it as it was shipped.',
    role: 'finance',
    question: ({ key }) => `Something is written against delivery ${key}. What is billed?`,
    evidence,
    objects,
    due: (scope) => scope.after(scope.since, 2 * 24 * 60, 'uncleanMinutes'),
    decisions: [
      {
        name: 'bill_accepted',
        label: 'What was accepted',
        consequence: 'The accepted quantities are billed. Whoever has to pay for the rest is asked to.',
        fields: [
          {
            name: 'claim',
            label: 'Who pays for the rest',
            kind: 'choice',
            values: ['carrier', 'supplier', 'none'],
            isOptional: true,
          },
        ],
        reasonRequired: true,
      },
      {
        name: 'bill_all',
        label: 'All of it',
        consequence: 'Everything is billed: by our terms the risk was the customer’s.',
        reasonRequired: true,
      },
      { name: 'bill_nothing', label: 'Nothing', consequence: 'No invoice is made.', reasonRequired: true },
    ],
  },
  'waive-pod': {
    about: 'The proof of delivery has not come in the time that the policy gives.',
    role: 'finance',
    when: (scope) => scope.policy('lateProof', 'keep_blocked') === 'ask' && scope.missed('pod-policy'),
    question: ({ key }) => `The proof of delivery ${key} is long overdue. Release the invoice without it?`,
    evidence,
    objects,
    decisions: [
      {
        name: 'release',
        label: 'Release it without',
        consequence: 'The invoice is made, with the names of both people and the reason.',
        fourEyes: true,
        reasonRequired: true,
      },
      {
        name: 'keep',
        label: 'Keep it blocked',
        consequence: 'It is asked again after that day, or when the same time has passed once more.',
        fields: [{ name: 'until', label: 'Until', kind: 'day', isOptional: true }],
      },
    ],
  },
}
