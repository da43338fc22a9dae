import { defineProcess } from '../engine/definition.ts'
import { accrualKeys, accrualStates } from './accrual.ts'
import { effects } from './effects.ts'
import { type Known, nothing } from './known.ts'
import { masterStates } from './master.ts'
import { migrations } from './migrations.ts'
import { says } from './says.ts'
import { states } from './states.ts'
import { subscribes } from './subscribes.ts'
import { tasks } from './tasks.ts'
import { timers } from './timers.ts'
import { lateKeys, lateStates } from './told-late.ts'

/** What carriers ask for, until it is paid, corrected or refused. */
export const freightSettlement = defineProcess<Known>({
  id: 'freight-settlement',
  version: 9,
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
      keeps: ['decided', 'wasDisputed'],
      initial: 'checking',
      each: ({ known }) => Object.keys(known.invoices),
      states,
    },
    late: {
      about: 'An invoice that its carrier told anew after it was approved, by carrier and number.',
      initial: 'reviewed',
      each: lateKeys,
      states: lateStates,
    },
    master: {
      about:
        'An invoice over several loads, by carrier and number. It is followed under its own number; each load by itself.',
      initial: 'collecting',
      each: ({ known }) => Object.keys(known.masters),
      states: masterStates,
    },
  },
  says,
  effects,
  timers,
  tasks,
  policies: {
    approvalMinutes: 'Business time until freight audit has to decide. Usual: 1620.',
    collectionMinutes: 'When it is shown that loads of an invoice are not settled. Usual: 43200.',
    departureMinutes: 'When goods that are booked should have left. Usual: 43200.',
    disputeMinutes:
      'When a dispute that is still open is shown. How long the carrier may take is set at freight-dispute. Usual: 86400.',
    invoiceToleranceAmount:
      'How much of an invoice may differ, all of its loads together, without a person, as text, in the money of the invoice. Usual: "50.00".',
    matchMinutes: 'Business time until a person has to find the load of an invoice. Usual: 2700.',
    postConfirmMinutes: 'When a posting that is not made is shown. Usual: 120.',
    proofWaitMinutes: 'How long the proof of the transport is awaited. Usual: 14400.',
    serviceProof: 'What shows that a transport happened: `none`, `delivered` or `pod`. Usual: delivered.',
    taxLimitPercent:
      'How much tax is paid without a person, in per cent of the other charges, as text, where none was put aside. Usual: "30".',
    toleranceAmount:
      'By how much an invoice may differ, as text, in the money of the invoice; this or `tolerancePercent`, the larger counts. Usual: "5.00".',
    tolerancePercent: 'By how many per cent of what was put aside an invoice may differ, as text. Usual: "2".',
    unInvoicedMinutes: 'When an accrual without an invoice is listed. Usual: 86400.',
    unInvoicedReverseMinutes: 'When finance is asked whether to take it back. Usual: 259200.',
    unmatchedMinutes: 'How long what was put aside for the load may come later than its invoice. Usual: 240.',
  },
  calendars: { finance: 'When finance and freight audit work.' },
  migrations,
  kpis: {
    untouched: 'Share of invoices that are paid without a person.',
    accuracy: 'What was put aside against what was invoiced, by carrier.',
    duplicates: 'Invoices that were sent before: how many, and how much money.',
    'over-billing': 'Money that was asked for and not paid.',
    'cycle-time': 'Time from the invoice until it is in the books.',
  },
})
