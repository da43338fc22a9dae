import type { DocumentReport } from '../../model/report.ts'
import { usualDay } from '../engine/calendar.ts'
import { defineProcess } from '../engine/definition.ts'
import { effectsOf, postingsOf } from '../engine/effect.ts'
import { stayTimer } from '../engine/stay-timer.ts'
import { askedAgain, tasksOf } from '../engine/task.ts'
import { reportedAccrual } from '../freight-accrual.ts'
import type { Data } from '../posting.ts'
import { present } from '../told-document.ts'
import { accrualHere, accrualKeys, accrualName, accrualStates, correction, postingDate } from './accrual.ts'
import { accruedFor, type Here, invoiceHere, isAdditional, type Known, nothing, subscribes } from './known.ts'
import { delta, faults, matchHere, states } from './states.ts'

const days = 24 * 60

const ofInvoice = { role: 'freight-audit', object: (scope: Here) => invoiceHere(scope)?.id } as const
const effect = effectsOf<Known>(ofInvoice)
/** The invoice is not in the books before it is done. */
const required = effectsOf<Known>({ ...ofInvoice, required: true })
const posting = postingsOf<Known>((scope) => {
  const { number: invoiceNumber, carrier } = invoiceHere(scope) ?? {}
  return { key: `freight:${scope.key}`, priority: 5, payload: { load: scope.key, invoiceNumber, carrier } }
})
const booking = effectsOf<Known>({ role: 'finance', object: () => undefined, required: true })
const accrualPosting = postingsOf<Known>((scope) => ({
  key: `freight:${scope.key}`,
  priority: 5,
  payload: {
    deliveryNumber: accrualHere(scope).number,
    carrier: scope.branchKey,
    currency: accrualHere(scope).currency,
    postingDate: postingDate(scope),
  },
}))
const task = tasksOf<Known>({
  role: 'freight-audit',
  escalateTo: 'finance',
  evidence: (scope) => ({
    load: scope.key,
    match: matchHere(scope),
    proofs: scope.known.proofs,
    accruals: scope.known.accruals,
  }),
  objects: (scope) => [invoiceHere(scope)?.id ?? ''].filter((one) => one !== ''),
})

