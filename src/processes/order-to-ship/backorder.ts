import { compare } from '../../base/decimal.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Branch } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import type { Known, Line, Reserved } from './known.ts'

/** A line that stock cannot serve in full. */
export function isShort({ missing, outcome }: Reserved): boolean {
  return !over.has(outcome) && compare(missing, '0') > 0
}

/** The reservation is gone, by whoever asked for it. */
const over: ReadonlySet<string> = new Set(['released'])

/** The line that the branch is about: its key is the number of the line. */
export function lineHere({ known, branchKey }: Scope<Known>): Line | undefined {
  return known.lines?.find(({ lineNo }) => lineNo === branchKey)
}

/** What stock said of it last. */
export function reservedHere({ known, branchKey }: Scope<Known>): Reserved | undefined {
  return known.reservations[branchKey]
}

const answer = ['reservation.answered'] as const
const isServed = (scope: Scope<Known>): boolean => {
  const reserved = reservedHere(scope)
  return reserved === undefined || !isShort(reserved)
}
const isGone = (scope: Scope<Known>): boolean => lineHere(scope) === undefined
/** Whose reservation was refused or has expired: nobody keeps a place in the queue. */
const isOut = (scope: Scope<Known>): boolean => ['expired', 'refused'].includes(reservedHere(scope)?.outcome ?? '')

/**
 * A line that waits for stock. It has its place in the queue of the item, which is kept by the stock of the item: priority, then age; a line
 * that takes all or nothing is passed over three times at most.
 */
export const backorderBranch: Branch<Known> = {
  about: 'A line that stock cannot serve in full, by its number. It waits in the queue of the item.',
  initial: 'planning',
  each: ({ known }) => Object.entries(known.reservations).flatMap(([lineNo, one]) => (isShort(one) ? [lineNo] : [])),
  states: {
    planning: {
      about: 'The promise is computed from receipts that are confirmed.',
      says: ['promise'],
      timers: ['max-age'],
      next: [
        {
          to: 'waiting',
          label: 'the promise is made',
          awaits: [],
          when: () => true,
          choose: (scope) => ({ promised: promiseOf(scope) ?? '' }),
        },
      ],
    },
    waiting: {
      about: 'It waits for receipts, released holds, and what others give back.',
      timers: ['promise-breach', 'max-age'],
      tasks: ['old-backorder'],
      cancel: 'cancelling',
      next: [
        { to: 'dropped', label: 'the line is no longer ordered', awaits: ['order.changed'], when: isGone },
        { to: 'allocated', label: 'stock is there for all of it', awaits: answer, when: isServed },
        {
          to: 'cancelling',
          label: 'a person cancels the rest',
          awaits: ['task old-backorder'],
          when: (scope) => scope.decided('old-backorder', 'cancel_remainder'),
        },
        {
          to: 'planning',
          label: 'a person keeps it waiting, the time is another one, or its place was lost',
          awaits: [...answer, 'task old-backorder', 'timer promise-breach', 'order.changed'],
          when: (scope) =>
            scope.answer('old-backorder') !== undefined || scope.missed('promise-breach') || isLater(scope),
        },
        { to: 'asking_again', label: 'it has no place in the queue any more', awaits: answer, when: isOut },
      ],
    },
    asking_again: {
      about: 'Its reservation expired or was refused: it is asked for anew.',
      says: ['reservation-again'],
      timers: ['max-age'],
      tasks: ['old-backorder'],
      cancel: 'cancelling',
      next: [
        { to: 'dropped', label: 'the line is no longer ordered', awaits: ['order.changed'], when: isGone },
        { to: 'waiting', label: 'stock answers', awaits: answer, when: (scope) => !isOut(scope) },
        {
          to: 'cancelling',
          label: 'a person cancels the rest',
          awaits: ['task old-backorder'],
          when: (scope) => scope.decided('old-backorder', 'cancel_remainder'),
        },
        {
          to: 'asking_again',
          label: 'a person keeps it',
          awaits: ['task old-backorder'],
          when: (scope) => scope.answer('old-backorder') !== undefined,
        },
      ],
    },
    cancelling: {
      about: 'The rest is given up: its place in the queue is given back.',
      says: ['line-release'],
      timers: ['max-age'],
      next: [{ to: 'dropped', label: 'it is given back', awaits: [], when: () => true }],
    },
    allocated: {
      about: 'Stock is held for all of it. A count or a reversal may take it away again.',
      final: true,
      next: [
        { to: 'planning', label: 'stock is not there after all', awaits: answer, when: (scope) => !isServed(scope) },
      ],
    },
    dropped: { about: 'Nothing more is shipped of the line.', final: true },
  },
}

/** When stock expects it, if that is not what was promised. */
function isLater(scope: Scope<Known>): boolean {
  const promise = promiseOf(scope)
  return promise !== undefined && promise !== scope.choice('promised')
}

/** When stock expects the rest. Undefined: it is not in sight. */
export function promiseOf(scope: Scope<Known>): string | undefined {
  const at = readInstant(reservedHere(scope)?.expectedAt ?? '')
  return at === undefined ? undefined : writeInstant(at)
}
