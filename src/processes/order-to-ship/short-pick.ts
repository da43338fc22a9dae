import { isZero } from '../../base/decimal.ts'
import type { Branch, Step, TaskDefinition } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { deliveryFacts, deliveryHere, isIssued, isOver } from './delivery-track.ts'
import type { Known } from './known.ts'
import { isOurs } from './revision.ts'
import { type Short, shortsOf } from './shorts.ts'

type Here = Scope<Known>

const shortsHere = ({ known, branchKey }: Here): readonly Short[] => shortsOf(known, branchKey)

/** The same line was missing in another delivery already: whoever sends it once more sends it for ever. */
function isAgain({ known, branchKey }: Here): boolean {
  const others = Object.keys(known.deliveries).filter((number) => number !== branchKey)
  const before = new Set(others.flatMap((number) => shortsOf(known, number).map(({ lineNo }) => lineNo)))
  return shortsOf(known, branchKey).some(({ lineNo }) => before.has(lineNo))
}

/** What the tenant wants done about it; a person is asked where it does not help. */
function automatic(scope: Here): string {
  return isAgain(scope) ? 'ask' : scope.policy('shortPick', 'backorder')
}

const isWhole = (scope: Here): boolean => shortsHere(scope).length === 0 || deliveryHere(scope)?.status === 'cancelled'
const whole: Step<Known> = {
  to: 'whole',
  label: 'all of it was found after all, or the delivery is withdrawn',
  awaits: [...deliveryFacts],
  when: isWhole,
}
const asWas = (scope: Here) => ({ shorts: JSON.stringify(shortsHere(scope)) })
const otherwise: Step<Known> = {
  to: 'deciding',
  label: 'the warehouse says something else',
  awaits: [...deliveryFacts],
  when: (scope) => !isWhole(scope) && scope.choice('shorts') !== asWas(scope).shorts,
}

function decided(to: string, policy: string, decision: string, label: string): Step<Known> {
  return {
    to,
    label,
    awaits: ['task short-pick'],
    when: (scope) => automatic(scope) === policy || scope.decided('short-pick', decision),
    choose: asWas,
  }
}

function leaving(about: string, to: string): Branch<Known>['states'][string] {
  return {
    about,
    timers: ['stalled'],
    next: [
      whole,
      otherwise,
      {
        to,
        label: 'the rest of it has left',
        awaits: [...deliveryFacts],
        when: (scope) => {
          const delivery = deliveryHere(scope)
          return delivery !== undefined && (isIssued(delivery) || isOver(delivery))
        },
        choose: ({ chosen }) => chosen,
      },
      {
        to: to === 'returned' ? 'returning' : 'dropping',
        label: 'it is late',
        awaits: ['timer stalled'],
        when: (scope) => scope.missed('stalled'),
        choose: ({ chosen }) => chosen,
      },
    ],
  }
}

/** What becomes of goods that a warehouse should have shipped and did not find. */
export const shortBranch: Branch<Known> = {
  about: 'A delivery of which the warehouse did not find everything, by its number.',
  initial: 'deciding',
  each: (scope) =>
    isOurs(scope)
      ? Object.keys(scope.known.deliveries).filter((number) => shortsOf(scope.known, number).length > 0)
      : [],
  states: {
    deciding: {
      about: 'The warehouse has picked less than it should: policy or a person says what becomes of the rest.',
      tasks: ['short-pick'],
      next: [
        whole,
        decided('returning', 'backorder', 'backorder', 'the rest is shipped when it is there'),
        decided('dropping', 'cancel', 'cancel_remainder', 'the rest is not shipped'),
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
      final: true,
      next: [
        { to: 'deciding', label: 'something is missing', awaits: [...deliveryFacts], when: (scope) => !isWhole(scope) },
      ],
    },
  },
}

/** Lines of which stock holds nothing but what was not found: its reservation is over. One that waits for more keeps its place. */
export function givenUp(scope: Here): readonly Short[] {
  return shortsHere(scope).filter(({ lineNo }) => isZero(scope.known.reservations[lineNo]?.missing ?? '0'))
}

/** Asked of the order desk where no policy decides, or the policy has not helped. */
export const shortPickTask: TaskDefinition<Known> = {
  about: 'A warehouse has picked less than it should.',
  role: 'order-desk',
  when: (scope) => automatic(scope) === 'ask',
  question: (scope) =>
    `The warehouse of delivery ${scope.branchKey} of order ${scope.known.number} did not find ${shortsHere(scope)
      .map(({ quantity, uom, sku }) => `${quantity} ${uom} ${sku}`)
      .join(', ')}. What becomes of the rest?`,
  evidence: (scope) => ({ shorts: shortsHere(scope), reservations: scope.known.reservations }),
  objects: (scope) => [deliveryHere(scope)?.subject ?? scope.known.order],
  due: (scope) => scope.after(scope.since, 240, 'shortPickMinutes'),
  decisions: [
    {
      name: 'backorder',
      label: 'Ship the rest later',
      consequence: 'It gets a delivery of its own when stock has it.',
    },
    {
      name: 'cancel_remainder',
      label: 'Cancel the rest',
      consequence: 'Nothing more of it is shipped; what stock holds of it is given back.',
    },
  ],
}
