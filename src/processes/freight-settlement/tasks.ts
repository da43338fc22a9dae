import { usualDay } from '../engine/calendar.ts'
import type { TaskDefinition } from '../engine/definition.ts'
import { askedAgain, tasksOf } from '../engine/task.ts'
import { present } from '../told-document.ts'
import { accrualHere } from './accrual.ts'
import { payments } from './choices.ts'
import { matchHere } from './comparison.ts'
import { type Here, invoiceHere, type Known } from './known.ts'
import { masterHere, openLoads, sumHere } from './master.ts'
import { isSameMoney, written } from './money.ts'
import { isUsedElsewhere, paidBefore } from './other-invoices.ts'
import { lateTask } from './told-late.ts'

const ofMasterTask = {
  objects: (scope: Here) => [masterHere(scope)?.id ?? ''].filter((one) => one !== ''),
  evidence: (scope: Here) => ({ ...masterHere(scope), ...sumHere(scope), open: openLoads(scope) }),
}
const task = tasksOf<Known>({
  role: 'freight-audit',
  escalateTo: 'finance',
  evidence: (scope) => ({
    load: scope.key,
    match: matchHere(scope),
    paid: Object.fromEntries(paidBefore(scope).map(({ key, pay }) => [key, pay])),
    proofs: scope.known.proofs,
    accruals: scope.known.accruals,
  }),
  objects: (scope) => [invoiceHere(scope)?.id ?? ''].filter((one) => one !== ''),
})

/** How the invoice differs from what was put aside; between two kinds of money both amounts, and no difference. */
function differenceHere(scope: Here): string {
  const { variance, invoiced, tax, total = invoiced, currency, aside = [] } = matchHere(scope)
  const parts = tax === undefined ? '' : ` (${invoiced} without tax, ${tax} tax, ${total} in all)`
  const by = written([{ amount: variance ?? '0', ...present('currency', currency) }])
  if (variance !== undefined) return `differs by ${by}${parts}`
  const asked = `${written([{ amount: total, ...present('currency', currency) }])}${parts}`
  return `asks for ${asked}, and ${written(aside)} was put aside: nobody can say by how much that differs`
}

/** What only people can decide about freight. */
export const tasks: Readonly<Record<string, TaskDefinition<Known>>> = {
  'invoice-limit': {
    ...task('Small differences of many loads add up, or a carrier asks for money that is for no load.', {
      question: (scope) => {
        const { loose = '0', currency } = masterHere(scope) ?? {}
        const [tolerated, free] = [sumHere(scope).tolerated, loose].map((amount) =>
          written([{ amount, ...present('currency', currency) }]),
        )
        return `Invoice ${scope.branchKey}: ${tolerated} beyond what was put aside, and ${free} for no load. What is paid?`
      },
      due: (scope) => scope.afterBusiness(scope.since, 3 * usualDay, { policy: 'approvalMinutes', whose: 'finance' }),
      decisions: [
        { name: 'approve', label: 'All of it', consequence: 'It is paid, with what is for no load.', fourEyes: true },
        {
          name: 'loads_only',
          label: 'The loads',
          consequence: 'What was settled for each load is paid.',
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
    ...ofMasterTask,
  },
  'open-loads': {
    ...task('Loads of an invoice are not settled for long.', {
      when: (scope) => scope.missed('collection'),
      question: (scope) => `Invoice ${scope.branchKey} waits for ${openLoads(scope).slice(0, 10).join(', ')}.`,
      decisions: [{ name: 'wait', label: 'Wait', consequence: askedAgain }],
    }),
    ...ofMasterTask,
  },
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
    question: (scope) =>
      `Invoice ${scope.branchKey} is here, and nothing shows that the goods left and arrived. Pay it?`,
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
  'told-after-approval': {
    ...lateTask,
    role: 'freight-audit',
    escalateTo: 'finance',
    due: (scope) => scope.afterBusiness(scope.since, 3 * usualDay, { policy: 'approvalMinutes', whose: 'finance' }),
  },
  variance: task('A carrier asks for more than was put aside.', {
    question: (scope) => {
      const before = paidBefore(scope).map((one) => {
        const isOther = !isSameMoney(one.currency, invoiceHere(scope)?.currency)
        return `${one.pay}${isOther ? ` ${one.currency ?? ''}` : ''} of ${one.number}`
      })
      const paid = before.length === 0 ? '' : ` Paid already: ${before.join(', ')}.`
      const used = isUsedElsewhere(scope)
        ? ' What was put aside was used for an invoice under another number of the load.'
        : ''
      return `Invoice ${scope.branchKey} ${differenceHere(scope)}.${paid}${used} What is paid?`
    },
    due: (scope) => scope.afterBusiness(scope.since, 3 * usualDay, { policy: 'approvalMinutes', whose: 'finance' }),
    decisions: [
      ...payments,
      {
        name: 'dispute',
        label: 'Dispute it',
        consequence: 'The carrier is told what is wrong, and nothing is paid meanwhile.',
        reasonRequired: true,
      },
    ],
  }),
}
