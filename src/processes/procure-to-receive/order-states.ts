import { compare } from '../../base/decimal.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Line } from '../told-document.ts'
import { unexplained } from './attached-states.ts'
import { isComplete } from './comparison.ts'
import { keptOf } from './counted.ts'
import { allReceipts, type Document, type Here, isReversed, type Known, orderFacts, tolerance } from './known.ts'

const goodsFacts = [
  'asn.received',
  'asn.changed',
  'goods_receipt.changed',
  'goods_receipt.opened',
  'goods_receipt.posted',
] as const
const over: Step<Known> = {
  to: 'closed',
  label: 'the buyer closed it',
  awaits: ['purchase_order.closed'],
  when: ({ known }) => known.order?.said.includes('closed') === true,
}

/** Where an order can be. */
export const orderStates: Readonly<Record<string, StateDefinition<Known>>> = {
  awaiting_order: {
    about: 'A notice or a receipt came, and the order that it names did not: it is waited for a while.',
    timers: ['order-known'],
    cancel: 'closed',
    next: [
      { to: 'awaiting_ack', label: 'the order is known', awaits: orderFacts, when: ({ known }) => isOrdered(known) },
      {
        to: 'in_question',
        label: 'a person attached goods to it, and nobody knows it',
        awaits: ['timer order-known'],
        when: (scope) => scope.missed('order-known') && unexplained(scope).length > 0,
      },
      {
        to: 'unordered',
        label: 'nobody ordered it',
        awaits: ['timer order-known'],
        when: (scope) => scope.key.startsWith('receipt ') || scope.missed('order-known'),
      },
    ],
  },
  unordered: {
    about: 'No order is known. Goods that came are for a person; notices are refused.',
    final: true,
    next: [
      { to: 'awaiting_ack', label: 'the order came', awaits: orderFacts, when: ({ known }) => isOrdered(known) },
      {
        to: 'in_question',
        label: 'a person attached goods to it',
        awaits: ['goods_receipt.changed', 'goods_receipt.reversed'],
        when: (scope) => unexplained(scope).length > 0,
      },
    ],
  },
  in_question: {
    about: 'A person attached goods to this order, and nobody knows it: is the number right?',
    tasks: ['unknown-order'],
    cancel: 'closed',
    next: [
      { to: 'awaiting_ack', label: 'the order came', awaits: orderFacts, when: ({ known }) => isOrdered(known) },
      {
        to: 'unordered',
        label: 'a person corrected it, or the warehouse took the goods back',
        awaits: ['task unknown-order', 'goods_receipt.reversed', 'goods_receipt.changed'],
        when: (scope) => scope.decided('unknown-order', 'corrected') || unexplained(scope).length === 0,
        choose: ({ known }) => ({ seen: Object.keys(known.attached ?? {}) }),
      },
      {
        to: 'awaiting_order',
        label: 'a person says that it will come',
        awaits: ['task unknown-order'],
        when: (scope) => scope.decided('unknown-order', 'wait'),
      },
    ],
  },
  awaiting_ack: {
    about: 'The supplier has the order and has not answered it. A notice or goods are an answer too.',
    effects: ['remind-supplier'],
    timers: ['po-ack', 'po-unacknowledged'],
    tasks: ['po-unacknowledged'],
    cancel: 'cancelling',
    next: [
      over,
      {
        to: 'ack_exception',
        label: 'the answer is not what was ordered',
        awaits: orderFacts,
        when: isUndecided,
        choose: (scope) => ({ answer: differing(scope)?.number }),
      },
      {
        to: 'in_fulfilment',
        label: 'it is confirmed, or goods are on their way',
        awaits: [...orderFacts, ...goodsFacts],
        when: ({ known }) => isConfirmed(known),
      },
      {
        to: 'in_fulfilment',
        label: 'a person knows that they will come',
        awaits: ['task po-unacknowledged'],
        when: (scope) => scope.decided('po-unacknowledged', 'confirmed'),
      },
      {
        to: 'cancelling',
        label: 'a person gives it up',
        awaits: ['task po-unacknowledged'],
        when: (scope) => scope.decided('po-unacknowledged', 'cancel'),
      },
    ],
  },
  ack_exception: {
    about: 'The supplier will send something else, at another price or on another day: a buyer decides.',
    tasks: ['ack-differs'],
    cancel: 'cancelling',
    next: [
      over,
      {
        to: 'answering',
        label: 'the buyer decided',
        awaits: ['task ack-differs'],
        when: (scope) => scope.answer('ack-differs') !== undefined,
        choose: (scope) => ({ answer: scope.choice('answer'), decision: scope.answer('ack-differs')?.decision }),
      },
      {
        to: 'in_fulfilment',
        label: 'the order was changed so that it fits',
        awaits: orderFacts,
        when: (scope) => differing(scope) === undefined,
      },
    ],
  },
  answering: {
    about: 'ERP and supplier are told what the buyer decided about the answer.',
    effects: ['change-order', 'refuse-answer'],
    timers: ['answer-confirm'],
    next: [
      {
        to: 'awaiting_ack',
        label: 'the supplier has to answer anew',
        awaits: ['effect refuse-answer'],
        when: (scope) => scope.choice('decision') === 'refuse' && scope.done('refuse-answer'),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'in_fulfilment',
        label: 'the order is changed',
        awaits: ['effect change-order'],
        when: (scope) => scope.choice('decision') !== 'refuse' && scope.done('change-order'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  in_fulfilment: {
    about: 'Goods are to come, with a notice or without.',
    effects: ['request-notice'],
    timers: ['asn-missing', 'po-overdue', 'follow-up'],
    tasks: ['late-supplier'],
    cancel: 'cancelling',
    next: [
      over,
      {
        to: 'ack_exception',
        label: 'an answer of the supplier is not what was ordered',
        awaits: orderFacts,
        when: isUndecided,
        choose: (scope) => ({ answer: differing(scope)?.number }),
      },
      {
        to: 'received',
        label: 'all of it has come and is in its place',
        awaits: ['goods_receipt.reversed', 'branch receipt', ...goodsFacts, ...orderFacts],
        when: isReceived,
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'cancelling',
        label: 'a person gives the rest up',
        awaits: ['task late-supplier'],
        when: (scope) => scope.decided('late-supplier', 'cancel_remainder'),
      },
      {
        to: 'in_fulfilment',
        label: 'a person goes on waiting',
        awaits: ['task late-supplier'],
        when: (scope) => scope.answer('late-supplier') !== undefined,
        choose: (scope) => ({ ...scope.chosen, due: scope.answer('late-supplier')?.data?.['due'] }),
      },
    ],
  },
  cancelling: {
    about: 'What has not come is called off with the ERP and the supplier.',
    effects: ['cancel-order'],
    timers: ['answer-confirm'],
    next: [
      {
        to: 'cancelled',
        label: 'both know',
        awaits: ['effect cancel-order'],
        when: (scope) => scope.done('cancel-order'),
      },
    ],
  },
  received: {
    about: 'All of it has come. A receipt that is taken back opens it again.',
    says: ['received'],
    final: true,
    next: [
      {
        to: 'in_fulfilment',
        label: 'a receipt was taken back, or more was ordered',
        awaits: ['goods_receipt.reversed', 'branch receipt', ...goodsFacts, ...orderFacts],
        when: (scope) => !isReceived(scope),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  cancelled: { about: 'What had not come was called off. What came is dealt with receipt by receipt.', final: true },
  closed: { about: 'The buyer expects nothing more.', final: true },
}

function isOrdered({ order }: Known): boolean {
  return order !== undefined && order.said.some((one) => one !== 'reversed')
}

function isConfirmed(known: Known): boolean {
  const { order, answers, notices } = known
  if (Object.keys(notices).length > 0 || allReceipts(known).length > 0) return true
  return (
    order?.said.includes('acknowledged') === true ||
    Object.values(answers).some(({ more }) => more['answer'] === 'accepted')
  )
}

/** All lines are there, and nobody works on a receipt any more. */
function isReceived(scope: Here): boolean {
  const { order, attached = {} } = scope.known
  const came = allReceipts(scope.known).filter(({ said }) => said.includes('posted'))
  const lines = came.flatMap((one) => keptOf(scope, one))
  const isSettled = Object.values(attached).every((one) => isReversed(one) || one.more['isSettled'] === true)
  const isAll = order !== undefined && isComplete(order.lines, lines, tolerance(scope).under)
  return isAll && isSettled && scope.ended('receipt')
}

/** Whether the newest answer is not what was ordered and nobody has decided about it. */
function isUndecided(scope: Here): boolean {
  const last = differing(scope)
  return last !== undefined && scope.choice('answer') !== last.number
}

/** The newest answer of the supplier, where it is not what was ordered. */
export function differing(scope: Here): Document | undefined {
  const { order, answers } = scope.known
  const last = Object.values(answers).toSorted((a, b) => (`${a.at} ${a.number}` < `${b.at} ${b.number}` ? 1 : -1))[0]
  if (order === undefined || last === undefined) return undefined
  if (last.more['answer'] === 'rejected') return last
  return differences(order, last).length > 0 ? last : undefined
}

/** Lines of the order that an answer says otherwise, as they were ordered; of one that refuses the order, all of them. */
export function linesInDoubt(order: Document, answer: Document): readonly Line[] {
  if (answer.more['answer'] === 'rejected') return order.lines
  return differences(order, answer).flatMap(({ ordered }) => ordered ?? [])
}

function differences(order: Document, answer: Document): readonly { readonly ordered?: Line }[] {
  // Who answers may number the lines in another way: then the item says which one is meant.
  const lines = new Map(
    order.lines.flatMap((line) => [[line.sku, line] as const, [`${line.line} ${line.sku}`, line] as const]),
  )
  return answer.lines.flatMap(({ line: number, sku, quantity, price, isRefused }) => {
    const ordered = lines.get(`${number} ${sku}`) ?? lines.get(sku)
    if (ordered === undefined) return [{}]
    const isOther = isUnequal(ordered.quantity, quantity) || isUnequal(ordered.price, price)
    return isOther || isRefused === true ? [{ ordered }] : []
  })
}

function isUnequal(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && compare(a, b) !== 0
}
