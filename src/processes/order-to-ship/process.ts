import { isLegal, type StatusOf } from '../../model/documents/transitions.ts'
import type { Derived } from '../../model/fact.ts'
import type { DocumentReport } from '../../model/report.ts'
import { stockSubject } from '../../model/stock/subject.ts'
import { defineProcess, type Saying, type Subscription, type TimerDefinition } from '../engine/definition.ts'
import { processSubject } from '../engine/instance.ts'
import type { Scope } from '../engine/scope.ts'
import { backorderBranch, isShort, lineHere, promiseOf } from './backorder.ts'
import { deliveryBranch, deliveryFacts, deliveryHere, isOver } from './delivery.ts'
import {
  deliveryKeys,
  deliveryOf,
  type Known,
  type Line,
  nothing,
  orderKeys,
  orderOf,
  rememberDelivery,
  rememberOrder,
  rememberReservation,
} from './known.ts'
import { isOurs, revisionOf, states } from './states.ts'
import { tasks } from './tasks.ts'

type Here = Scope<Known>

const orderFacts: Readonly<Record<string, string>> = {
  'order.accepted': 'It is taken, and a hold is over.',
  'order.allocated': 'Stock is held for all of it.',
  'order.backordered': 'Stock is missing.',
  'order.cancelled': 'Whoever ordered calls it off.',
  'order.changed': 'Something else is ordered than before.',
  'order.closed': 'Nothing more is expected.',
  'order.delivered': 'It has arrived.',
  'order.held': 'Somebody holds it.',
  'order.partially_allocated': 'Stock is held for some of it.',
  'order.partially_shipped': 'Some of it has left.',
  'order.received': 'It is ordered.',
  'order.rejected': 'It will not be shipped.',
  'order.released': 'It may be shipped.',
  'order.shipped': 'All of it has left.',
}

const subscribes: Readonly<Record<string, Subscription<Known>>> = Object.fromEntries([
  ...Object.entries(orderFacts).map(([type, about]): [string, Subscription<Known>] => [
    type,
    {
      about,
      keys: orderKeys,
      take: orderOf,
      remember: rememberOrder,
      starts: ({ order }) => order !== '',
      ...(type === 'order.cancelled' ? { cancels: () => 'Whoever ordered called it off.' } : {}),
    },
  ]),
  ...deliveryFacts.map((type): [string, Subscription<Known>] => [
    type,
    {
      about: 'Where a delivery of the order stands.',
      keys: deliveryKeys,
      take: deliveryOf,
      remember: rememberDelivery,
    },
  ]),
])

/** A report about the order, where its lifecycle has such a step and the hub decides it. */
function status(
  to: StatusOf<'order'>,
  more: (scope: Here) => DocumentReport['object'] = () => ({}),
): Saying<Known>['make'] {
  return (scope) => {
    const { known } = scope
    if (!isOurs(scope) || known.order === '' || known.status === to || !isLegal('order', known.status, to)) return []
    return [
      {
        type: 'order.reported',
        subject: known.order,
        occurredAt: scope.moment,
        data: { status: to, object: more(scope) },
      },
    ]
  }
}

/** The name of a reservation: order and line. */
function reservationOf(scope: Here, lineNo: string): string {
  return `${scope.key}/${lineNo}`.slice(-100)
}

function request(
  scope: Here,
  { lineNo, sku, quantity, uom }: Line,
  revision = revisionOf(scope),
): Omit<Derived, 'rule'> {
  return {
    type: 'reservation.requested',
    subject: stockSubject(scope.tenant, sku),
    data: {
      reservation: reservationOf(scope, lineNo),
      ...{ revision, sku, quantity, uom, kind: 'soft', wait: true, split: true },
      ...(scope.known.shipComplete ? { complete: true } : {}),
      origin: processSubject(scope.tenant, 'order-to-ship', scope.key),
      references: scope.known.references.slice(0, 20),
    },
  }
}

function release(scope: Here, { lineNo, sku }: Line, reason: string): Omit<Derived, 'rule'> {
  return {
    type: 'reservation.release_requested',
    subject: stockSubject(scope.tenant, sku),
    data: { reservation: reservationOf(scope, lineNo), sku, reason },
  }
}

