import { usualDay } from '../engine/calendar.ts'
import type { TimerDefinition } from '../engine/definition.ts'
import { stayTimer } from '../engine/stay-timer.ts'
import type { Known } from './known.ts'

const days = 24 * 60

/** How long what is awaited of freight may take. */
export const timers: Readonly<Record<string, TimerDefinition<Known>>> = {
  approval: stayTimer({
    about: 'Freight audit decides.',
    minutes: 3 * usualDay,
    policy: 'approvalMinutes',
    whose: 'finance',
    from: 'the comparison',
    then: 'The control tower shows it.',
  }),
  collection: stayTimer({
    about: 'All loads of the invoice are settled.',
    minutes: 30 * days,
    policy: 'collectionMinutes',
    from: 'the invoice',
    then: 'A person sees which ones are not.',
  }),
  departure: stayTimer({
    about: 'The goods have left.',
    minutes: 30 * days,
    policy: 'departureMinutes',
    from: 'the booking',
    then: 'It is shown, and waited for again.',
  }),
  'dispute-open': stayTimer({
    about: 'The dispute is settled.',
    minutes: 60 * days,
    policy: 'disputeMinutes',
    from: 'the objection',
    then: 'It is shown, and waited for again.',
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
}
