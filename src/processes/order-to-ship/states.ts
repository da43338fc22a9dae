import { isZero } from '../../base/decimal.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { isShort } from './backorder.ts'
import { deliveryFacts, isIssued, isOver } from './delivery-track.ts'
import { hasInstead, hasLostInstead } from './instead/effects.ts'
import { holdOver, interrupted, interruptionStates, isHalted, isOnHold } from './interruption.ts'
import type { Known } from './known.ts'
import { readReservation, wishOf } from './reservation-name.ts'
import { asked, before, hasMore, isChanged, isOurs, kept, nextRound, revisionOf, roundHere } from './revision.ts'
import { areMade, isComing } from './undelivered.ts'

type Here = Scope<Known>

const statuses = [
  'order.accepted',
  'order.allocated',
  'order.backordered',
  'order.cancelled',
  'order.changed',
  'order.closed',
  'order.delivered',
  'order.held',
  'order.partially_allocated',
  'order.partially_shipped',
  'order.received',
  'order.rejected',
  'order.released',
  'order.shipped',
] as const
const deliveries = ({ known }: Here) => Object.values(known.deliveries)
const isHeld = ({ known }: Here): boolean => known.status === 'on_hold'
const held: Step<Known> = {
  to: 'held',
  label: 'somebody holds it',
  awaits: [...statuses],
  when: isHeld,
  choose: nextRound,
}
const rejected: Step<Known> = {
  to: 'rejected',
  label: 'it is rejected',
  awaits: [...statuses],
  when: ({ known }) => known.status === 'rejected',
}
const started: Step<Known> = {
  to: 'fulfilling',
  label: 'a delivery exists',
  awaits: [...deliveryFacts],
  when: (scope) => deliveries(scope).some(({ status }) => status !== 'cancelled') && areMade(scope),
  // What stock was asked for stays known, or a change that came in between would go unnoticed.
  choose: (scope) => (scope.choice('revision') === '' ? asked(scope) : kept(scope)),
}