const says: Readonly<Record<string, Saying<Known>>> = {
  acceptance: { about: 'The order is taken: `order.accepted`.', make: status('accepted') },
  allocation: {
    about: 'What is held: `order.allocated` or `order.partially_allocated`.',
    make: (scope) =>
      status(Object.values(scope.known.reservations).some(isShort) ? 'partially_allocated' : 'allocated')(scope),
  },
  backorder: { about: 'Stock is missing: `order.backordered`.', make: status('backordered') },
  cancellation: { about: 'It is called off: `order.cancelled`.', make: status('cancelled') },
  firm: {
    about: 'What is held becomes firm: `reservation.confirm_requested` on the stock of each item.',
    make: (scope) =>
      held(scope).map(({ lineNo, sku }) => ({
        type: 'reservation.confirm_requested',
        subject: stockSubject(scope.tenant, sku),
        data: {
          reservation: reservationOf(scope, lineNo),
          sku,
          kind: 'hard',
          references: scope.known.references.slice(0, 20),
        },
      })),
  },
  'line-release': {
    about: 'The line gives its place in the queue back: `reservation.release_requested`.',
    make: (scope) =>
      [lineHere(scope)].flatMap((line) =>
        line === undefined ? [] : [release(scope, line, 'The rest was cancelled.')],
      ),
  },
  promise: {
    about: 'When a line is expected: `order.promise_changed`.',
    make: (scope) => {
      const expectedAt = promiseOf(scope)
      const { order } = scope.known
      if (expectedAt === undefined || order === '') return []
      return [
        {
          type: 'order.promise_changed',
          subject: order,
          occurredAt: scope.moment,
          data: { lineNo: scope.branchKey, expectedAt },
        },
      ]
    },
  },
  rejection: { about: 'It will not be shipped: `order.rejected`.', make: status('rejected') },
  'reservation-again': {
    about: 'A reservation that ended is asked for anew, with a higher revision.',
    make: (scope) => {
      const line = lineHere(scope)
      const before = scope.known.reservations[scope.branchKey]?.revision ?? 0
      return line === undefined ? [] : [request(scope, line, Math.max(before, revisionOf(scope)) + 1)]
    },
  },
  'reservation-release': {
    about: 'What is held is given back: `reservation.release_requested` for each line.',
    make: (scope) =>
      reserved(scope).map((line) =>
        release(scope, line, scope.state() === 'held' ? 'The order is held.' : 'The order was called off.'),
      ),
  },
  reservations: {
    about: 'Stock is asked for: `reservation.requested` for each line.',
    make: (scope) => (scope.known.lines ?? []).map((line) => request(scope, line)),
  },
  shipment: { about: 'All of it has left: `order.shipped`.', make: status('shipped') },
}

/** Lines that stock was asked for. */
function reserved({ known }: Here): readonly Line[] {
  return (known.lines ?? []).filter(({ lineNo }) => known.reservations[lineNo] !== undefined)
}

/** Lines of which something is held. */
function held(scope: Here): readonly Line[] {
  return reserved(scope).filter(({ lineNo }) => Number(scope.known.reservations[lineNo]?.granted ?? 0) > 0)
}

function timer(
  definition: Omit<TimerDefinition<Known>, 'due'>,
  minutes: number,
  policy: string,
): TimerDefinition<Known> {
  return { ...definition, due: (scope) => scope.after(scope.since, minutes, policy) }
}

const timers: Readonly<Record<string, TimerDefinition<Known>>> = {
  ack: timer(
    {
      about: 'The warehouse says that it has the order.',
      lasts: '60 min',
      from: 'the release',
      then: 'A person calls it.',
    },
    60,
    'ackMinutes',
  ),
  allocation: timer(
    {
      about: 'Stock answers for every line.',
      lasts: '15 min',
      from: 'the question',
      then: 'A person looks whether the items are known.',
    },
    15,
    'allocationMinutes',
  ),
  'cancel-late': timer(
    {
      about: 'Every delivery is withdrawn.',
      lasts: '4 h',
      from: 'the cancellation',
      then: 'A person decides whether it ships.',
    },
    240,
    'cancelLateMinutes',
  ),
  'data-fix': {
    about: 'The order is corrected.',
    lasts: '4 h of business time',
    from: 'the check',
    due: (scope) => scope.afterBusiness(scope.since, 240, 'dataFixMinutes'),
    then: 'The task is late. It is never rejected by itself.',
  },
  'delivery-missing': timer(
    { about: 'A delivery is made.', lasts: '4 h', from: 'the allocation', then: 'A person looks.' },
    240,
    'deliveryMissingMinutes',
  ),
  'fulfil-slip': {
    about: 'The goods have left.',
    lasts: 'none',
    from: 'the end of the planned time',
    due: (scope) => deliveryHere(scope)?.shipBy,
    then: 'A person promises another time, or hurries.',
  },
  'hold-escalation': timer(
    { about: 'The hold is over.', lasts: '24 h', from: 'the hold', then: 'A person looks.' },
    1440,
    'holdEscalationMinutes',
  ),
  'issue-confirm': timer(
    {
      about: 'The books say that the goods have left.',
      lasts: '30 min',
      from: 'the confirmation',
      then: 'It is shown as a posting that is late, and waited for again.',
    },
    30,
    'issueConfirmMinutes',
  ),
  'late-close': timer(
    {
      about: 'The order is closed.',
      lasts: '30 d',
      from: 'the last step',
      then: 'A person looks, once all of it has left.',
    },
    43_200,
    'lateCloseMinutes',
  ),
  'max-age': timer(
    { about: 'Stock has come.', lasts: '30 d', from: 'the shortage', then: 'A person keeps or cancels it.' },
    43_200,
    'backorderMinutes',
  ),
  'pick-start': {
    about: 'The warehouse begins.',
    lasts: '4 h before',
    from: 'the end of the planned time',
    due: (scope) => scope.after(deliveryHere(scope)?.shipBy, -240, 'pickStartMinutes'),
    then: 'It is shown to the warehouse.',
  },
  'promise-breach': {
    about: 'Stock has come when it was promised.',
    lasts: 'none',
    from: 'the promise',
    due: (scope) => (scope.choice('promised') === '' ? undefined : scope.choice('promised')),
    then: 'Another promise is made.',
  },
  release: timer(
    {
      about: 'The warehouse is told.',
      lasts: '24 h',
      from: 'the delivery',
      then: 'It is shown, and waited for again.',
    },
    1440,
    'releaseMinutes',
  ),
  stalled: timer(
    {
      about: 'The warehouse says something new.',
      lasts: '72 h',
      from: 'its last word',
      then: 'It is shown, and waited for again.',
    },
    4320,
    'stalledMinutes',
  ),
}

