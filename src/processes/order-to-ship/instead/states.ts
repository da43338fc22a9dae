import type { StateDefinition, Step } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import { deliveryFacts } from '../delivery-track.ts'
import type { Known } from '../known.ts'
import { carried, failedHere, isAnswered, openLines, without } from './choice.ts'
import { areCandidatesKnown, isStockKnown } from './options.ts'
import { isHeld, isLost, type Planned, planOf } from './plan.ts'

type Here = Scope<Known>

/** Ways out that these states share with the others of the branch. */
interface Around {
  readonly whole: Step<Known>
  readonly calledOff: Step<Known>
  readonly otherwise: Step<Known>
  /** The rest of the delivery has left. */
  readonly hasLeft: (scope: Here) => boolean
}

const planHere = (scope: Here): readonly Planned[] => planOf(scope, scope.branchKey)
const lostHere = (scope: Here): readonly Planned[] =>
  planHere(scope).filter((one) => isLost(scope, scope.branchKey, one))
const answers = ['inventory.availability_answered', 'substitutes.answered', 'reservation.answered'] as const
/** Everybody has been told of what was planned before. */
const told = (scope: Here) => carried(scope, { plan: planHere(scope).map((one) => ({ ...one, isTold: true })) })
const lost: Step<Known> = {
  to: 'deciding',
  label: 'the delivery of what was shipped instead is withdrawn',
  awaits: [...deliveryFacts],
  when: (scope) => lostHere(scope).length > 0,
  choose: (scope) => {
    const rest = without(scope, lostHere(scope))
    return { ...rest, plan: (rest['plan'] as readonly Planned[]).map((one) => ({ ...one, isTold: true })) }
  },
}

/** What could be shipped instead is looked for, held, and shipped once the rest has left. */
export function insteadStates(around: Around): Readonly<Record<string, StateDefinition<Known>>> {
  return { ...seekingStates(around), ...shippingStates(around) }
}

function seekingStates({ whole, otherwise }: Around): Readonly<Record<string, StateDefinition<Known>>> {
  return {
    looking: {
      about: 'Master data is asked what may be sent instead.',
      says: ['substitutes'],
      timers: ['options'],
      next: [
        whole,
        otherwise,
        {
          to: 'weighing',
          label: 'it has answered, or does not in time',
          awaits: [...answers, 'timer options'],
          when: (scope) => areCandidatesKnown(scope) || scope.missed('options'),
          choose: (scope) => carried(scope),
        },
      ],
    },
    weighing: {
      about: 'Stock is asked where how much is free of what could be shipped.',
      says: ['availability'],
      timers: ['options'],
      next: [
        whole,
        otherwise,
        {
          to: 'deciding',
          label: 'it has answered, or does not in time',
          awaits: [...answers, 'timer options'],
          when: (scope) => isStockKnown(scope) || scope.missed('options'),
          choose: (scope) => carried(scope, { informed: true }),
        },
      ],
    },
    reserving: {
      about: 'Stock is asked for what is shipped instead, under names of its own.',
      says: ['alternatives'],
      timers: ['allocation'],
      next: [
        whole,
        otherwise,
        {
          to: 'deciding',
          label: 'it does not have all of it, or something is not decided yet',
          awaits: [...answers, 'timer allocation'],
          when: (scope) => isReady(scope) && (failedHere(scope).length > 0 || openLines(scope).length > 0),
          choose: (scope) => without(scope, failedHere(scope)),
        },
        {
          to: 'holding',
          label: 'it is held',
          awaits: [...answers, 'timer allocation'],
          when: isReady,
          choose: (scope) => carried(scope),
        },
      ],
    },
  }
}

function shippingStates(around: Around): Readonly<Record<string, StateDefinition<Known>>> {
  const { whole, calledOff, otherwise, hasLeft } = around
  return {
    holding: {
      about: 'Something else is held for what was not found. What was found leaves first.',
      timers: ['stalled'],
      next: [
        whole,
        otherwise,
        {
          to: 'replacing',
          label: 'the rest of it has left',
          awaits: [...deliveryFacts],
          when: hasLeft,
          choose: (scope) => carried(scope),
        },
        {
          to: 'holding',
          label: 'it is late',
          awaits: ['timer stalled'],
          when: (scope) => scope.missed('stalled'),
          choose: (scope) => carried(scope),
        },
      ],
    },
    replacing: {
      about:
        'What was not found is given up, and deliveries are made of what is held instead; what waits for stock gets one when it is there.',
      says: ['short-release', 'instead'],
      effects: ['amend-order'],
      timers: ['max-age'],
      next: [
        calledOff,
        lost,
        {
          to: 'replaced',
          label: 'all of it is held',
          awaits: ['reservation.answered'],
          when: (scope) => planHere(scope).every((one) => isHeld(scope, one)),
          choose: told,
        },
        {
          to: 'deciding',
          label: 'it has waited for stock for long',
          awaits: ['timer max-age'],
          when: (scope) => scope.missed('max-age'),
          choose: (scope) =>
            without(
              scope,
              planHere(scope).filter((one) => !isHeld(scope, one)),
            ),
        },
      ],
    },
    replaced: {
      about: 'Something else is shipped for all that was not found.',
      final: true,
      next: [calledOff, lost],
    },
  }
}

function isReady(scope: Here): boolean {
  return isAnswered(scope) || scope.missed('allocation')
}
