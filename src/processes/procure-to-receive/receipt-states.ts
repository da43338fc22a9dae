import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import { discrepancies, type QualityPart, stayingOf } from './counted.ts'
import { bookable, deciding, namedOrder, receiptHere } from './dock-decision.ts'
import { decidedNow, decidedParts, heldLines, isAllDecided, isFailed } from './held.ts'
import { type Document, type Here, isReversed, type Known, orderFacts, stowedSince } from './known.ts'
import { counts, decidedFor, isRecounted, recounted, recountStates } from './recount.ts'

const taken: Step<Known> = {
  to: 'reversed',
  label: 'the warehouse took it back',
  awaits: ['goods_receipt.reversed'],
  when: (scope) => isReversed(receiptHere(scope) ?? unheard),
}
const unheard: Pick<Document, 'said'> & Document = {
  id: '',
  number: '',
  at: '',
  since: '',
  said: [],
  lines: [],
  more: {},
}
const here = { refused: 'goods_are_here' } as const

/** Where a receipt can be. */
export const receiptStates: Readonly<Record<string, StateDefinition<Known>>> = {
  counting: {
    about: 'The warehouse counts. Without the order the receipt waits for it.',
    timers: ['counted', 'order-known'],
    tasks: ['counted'],
    cancel: here,
    next: [
      taken,
      {
        to: 'unplanned',
        label: 'nobody ordered it',
        awaits: ['branch main', 'goods_receipt.posted', 'timer order-known'],
        when: (scope) => isCounted(scope) && isUnordered(scope) && scope.policy('unplannedReceipts', 'ask') === 'ask',
      },
      {
        to: 'discrepant',
        label: 'it is not what was ordered and announced',
        awaits: ['goods_receipt.posted', 'branch main', ...orderFacts],
        when: (scope) => isCounted(scope) && isKnown(scope) && discrepancies(scope).length > 0,
        choose: (scope) => decidedFor(scope),
      },
      {
        to: 'posting',
        label: 'it fits',
        awaits: ['goods_receipt.posted', 'branch main', ...orderFacts],
        when: (scope) => isCounted(scope) && isKnown(scope),
        choose: (scope) => decidedFor(scope, { decision: 'accept' }),
      },
      {
        to: 'reversed',
        label: 'a person says that it is no receipt',
        awaits: ['task counted'],
        when: (scope) => scope.decided('counted', 'drop'),
      },
      {
        to: 'counting',
        label: 'a person goes on waiting',
        awaits: ['task counted'],
        when: (scope) => scope.decided('counted', 'wait'),
      },
    ],
  },
  unplanned: {
    about: 'Goods came that nobody ordered: a person decides.',
    tasks: ['unplanned-arrival'],
    cancel: here,
    next: [
      taken,
      {
        to: 'unplanned',
        label: 'no order was named',
        awaits: ['task unplanned-arrival'],
        when: (scope) => scope.decided('unplanned-arrival', 'attach') && namedOrder(scope, 'unplanned-arrival') === '',
      },
      {
        to: 'posting',
        label: 'they are kept',
        awaits: ['task unplanned-arrival'],
        when: (scope) =>
          scope.decided('unplanned-arrival', 'attach') || scope.decided('unplanned-arrival', 'quarantine'),
        choose: (scope) =>
          decidedFor(scope, {
            decision: scope.answer('unplanned-arrival')?.decision,
            order: namedOrder(scope, 'unplanned-arrival'),
          }),
      },
      {
        to: 'refused',
        label: 'they go back',
        awaits: ['task unplanned-arrival'],
        when: (scope) => scope.decided('unplanned-arrival', 'refuse'),
      },
      {
        to: 'counting',
        label: 'the order came after all',
        awaits: [...orderFacts, 'branch main'],
        when: ({ known }) => known.order !== undefined,
      },
    ],
  },
  discrepant: {
    about:
      'Not what was ordered and announced: the goods stay where they are until a person decides. Time limits of claims run.',
    says: ['discrepancy'],
    tasks: ['receipt-discrepancy'],
    cancel: here,
    next: [
      taken,
      {
        to: 'discrepant',
        label: 'in another unit than was ordered nobody can say how much is over',
        awaits: ['task receipt-discrepancy'],
        when: (scope) =>
          ['return', 'refuse_quantity'].includes(scope.answer('receipt-discrepancy')?.decision ?? '') &&
          discrepancies(scope).some(({ kind }) => kind === 'unit'),
      },
      {
        to: 'posting',
        label: 'a person decided',
        awaits: ['task receipt-discrepancy'],
        when: (scope) =>
          ['accept', 'claim', 'return', 'refuse_quantity'].includes(
            scope.answer('receipt-discrepancy')?.decision ?? '',
          ),
        choose: deciding,
      },
      {
        to: 'discrepant',
        label: 'no order was named',
        awaits: ['task receipt-discrepancy'],
        when: (scope) =>
          scope.decided('receipt-discrepancy', 'other_order') && namedOrder(scope, 'receipt-discrepancy') === '',
      },
      {
        to: 'posting',
        label: 'it belongs to another order',
        awaits: ['task receipt-discrepancy'],
        when: (scope) => scope.decided('receipt-discrepancy', 'other_order'),
        choose: (scope) =>
          decidedFor(scope, { decision: 'other_order', order: namedOrder(scope, 'receipt-discrepancy') }),
      },
      {
        to: 'counting',
        label: 'order, notice or receipt were changed so that it fits, or another receipt is not kept',
        awaits: [
          ...orderFacts,
          'asn.received',
          'asn.changed',
          'goods_receipt.posted',
          'goods_receipt.opened',
          'goods_receipt.reversed',
          'goods_receipt.changed',
          'branch receipt',
        ],
        when: (scope) => discrepancies(scope).length === 0,
      },
      {
        to: 'discrepant',
        label: 'the warehouse counted it anew, and it does not fit either',
        awaits: counts,
        when: isRecounted,
        choose: (scope) => decidedFor(scope),
      },
    ],
  },
  posting: {
    about: 'The ERP books the receipt, once per receipt number.',
    says: ['claim'],
    effects: ['post-receipt', 'return-to-vendor'],
    timers: ['post-confirm'],
    cancel: here,
    next: [
      {
        to: 'refused',
        label: 'nothing is left to be booked',
        awaits: [],
        when: (scope) => scope.outcome('post-receipt') === undefined && bookable(scope).length === 0,
      },
      {
        to: 'quality',
        label: 'it is booked, and somebody has to look at the goods',
        awaits: ['effect post-receipt', 'effect return-to-vendor'],
        when: (scope) => isBooked(scope) && heldLines(scope).length > 0,
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'putting_away',
        label: 'it is booked',
        awaits: ['effect post-receipt', 'effect return-to-vendor'],
        when: isBooked,
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  quality: {
    about:
      'Some of the goods may not be used until quality has looked at them. It may decide about a part: the others stay held.',
    says: ['hold', 'quality-claim', 'attached'],
    effects: ['release-hold', 'return-to-vendor', 'scrap'],
    tasks: ['quality-decision'],
    cancel: here,
    next: [
      { ...taken, to: 'taken_back' },
      {
        to: 'quality',
        label: 'more than is held, or nobody knows of which line',
        awaits: ['task quality-decision'],
        when: (scope) => scope.answer('quality-decision') !== undefined && decidedNow(scope) === undefined,
        choose: (scope) => ({ ...scope.chosen, unclear: true }),
      },
      {
        to: 'quality',
        label: 'a part of them is decided, the others stay held',
        awaits: ['task quality-decision'],
        when: (scope) => leaves(scope, (parts) => !isAllDecided(scope, parts)),
        choose: judged,
      },
      {
        to: 'putting_away',
        label: 'they may be used',
        awaits: ['task quality-decision', 'quality_hold.released'],
        when: (scope) => leaves(scope, (parts) => !parts.some(isFailed)),
        choose: judged,
      },
      {
        to: 'disposing',
        label: 'they may not be used, or some of them not',
        awaits: ['task quality-decision', 'quality_hold.rejected', 'quality_hold.returned_to_vendor'],
        when: (scope) => leaves(scope, () => true),
        choose: judged,
      },
    ],
  },
  disposing: {
    about: 'Goods that failed go back to the supplier or are destroyed, and the supplier is asked to pay.',
    says: ['quality-claim', 'hold-decision', 'attached'],
    effects: ['release-hold', 'return-to-vendor', 'scrap'],
    timers: ['post-confirm'],
    next: [
      {
        to: 'putting_away',
        label: 'they are gone, and the others go to their bins',
        awaits: ['effect return-to-vendor', 'effect scrap'],
        when: (scope) => isDisposed(scope) && hasRest(scope),
        choose: ({ chosen }) => chosen,
      },
      { to: 'done', label: 'they are gone', awaits: ['effect return-to-vendor', 'effect scrap'], when: isDisposed },
    ],
  },
  putting_away: {
    about: 'The goods go from the dock to their bins.',
    says: ['hold-decision', 'attached'],
    effects: ['release-hold'],
    timers: ['dock-to-stock'],
    tasks: ['putaway-late'],
    cancel: here,
    next: [
      { ...taken, to: 'taken_back' },
      recounted,
      {
        to: 'done',
        label: 'they are in their place',
        awaits: ['inventory.movement_posted', 'goods_receipt.changed', 'task putaway-late', 'effect release-hold'],
        when: (scope) => scope.done('release-hold') && (isStowed(scope) || scope.decided('putaway-late', 'put_away')),
      },
      {
        to: 'putting_away',
        label: 'a person says that it takes longer',
        awaits: ['task putaway-late'],
        when: (scope) => scope.decided('putaway-late', 'wait'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  done: {
    about: 'Booked and in its place.',
    says: ['advice', 'attached'],
    final: true,
    next: [{ ...taken, to: 'taken_back' }, recounted],
  },
  ...recountStates,
  taken_back: {
    about:
      'The warehouse took back what is booked. The ledger of stock posts the reversal; a person looks whether goods were used meanwhile.',
    tasks: ['reversed-after-posting'],
    cancel: here,
    next: [
      {
        to: 'reversed',
        label: 'a person looked',
        awaits: ['task reversed-after-posting'],
        when: (scope) => scope.answer('reversed-after-posting') !== undefined,
      },
    ],
  },
  refused: { about: 'Nothing is booked: the goods go back, or none were counted.', final: true },
  reversed: {
    about: 'It was taken back: nothing of it counts.',
    final: true,
    next: [
      {
        to: 'counting',
        label: 'the warehouse finished it after a person gave it up',
        awaits: ['goods_receipt.posted'],
        when: (scope) => isCounted(scope) && !isReversed(receiptHere(scope) ?? unheard),
      },
    ],
  },
}

function isCounted(scope: Here): boolean {
  return receiptHere(scope)?.said.includes('posted') === true
}

function isKnown(scope: Here): boolean {
  return scope.known.order !== undefined || isUnordered(scope)
}

function isUnordered(scope: Here): boolean {
  return scope.known.order === undefined && (scope.state('main') === 'unordered' || scope.missed('order-known'))
}

function isBooked(scope: Here): boolean {
  return scope.outcome('post-receipt') !== undefined && scope.done('post-receipt') && scope.done('return-to-vendor')
}

function isDisposed(scope: Here): boolean {
  return scope.done('return-to-vendor') && scope.done('scrap')
}

/** Whether quality has just decided, and what is decided is so. */
function leaves(scope: Here, is: (parts: readonly QualityPart[]) => boolean): boolean {
  const parts = decidedNow(scope)
  return parts !== undefined && is(parts)
}

/** What quality decided, with what it decided before. */
function judged(scope: Here): Data {
  const { unclear: _, ...chosen } = scope.chosen
  return { ...chosen, parts: decidedNow(scope) ?? decidedParts(scope) }
}

/** Whether some of the receipt is left when what failed is gone. */
function hasRest(scope: Here): boolean {
  const receipt = receiptHere(scope)
  return receipt !== undefined && stayingOf(scope, receipt).length > 0
}

/** A warehouse that does not tell where it puts goods has put them there. */
function isStowed(scope: Here): boolean {
  const receipt = receiptHere(scope)
  if (!scope.policy('awaitsPutaway', true)) return true
  return receipt !== undefined && stowedSince(scope.known, receipt) !== undefined
}