/** What carriers ask for, until it is paid, corrected or refused. */
export const freightSettlement = defineProcess<Known>({
  id: 'freight-settlement',
  version: 2,
  title: 'Freight settlement',
  about:
    'An invoice of a carrier is compared with what was put aside when the goods left and with proof that they arrived: charge by charge, then in total. What is close enough is posted without a person, a second invoice for the same money is never paid, and what is too much is approved by two people, paid short or disputed.',
  key: 'The load, by the first number that the invoice names: delivery or shipment, bill of lading, PRO, tracking number.',
  optIn: true,
  nothing,
  subscribes,
  branches: {
    main: {
      about: 'The load.',
      initial: 'open',
      states: { open: { about: 'Invoices of the load are settled one by one.', final: true } },
    },
    accrual: {
      about: 'Money that is put aside for a carrier of the delivery, by the code of the carrier.',
      initial: 'rated',
      each: accrualKeys,
      states: accrualStates,
    },
    invoice: {
      about: 'An invoice, by carrier and number.',
      initial: 'checking',
      each: ({ known }) => Object.keys(known.invoices),
      states,
    },
  },
  says: {
    accrued: accrualSaying('It is in the books: `freight_accrual.reported`.', 'posted'),
    'accrual-reversed': accrualSaying('It is taken back: `freight_accrual.reported`.', 'reversed'),
    approved: saying('It may be paid: `freight_invoice.reported` with the comparison.', (scope) => {
      const object = { match: matchHere(scope), approved: scope.choice('pay') }
      if (scope.chosen['isShort'] === true) return [...base(scope, object), { status: 'short_paid', object: {} }]
      return [...base(scope, object), { status: 'approved', object: {} }]
    }),
    dispute: saying('The carrier is told that it is wrong: `freight_invoice.reported`.', (scope) => [
      ...base(scope, { match: matchHere(scope) }),
      {
        status: 'disputed',
        object: { dispute: { reason: scope.choice('reason'), amount: scope.choice('amount'), openedAt: scope.since } },
      },
    ]),
    duplicate: saying('It was sent before: `freight_invoice.reported`.', (scope) => [
      { status: 'duplicate', object: { duplicateOf: scope.choice('of') } },
    ]),
    posted: {
      about:
        'It is in the books: `freight_invoice.reported`, and `freight_accrual.reported` of what it takes the place of.',
      make: (scope) => [...invoiceReports(scope, [{ status: 'posted', object: {} }]), ...matchedAccruals(scope)],
    },
    rejected: saying('It is not paid: `freight_invoice.reported`.', (scope) => [
      { status: 'rejected', object: { faults: scope.chosen['faults'] ?? faults(scope) } },
    ]),
    unmatched: saying('No load is known for it: `freight_invoice.reported`.', (scope) =>
      matchHere(scope).outcome === 'no_accrual' ? [{ status: 'unmatched', object: {} }] : [],
    ),
    variance: saying('It differs by more than is tolerated: `freight_invoice.reported`.', (scope) => [
      { status: 'variance', object: { match: matchHere(scope) } },
    ]),
  },
  effects: {
    'correct-accrual': booking(
      'What is put aside is changed by the difference, once for each new price.',
      'adjust_freight_accrual',
      (scope) => accrualPosting(scope, `${accrualName(scope)}:${scope.choice('posted')}`, { delta: correction(scope) }),
    ),
    'post-accrual': booking(
      'The ERP puts the money aside, in the period of the goods issue. What a warehouse confirms is posted by the standing rule, under the same name.',
      'post_freight_accrual',
      (scope) => {
        const { amount, currency } = accrualHere(scope)
        return accrualPosting(scope, accrualName(scope), { lines: [{ charge: 'linehaul', amount, currency }] })
      },
    ),
    'reverse-accrual': booking('The ERP takes back what was put aside, once.', 'reverse_freight_accrual', (scope) =>
      accrualPosting(scope, accrualName(scope), { amount: scope.choice('posted') }),
    ),
    'adjust-accrual': required(
      'What was put aside becomes what is paid; by the difference, once per invoice.',
      'adjust_freight_accrual',
      (scope) => {
        const difference = delta(scope)
        return difference === undefined
          ? undefined
          : posting(scope, `${scope.key}:${scope.branchKey}`, {
              delta: difference,
              currency: invoiceHere(scope)?.currency,
            })
      },
    ),
    'post-invoice': required(
      'The ERP books the invoice, once per carrier and number.',
      'post_freight_invoice',
      (scope) =>
        posting(scope, scope.branchKey, {
          amount: scope.choice('pay'),
          currency: invoiceHere(scope)?.currency,
          asked: invoiceHere(scope)?.total,
          dueDate: invoiceHere(scope)?.due,
        }),
    ),
    'remind-carrier': effect('The carrier is reminded of the dispute.', 'remind_carrier', (scope) => {
      const round = scope.missed('second-reminder') ? 2 : scope.missed('first-reminder') ? 1 : 0
      return round === 0 ? undefined : posting(scope, `${scope.branchKey}:${round}`, { round })
    }),
    'send-application-advice': effect(
      'The carrier is told each fault of his invoice (824, APERAK).',
      'send_application_advice',
      (scope) => posting(scope, scope.branchKey, { faults: scope.chosen['faults'] }),
    ),
    'send-dispute': effect('The carrier is told what is wrong with his invoice.', 'send_freight_dispute', (scope) =>
      posting(scope, scope.branchKey, {
        reason: scope.choice('reason'),
        amount: scope.choice('amount'),
        match: matchHere(scope),
      }),
    ),
  },
  timers: {
    approval: stayTimer({
      about: 'Freight audit decides.',
      minutes: 3 * usualDay,
      policy: 'approvalMinutes',
      whose: 'finance',
      from: 'the comparison',
      then: 'The control tower shows it.',
    }),
    'carrier-response': stayTimer({
      about: 'The carrier answers the dispute.',
      minutes: 15 * days,
      policy: 'disputeMinutes',
      from: 'the dispute',
      then: 'Freight audit decides without him.',
    }),
    departure: stayTimer({
      about: 'The goods have left.',
      minutes: 30 * days,
      policy: 'departureMinutes',
      from: 'the booking',
      then: 'It is shown, and waited for again.',
    }),
    'first-reminder': stayTimer({
      about: 'The carrier answers the dispute.',
      minutes: 5 * days,
      policy: 'firstReminderMinutes',
      from: 'the dispute',
      then: 'He is reminded.',
    }),
    'post-confirm': stayTimer({
      about: 'Others have done what they were told.',
      minutes: 120,
      policy: 'postConfirmMinutes',
      from: 'the decision',
      then: 'The control tower shows it; the ledger goes on.',
    }),
    'proof-wait': stayTimer({
      about: 'What shows that the transport happened is here.',
      minutes: 10 * days,
      policy: 'proofWaitMinutes',
      from: 'the match',
      then: 'Freight audit decides.',
    }),
    'second-reminder': stayTimer({
      about: 'The carrier answers the dispute.',
      minutes: 10 * days,
      policy: 'secondReminderMinutes',
      from: 'the dispute',
      then: 'He is reminded again.',
    }),
    'un-invoiced-report': stayTimer({
      about: 'The carrier has sent his invoice.',
      minutes: 60 * days,
      policy: 'unInvoicedMinutes',
      from: 'the posting',
      then: 'It is listed as not invoiced.',
    }),
    'un-invoiced-reverse': stayTimer({
      about: 'The carrier has sent his invoice at last.',
      minutes: 180 * days,
      policy: 'unInvoicedReverseMinutes',
      from: 'the posting',
      then: 'Finance decides whether it is taken back.',
    }),
    unmatched: stayTimer({
      about: 'What was put aside for the load is known.',
      minutes: 240,
      policy: 'unmatchedMinutes',
      from: 'the invoice',
      then: 'A person looks for the load.',
    }),
  },
  tasks: {
    'decide-dispute': task('The carrier does not answer a dispute, or not so that it ends.', {
      when: (scope) => scope.missed('carrier-response'),
      question: (scope) => `The carrier has not settled the dispute about invoice ${scope.branchKey}. What is paid?`,
      decisions: [
        {
          name: 'approve',
          label: 'All of it',
          consequence: 'The invoice is paid as it is.',
          fourEyes: true,
          reasonRequired: true,
        },
        {
          name: 'short_pay',
          label: 'What was put aside',
          consequence: 'The carrier gets what was agreed.',
          reasonRequired: true,
        },
        {
          name: 'split',
          label: 'What both agreed',
          consequence: '`amount` of the data is paid.',
          reasonRequired: true,
        },
        {
          name: 'reject',
          label: 'Nothing',
          consequence: 'The carrier is told that nothing is paid.',
          reasonRequired: true,
        },
      ],
    }),
    'match-invoice': task('No load is known for an invoice.', {
      when: (scope) => scope.missed('unmatched'),
      question: (scope) => `Nothing was put aside for invoice ${scope.branchKey} (load ${scope.key}). Is it ours?`,
      due: (scope) => scope.afterBusiness(scope.since, 5 * usualDay, { policy: 'matchMinutes', whose: 'finance' }),
      decisions: [
        {
          name: 'accept',
          label: 'It is ours',
          consequence: 'It is compared with nothing, and freight audit decides what is paid.',
        },
        {
          name: 'reject',
          label: 'It is not',
          consequence: 'The carrier is told that nothing is paid.',
          reasonRequired: true,
        },
      ],
    }),
    'no-proof': task('Nothing shows that the transport happened.', {
      when: (scope) => scope.missed('proof-wait'),
      question: (scope) => `Invoice ${scope.branchKey} is here, and nothing shows that the goods arrived. Pay it?`,
      decisions: [
        {
          name: 'pay',
          label: 'Compare and pay it',
          consequence: 'It is compared as if it were proven.',
          reasonRequired: true,
        },
        { name: 'hold', label: 'Wait', consequence: askedAgain },
        {
          name: 'dispute',
          label: 'It was not delivered',
          consequence: 'The carrier is told so.',
          reasonRequired: true,
        },
      ],
    }),
    'reverse-accrual': {
      ...task('Money was put aside long ago, and no invoice has come.', {
        when: (scope) => scope.missed('un-invoiced-reverse'),
        question: (scope) =>
          `Carrier ${scope.branchKey} has sent no invoice for delivery ${accrualHere(scope).number}. Take the accrual back?`,
        decisions: [
          { name: 'reverse', label: 'Take it back', consequence: 'The ERP takes it back.', reasonRequired: true },
          { name: 'keep', label: 'Keep it', consequence: askedAgain },
        ],
      }),
      role: 'finance',
      evidence: (scope) => ({ ...accrualHere(scope), leftAt: scope.known.leftAt ?? '' }),
      objects: () => [],
    },
    variance: task('A carrier asks for more than was put aside.', {
      question: (scope) => `Invoice ${scope.branchKey} differs by ${matchHere(scope).variance}. What is paid?`,
      due: (scope) => scope.afterBusiness(scope.since, 3 * usualDay, { policy: 'approvalMinutes', whose: 'finance' }),
      decisions: [
        {
          name: 'approve',
          label: 'All of it',
          consequence: 'It is paid as it is.',
          fourEyes: true,
          reasonRequired: true,
        },
        {
          name: 'short_pay',
          label: 'What was put aside',
          consequence: 'The carrier gets what was agreed.',
          reasonRequired: true,
        },
        {
          name: 'dispute',
          label: 'Dispute it',
          consequence: 'The carrier is told what is wrong, and nothing is paid meanwhile.',
          reasonRequired: true,
        },
      ],
    }),
  },
  policies: {
    approvalMinutes: 'Business time until freight audit has to decide. Usual: 1620.',
    departureMinutes: 'When goods that are booked should have left. Usual: 43200.',
    disputeMinutes: 'How long a carrier may take to answer a dispute. Usual: 21600.',
    firstReminderMinutes: 'When he is reminded. Usual: 7200.',
    matchMinutes: 'Business time until a person has to find the load of an invoice. Usual: 2700.',
    postConfirmMinutes: 'When a posting that is not made is shown. Usual: 120.',
    proofWaitMinutes: 'How long the proof of the transport is awaited. Usual: 14400.',
    secondReminderMinutes: 'When he is reminded again. Usual: 14400.',
    serviceProof: 'What shows that a transport happened: `none`, `delivered` or `pod`. Usual: delivered.',
    toleranceAmount: 'By how much money an invoice may differ, as text; the larger of both counts. Usual: "5.00".',
    tolerancePercent: 'By how many per cent of what was put aside an invoice may differ, as text. Usual: "2".',
    unInvoicedMinutes: 'When an accrual without an invoice is listed. Usual: 86400.',
    unInvoicedReverseMinutes: 'When finance is asked whether to take it back. Usual: 259200.',
    unmatchedMinutes: 'How long what was put aside for the load may come later than its invoice. Usual: 240.',
  },
  calendars: { finance: 'When finance and freight audit work.' },
  migrations: {
    // Version 1 counted all times as they pass, and followed no accruals: those of its instances stay as they are.
    1: (instance) => ({ ...instance, known: { ...nothing, ...(instance.known as Partial<Known>) } }),
  },
  kpis: {
    untouched: 'Share of invoices that are paid without a person.',
    accuracy: 'What was put aside against what was invoiced, by carrier.',
    duplicates: 'Invoices that were sent before: how many, and how much money.',
    'over-billing': 'Money that was asked for and not paid.',
    'cycle-time': 'Time from the invoice until it is in the books.',
  },
})

