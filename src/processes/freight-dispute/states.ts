import { compare, subtract } from '../../base/decimal.ts'
import type { StateDefinition, Step } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import { decimal } from '../told-document.ts'
import {
  answerHere,
  correctionHere,
  creditHere,
  disputeFacts,
  disputeHere,
  doubt,
  type Here,
  isCredited,
  type Known,
} from './known.ts'

/** How a dispute ended, and what is paid for the load. JSON. */
interface Ending extends Data {
  readonly resolution: 'carrier_credit' | 'paid_in_full' | 'split' | 'withdrawn' | 'refused'
  /** Decimal text. */
  readonly pay: string
  /** Credit note that comes with it. */
  readonly credit?: string
  readonly isClaimed?: true
}

const asked = (scope: Here): string => disputeHere(scope)?.asked ?? '0'
const agreed = (scope: Here): string => disputeHere(scope)?.agreed ?? '0'

function ends(label: string, awaits: readonly string[], of: (scope: Here) => Ending | undefined): Step<Known> {
  return {
    to: 'resolving',
    label,
    awaits,
    when: (scope) => of(scope) !== undefined,
    choose: (scope) => ({ ...of(scope) }),
  }
}

/** What others do ends it without a person. */
const settled: readonly Step<Known>[] = [
  {
    to: 'resolved',
    label: 'the carrier took the invoice back, or it is settled elsewhere',
    awaits: disputeFacts,
    when: (scope) => ['cancelled', 'paid', 'rejected'].some((one) => disputeHere(scope)?.said.includes(one) === true),
  },
  ends('a corrected invoice takes its place', disputeFacts, (scope) =>
    correctionHere(scope) === undefined ? undefined : { resolution: 'carrier_credit', pay: '0', isReplaced: true },
  ),
  ends('a credit note gives back what is in doubt', disputeFacts, (scope) =>
    isCredited(scope)
      ? { resolution: 'carrier_credit', pay: asked(scope), credit: creditHere(scope)?.number ?? '' }
      : undefined,
  ),
  ends('the carrier asks for as much less as is in doubt', disputeFacts, (scope) => {
    const { answer, amount = doubt(scope) } = answerHere(scope) ?? {}
    const isAll = answer === 'accepted' && compare(amount, doubt(scope)) >= 0
    return isAll ? { resolution: 'carrier_credit', pay: subtract(asked(scope), amount) } : undefined
  }),
]

const answered: Step<Known> = {
  to: 'deciding',
  label: 'his answer, or his credit note, is not what was asked for',
  awaits: disputeFacts,
  when: (scope) => seen(scope) !== '' && seen(scope) !== scope.choice('seen'),
  choose: (scope) => ({ seen: seen(scope) }),
}

/** What the carrier has said so far, so that the same word is not decided about twice. */
function seen(scope: Here): string {
  const { answer, amount, text, at } = answerHere(scope) ?? {}
  const credit = creditHere(scope)
  if (answer === undefined && credit === undefined) return ''
  return [answer, amount, text, at, credit?.number].filter((one) => one !== undefined).join(' ')
}

/** Whom the contract gives the money to when the time is over; by default a person decides. */
const expired: Step<Known> = ends('the time to settle it is over', ['timer dispute-expiry'], (scope) => {
  if (!scope.missed('dispute-expiry')) return undefined
  const winner = scope.policy('expiredFor', 'nobody')
  if (winner === 'carrier') return { resolution: 'paid_in_full', pay: asked(scope) }
  return winner === 'tenant' ? { resolution: 'refused', pay: agreed(scope) } : undefined
})

const decision =
  (name: string) =>
  (scope: Here): boolean =>
    scope.decided('decide-dispute', name)

/** What both sides agreed on, where a person named it. */
function named(scope: Here): string | undefined {
  return decision('split')(scope) ? decimal(scope.answer('decide-dispute')?.data?.['amount']) : undefined
}

const decisions: readonly Step<Known>[] = [
  ends('all of it is paid', ['task decide-dispute'], (scope) =>
    decision('approve')(scope) ? { resolution: 'paid_in_full', pay: asked(scope) } : undefined,
  ),
  ends('all of it is paid, and claimed back', ['task decide-dispute'], (scope) =>
    decision('claim')(scope) ? { resolution: 'paid_in_full', pay: asked(scope), isClaimed: true } : undefined,
  ),
  ends('what was put aside is paid', ['task decide-dispute'], (scope) =>
    decision('short_pay')(scope) ? { resolution: 'refused', pay: agreed(scope) } : undefined,
  ),
  ends('what both agreed on is paid', ['task decide-dispute'], (scope) => {
    const pay = named(scope)
    return pay === undefined ? undefined : { resolution: 'split', pay }
  }),
  ends('nothing is paid', ['task decide-dispute'], (scope) =>
    decision('reject')(scope) ? { resolution: 'refused', pay: '0' } : undefined,
  ),
  {
    to: 'awaiting_carrier',
    label: 'the carrier is given more time',
    awaits: ['task decide-dispute'],
    when: decision('wait'),
    choose: (scope) => ({ seen: seen(scope), isExpired: scope.missed('dispute-expiry') }),
  },
  {
    to: 'deciding',
    label: 'no amount was named',
    awaits: ['task decide-dispute'],
    when: (scope) => decision('split')(scope) && named(scope) === undefined,
    choose: ({ chosen }) => chosen,
  },
]

/** Where an objection can be. */
export const states: Readonly<Record<string, StateDefinition<Known>>> = {
  open: {
    about: 'The carrier is told what is wrong, with the comparison.',
    effects: ['send-dispute'],
    timers: ['send-confirm', 'dispute-expiry', 'statute'],
    cancel: { refused: 'a_person_decides' },
    next: [
      ...settled,
      {
        to: 'awaiting_carrier',
        label: 'he is told',
        awaits: ['effect send-dispute'],
        when: (scope) => scope.done('send-dispute'),
      },
    ],
  },
  awaiting_carrier: {
    about: 'A credit note, a corrected invoice or an answer of the carrier is awaited. He is reminded twice.',
    effects: ['remind-carrier'],
    timers: ['first-reminder', 'second-reminder', 'carrier-response', 'dispute-expiry', 'statute'],
    cancel: { refused: 'a_person_decides' },
    skip: ['deciding'],
    next: [
      ...settled,
      expired,
      answered,
      {
        to: 'deciding',
        label: 'he does not answer, or the time to settle it is over',
        awaits: ['timer carrier-response', 'timer dispute-expiry'],
        when: (scope) =>
          scope.missed('carrier-response') || (scope.missed('dispute-expiry') && scope.chosen['isExpired'] !== true),
        choose: (scope) => ({ seen: seen(scope) }),
      },
    ],
  },
  deciding: {
    about: 'The carrier does not agree, or does not answer: freight audit decides what is paid.',
    timers: ['dispute-expiry', 'statute'],
    tasks: ['decide-dispute'],
    cancel: { refused: 'a_person_decides' },
    next: [...settled, expired, ...decisions, answered],
  },
  resolving: {
    about: 'It is said how it ended: freight settlement pays, and the carrier is told.',
    says: ['resolution', 'claim'],
    effects: ['tell-carrier'],
    timers: ['send-confirm'],
    cancel: { refused: 'already_resolved' },
    next: [
      {
        to: 'resolved',
        label: 'he knows',
        awaits: ['effect tell-carrier'],
        when: (scope) => scope.done('tell-carrier'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  resolved: { about: 'Nothing of it is in doubt any more.', final: true },
}
