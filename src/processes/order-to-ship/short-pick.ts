import { compare } from '../../base/decimal.ts'
import type { Branch, EffectDefinition, StateDefinition, Step, TaskDefinition } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { wait } from '../engine/task.ts'
import type { Data } from '../posting.ts'
import { deliveryFacts, deliveryHere, isIssued, isOver } from './delivery-track.ts'
import { carried, chooseByPerson, chooseByPolicy, openLines, taken } from './instead/choice.ts'
import { givenBack, type Planned, planOf } from './instead/plan.ts'
import { chainOf } from './instead/policy.ts'
import { insteadStates } from './instead/states.ts'
import type { Known } from './known.ts'
import { isOurs } from './revision.ts'
import { isEmpty, type Short, shortsOf } from './shorts.ts'

type Here = Scope<Known>

/** What the delivery of this branch is short of. */
export const shortsHere = (scope: Here): readonly Short[] => shortsOf(scope, scope.branchKey)

/** The same line was missing in another delivery already: whoever sends it once more sends it for ever. */
function isAgain(scope: Here): boolean {
  const others = Object.keys(scope.known.deliveries).filter((number) => number !== scope.branchKey)
  const before = new Set(others.flatMap((number) => shortsOf(scope, number).map(({ lineNo }) => lineNo)))
  return shortsHere(scope).some(({ lineNo }) => before.has(lineNo))
}

/** How many of the lines the warehouse says it ships later, under the same delivery: whoever ships them otherwise ships them twice. */
function following(scope: Here): 'none' | 'some' | 'all' {
  if (!scope.policy('restFollows', true)) return 'none'
  const shorts = shortsHere(scope)
  const count = shorts.filter(({ rest }) => rest === 'backordered').length
  return count === 0 ? 'none' : count === shorts.length ? 'all' : 'some'
}

/** Left to the warehouse once; what has not come in all that time is for a person. */
const isLeft = ({ chosen }: Here): boolean => chosen['isLeft'] === true

/** What the tenant wants done about it: one thing for all lines, or several tried for each. A person is asked where it does not help. */
function automatic(scope: Here): 'ask' | 'backorder' | 'cancel' | 'chain' {
  const [only = 'ask', ...others] = chainOf(scope)
  if (following(scope) !== 'none') return 'ask'
  if (others.length > 0 || only === 'substitute' || only === 'other_node') return 'chain'
  return only === 'ask' || isAgain(scope) ? 'ask' : only
}

const isCalledOff = (scope: Here): boolean => ['cancelled', 'cancelling'].includes(scope.state('main') ?? '')
const isWhole = (scope: Here): boolean =>
  shortsHere(scope).length === 0 || deliveryHere(scope)?.status === 'cancelled' || isCalledOff(scope)

/** Gives back all that was planned instead. */
const released = (scope: Here): Data => givenBack(scope, planOf(scope, scope.branchKey))
/** Out of every state in which it is not decided for good. */
export const whole: Step<Known> = {
  to: 'whole',
  label: 'all of it was found after all, or the delivery or the order is withdrawn',
  awaits: [...deliveryFacts],
  when: isWhole,
  choose: released,
}
/** The cancellation of the order takes back what is planned instead, until a delivery of it has left. */
export const calledOff: Step<Known> = { ...whole, label: 'the order is called off', awaits: [], when: isCalledOff }
const asWas = (scope: Here) => ({
  // What it was planned instead of may be told since, and changes nothing.
  shorts: JSON.stringify(shortsHere(scope), (name, value: unknown) => (name === 'planned' ? undefined : value)),
})
/** What is missing is not what it was when it was decided. */
export const otherwise: Step<Known> = {
  to: 'deciding',
  label: 'the warehouse says something else',
  awaits: [...deliveryFacts],
  when: (scope) => !isWhole(scope) && scope.choice('shorts') !== asWas(scope).shorts,
  choose: released,
}

/** The rest of the delivery has left, or nothing more of it will. */
export function hasLeft(scope: Here): boolean {
  const delivery = deliveryHere(scope)
  return delivery !== undefined && (isIssued(delivery) || isOver(delivery))
}