function saying(about: string, reports: (scope: Here) => readonly DocumentReport[]) {
  return { about, make: (scope: Here) => invoiceReports(scope, reports(scope)) }
}

function invoiceReports(scope: Here, reports: readonly DocumentReport[]) {
  const subject = invoiceHere(scope)?.id
  return subject === undefined ? [] : reports.map((data) => ({ type: 'freight_invoice.reported', subject, data }))
}

/** The accruals that the invoice was compared with: nothing of them is left. */
function matchedAccruals(scope: Here) {
  const carrier = invoiceHere(scope)?.carrier
  const numbers = accruedFor(scope).flatMap(({ number }) => number ?? [])
  if (carrier === undefined || isAdditional(scope)) return []
  return [...new Set(numbers)].map((deliveryNumber) =>
    reportedAccrual(scope.tenant, { status: 'matched', object: { deliveryNumber, carrier } }),
  )
}

function accrualSaying(about: string, status: string) {
  return {
    about,
    make: (scope: Here) => {
      const { number: deliveryNumber, charges, currency } = accrualHere(scope)
      const more = { period: postingDate(scope)?.slice(0, 7), ...present('currency', currency) }
      const object = { deliveryNumber, carrier: scope.branchKey, charges, ...more }
      return scope.branchKey === '' ? [] : [reportedAccrual(scope.tenant, { status, object })]
    },
  }
}

/** The steps of the invoice before what is said now, where nobody took them yet. */
function base(scope: Here, object: Data): readonly DocumentReport[] {
  const { outcome } = matchHere(scope)
  const isDisputed = scope.chosen['isDisputed'] === true
  if (isDisputed) return []
  return outcome === 'over' ||
    outcome === 'no_accrual' ||
    outcome === 'currency_mismatch' ||
    scope.choice('reason') !== ''
    ? [{ status: 'variance', object }]
    : [{ status: 'matched', object }]
}
