import { claimDraft } from '../claim-draft.ts'
import { usualDay } from '../engine/calendar.ts'
import { defineProcess } from '../engine/definition.ts'
import { effectsOf, postingsOf } from '../engine/effect.ts'
import { stayTimer } from '../engine/stay-timer.ts'
import { tasksOf, wait } from '../engine/task.ts'
import { payments } from '../freight-settlement/choices.ts'
import { written } from '../freight-settlement/money.ts'
import { present } from '../told-document.ts'
import { answerHere, creditHere, disputeHere, doubt, type Here, type Known, nothing, subscribes } from './known.ts'
import { states } from './states.ts'

const days = 24 * 60

/** An amount in the money of the invoice, for people. */
function moneyHere(scope: Here, amount: string): string {
  return written([{ amount, ...present('currency', disputeHere(scope)?.currency) }])
}

const object = (scope: Here): string | undefined => disputeHere(scope)?.invoice
const effect = effectsOf<Known>({ role: 'freight-audit', object })
const posting = postingsOf<Known>((scope) => {
  const { number: invoiceNumber, carrier } = disputeHere(scope) ?? {}
  return { key: `freight:${scope.key}`, priority: 5, payload: { load: scope.key, invoiceNumber, carrier } }
})
const task = tasksOf<Known>({
  role: 'freight-audit',
  escalateTo: 'finance',
  evidence: (scope) => ({
    load: scope.key,
    dispute: disputeHere(scope),
    answer: answerHere(scope),
    creditNote: creditHere(scope),
  }),
  objects: (scope) => [object(scope) ?? ''].filter((one) => one !== ''),
})