/** The states of an order. Its deliveries and the lines that wait are branches of their own. */
export const states: Readonly<Record<string, StateDefinition<Known>>> = {
  validating: {
    about: 'What was ordered is checked.',
    timers: ['late-close'],
    next: [
      rejected,
      held,
      {
        to: 'fixing',
        label: 'something is wrong with it',
        awaits: [],
        when: (scope) => isOurs(scope) && scope.known.problems.length > 0,
      },
      { to: 'allocating', label: 'it can be shipped as it is', awaits: [], when: isOurs, choose: asked },
      { to: 'following', label: 'its own system decides what is shipped', awaits: [], when: () => true },
    ],
  },
  fixing: {
    about: 'Something is wrong with it that a person can correct.',
    timers: ['data-fix'],
    tasks: ['fix-order-data'],
    cancel: 'cancelling',
    next: [
      rejected,
      held,
      {
        to: 'validating',
        label: 'it is corrected',
        awaits: [...statuses],
        when: ({ known }) => known.problems.length === 0,
      },
      {
        to: 'rejecting',
        label: 'a person rejects it',
        awaits: ['task fix-order-data'],
        when: (scope) => scope.decided('fix-order-data', 'reject'),
      },
      {
        to: 'fixing',
        label: 'a person has looked, and it is still wrong',
        awaits: ['task fix-order-data'],
        when: (scope) => scope.answer('fix-order-data') !== undefined,
      },
    ],
  },
  held: {
    about: 'Somebody holds it: credit, fraud, export, or by hand. Nothing is promised meanwhile.',
    says: ['reservation-release'],
    timers: ['hold-escalation'],
    tasks: ['held-too-long'],
    cancel: 'cancelling',
    next: [
      rejected,
      { to: 'validating', label: 'it is released', awaits: [...statuses], when: (scope) => !isHeld(scope) },
      {
        to: 'held',
        label: 'a person has looked',
        awaits: ['task held-too-long'],
        when: (scope) => scope.answer('held-too-long') !== undefined,
      },
    ],
  },
  allocating: {
    about: 'Stock is asked for each line. What is there is held; what is not waits in the queue of the item.',
    says: ['acceptance', 'reservations'],
    timers: ['allocation'],
    tasks: ['stock-silent'],
    cancel: 'cancelling',
    next: [
      rejected,
      held,
      started,
      changedLines(),
      {
        to: 'releasing',
        label: 'all of it is held, or as much as may leave alone',
        awaits: ['reservation.answered'],
        when: (scope) => isAnswered(scope) && mayLeave(scope),
        choose: kept,
      },
      {
        to: 'backordered',
        label: 'nothing may leave yet',
        awaits: ['reservation.answered'],
        when: isAnswered,
        choose: kept,
      },
      {
        to: 'allocating',
        label: 'a person has looked',
        awaits: ['task stock-silent'],
        when: (scope) => scope.answer('stock-silent') !== undefined,
        choose: asked,
      },
    ],
  },
  backordered: {
    about: 'Nothing of it may leave: stock is missing, and it ships complete or has nothing at all.',
    says: ['backorder'],
    timers: ['late-close'],
    cancel: 'cancelling',
    next: [
      rejected,
      held,
      started,
      changedLines(),
      { to: 'releasing', label: 'stock has come', awaits: ['reservation.answered'], when: mayLeave, choose: kept },
      reminder('backordered', 'late-close'),
    ],
  },
  releasing: {
    about:
      'What is held becomes firm, and a delivery is made of it: by the hub, or by the system that owns the orders.',
    says: ['allocation', 'firm'],
    effects: ['create-delivery'],
    timers: ['delivery-missing'],
    tasks: ['no-delivery'],
    cancel: 'cancelling',
    refuses: (scope) => (deliveries(scope).some(isIssued) ? 'after_goods_issue' : undefined),
    next: [
      rejected,
      started,
      ...interrupted(statuses),
      {
        ...held,
        awaits: [...statuses, 'effect create-delivery'],
        when: (scope) => isHalted(scope) && !isComing(scope),
      },
      {
        to: 'releasing',
        label: 'a person has looked',
        awaits: ['task no-delivery'],
        when: (scope) => scope.answer('no-delivery') !== undefined,
        choose: kept,
      },
      // What was asked for and does not exist yet cannot be withdrawn: another one beside it would ship the order twice.
      {
        ...changedLines((scope) => !isComing(scope)),
        awaits: [...statuses, 'effect create-delivery'],
      },
    ],
  },
  following: {
    about: 'The system that owns the orders decides what is shipped: its word is followed.',
    timers: ['late-close'],
    cancel: 'cancelling',
    next: [rejected, held, started, ...ended(), reminder('following', 'late-close')],
  },
  fulfilling: {
    about: 'Deliveries are under way.',
    timers: ['late-close'],
    cancel: 'cancelling',
    refuses: (scope) => (deliveries(scope).some(isIssued) ? 'after_goods_issue' : undefined),
    next: [
      {
        to: 'fulfilling',
        label: 'a hold is over in spite of which it shipped',
        awaits: [...statuses],
        when: holdOver,
        choose: (scope) => ({ ...asked(scope), ...before(scope) }),
      },
      {
        to: 'releasing',
        label: 'stock has come for what waited: it gets a delivery of its own',
        awaits: ['reservation.answered', 'branch short', ...deliveryFacts, ...statuses],
        when: (scope) => hasMore(scope) && !isOnHold(scope),
        choose: (scope) => ({ ...asked(scope), ...before(scope) }),
      },
      {
        to: 'shipped',
        label: 'every delivery has left or is withdrawn, and no line waits',
        awaits: [...deliveryFacts, 'branch delivery', 'branch backorder', 'branch short', 'task short-pick'],
        when: (scope) =>
          deliveries(scope).every(isOver) &&
          deliveries(scope).some(isIssued) &&
          areMade(scope) &&
          !hasMore(scope) &&
          !hasLostInstead(scope) &&
          scope.ended('backorder') &&
          scope.ended('short'),
        choose: kept,
      },
      {
        to: 'allocating',
        label: 'every delivery was withdrawn',
        awaits: [...deliveryFacts],
        when: (scope) => isOurs(scope) && deliveries(scope).every(({ status }) => status === 'cancelled'),
        choose: asked,
      },
      ...interrupted(statuses),
      ...ended(),
      reminder('fulfilling', 'late-close'),
    ],
  },
  ...interruptionStates(statuses),
  shipped: {
    about: 'All of it has left. It closes when it is delivered.',
    says: ['shipment'],
    timers: ['late-close'],
    tasks: ['order-not-closing'],
    cancel: { refused: 'after_goods_issue' },
    next: [
      ...ended(),
      {
        to: 'fulfilling',
        label: 'something has to be shipped after all',
        awaits: [...deliveryFacts, 'reservation.answered', 'branch short'],
        when: (scope) =>
          !deliveries(scope).every(isOver) || !scope.ended('backorder') || !scope.ended('short') || hasInstead(scope),
        choose: kept,
      },
      {
        to: 'shipped',
        label: 'a person has looked',
        awaits: ['task order-not-closing'],
        when: (scope) => scope.answer('order-not-closing') !== undefined,
        choose: kept,
      },
    ],
  },
  cancelling: {
    about: 'What was done is taken back, the last first. What a warehouse has already may have to ship after all.',
    says: ['reservation-release'],
    effects: ['cancel-delivery'],
    undoes: true,
    timers: ['cancel-late'],
    tasks: ['stop-or-ship'],
    next: [
      {
        to: 'fulfilling',
        label: 'goods have left already: it ships',
        awaits: [...deliveryFacts],
        when: (scope) => deliveries(scope).some(isIssued),
      },
      {
        to: 'fulfilling',
        label: 'a person lets it ship',
        awaits: ['task stop-or-ship'],
        when: (scope) => scope.decided('stop-or-ship', 'ship_anyway'),
      },
      {
        to: 'cancelled',
        label: 'all of it is taken back',
        awaits: ['effect cancel-delivery', 'effect withdraw-delivery', ...deliveryFacts, 'task stop-or-ship'],
        when: (scope) =>
          scope.undone &&
          (scope.decided('stop-or-ship', 'withdrawn') ||
            deliveries(scope).every(({ status }) => status === 'cancelled') ||
            (scope.done('cancel-delivery') && scope.asked('cancel-delivery').length > 0)),
      },
      {
        to: 'cancelling',
        label: 'a person has looked',
        awaits: ['task stop-or-ship', 'timer cancel-late'],
        when: (scope) => scope.missed('cancel-late') && scope.answer('stop-or-ship') !== undefined,
      },
    ],
  },
  rejecting: {
    about: 'A person has rejected it: whoever ordered is told.',
    says: ['rejection'],
    timers: ['late-close'],
    next: [{ to: 'rejected', label: 'it is said', awaits: [], when: () => true }],
  },
  cancelled: { about: 'It is called off, and all of it is taken back.', says: ['cancellation'], final: true },
  rejected: { about: 'It will not be shipped.', final: true },
  closed: {
    about: 'All of it is delivered.',
    final: true,
    next: [
      {
        to: 'fulfilling',
        label: 'a goods issue was taken back',
        awaits: [...deliveryFacts, ...statuses],
        when: (scope) => !isClosed(scope) && !deliveries(scope).every(isOver),
        choose: kept,
      },
    ],
  },
}

