import { readInstant, writeInstant } from '../../base/instant.ts'
import type { StateDefinition } from '../engine/definition.ts'
import { text } from '../told-document.ts'
import { type Document, type Here, isReversed, type Known, stowedSince } from './known.ts'

/** Goods that a person attached to the order and that the warehouse has not taken back. */
export function attachedGoods({ attached = {} }: Known): readonly Document[] {
  return Object.values(attached).filter((one) => !isReversed(one))
}

/** Receipts that were attached to the order, which nobody knows, and that nobody was asked about yet. */
export function unexplained({ known, chosen }: Here): readonly Document[] {
  const seen = (chosen['seen'] ?? []) as readonly string[]
  return known.order === undefined ? attachedGoods(known).filter(({ number }) => !seen.includes(number)) : []
}

/** The receipt that the branch is about, as it was attached. */
export function attachedHere({ known, branchKey }: Here): Document | undefined {
  return known.attached?.[branchKey]
}

/** Where goods are that are booked and followed with another order, or without one. */
export const attachedStates: Readonly<Record<string, StateDefinition<Known>>> = {
  elsewhere: {
    about: 'They are followed where they came to: at another order, or without one.',
    final: true,
    next: [
      {
        to: 'stowed',
        label: 'the warehouse names this order when it puts them away',
        awaits: ['inventory.movement_posted', 'goods_receipt.changed', 'goods_receipt.reversed'],
        when: (scope) => stowedHere(scope) !== undefined,
        choose: (scope) => ({ stowedAt: stowedHere(scope) }),
      },
    ],
  },
  stowed: {
    about: 'They are in their bins: whoever follows them is told.',
    says: ['stowed'],
    final: true,
  },
}

function stowedHere(scope: Here): string | undefined {
  const goods = attachedHere(scope)
  if (goods === undefined) return undefined
  // They came before a person attached them, and may have been put away since.
  const came = readInstant(text(goods.more['receivedAt']) ?? '')
  return stowedSince(scope.known, came === undefined ? goods : { ...goods, since: writeInstant(came) })
}
