import { defineProcess, type Subscription } from '../engine/definition.ts'
import { backorderBranch } from './backorder.ts'
import { correctionEffects, correctionSubscription, correctionsApart, correctionTasks } from './correction.ts'
import { deliveryBranch } from './delivery.ts'
import { deliveryFacts, isOver } from './delivery-track.ts'
import { deliveriesInstead, insteadEffects } from './instead/effects.ts'
import { optionAnswers } from './instead/options.ts'
import { chainProblem } from './instead/policy.ts'
import { shortPickTask } from './instead/task.ts'
import { isOnHold } from './interruption.ts'
import {
  deliveryKeys,
  deliveryOf,
  type Known,
  nothing,
  orderKeys,
  orderOf,
  rememberDelivery,
  rememberOrder,
  rememberReservation,
} from './known.ts'
import { deliveryRevision, isChanged, roundsApart, wishesApart } from './revision.ts'
import { says } from './says.ts'
import { emptyDeliveryEffect, emptyDeliveryTask, shortBranch } from './short-pick.ts'
import { states } from './states.ts'
import { tasks } from './tasks.ts'
import { timers } from './timers.ts'
import { transportEffects } from './transport/effects.ts'
import { loadSubscriptions } from './transport/load.ts'
import { transportPolicies } from './transport/policies.ts'
import { transportSays } from './transport/says.ts'
import { transportBranch } from './transport/states.ts'
import { transportTasks } from './transport/tasks.ts'
import { transportTimers } from './transport/timers.ts'
import { askedDeliveries, undelivered } from './undelivered.ts'

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
  ...Object.entries(correctionSubscription),
  ...Object.entries(loadSubscriptions),
])

