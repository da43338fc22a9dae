import { conditionsInWords, counterDecisions, counterHere } from '../counter-offer.ts'
import type { TaskDefinition } from '../engine/definition.ts'
import { offered } from './choice.ts'
import { routingGuide } from './guide.ts'
import { isPlannedByHub, type Known } from './known.ts'

/** What only people can decide about a load. */
export const tasks: Readonly<Record<string, TaskDefinition<Known>>> = {
  'conditional-tender': {
    about: 'A carrier would take the load on conditions: at another time, for another price.',
    role: 'transport',
    // Whoever has offered the load asks: of what order-to-ship offers, it does.
    when: (scope) => scope.chosen['isFirst'] !== true || !isPlannedByHub(scope.known),
    question: (scope) => {
      const counter = counterHere(scope)
      return `${offered(scope)} would take the load on conditions: ${counter === undefined ? '' : conditionsInWords(counter)}. Accept them?`
    },
    evidence: (scope) => ({
      carrier: offered(scope),
      conditions: counterHere(scope)?.conditions,
      pickup: scope.known.pickup ?? '',
    }),
    objects: ({ known }) => [known.shipment],
    due: ({ known }) => known.pickup,
    decisions: counterDecisions,
  },
  'dearer-carrier': {
    about: 'The next carrier costs more than the first one by more than is allowed.',
    role: 'transport',
    question: (scope) => `Carrier ${offered(scope)} is dearer than the first choice. Shall he have the load?`,
    evidence: (scope) => ({ carrier: offered(scope), routingGuide: routingGuide(scope) }),
    objects: ({ known }) => [known.shipment],
    decisions: [
      { name: 'accept', label: 'Accept the cost', consequence: 'The load is offered to him.', fourEyes: true },
      { name: 'next_carrier', label: 'Ask the next one', consequence: 'He is passed over.' },
    ],
  },
  'late-acceptance': {
    about: 'A carrier takes the load after it was given to another.',
    role: 'transport',
    question: (scope) => `${scope.choice('late')} takes the load that ${offered(scope)} has. Who shall have it?`,
    objects: ({ known }) => [known.shipment],
    decisions: [
      { name: 'confirm_cancellation', label: 'The new carrier', consequence: 'It stays as it is.' },
      {
        name: 'switch_back',
        label: 'The late one',
        consequence: 'The shipment is his; whoever has it now must be told by phone.',
      },
    ],
  },
  'old-carrier-silent': {
    about: 'The old carrier does not confirm that the load is his no longer.',
    role: 'transport',
    when: (scope) => scope.missed('cancel-confirm'),
    question: ({ known }) =>
      `${known.carrier ?? 'The carrier'} does not answer the cancellation. Call him: does he know?`,
    objects: ({ known }) => [known.shipment],
    decisions: [
      {
        name: 'assume_cancelled',
        label: 'He knows',
        consequence: 'The load is offered to the next carrier. Both may come.',
      },
      { name: 'keep', label: 'Keep him', consequence: 'He has the load as before.' },
    ],
  },
  'uncovered-load': {
    about: 'No carrier of the routing guide takes the load.',
    role: 'transport',
    question: ({ known }) =>
      `No carrier takes shipment ${known.references[0]?.value ?? known.shipment}. What is to be done?`,
    evidence: ({ known }) => ({
      declined: known.declined,
      expired: known.expired,
      failed: known.failed,
      pickup: known.pickup ?? '',
    }),
    objects: ({ known }) => [known.shipment],
    due: ({ known }) => known.pickup,
    decisions: [
      {
        name: 'spot_market',
        label: 'Offer it to another carrier',
        consequence: 'That carrier is offered the load.',
        fields: [{ name: 'carrier', label: 'Carrier', kind: 'text' }],
      },
      { name: 'own_fleet', label: 'Our own vehicle', consequence: 'Nobody else is asked.' },
      {
        name: 'replan',
        label: 'Plan it anew',
        consequence: 'Nobody else is asked; whoever plans changes the promise.',
      },
    ],
  },
}
