import { hasValidCheckDigit } from '../../model/check-digit.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import { text } from '../told-document.ts'
import { beyond } from './comparison.ts'
import { keptOf } from './counted.ts'
import { allReceipts, type Document, type Here, type Known, noticeOf, orderFacts, tolerance } from './known.ts'

/** The ship notice that the branch is about, known by the key of the branch. */
export function noticeHere({ known, branchKey }: Here): Document | undefined {
  return known.notices[branchKey]
}

/** The dock appointment for the notice of the branch, the newest one. */
export function appointmentHere({ known, branchKey }: Here): Document | undefined {
  return Object.values(known.appointments)
    .filter(({ more }) => text(more['asnNumber']) === branchKey || text(more['asnNumber']) === undefined)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
}

/** What is wrong with a notice, each fault by itself, in words for the supplier. */
export function faults(scope: Here): readonly string[] {
  const { known } = scope
  const notice = noticeHere(scope)
  if (notice === undefined) return []
  if (known.order === undefined) return ['order_unknown: the purchase order is not known']
  if (known.endedAt !== undefined && notice.since > known.endedAt)
    return ['order_over: the purchase order is closed or called off']
  const ordered = new Set(known.order.lines.map(({ sku }) => sku))
  const units = new Set(known.order.lines.map(({ sku, uom }) => `${sku} ${uom ?? ''}`))
  const packages = Array.isArray(notice.more['packages']) ? (notice.more['packages'] as unknown[]) : []
  const others = Object.values(known.notices).filter(
    ({ number, more }) => number !== notice.number && more['cancelled'] !== true,
  )
  const taken = new Set(
    others
      .filter(({ since }) => since < notice.since)
      .flatMap(({ more }) => (more['packages'] ?? []) as readonly string[]),
  )
  return [
    ...(notice.lines.length === 0 ? ['no_lines: it lists no goods'] : []),
    ...notice.lines
      .filter(({ sku }) => !ordered.has(sku))
      .map(({ line, sku }) => `not_ordered: line ${line} names ${sku}, which was not ordered`),
    ...notice.lines
      .filter(({ sku, uom }) => ordered.has(sku) && !units.has(`${sku} ${uom ?? ''}`))
      .map(
        ({ line, sku, uom }) =>
          `unit: line ${line} announces ${sku} in ${uom ?? 'no unit'}, which was ordered in another`,
      ),
    ...beyond(
      notice.lines,
      { ordered: known.order.lines, coming: comingBeside(scope, notice) },
      tolerance(scope).over,
    ).map(({ sku, announced, open }) => `too_much: ${sku}, ${announced} are announced and ${open} are open`),
    ...notice.lines
      .filter(({ quantity }) => quantity === undefined || quantity.startsWith('-'))
      .map(({ line }) => `quantity: line ${line} has no quantity`),
    ...packages
      .filter((one) => hasValidCheckDigit('sscc', String(one)) === false)
      .map((one) => `check_digit: package ${String(one)} is no SSCC`),
    ...packages
      .filter((one) => taken.has(String(one)))
      .map((one) => `package_known: package ${String(one)} was announced before`),
  ]
}

/** What came for the order or is on its way besides the notice: of earlier notices what they announce, until their goods are counted. */
function comingBeside(scope: Here, notice: Document): Document['lines'] {
  const { notices } = scope.known
  const came = allReceipts(scope.known).map((one) => ({ one, of: noticeOf(scope.known, one)?.number }))
  const counted = new Set(came.map(({ of }) => of))
  const announced = Object.values(notices).filter(
    ({ number, more, since }) =>
      !counted.has(number) &&
      more['cancelled'] !== true &&
      !given.has(scope.state('notice', number) ?? '') &&
      `${since} ${number}` < `${notice.since} ${notice.number}`,
  )
  return [
    ...came.filter(({ of }) => of !== notice.number).flatMap(({ one }) => keptOf(scope, one)),
    ...announced.flatMap(({ lines }) => lines),
  ]
}

const given: ReadonlySet<string> = new Set(['called_off', 'done', 'rejected', 'rejecting', 'releasing_dock'])

const noticeFacts = ['asn.received', 'asn.changed'] as const
const goodsFacts = ['goods_receipt.changed', 'goods_receipt.opened', 'goods_receipt.posted'] as const
const arrivals = ['appointment.checked_in', ...goodsFacts] as const
const called: Step<Known> = {
  to: 'called_off',
  label: 'the supplier took it back',
  awaits: ['asn.changed', 'asn.received'],
  when: (scope) => noticeHere(scope)?.more['cancelled'] === true,
}

