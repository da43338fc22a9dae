import { usualDay } from '../engine/calendar.ts'
import { defineProcess } from '../engine/definition.ts'
import { inBusinessTime, stayTimer } from '../engine/stay-timer.ts'
import { text } from '../told-document.ts'
import { attachedStates } from './attached-states.ts'
import { receiptHere } from './dock-decision.ts'
import { effects } from './effects.ts'
import { type Here, type Known, nothing, subscribes } from './known.ts'
import { appointmentHere, noticeHere, noticeStates, windowEnd } from './notice-states.ts'
import { orderStates } from './order-states.ts'
import { receiptStates } from './receipt-states.ts'
import { says } from './sayings.ts'
import { tasks } from './tasks.ts'

const hours = 60
const days = 24 * hours

/** What was ordered from a supplier, until it is in its bins and in the books. */
export const procureToReceive = defineProcess<Known>({
  id: 'procure-to-receive',
  version: 5,
  title: 'Procure to receive',
  about:
    'A supplier confirms an order, announces the goods and sends them; the warehouse counts them, and the ERP books each receipt once. What is not as it was ordered or announced stops at a person before it is booked.',
  key: 'The purchase order, by its number. Goods that name no order: `receipt` and the number of the receipt.',
  optIn: true,
  nothing,
  subscribes,
  branches: {
    main: { about: 'The order and the supplier’s answer to it.', initial: 'awaiting_order', states: orderStates },
    notice: {
      about: 'A ship notice, by its number.',
      initial: 'validating',
      each: ({ known }) => Object.keys(known.notices),
      states: noticeStates,
    },
    receipt: {
      about: 'A goods receipt, by its number.',
      keeps: ['accepted', 'counted', 'decision', 'order', 'parts', 'quality'],
      initial: 'counting',
      each: ({ known }) => Object.keys(known.receipts),
      states: receiptStates,
    },
    attached: {
      about: 'Goods that a person attached to the order, by the number of their receipt.',
      initial: 'elsewhere',
      each: ({ known }) => Object.keys(known.attached ?? {}),
      states: attachedStates,
    },
  },
  says,
  effects,
  timers: {
    'answer-confirm': stayTimer({
      about: 'Everybody knows.',
      minutes: days,
      policy: 'answerConfirmMinutes',
      from: 'the decision',
      then: 'The control tower shows what is not confirmed.',
    }),
    appointment: {
      about: 'A time at the dock is confirmed.',
      lasts: inBusinessTime(4 * hours, 'warehouse'),
      from: 'the notice',
      due: (scope) =>
        isBooked(scope)
          ? undefined
          : scope.afterBusiness(scope.since, 4 * hours, { policy: 'appointmentMinutes', whose: 'warehouse' }),
      then: 'Receiving finds a time.',
    },
    arrival: {
      about: 'The announced goods are here.',
      lasts: '1 d after the expected day, 7 d where none was named',
      from: 'the expected day, or the last decision to wait',
      due: (scope) =>
        later(scope, text(noticeHere(scope)?.more['expectedAt']), {
          after: days,
          without: 7 * days,
          policy: 'arrivalMinutes',
        }),
      then: 'A person asks where they are.',
    },
    'asn-missing': {
      about: 'The ship notice is here before the goods.',
      lasts: '24 h before',
      from: 'the day when the order is due',
      due: (scope) =>
        Object.keys(scope.known.notices).length > 0
          ? undefined
          : scope.after(dueOf(scope), -days, 'noticeBeforeMinutes'),
      then: 'The supplier is asked for it.',
    },
    counted: {
      about: 'The receipt is counted to the end.',
      lasts: '24 h',
      from: 'the first word of it',
      due: (scope) =>
        receiptHere(scope)?.said.includes('posted') === true
          ? undefined
          : scope.after(scope.since, days, 'countingMinutes'),
      then: 'A person looks.',
    },
    'dock-to-stock': stayTimer({
      about: 'The goods are counted, or in their bins.',
      minutes: days,
      policy: 'dockToStockMinutes',
      from: 'the arrival, or the posting',
      then: 'A person looks which step waits.',
    }),
    'follow-up': {
      about: 'All of the order is here.',
      lasts: '30 d',
      from: 'the confirmation, where no day is due',
      due: (scope) =>
        dueOf(scope) === undefined || scope.chosen['due'] !== undefined
          ? later(scope, text(scope.chosen['due']), { after: 2 * days, without: 30 * days })
          : undefined,
      then: 'A buyer decides.',
    },
    'no-show': {
      about: 'The vehicle comes in its window.',
      lasts: '2 h',
      from: 'the end of the window',
      due: (scope) =>
        windowEnd(scope) === '' || appointmentHere(scope)?.number === scope.choice('appointment')
          ? undefined
          : scope.after(windowEnd(scope), 2 * hours, 'noShowMinutes'),
      then: 'The dock is free again, and the carrier is asked.',
    },
    'order-known': {
      about: 'The order that a notice or a receipt names is known.',
      lasts: '4 h',
      from: 'the first word of it',
      due: (scope) =>
        scope.known.order === undefined ? scope.after(scope.since, 4 * hours, 'orderKnownMinutes') : undefined,
      then: 'The notice is refused, and goods that came are for a person.',
    },
    'po-ack': stayTimer({
      about: 'The supplier answers the order.',
      minutes: 2 * usualDay,
      policy: 'ackMinutes',
      whose: 'supplier',
      from: 'the order',
      then: 'He is reminded.',
    }),
    'po-overdue': {
      about: 'All of the order is here.',
      lasts: inBusinessTime(2 * usualDay, 'supplier'),
      from: 'the day when the order is due',
      due: (scope) =>
        scope.chosen['due'] === undefined
          ? scope.afterBusiness(overdueFrom(scope), 2 * usualDay, { policy: 'overdueMinutes', whose: 'supplier' })
          : undefined,
      then: 'A buyer decides.',
    },
    'po-unacknowledged': stayTimer({
      about: 'The supplier answers the order at last.',
      minutes: 4 * usualDay,
      policy: 'unacknowledgedMinutes',
      whose: 'supplier',
      from: 'the order',
      then: 'A buyer calls him.',
    }),
    'post-confirm': stayTimer({
      about: 'The ERP has booked it.',
      minutes: 30,
      policy: 'postConfirmMinutes',
      from: 'the decision',
      then: 'The control tower shows the backlog; the ledger goes on.',
    }),
  },
  tasks,
  policies: {
    ackMinutes: 'Business time after which a supplier who has not answered is reminded. Usual: 1080.',
    ackDecisionMinutes: 'Until when a buyer has to decide about an answer that differs. Usual: 2880.',
    answerConfirmMinutes: 'How long others have to confirm what they were told. Usual: 1440.',
    appointmentMinutes: 'Business time that a site has to confirm a time at the dock. Usual: 240.',
    arrivalEscalationMinutes: 'When goods that did not come are shown to procurement, too. Usual: 14400.',
    arrivalMinutes: 'How long after the expected day goods may come. Usual: 1440.',
    awaitsPutaway:
      'Whether the warehouse tells where it puts goods: `false` ends a receipt when it is booked. Usual: true.',
    countingMinutes: 'How long a receipt may stay open. Usual: 1440.',
    discrepancyMinutes: 'Business time until a discrepancy has to be decided. Usual: 540.',
    dockEscalationMinutes: 'When uncounted goods are shown to procurement, too. Usual: 2880.',
    dockToStockMinutes: 'How long goods may stand at the dock. Usual: 1440.',
    inspectedItems: 'Items that quality looks at each time, a list of their numbers. Usual: none.',
    noShowMinutes: 'How long after its window a vehicle may come. Usual: 120.',
    noticeBeforeMinutes:
      'How long before the due day a ship notice has to be here, as a negative number. Usual: -1440.',
    orderKnownMinutes: 'How long a notice or a receipt waits for its order. Usual: 240.',
    overdueMinutes: 'Business time after the due day until a buyer is asked. Usual: 1080.',
    overTolerancePercent: 'How much more than ordered may come, percent as text. Usual: "0".',
    postConfirmMinutes: 'When a posting that the ERP has not made is shown. Usual: 30.',
    qualityMinutes: 'Business time until quality has to decide. Usual: 1080.',
    unacknowledgedMinutes: 'Business time after which a buyer calls a supplier who has not answered. Usual: 2160.',
    underTolerancePercent: 'How much less than announced may come, percent as text. Usual: "0".',
    unplannedReceipts: '`ask` a person about goods that nobody ordered, or `post` them. Usual: ask.',
  },
  calendars: {
    receiving: 'When goods are taken in.',
    quality: 'When goods are inspected.',
    supplier: 'When suppliers answer.',
    warehouse: 'When docks are planned.',
  },
  migrations: {
    // Version 1 counted all times as they pass; nothing else is another one.
    1: (instance) => instance,
    // Version 2 forgot what was decided about receipts that are done: they count as they did, as a whole.
    2: (instance) => instance,
    // Version 3 decided about all that was held at once: that is one part of all of it.
    3: (instance) => instance,
    // Version 4 asked nobody about an order that a person named and nobody knows, and heard of a putaway only where the receipt was followed.
    4: (instance) => instance,
  },
  kpis: {
    acknowledgement: 'Share of orders that suppliers answer, and how long they take.',
    'notice-accuracy': 'Share of notice lines that are counted as announced.',
    'dock-to-stock': 'Time from arrival until the goods are in their bins.',
    discrepancies: 'Receipts that do not agree, by kind and supplier.',
    'posting-lag': 'Time from the receipt until the ERP has booked it.',
  },
})

function isBooked(scope: Here): boolean {
  return (
    appointmentHere(scope)?.said.some((one) => one === 'confirmed' || one === 'checked_in') === true ||
    scope.answer('no-dock') !== undefined
  )
}

/** The day when the order is due, at the end of it. */
function dueOf({ known }: Here): string | undefined {
  const due = text(known.order?.more['due']) ?? text(known.order?.more['requestedDelivery'])
  return due !== undefined && /^\d{4}-\d\d-\d\d$/.test(due) ? `${due}T23:59:59Z` : due
}

/** A person who goes on waiting moves the day. */
function overdueFrom(scope: Here): string | undefined {
  const due = dueOf(scope)
  return due !== undefined && due < scope.since ? scope.since : due
}

/** Some time after a named day, or after the stay began where none is named or it is past. */
function later(
  scope: Here,
  day: string | undefined,
  { after, without, policy }: { readonly after: number; readonly without: number; readonly policy?: string },
): string | undefined {
  if (day === undefined) return scope.after(scope.since, without)
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T23:59:59Z` : day
  return scope.after(at < scope.since ? scope.since : at, after, policy)
}