/** Money that a carrier asks for and that is in doubt, until both sides or a person agree on what is paid. */
export const freightDispute = defineProcess<Known>({
  id: 'freight-dispute',
  version: 1,
  title: 'Freight dispute',
  about:
    'Freight audit objects to what a carrier asks for a load. He is told why and reminded; a credit note, a corrected invoice or his word ends it, else a person decides what is paid. Freight settlement waits for that and pays it.',
  key: 'The load, by the number that freight settlement knows it by.',
  nothing,
  subscribes,
  branches: {
    main: {
      about: 'The load.',
      initial: 'open',
      states: { open: { about: 'Its invoices that are in doubt are followed one by one.', final: true } },
    },
    dispute: {
      about: 'The objection to an invoice, by carrier and number.',
      initial: 'open',
      each: ({ known }) => Object.keys(known.disputes),
      states,
    },
  },
  says: {
    claim: {
      about: 'What is paid although it is in doubt is claimed back: `claim.reported` against the carrier.',
      make: (scope) => {
        const { carrier = '', number = '', currency, openedAt } = disputeHere(scope) ?? {}
        if (scope.chosen['isClaimed'] !== true) return []
        return claimDraft(scope.tenant, {
          ...{ claimNumber: `FD-${carrier}-${number}`, against: 'carrier', type: 'pricing', party: carrier },
          ...{ invoiceNumber: number, happenedAt: openedAt },
          lines: [{ amount: { amount: doubt(scope), ...(currency === undefined ? {} : { currency }) } }],
        })
      },
    },
    resolution: {
      about: 'How it ended and what is paid: `freight_invoice.dispute_resolved`.',
      make: (scope) => {
        const { invoice, number, carrier, currency } = disputeHere(scope) ?? {}
        if (invoice === undefined) return []
        const { resolution, pay, credit, isReplaced } = scope.chosen
        const more = {
          ...(currency === undefined ? {} : { currency }),
          ...(credit === undefined ? {} : { creditNote: credit }),
          ...(isReplaced === true ? { isReplaced } : {}),
        }
        const data = { load: scope.key, invoiceNumber: number, carrier, resolution, pay, ...more }
        return [{ type: 'freight_invoice.dispute_resolved', subject: invoice, occurredAt: scope.moment, data }]
      },
    },
  },
  effects: {
    'remind-carrier': effect('The carrier is reminded of the dispute.', 'remind_carrier', (scope) => {
      const round = scope.missed('second-reminder') ? 2 : scope.missed('first-reminder') ? 1 : 0
      return round === 0 ? undefined : posting(scope, `${nameHere(scope)}:${round}`, { round })
    }),
    'send-dispute': effect('The carrier is told what is wrong with his invoice.', 'send_freight_dispute', (scope) => {
      const { reason, match, isTold } = disputeHere(scope) ?? {}
      return isTold === true ? undefined : posting(scope, nameHere(scope), { reason, amount: doubt(scope), match })
    }),
    'tell-carrier': effect('The carrier is told how it ended and what he gets.', 'resolve_freight_dispute', (scope) =>
      scope.chosen['isReplaced'] === true
        ? undefined
        : posting(scope, nameHere(scope), { resolution: scope.choice('resolution'), pays: scope.choice('pay') }),
    ),
  },
  timers: {
    'carrier-response': stayTimer({
      about: 'The carrier answers the dispute.',
      minutes: 15 * days,
      policy: 'responseMinutes',
      from: 'the dispute',
      then: 'Freight audit decides without him.',
    }),
    'dispute-expiry': {
      about: 'The dispute is settled.',
      lasts: '45 d',
      from: 'the objection',
      due: (scope) => scope.after(disputeHere(scope)?.openedAt, 45 * days, 'expiryMinutes'),
      then: 'As the contract says (`expiredFor`); else freight audit decides.',
    },
    'first-reminder': stayTimer({
      about: 'The carrier answers the dispute.',
      minutes: 5 * days,
      policy: 'firstReminderMinutes',
      from: 'the dispute',
      then: 'He is reminded.',
    }),
    'second-reminder': stayTimer({
      about: 'The carrier answers the dispute.',
      minutes: 10 * days,
      policy: 'secondReminderMinutes',
      from: 'the dispute',
      then: 'He is reminded again.',
    }),
    'send-confirm': stayTimer({
      about: 'The carrier has what he was sent.',
      minutes: 120,
      policy: 'sendConfirmMinutes',
      from: 'the sending',
      then: 'The control tower shows it; the ledger goes on.',
    }),
    statute: {
      about: 'The dispute is settled before the law ends it.',
      lasts: '517 d',
      from: 'the objection',
      due: (scope) => scope.after(disputeHere(scope)?.openedAt, 517 * days, 'statuteMinutes'),
      then: 'The control tower shows it: what is not settled soon is lost.',
    },
  },
  tasks: {
    'decide-dispute': task('The carrier does not answer a dispute, or not so that it ends.', {
      question: (scope) => {
        const { answer, amount } = answerHere(scope) ?? {}
        const inDoubt = moneyHere(scope, doubt(scope))
        const less = amount === undefined ? '' : ` ${moneyHere(scope, amount)}`
        const said = answer === undefined ? 'has not answered' : `answers “${answer}”${less}`
        return `Invoice ${scope.branchKey}: ${inDoubt} is in doubt, and the carrier ${said}. What is paid?`
      },
      due: (scope) => scope.afterBusiness(scope.since, 3 * usualDay, { policy: 'decisionMinutes', whose: 'finance' }),
      decisions: [
        ...payments,
        {
          name: 'split',
          label: 'What both agreed',
          consequence: 'The carrier gets what you agreed on.',
          fields: [{ name: 'amount', label: 'What is paid', kind: 'amount' }],
          reasonRequired: true,
        },
        {
          name: 'reject',
          label: 'Nothing',
          consequence: 'The carrier is told that nothing is paid.',
          reasonRequired: true,
        },
        {
          name: 'claim',
          label: 'All of it, and claim it back',
          consequence: 'The invoice is paid, and a claim against the carrier is begun.',
          fourEyes: true,
          reasonRequired: true,
        },
        wait,
      ],
    }),
  },
  policies: {
    decisionMinutes: 'Business time until freight audit has to decide. Usual: 1620.',
    expiredFor:
      'Who wins when the time to settle it is over: `carrier`, `tenant`, or `nobody`: a person decides. Usual: nobody.',
    expiryMinutes: 'When that is. Usual: 64800.',
    firstReminderMinutes: 'When the carrier is reminded. Usual: 7200.',
    responseMinutes: 'How long he may take to answer. Usual: 21600.',
    secondReminderMinutes: 'When he is reminded again. Usual: 14400.',
    sendConfirmMinutes: 'When a message to him that has not left is shown. Usual: 120.',
    statuteMinutes:
      'When it is shown that the law will end it, in minutes from the objection: look it up for your contracts. Usual: 744480.',
  },
  calendars: { finance: 'When finance and freight audit work.' },
  kpis: {
    open: 'Disputes that are open: how many, how much money, how old.',
    won: 'Share of the money in doubt that is not paid, by carrier and reason.',
    response: 'Time until the carrier answers.',
    expired: 'Disputes that nobody settled in time.',
  },
})

/** The name of what is said to the carrier: of an invoice over several loads there is one for each. */
function nameHere(scope: Here): string {
  return disputeHere(scope)?.isPart === true ? `${scope.branchKey}:${scope.key}` : scope.branchKey
}
