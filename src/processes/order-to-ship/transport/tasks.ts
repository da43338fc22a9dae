import type { TaskChoice } from '../../../model/task/report.ts'
import { conditionsInWords, counterDecisions, counterHere } from '../../counter-offer.ts'
import type { TaskDefinition } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import { tasksOf } from '../../engine/task.ts'
import { deliveryHere } from '../delivery-track.ts'
import type { Known } from '../known.ts'
import { shipmentHere } from './says.ts'
import { carriers, chosenCarrier, weightHere } from './sourcing.ts'

const task = tasksOf<Known>({
  role: 'transport',
  evidence: (scope) => ({
    chosen: scope.chosen,
    carriers: carriers(scope),
    packages: deliveryHere(scope)?.packages ?? [],
    shipTo: deliveryHere(scope)?.ordered['shipTo'] ?? {},
  }),
  objects: (scope) => [shipmentHere(scope)],
})
const elsewhere = {
  name: 'elsewhere',
  label: 'It is arranged elsewhere',
  consequence: 'The hub books nobody, and waits until the goods have left.',
  reasonRequired: true,
}
const choose: TaskChoice = {
  name: 'choose',
  label: 'Take another carrier',
  consequence: 'That carrier gets it.',
  fields: [
    { name: 'carrier', label: 'Carrier', kind: 'text' },
    { name: 'service', label: 'Service', kind: 'text', isOptional: true },
    { name: 'mode', label: 'Mode', kind: 'text', isOptional: true },
  ],
}

/** Whether nobody of whom something is known may have it. */
function isUnrated(scope: Scope<Known>): boolean {
  const { status = 'wanted' } = scope.asked('rate').at(-1) ?? {}
  return scope.missed('rates') || status !== 'wanted'
}

/** What only people can decide about a load. */
export const transportTasks: Readonly<Record<string, TaskDefinition<Known>>> = {
  'conditional-tender': task('A carrier would take the load on conditions: at another time, for another price.', {
    question: (scope) => {
      const counter = counterHere(scope)
      const conditions = counter === undefined ? '' : conditionsInWords(counter)
      return `${chosenCarrier(scope).carrier} would take delivery ${scope.branchKey} on conditions: ${conditions}. Accept them?`
    },
    due: (scope) => deliveryHere(scope)?.shipBy,
    decisions: counterDecisions,
  }),
  'no-carrier': task('No carrier has taken a load.', {
    when: (scope) => scope.missed('tender-late'),
    question: (scope) => `No carrier has taken delivery ${scope.branchKey}. Who shall carry it?`,
    due: (scope) => deliveryHere(scope)?.shipBy,
    decisions: [
      choose,
      { name: 'wait', label: 'Wait', consequence: 'It is asked again after the same time.' },
      elsewhere,
    ],
  }),
  'no-dock': task('There is no time at the dock, or the carrier does not say that he comes.', {
    when: (scope) => scope.missed('appointment'),
    question: (scope) =>
      `The dock or ${chosenCarrier(scope).carrier} has not answered for delivery ${scope.branchKey}. Call them.`,
    decisions: [
      { name: 'wait', label: 'Wait', consequence: 'It is asked again after the same time.' },
      { name: 'without', label: 'Go on without', consequence: 'It is arranged by phone, or not needed.' },
    ],
  }),
  'no-rates': task('Nobody of the routing guide says what it costs.', {
    when: isUnrated,
    question: (scope) => `Who shall carry delivery ${scope.branchKey}? No price that is allowed has come.`,
    decisions: [choose, { name: 'again', label: 'Ask again', consequence: 'Carriers are asked once more.' }, elsewhere],
  }),
  're-rate': task('The packages weigh another amount than was said, and the price or the service is another one.', {
    question: (scope) =>
      `Delivery ${scope.branchKey} weighs ${weightHere(scope) ?? 'nobody knows how many'} g, and not ${chosenCarrier(scope).weightGrams ?? '?'}. Take the new price?`,
    decisions: [
      {
        name: 'accept',
        label: 'Take it',
        consequence: 'It is booked for the new price; for the old choice where there is no new one.',
      },
      choose,
      { name: 'hold', label: 'Hold it', consequence: 'Nobody is booked; it is asked again.' },
    ],
  }),
}
