import { shortHash } from '../../base/sha256.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import type { Document, Here, Known } from './known.ts'

/** Types of facts that say what was counted. */
export const counts = ['goods_receipt.changed', 'goods_receipt.opened', 'goods_receipt.posted'] as const

function countHere(scope: Here): string {
  return nameOf(linesHere(scope))
}

function linesHere({ known, branchKey }: Here): Document['lines'] {
  return known.receipts[branchKey]?.lines ?? []
}

/** The name of a count: lines that are told in another order are the same. */
function nameOf(lines: Document['lines']): string {
  return shortHash(JSON.stringify(lines.map((one) => JSON.stringify(one)).toSorted()))
}

/** What is decided, with the count that it is decided for: another one is seen by it. */
export function decidedFor(scope: Here, decision: Data = {}): Data {
  return { ...decision, counted: linesHere(scope) }
}

/** Whether the warehouse counted the receipt anew since. What was decided before counts were kept is of the one that is known. */
export function isRecounted(scope: Here): boolean {
  const counted = scope.chosen['counted'] as Document['lines'] | undefined
  return counted !== undefined && nameOf(counted) !== countHere(scope)
}

/** From a receipt that is booked, to the question what is true. */
export const recounted: Step<Known> = {
  to: 'recounted',
  label: 'the warehouse counted it anew after it was booked',
  awaits: counts,
  when: isRecounted,
  choose: asking,
}

/** What is done about a receipt that was booked with another count. */
export const recountStates: Readonly<Record<string, StateDefinition<Known>>> = {
  recounted: {
    about: 'The warehouse counts other quantities than are booked: a person corrects the books, or leaves them.',
    tasks: ['counted-anew'],
    cancel: { refused: 'goods_are_here' },
    next: [
      {
        to: 'taken_back',
        label: 'the warehouse took it back',
        awaits: ['goods_receipt.reversed'],
        when: ({ known, branchKey }) => known.receipts[branchKey]?.said.includes('reversed') === true,
      },
      {
        to: 'putting_away',
        label: 'it is counted as it was booked after all',
        awaits: counts,
        when: (scope) => !isRecounted(scope),
        choose: settled,
      },
      {
        to: 'putting_away',
        label: 'a person has looked',
        awaits: ['task counted-anew'],
        when: (scope) => scope.answer('counted-anew') !== undefined && scope.chosen['asked'] === countHere(scope),
        choose: (scope) => settled(scope, decidedFor(scope)),
      },
      {
        to: 'recounted',
        label: 'it is counted anew once more',
        awaits: [...counts, 'task counted-anew'],
        when: (scope) => scope.chosen['asked'] !== countHere(scope),
        choose: asking,
      },
    ],
  },
}

function asking(scope: Here): Data {
  return { ...scope.chosen, asked: countHere(scope) }
}

function settled(scope: Here, more: Data = {}): Data {
  const { asked: _, ...chosen } = scope.chosen
  return { ...chosen, ...more }
}