function reminder(state: string, timer: string): Step<Known> {
  return {
    to: state,
    label: 'it is still open',
    awaits: [`timer ${timer}`],
    when: (scope) => scope.missed(timer),
    choose: kept,
  }
}

function isClosed({ known }: Here): boolean {
  return known.status === 'closed' || known.status === 'delivered'
}

/** What the system that owns the order says of its end. */
function ended(): readonly Step<Known>[] {
  return [{ to: 'closed', label: 'it is delivered', awaits: [...statuses], when: isClosed, choose: kept }]
}

/** Another revision asks for something else: stock is asked again. */
function changedLines(may: (scope: Here) => boolean = () => true): Step<Known> {
  return {
    to: 'validating',
    label: 'it was changed',
    awaits: [...statuses],
    when: (scope) => isChanged(scope) && may(scope),
  }
}

function isAnswered(scope: Here): boolean {
  const { known } = scope
  const revision = wishOf(revisionOf(scope))
  const round = roundHere(scope)
  return (known.lines ?? []).every(({ lineNo }) => {
    const { reservation = '', revision: answered = 0 } = known.reservations[lineNo] ?? {}
    return answered >= revision && (readReservation(known.number, reservation).round >= round || reservation === '')
  })
}

/** Something is held, and all of it where the order ships complete. */
function mayLeave({ known }: Here): boolean {
  const all = Object.values(known.reservations)
  if (known.shipComplete) return all.every((one) => !isShort(one) && one.outcome !== 'refused')
  return all.some(({ granted }) => !isZero(granted))
}