/** An order until all of it has left and arrived: checked, stock held, made into deliveries, followed through the warehouse. */
export const orderToShip = defineProcess<Known>({
  id: 'order-to-ship',
  version: 10,
  title: 'Order to ship',
  about:
    'An order is checked, stock is held for its lines, what is missing waits in the queue of its item, deliveries are made and followed until the books say that the goods have left. With `orchestratedBy: hub` the hub decides all that; otherwise it follows what the system says that owns the orders, and notices what does not happen.',
  key: 'The order, by the number that the system has for it that owns orders; else by the customer’s; else by hub id.',
  optIn: true,
  nothing,
  subscribes,
  answers: {
    'reservation.answered': {
      about: 'Stock says what is held for a line, and what is missing.',
      remember: rememberReservation,
    },
    ...optionAnswers,
  },
  branches: {
    main: { about: 'The order as a whole.', initial: 'validating', keeps: ['round'], states },
    backorder: backorderBranch,
    delivery: deliveryBranch,
    short: shortBranch,
    transport: transportBranch,
  },
  says: { ...says, ...transportSays },
  effects: {
    ...correctionEffects,
    ...insteadEffects,
    ...transportEffects,
    'cancel-delivery': {
      about: 'A warehouse is told not to ship. It may refuse.',
      command: 'cancel_delivery',
      role: 'order-desk',
      handled: true,
      required: true,
      make: ({ known }) =>
        Object.entries(known.deliveries)
          .filter(([, one]) => !isOver(one) && one.status !== 'created')
          .map(([number, { ordered }]) => ({
            businessKey: number,
            key: `delivery:${number}`,
            priority: 2,
            payload: { deliveryNumber: number, orderNumber: known.number, ...ordered },
          })),
    },
    'create-delivery': {
      about: 'A delivery is made of what is held, where the hub makes them (`deliveryCreatedBy: hub`).',
      command: 'create_delivery',
      undo: 'withdraw-delivery',
      required: true,
      role: 'order-desk',
      object: ({ known }) => known.order,
      make: (scope) => {
        if (scope.policy('deliveryCreatedBy', 'erp') !== 'hub' || isChanged(scope) || isOnHold(scope)) return undefined
        const revision = deliveryRevision(scope)
        const lines = undelivered(scope, revision)
        const instead = deliveriesInstead(scope)
        if (lines.length === 0) return instead
        const n = askedDeliveries(scope, revision).length + 1
        const own = {
          // What stock could not serve at once is a delivery of its own later.
          businessKey: `${scope.key}:${revision}${n === 1 ? '' : `:${n}`}`,
          key: `order:${scope.key}`,
          priority: 3,
          payload: { orderNumber: scope.key, lines, references: scope.known.references },
        }
        return [own, ...instead]
      },
    },
    'empty-delivery': emptyDeliveryEffect,
    'withdraw-delivery': {
      about: 'A delivery that the hub made is taken back.',
      command: 'withdraw_delivery',
      required: true,
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
  timers: { ...timers, ...transportTimers },
  tasks: {
    ...tasks,
    'empty-delivery': emptyDeliveryTask,
    'short-pick': shortPickTask,
    ...correctionTasks,
    ...transportTasks,
  },
  policies: {
    ...transportPolicies,
    ackMinutes: 'How long a warehouse has to say that it has a delivery. Usual: 60.',
    allocationMinutes: 'How long stock has to answer. Usual: 15.',
    backorderMinutes: 'How long a line waits for stock before a person is asked. Usual: 43200.',
    calendar:
      'The time of whoever has no [calendar](../../guides/processes.md#business-time) of the own: `timeZone`, `days` from 1 for Monday, `from`, `until`, `holidays`. Usual: Monday to Friday, 08:00 to 17:00 UTC.',
    cancelLateMinutes: 'How long a warehouse has to withdraw a delivery before a person is asked. Usual: 240.',
    dataFixMinutes: 'Business time to correct an order. Usual: 240.',
    deliveryCreatedBy: 'Who makes deliveries of what is held: `hub` or `erp`. Usual: erp.',
    deliveryMissingMinutes: 'How long that may take. Usual: 240.',
    holdEscalationMinutes: 'How long an order may be on hold before a person is asked. Usual: 1440.',
    issueConfirmMinutes: 'How long the books have to show a goods issue. Usual: 30.',
    lateCloseMinutes: 'When an order that has left should have arrived. Usual: 43200.',
    orchestratedBy: 'Who decides what is shipped: `hub`, or `erp` for the system that owns the orders. Usual: erp.',
    optionsMinutes: 'How long master data and stock may take to say what could be shipped instead. Usual: 5.',
    pickStartMinutes: 'When a warehouse should have begun, in minutes from the planned end. Usual: -240.',
    releaseMinutes: 'How long a delivery may exist before its warehouse is told. Usual: 1440.',
    restFollows:
      'Whether goods that a warehouse says it ships later (`backordered`; BP in a 945) are left to it, under the same delivery. With `false` they are missing like any others. Usual: true.',
    shortPick:
      'What becomes of goods that a warehouse does not find: `substitute` ships another item, `other_node` ships them from another place, `backorder` when they are there, `cancel` drops them, `ask` asks a person. Several are tried one after the other: `substitute, other_node, ask`. Where none helps, or the same is not found again, a person is asked. Usual: backorder.',
    shortPickMinutes: 'How long a person may take to say that. Usual: 240.',
    stalledMinutes: 'How long a warehouse may say nothing new. Usual: 4320.',
  },
  judged: { shortPick: chainProblem },
  calendars: { 'order-desk': 'When the order desk works.', warehouse: 'When docks and carriers are reached.' },
  kpis: {
    fillRate: 'Share of the lines that were held in full at the first answer.',
    touchless: 'Share of the orders that needed no task.',
    cycle: 'Time from the order until all of it has left.',
    backorders: 'Lines that wait, by age.',
    'first-tender': 'Share of loads that the first carrier takes.',
    'without-number': 'Shipments without a tracking number: how many, how old.',
  },
  migrations: {
    // Version 1 knew nothing of transport. Its instances go on without: what a tenant sets counts from the start of an instance.
    1: (instance) => ({ ...instance, known: { ...nothing, ...(instance.known as Partial<Known>) } }),
    // Version 2 knew of no conditions of carriers: what an instance knows is the same.
    2: (instance) => instance,
    // Version 3 made one delivery of each revision: what stock has for its lines since is one more. What it knows is the same.
    3: (instance) => instance,
    // Version 4 knew of no holds after the release, and withdrew what was picked before anybody was asked. What it knows is the same.
    4: (instance) => instance,
    // Version 5 took every hold that it heard of for one by which stock was given back.
    5: (instance) => roundsApart(correctionsApart(instance)),
    // Version 6 heard nothing of goods that were not found. What it knows is the same.
    6: (instance) => instance,
    // Version 7 numbered wishes for stock like revisions, and shipped nothing instead of what was not found.
    7: wishesApart,
    // Version 8 waited for the rest of a delivery of which nothing was found. What it knows is the same.
    8: (instance) => instance,
    // Version 9 shipped what a warehouse ships later once more. What was decided stays decided.
    9: (instance) => instance,
  },
})
