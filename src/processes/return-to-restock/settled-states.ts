import type { StateDefinition } from '../engine/definition.ts'
import { record } from '../told-document.ts'
import { goodsFacts } from './facts.ts'
import { cameBack, creditedTooMuch, type Here, isMore, type Known, parcelOf } from './known.ts'

/** Where a return is when its goods and its money are settled, and what may come after that. */
export const settledStates: Readonly<Record<string, StateDefinition<Known>>> = {
  credited_too_much: {
    about: 'A receipt was taken back after it was credited: finance decides.',
    tasks: ['credited-too-much'],
    cancel: { refused: 'already_disposed' },
    next: [
      {
        to: 'closed',
        label: 'finance has looked',
        awaits: ['task credited-too-much'],
        when: (scope) => scope.answer('credited-too-much') !== undefined,
        choose: (scope) => ({ ...scope.chosen, isReviewed: true, seen: scope.choice('asked') }),
      },
      {
        to: 'closed',
        label: 'the goods are there after all',
        awaits: goodsFacts,
        when: (scope) => seenHere(scope) === '',
        choose: (scope) => ({ ...scope.chosen, isReviewed: true, seen: '' }),
      },
    ],
  },
  closed: {
    about: 'The goods are where they belong, and the money too. Another parcel of it begins anew.',
    says: ['closed'],
    final: true,
    next: [
      {
        to: 'received',
        label: 'more came after it was settled',
        awaits: goodsFacts,
        when: (scope) => isMore(scope),
        choose: ({ chosen }) => ({
          ...{ settled: record(chosen['came']), paid: record(chosen['paid']), parcel: parcelOf(chosen) + 1 },
        }),
      },
      {
        to: 'credited_too_much',
        label: 'goods that were credited did not come after all',
        awaits: goodsFacts,
        when: (scope) => isUnseen(scope),
        choose: (scope) => ({ ...scope.chosen, asked: seenHere(scope) }),
      },
    ],
  },
}

/** What a person was, or is, asked about: items of which more was credited than came. */
function seenHere(scope: Here): string {
  return creditedTooMuch(scope)
    .map((sku) => `${sku} ${cameBack(scope.known).get(sku) ?? '0'}`)
    .join(', ')
}

function isUnseen(scope: Here): boolean {
  return seenHere(scope) !== '' && seenHere(scope) !== scope.choice('seen')
}