/** Nothing was planned for it, and it was not planned instead of anything: the reservation of the line is all that there is. */
const isPlain = (scope: Here): boolean =>
  planOf(scope, scope.branchKey).length === 0 && shortsHere(scope).every(({ planned }) => planned === undefined)

const isInformed = ({ chosen }: Here): boolean => chosen['informed'] === true
const isForPerson = (scope: Here): boolean =>
  automatic(scope) === 'ask' || (automatic(scope) === 'chain' && chooseByPolicy(scope).asks)

function decided(to: string, policy: 'backorder' | 'cancel', decision: string, label: string): Step<Known> {
  return {
    to,
    label,
    awaits: ['task short-pick'],
    when: (scope) => automatic(scope) === policy || (scope.decided('short-pick', decision) && isPlain(scope)),
    choose: asWas,
  }
}

/** What is chosen now: by a person where one has decided, else by the policy. Undefined: a person has to. */
function choiceHere(scope: Here) {
  const answer = scope.answer('short-pick')
  if (answer !== undefined) return chooseByPerson(scope, answer)
  return isInformed(scope) && automatic(scope) === 'chain' ? chooseByPolicy(scope) : undefined
}

const chosenInstead: readonly Step<Known>[] = [
  {
    to: 'looking',
    label: 'what could be shipped instead is not known yet, or what was wanted cannot be',
    awaits: ['task short-pick'],
    when: (scope) =>
      !isInformed(scope) || (scope.answer('short-pick') !== undefined && choiceHere(scope)?.asks === true),
    choose: (scope) => carried(scope, asFirst(scope)),
  },
  {
    to: 'reserving',
    label: 'something else is shipped for it',
    awaits: ['task short-pick'],
    when: (scope) => (choiceHere(scope)?.plan.length ?? 0) > 0,
    choose: (scope) => carriedChoice(scope),
  },
  {
    to: 'holding',
    label: 'nothing more is shipped of the other lines',
    awaits: ['task short-pick'],
    when: (scope) => isDropped(scope) && planOf(scope, scope.branchKey).length > 0,
    choose: (scope) => carriedChoice(scope),
  },
  {
    to: 'dropping',
    label: 'nothing more is shipped of any line',
    awaits: ['task short-pick'],
    when: isDropped,
    choose: asWas,
  },
]

function isDropped(scope: Here): boolean {
  const choice = choiceHere(scope)
  if (choice === undefined) return isInformed(scope) && openLines(scope).length === 0
  return !choice.asks && choice.plan.length === 0
}

function carriedChoice(scope: Here): Data {
  const choice = choiceHere(scope) ?? { plan: [] as readonly Planned[], dropped: [], asks: false }
  return { ...taken(scope, choice), ...asFirst(scope) }
}

/** What it is decided about: the first word stays until the warehouse says something else. */
function asFirst(scope: Here): Data {
  const shorts = scope.choice('shorts')
  return shorts === '' ? asWas(scope) : { shorts }
}

function leaving(about: string, to: string): StateDefinition<Known> {
  return {
    about,
    effects: [empty],
    timers: ['stalled'],
    tasks: [empty],
    next: [
      whole,
      otherwise,
      {
        to,
        label: 'the rest of it has left',
        awaits: [...deliveryFacts],
        when: hasLeft,
        choose: ({ chosen }) => chosen,
      },
      {
        to: to === 'returned' ? 'returning' : 'dropping',
        label: 'it is late, or a person goes on waiting',
        awaits: ['timer stalled', `task ${empty}`],
        when: (scope) =>
          scope.answer(empty) !== undefined || (scope.missed('stalled') && !isEmpty(scope, scope.branchKey)),
        choose: ({ chosen }) => chosen,
      },
    ],
  }
}

const empty = 'empty-delivery'

/** A delivery of which nothing was found never leaves: it is called off, and its goods are shipped by another one, or not at all. */
export const emptyDeliveryEffect: EffectDefinition<Known> = {
  about: 'A delivery of which nothing was found is called off. Nothing more of it would ever be heard.',
  command: 'cancel_delivery',
  role: 'order-desk',
  handled: true,
  required: true,
  object: (scope) => deliveryHere(scope)?.subject,
  make: (scope) => {
    const number = scope.branchKey
    if (!isEmpty(scope, number)) return undefined
    const payload = { deliveryNumber: number, orderNumber: scope.known.number, ...deliveryHere(scope)?.ordered }
    return { businessKey: number, key: `delivery:${number}`, priority: 2, payload }
  },
}

