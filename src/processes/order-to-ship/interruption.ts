import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { deliveryFacts, isIssued, isPicked } from './delivery-track.ts'
import type { Known } from './known.ts'
import { asItWas, before, isChanged, isOurs, kept, nextRound } from './revision.ts'
import { isComing } from './undelivered.ts'

type Here = Scope<Known>

/** What comes between an order and its deliveries that are under way. */
interface Interruption {
  /** State in which a person is asked before anything is done: the warehouse has goods in its hands. */
  readonly asking: string
  /** State in which the warehouse is told to stop. */
  readonly stopping: string
  readonly task: string
  /** The decision by which it ships all the same. */
  readonly shipping: string
  readonly about: string
  readonly label: string
  readonly awaits: readonly string[]
  readonly when: (scope: Here) => boolean
  /** Once nothing of it is under way any more. */
  readonly then: string
  /** What is kept so that the same word does not interrupt it again. */
  readonly past: NonNullable<Step<Known>['choose']>
}

const deliveries = ({ known }: Here) => Object.values(known.deliveries)
const isWithdrawn = (scope: Here): boolean =>
  deliveries(scope).every(({ status }) => status === 'cancelled') && !isComing(scope)

/** Whether somebody holds it, and nobody has decided that it ships all the same. */
export function isHalted(scope: Here): boolean {
  return isOnHold(scope) && scope.choice('shipsOnHold') !== 'true'
}

/** Whether somebody holds it: what is under way may ship all the same, and nothing is begun. */
export function isOnHold(scope: Here): boolean {
  return isOurs(scope) && scope.known.status === 'on_hold'
}

/** What was decided about one hold is not decided about the next. */
export const holdOver: Step<Known>['when'] = (scope) => !isOnHold(scope) && scope.choice('shipsOnHold') === 'true'

/** Other states of the order than the ones in which it is held by itself. */
export function interruptions(awaits: readonly string[]): readonly Interruption[] {
  return [
    {
      asking: 'asking_about_change',
      stopping: 'amending',
      task: 'change-late',
      shipping: 'ship_as_it_was',
      about: 'It was changed while deliveries are under way',
      label: 'it was changed',
      awaits,
      when: isChanged,
      then: 'validating',
      past: asItWas,
    },
    {
      asking: 'asking_about_hold',
      stopping: 'halting',
      task: 'hold-late',
      shipping: 'ship_anyway',
      about: 'Somebody holds it while deliveries are under way',
      label: 'somebody holds it',
      awaits,
      when: isHalted,
      then: 'held',
      past: (scope) => ({ ...scope.chosen, shipsOnHold: 'true' }),
    },
  ]
}

/** Ways out of a state in which deliveries are under way: a person is asked first where goods are in somebody's hands. */
export function interrupted(awaits: readonly string[]): readonly Step<Known>[] {
  return interruptions(awaits).flatMap((one): Step<Known>[] => {
    const choose = one.then === 'held' ? kept : before
    const isHeldUp = (scope: Here): boolean => one.when(scope) && deliveries(scope).length > 0
    return [
      {
        to: one.asking,
        label: `${one.label}, and a warehouse has goods of it in its hands`,
        awaits: [...one.awaits],
        when: (scope) => isHeldUp(scope) && deliveries(scope).some(isPicked),
        choose,
      },
      { to: one.stopping, label: one.label, awaits: [...one.awaits], when: isHeldUp, choose },
    ]
  })
}

/** The states of an order that is changed or held while deliveries are under way. */
export function interruptionStates(awaits: readonly string[]): Readonly<Record<string, StateDefinition<Known>>> {
  return Object.fromEntries(
    interruptions(awaits).flatMap((one) => [
      [one.asking, askingState(one)],
      [one.stopping, stoppingState(one)],
    ]),
  )
}

function askingState(one: Interruption): StateDefinition<Known> {
  return {
    about: `${one.about}, and a warehouse has goods of it in its hands: a person decides before it is told anything.`,
    timers: ['cancel-late'],
    tasks: [one.task],
    cancel: 'cancelling',
    refuses,
    next: [
      ...shipping(one),
      {
        to: one.stopping,
        label: 'a person withdraws it, or nothing of it is in anybody’s hands',
        awaits: [`task ${one.task}`, ...deliveryFacts],
        when: (scope) => scope.decided(one.task, 'withdraw') || !deliveries(scope).some(isPicked),
        choose: kept,
      },
      ...goesOn(one),
      ...looked(one.asking, one.task),
    ],
  }
}

function stoppingState(one: Interruption): StateDefinition<Known> {
  return {
    about: `${one.about}: they are withdrawn.`,
    effects: ['cancel-delivery'],
    timers: ['cancel-late'],
    tasks: [one.task],
    cancel: 'cancelling',
    refuses,
    next: [
      ...shipping(one),
      {
        to: one.then,
        label: 'every delivery is withdrawn',
        awaits: [...deliveryFacts],
        when: isWithdrawn,
        ...(one.then === 'held' ? { choose: nextRound } : {}),
      },
      ...looked(one.stopping, one.task),
    ],
  }
}

const refuses = (scope: Here): string | undefined =>
  deliveries(scope).some(isIssued) ? 'after_goods_issue' : undefined

/** It ships: because it has left, or because a person wants it. */
function shipping(one: Interruption): readonly Step<Known>[] {
  return [
    {
      to: 'fulfilling',
      label: 'goods have left already: it ships',
      awaits: [...deliveryFacts],
      when: (scope) => deliveries(scope).some(isIssued),
      choose: one.past,
    },
    {
      to: 'fulfilling',
      label: 'a person lets it ship',
      awaits: [`task ${one.task}`],
      when: (scope) => scope.decided(one.task, one.shipping),
      choose: one.past,
    },
  ]
}

/** Nobody was told to stop yet: a hold that is over changes nothing. */
function goesOn({ then, when, awaits }: Interruption): readonly Step<Known>[] {
  if (then !== 'held') return []
  return [
    {
      to: 'fulfilling',
      label: 'the hold is over',
      awaits: [...awaits],
      when: (scope) => !when(scope),
      choose: kept,
    },
  ]
}

function looked(state: string, task: string): readonly Step<Known>[] {
  return [
    {
      to: state,
      label: 'a person has looked',
      awaits: [`task ${task}`],
      when: (scope) => scope.answer(task) !== undefined,
      choose: kept,
    },
  ]
}