/** Where a ship notice can be. */
export const noticeStates: Readonly<Record<string, StateDefinition<Known>>> = {
  validating: {
    about: 'The notice is compared with the order. Without the order it waits for it.',
    timers: ['order-known'],
    cancel: 'called_off',
    next: [
      called,
      {
        to: 'arrived',
        label: 'the goods are here already',
        awaits: [...goodsFacts, 'branch main', 'timer order-known', ...orderFacts],
        when: (scope) => isDecided(scope) && receiptsHere(scope).length > 0,
      },
      {
        to: 'rejecting',
        label: 'it does not fit the order',
        awaits: ['branch main', 'timer order-known', ...orderFacts],
        when: (scope) => isDecided(scope) && faults(scope).length > 0,
        choose: (scope) => ({ faults: faults(scope) }),
      },
      {
        to: 'awaiting_arrival',
        label: 'it fits the order',
        awaits: ['branch main', ...orderFacts],
        when: isDecided,
      },
    ],
  },
  rejecting: {
    about: 'The supplier is told everything that is wrong with the notice.',
    says: ['notice-rejected'],
    effects: ['send-application-advice'],
    timers: ['answer-confirm'],
    next: [
      {
        to: 'rejected',
        label: 'he knows',
        awaits: ['effect send-application-advice'],
        when: (scope) => scope.done('send-application-advice'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  rejected: {
    about: 'The supplier has to send another notice. Goods that come anyhow are received against the order.',
    final: true,
    next: [
      called,
      {
        to: 'validating',
        label: 'it was replaced, or the order was',
        awaits: [
          ...noticeFacts,
          ...orderFacts,
          ...goodsFacts,
          'goods_receipt.reversed',
          'branch notice',
          'branch receipt',
        ],
        when: (scope) => JSON.stringify(scope.chosen['faults']) !== JSON.stringify(faults(scope)),
      },
    ],
  },
  awaiting_arrival: {
    about: 'The goods are on their way: a time at the dock is asked for, and the vehicle is awaited.',
    says: ['notice-validated'],
    effects: ['book-appointment'],
    timers: ['appointment', 'no-show', 'arrival'],
    tasks: ['no-dock', 'not-arrived'],
    cancel: 'releasing_dock',
    next: [
      { ...called, to: 'releasing_dock' },
      {
        to: 'arrived',
        label: 'the vehicle or the goods are here',
        awaits: arrivals,
        when: (scope) => isArrived(scope),
      },
      {
        to: 'missed',
        label: 'the vehicle did not come in its window',
        awaits: ['timer no-show'],
        when: (scope) => scope.missed('no-show'),
        choose: (scope) => ({ appointment: appointmentHere(scope)?.number }),
      },
      {
        to: 'releasing_dock',
        label: 'a person gives it up',
        awaits: ['task not-arrived'],
        when: (scope) => scope.decided('not-arrived', 'give_up'),
      },
      {
        to: 'awaiting_arrival',
        label: 'a person goes on waiting',
        awaits: ['task not-arrived'],
        when: (scope) => scope.decided('not-arrived', 'wait'),
      },
    ],
  },
  missed: {
    about: 'Nobody came in the window: the dock is free again, the carrier is asked when he comes.',
    says: ['no-show'],
    effects: ['ask-arrival'],
    timers: ['arrival'],
    tasks: ['not-arrived'],
    cancel: 'releasing_dock',
    next: [
      { ...called, to: 'releasing_dock' },
      { to: 'arrived', label: 'the vehicle or the goods are here', awaits: arrivals, when: isArrived },
      {
        to: 'awaiting_arrival',
        label: 'another time was agreed',
        awaits: ['appointment.confirmed', 'appointment.rescheduled', 'appointment.requested'],
        when: (scope) => windowEnd(scope) > scope.since && appointmentHere(scope)?.number !== undefined,
      },
      {
        to: 'releasing_dock',
        label: 'a person gives it up',
        awaits: ['task not-arrived'],
        when: (scope) => scope.decided('not-arrived', 'give_up'),
      },
      {
        to: 'missed',
        label: 'a person goes on waiting',
        awaits: ['task not-arrived'],
        when: (scope) => scope.decided('not-arrived', 'wait'),
      },
    ],
  },
  arrived: {
    about: 'The goods are at the dock and are being counted.',
    timers: ['dock-to-stock'],
    tasks: ['dock-to-stock'],
    cancel: { refused: 'goods_are_here' },
    next: [
      {
        to: 'done',
        label: 'the warehouse counted them',
        awaits: [
          'goods_receipt.changed',
          'goods_receipt.posted',
          'goods_receipt.reversed',
          'asn.received',
          'asn.changed',
        ],
        when: (scope) => receiptsHere(scope).some(({ said }) => said.includes('posted')),
      },
      {
        to: 'done',
        label: 'a person says that nothing of it will be counted',
        awaits: ['task dock-to-stock'],
        when: (scope) => scope.decided('dock-to-stock', 'nothing_came'),
      },
      {
        to: 'arrived',
        label: 'a person says that it takes longer',
        awaits: ['task dock-to-stock'],
        when: (scope) => scope.decided('dock-to-stock', 'wait'),
      },
    ],
  },
  releasing_dock: {
    about: 'The goods do not come: the time at the dock is given back.',
    effects: ['cancel-appointment'],
    timers: ['answer-confirm'],
    next: [
      {
        to: 'called_off',
        label: 'the dock is free',
        awaits: ['effect cancel-appointment'],
        when: (scope) => scope.done('cancel-appointment'),
      },
    ],
  },
  called_off: {
    about: 'Nothing of this notice is awaited. Goods that come anyhow are received against the order.',
    final: true,
  },
  done: { about: 'The goods were counted; what became of them is with the receipt.', final: true },
}

/** Whether there is an order, or nobody waits for one any more. */
function isDecided(scope: Here): boolean {
  const main = scope.state('main')
  return scope.known.order !== undefined || main === 'unordered' || scope.missed('order-known')
}

function receiptsHere({ known, branchKey }: Here): readonly Document[] {
  return allReceipts(known).filter((one) => noticeOf(known, one)?.number === branchKey)
}

function isArrived(scope: Here): boolean {
  return receiptsHere(scope).length > 0 || appointmentHere(scope)?.said.includes('checked_in') === true
}

/** When the time at the dock is over, RFC 3339 in UTC; empty text where there is none. */
export function windowEnd(scope: Here): string {
  const { window } = appointmentHere(scope)?.more ?? {}
  const { to } = (window ?? {}) as { readonly to?: unknown }
  return text(to) ?? ''
}