/** Asked where the warehouse does not call off a delivery of which it found nothing. */
export const emptyDeliveryTask: TaskDefinition<Known> = {
  about: 'Nothing of a delivery was found, and nobody calls it off.',
  role: 'order-desk',
  when: (scope) =>
    isEmpty(scope, scope.branchKey) &&
    (scope.missed('stalled') || ['parked', 'refused', 'unrouted'].includes(scope.outcome(empty) ?? '')),
  question: (scope) =>
    `The warehouse found nothing of delivery ${scope.branchKey} of order ${scope.known.number}, and the delivery is still open. Who calls it off?`,
  evidence: (scope) => ({ shorts: shortsHere(scope) }),
  objects: (scope) => [deliveryHere(scope)?.subject ?? scope.known.order],
  decisions: [wait],
}

/** What becomes of goods that a warehouse should have shipped and did not find. */
export const shortBranch: Branch<Known> = {
  about: 'A delivery of which the warehouse did not find everything, by its number.',
  initial: 'deciding',
  keeps: ['attempts', 'past', 'isLeft'],
  each: (scope) =>
    isOurs(scope) ? Object.keys(scope.known.deliveries).filter((number) => shortsOf(scope, number).length > 0) : [],
  states: {
    deciding: {
      about: 'The warehouse has picked less than it should: policy or a person says what becomes of the rest.',
      says: ['alternative-release'],
      tasks: ['short-pick'],
      next: [
        whole,
        { ...otherwise, when: (scope) => scope.choice('shorts') !== '' && otherwise.when(scope) },
        {
          to: 'following',
          label: 'the warehouse says that it ships the rest later',
          awaits: [],
          when: (scope) => !isLeft(scope) && following(scope) === 'all' && chainOf(scope)[0] !== 'ask',
          choose: asWas,
        },
        decided('returning', 'backorder', 'backorder', 'the rest is shipped when it is there'),
        decided('dropping', 'cancel', 'cancel_remainder', 'the rest is not shipped'),
        ...chosenInstead,
      ],
    },
    ...insteadStates({ whole, calledOff, otherwise, hasLeft }),
    following: {
      about: 'The warehouse ships the rest later under the same delivery: nobody else does.',
      timers: ['max-age'],
      next: [
        whole,
        otherwise,
        {
          to: 'deciding',
          label: 'it has not come for long',
          awaits: ['timer max-age'],
          when: (scope) => scope.missed('max-age'),
          choose: (scope) => ({ ...asWas(scope), isLeft: true }),
        },
      ],
    },
    returning: leaving(
      'What was found leaves first: until then the warehouse may find the rest, or correct its stock.',
      'returned',
    ),
    dropping: leaving('What was found leaves; the rest is given up.', 'dropped'),
    returned: {
      about: 'The rest gets a delivery of its own when stock has it.',
      final: true,
      next: [whole, otherwise],
    },
    dropped: {
      about: 'Nothing more is shipped of what was missing.',
      says: ['short-release'],
      final: true,
      next: [whole, otherwise],
    },
    whole: {
      about: 'Nothing is missing.',
      says: ['alternative-release'],
      final: true,
      next: [
        { to: 'deciding', label: 'something is missing', awaits: [...deliveryFacts], when: (scope) => !isWhole(scope) },
      ],
    },
  },
}

/** Whether a person is asked about it now. */
export function isAsked(scope: Here): boolean {
  return isInformed(scope) && isForPerson(scope)
}

/**
 * Lines of which stock holds, or waits for, nothing but what was not found: their reservation is over. One that waits for more keeps its
 * place.
 */
export function givenUp(scope: Here): readonly Short[] {
  return shortsHere(scope).filter(
    ({ lineNo, quantity, planned }) =>
      planned !== undefined || compare(scope.known.reservations[lineNo]?.missing ?? '0', quantity) <= 0,
  )
}
