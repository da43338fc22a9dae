import type { Branch, StateDefinition, Step } from '../engine/definition.ts'
import { correctionStates, correctionStep } from './correction.ts'
import { deliveryHere, deliverySteps, deliveryTrack } from './delivery-track.ts'
import type { Known } from './known.ts'

/** Still waited for after a time that is over: the timer is set again. */
function reminder(state: string, timer: string): Step<Known> {
  return {
    to: state,
    label: 'it is late',
    awaits: [`timer ${timer}`],
    when: (scope) => scope.missed(timer),
    choose: ({ chosen }) => chosen,
  }
}

/** A person has looked, and it goes on waiting: what was asked is not asked again for the same time. */
const looked: readonly ((state: string) => Step<Known>)[] = [
  (state) => ({
    to: state,
    label: 'a person has called the warehouse',
    awaits: ['task wms-silent'],
    when: (scope) => scope.answer('wms-silent') !== undefined,
    choose: ({ chosen }) => chosen,
  }),
  (state) => ({
    to: state,
    label: 'a person has dealt with the delay',
    awaits: ['task late-fulfilment'],
    when: (scope) => scope.answer('late-fulfilment') !== undefined,
    choose: (scope) => ({ dealtWith: deliveryHere(scope)?.shipBy ?? '' }),
  }),
]

const reminders: Readonly<Record<string, string>> = { releasing: 'release', issuing: 'issue-confirm' }

/** What becomes of each delivery of the order. */
export const deliveryBranch: Branch<Known> = {
  about: 'A delivery of the order, by its number: what the warehouse does with it.',
  initial: 'releasing',
  // What finance has decided about its quantities is decided, whatever the warehouse says next.
  keeps: ['booked'],
  each: ({ known }) => Object.keys(known.deliveries),
  states: {
    ...Object.fromEntries(
      deliveryTrack.map(({ state, about, timers, tasks, final }): [string, StateDefinition<Known>] => {
        const rest: StateDefinition<Known> = {
          about,
          ...(timers === undefined ? {} : { timers }),
          ...(tasks === undefined ? {} : { tasks }),
          ...(final === undefined ? {} : { final }),
        }
        if (rest.final === true)
          return [state, { ...rest, next: [...deliverySteps(state), ...(state === 'issued' ? [correctionStep] : [])] }]
        const own = looked
          .map((make) => make(state))
          .filter(({ awaits }) => rest.tasks?.some((task) => awaits[0] === `task ${task}`))
        return [
          state,
          { ...rest, next: [...deliverySteps(state), ...own, reminder(state, reminders[state] ?? 'stalled')] },
        ]
      }),
    ),
    ...correctionStates,
  },
}
