import type { TimerDefinition } from '../engine/definition.ts'
import { stayTimer } from '../engine/stay-timer.ts'
import { deliveryHere } from './delivery-track.ts'
import type { Known } from './known.ts'

/** How long what is awaited of an order may take. */
export const timers: Readonly<Record<string, TimerDefinition<Known>>> = {
  ack: stayTimer({
    about: 'The warehouse says that it has the order.',
    minutes: 60,
    policy: 'ackMinutes',
    from: 'the release',
    then: 'A person calls it.',
  }),
  allocation: stayTimer({
    about: 'Stock answers for every line.',
    minutes: 15,
    policy: 'allocationMinutes',
    from: 'the question',
    then: 'A person looks whether the items are known.',
  }),
  'cancel-late': stayTimer({
    about: 'Every delivery is withdrawn.',
    minutes: 240,
    policy: 'cancelLateMinutes',
    from: 'the cancellation',
    then: 'A person decides whether it ships.',
  }),
  'data-fix': stayTimer({
    about: 'The order is corrected.',
    minutes: 240,
    policy: 'dataFixMinutes',
    whose: 'order-desk',
    from: 'the check',
    then: 'The task is late. It is never rejected by itself.',
  }),
  'delivery-missing': stayTimer({
    about: 'A delivery is made.',
    minutes: 240,
    policy: 'deliveryMissingMinutes',
    from: 'the allocation',
    then: 'A person looks.',
  }),
  'fulfil-slip': {
    about: 'The goods have left.',
    lasts: 'none',
    from: 'the end of the planned time',
    due: (scope) => deliveryHere(scope)?.shipBy,
    then: 'A person promises another time, or hurries.',
  },
  'hold-escalation': stayTimer({
    about: 'The hold is over.',
    minutes: 1440,
    policy: 'holdEscalationMinutes',
    from: 'the hold',
    then: 'A person looks.',
  }),
  'issue-confirm': stayTimer({
    about: 'The books say that the goods have left.',
    minutes: 30,
    policy: 'issueConfirmMinutes',
    from: 'the confirmation',
    then: 'It is shown as a posting that is late, and waited for again.',
  }),
  'late-close': stayTimer({
    about: 'The order is closed.',
    minutes: 43_200,
    policy: 'lateCloseMinutes',
    from: 'the last step',
    then: 'A person looks, once all of it has left.',
  }),
  'max-age': stayTimer({
    about: 'Stock has come.',
    minutes: 43_200,
    policy: 'backorderMinutes',
    from: 'the shortage',
    then: 'A person keeps or cancels it.',
  }),
  options: stayTimer({
    about: 'Master data and stock say what could be shipped instead.',
    minutes: 5,
    policy: 'optionsMinutes',
    from: 'the question',
    then: 'It is decided with what is known.',
  }),
  'pick-start': {
    about: 'The warehouse begins.',
    lasts: '4 h before',
    from: 'the end of the planned time',
    due: (scope) => scope.after(deliveryHere(scope)?.shipBy, -240, 'pickStartMinutes'),
    then: 'It is shown to the warehouse.',
  },
  'promise-breach': {
    about: 'Stock has come when it was promised.',
    lasts: 'none',
    from: 'the promise',
    due: (scope) => (scope.choice('promised') === '' ? undefined : scope.choice('promised')),
    then: 'Another promise is made.',
  },
  release: stayTimer({
    about: 'The warehouse is told.',
    minutes: 1440,
    policy: 'releaseMinutes',
    from: 'the delivery',
    then: 'It is shown, and waited for again.',
  }),
  stalled: stayTimer({
    about: 'The warehouse says something new.',
    minutes: 4320,
    policy: 'stalledMinutes',
    from: 'its last word',
    then: 'It is shown, and waited for again.',
  }),
}
