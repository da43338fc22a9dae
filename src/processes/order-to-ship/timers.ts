import type { TimerDefinition } from '../engine/definition.ts'
import { deliveryHere } from './delivery.ts'
import type { Known } from './known.ts'

function timer(
  definition: Omit<TimerDefinition<Known>, 'due'>,
  minutes: number,
  policy: string,
): TimerDefinition<Known> {
  return { ...definition, due: (scope) => scope.after(scope.since, minutes, policy) }
}

/** How long what is awaited of an order may take. */
export const timers: Readonly<Record<string, TimerDefinition<Known>>> = {
  ack: timer(
    {
      about: 'The warehouse says that it has the order.',
      lasts: '60 min',
      from: 'the release',
      then: 'A person calls it.',
    },
    60,
    'ackMinutes',
  ),
  allocation: timer(
    {
      about: 'Stock answers for every line.',
      lasts: '15 min',
      from: 'the question',
      then: 'A person looks whether the items are known.',
    },
    15,
    'allocationMinutes',
  ),
  'cancel-late': timer(
    {
      about: 'Every delivery is withdrawn.',
      lasts: '4 h',
      from: 'the cancellation',
      then: 'A person decides whether it ships.',
    },
    240,
    'cancelLateMinutes',
  ),
  'data-fix': {
    about: 'The order is corrected.',
    lasts: '4 h of business time',
    from: 'the check',
    due: (scope) => scope.afterBusiness(scope.since, 240, 'dataFixMinutes'),
    then: 'The task is late. It is never rejected by itself.',
  },
  'delivery-missing': timer(
    { about: 'A delivery is made.', lasts: '4 h', from: 'the allocation', then: 'A person looks.' },
    240,
    'deliveryMissingMinutes',
  ),
  'fulfil-slip': {
    about: 'The goods have left.',
    lasts: 'none',
    from: 'the end of the planned time',
    due: (scope) => deliveryHere(scope)?.shipBy,
    then: 'A person promises another time, or hurries.',
  },
  'hold-escalation': timer(
    { about: 'The hold is over.', lasts: '24 h', from: 'the hold', then: 'A person looks.' },
    1440,
    'holdEscalationMinutes',
  ),
  'issue-confirm': timer(
    {
      about: 'The books say that the goods have left.',
      lasts: '30 min',
      from: 'the confirmation',
      then: 'It is shown as a posting that is late, and waited for again.',
    },
    30,
    'issueConfirmMinutes',
  ),
  'late-close': timer(
    {
      about: 'The order is closed.',
      lasts: '30 d',
      from: 'the last step',
      then: 'A person looks, once all of it has left.',
    },
    43_200,
    'lateCloseMinutes',
  ),
  'max-age': timer(
    { about: 'Stock has come.', lasts: '30 d', from: 'the shortage', then: 'A person keeps or cancels it.' },
    43_200,
    'backorderMinutes',
  ),
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
  release: timer(
    {
      about: 'The warehouse is told.',
      lasts: '24 h',
      from: 'the delivery',
      then: 'It is shown, and waited for again.',
    },
    1440,
    'releaseMinutes',
  ),
  stalled: timer(
    {
      about: 'The warehouse says something new.',
      lasts: '72 h',
      from: 'its last word',
      then: 'It is shown, and waited for again.',
    },
    4320,
    'stalledMinutes',
  ),
}