/** An order until all of it has left and arrived: checked, stock held, made into deliveries, followed through the warehouse. */
export const orderToShip = defineProcess<Known>({
  id: 'order-to-ship',
  version: 1,
  title: 'Order to ship',
  about:
    'An order is checked, stock is held for its lines, what is missing waits in the queue of its item, deliveries are made and followed until the books say that the goods have left. With `orchestratedBy: hub` the hub decides all that; otherwise it follows what the system says that owns the orders, and notices what does not happen.',
  key: 'The order, by the number that the system has for it that owns orders; else by the customer’s; else by hub id.',
  nothing,
  subscribes,
  answers: {
    'reservation.answered': {
      about: 'Stock says what is held for a line, and what is missing.',
      remember: rememberReservation,
    },
  },
  branches: {
    main: { about: 'The order as a whole.', initial: 'validating', states },
    backorder: backorderBranch,
    delivery: deliveryBranch,
  },
  says,
  effects: {
    'cancel-delivery': {
      about: 'A warehouse is told not to ship. It may refuse.',
      command: 'cancel_delivery',
      role: 'order-desk',
      handled: true,
      make: ({ known }) =>
        Object.entries(known.deliveries)
          .filter(([, one]) => !isOver(one) && one.status !== 'created')
          .map(([number]) => ({
            businessKey: number,
            key: `delivery:${number}`,
            priority: 2,
            payload: { deliveryNumber: number, orderNumber: known.number },
          })),
    },
    'create-delivery': {
      about: 'A delivery is made of what is held, where the hub makes them (`deliveryCreatedBy: hub`).',
      command: 'create_delivery',
      undo: 'withdraw-delivery',
      role: 'order-desk',
      object: ({ known }) => known.order,
      make: (scope) => {
        if (scope.policy('deliveryCreatedBy', 'erp') !== 'hub') return undefined
        const lines = held(scope).map((line) => ({
          ...line,
          quantity: scope.known.reservations[line.lineNo]?.granted ?? line.quantity,
        }))
        const key = `${scope.key}:${revisionOf(scope)}`
        return {
          businessKey: key,
          key: `order:${scope.key}`,
          priority: 3,
          payload: { orderNumber: scope.key, lines, references: scope.known.references },
        }
      },
    },
    'withdraw-delivery': {
      about: 'A delivery that the hub made is taken back.',
      command: 'withdraw_delivery',
      role: 'order-desk',
      make: (scope, undoing) =>
        undoing && {
          businessKey: undoing.businessKey,
          key: `order:${scope.key}`,
          priority: 2,
          payload: { orderNumber: scope.key, document: undoing.document },
        },
    },
  },
  timers,
  tasks,
  policies: {
    ackMinutes: 'How long a warehouse has to say that it has a delivery. Usual: 60.',
    allocationMinutes: 'How long stock has to answer. Usual: 15.',
    backorderMinutes: 'How long a line waits for stock before a person is asked. Usual: 43200.',
    calendar:
      'When the order desk works: `timeZone`, `days` from 1 for Monday, `from`, `until`, `holidays`. Usual: Monday to Friday, 08:00 to 17:00 UTC.',
    cancelLateMinutes: 'How long a warehouse has to withdraw a delivery before a person is asked. Usual: 240.',
    dataFixMinutes: 'Business time to correct an order. Usual: 240.',
    deliveryCreatedBy: 'Who makes deliveries of what is held: `hub` or `erp`. Usual: erp.',
    deliveryMissingMinutes: 'How long that may take. Usual: 240.',
    holdEscalationMinutes: 'How long an order may be on hold before a person is asked. Usual: 1440.',
    issueConfirmMinutes: 'How long the books have to show a goods issue. Usual: 30.',
    lateCloseMinutes: 'When an order that has left should have arrived. Usual: 43200.',
    orchestratedBy: 'Who decides what is shipped: `hub`, or `erp` for the system that owns the orders. Usual: erp.',
    pickStartMinutes: 'When a warehouse should have begun, in minutes from the planned end. Usual: -240.',
    releaseMinutes: 'How long a delivery may exist before its warehouse is told. Usual: 1440.',
    stalledMinutes: 'How long a warehouse may say nothing new. Usual: 4320.',
  },
  kpis: {
    fillRate: 'Share of the lines that were held in full at the first answer.',
    touchless: 'Share of the orders that needed no task.',
    cycle: 'Time from the order until all of it has left.',
    backorders: 'Lines that wait, by age.',
  },
})
