import type { TimerDefinition } from '../../engine/definition.ts'
import { stayTimer } from '../../engine/stay-timer.ts'
import type { Known } from '../known.ts'

/** How long what is awaited of a load may take. */
export const transportTimers: Readonly<Record<string, TimerDefinition<Known>>> = {
  appointment: stayTimer({
    about: 'The dock has a time, and the carrier knows when to come.',
    minutes: 240,
    policy: 'appointmentMinutes',
    whose: 'warehouse',
    from: 'the question',
    then: 'A person calls.',
  }),
  departure: stayTimer({
    about: 'The goods have left.',
    minutes: 4320,
    policy: 'departureMinutes',
    from: 'the booking',
    then: 'It is shown, and waited for again.',
  }),
  packing: stayTimer({
    about: 'The warehouse has packed it, so that labels can be made.',
    minutes: 4320,
    policy: 'packingMinutes',
    from: 'the choice of the carrier',
    then: 'It is shown, and waited for again.',
  }),
  rates: stayTimer({
    about: 'Carriers say what it costs.',
    minutes: 15,
    policy: 'ratesMinutes',
    from: 'the question',
    then: 'The cheapest one that is known is taken; where there is none a person chooses.',
  }),
  settle: stayTimer({
    about: 'Channel, ERP and customer know.',
    minutes: 1440,
    policy: 'settleMinutes',
    from: 'the departure',
    then: 'It is shown; a parcel whose number nobody knows is waited for no longer.',
  }),
  'tender-late': stayTimer({
    about: 'A carrier has taken the load.',
    minutes: 240,
    policy: 'coverMinutes',
    from: 'the offer',
    then: 'A person looks for one. Until then it is offered along the routing guide where carrier-reassignment does that.',
  }),
  'tracking-number': stayTimer({
    about: 'The carrier has made the label.',
    minutes: 15,
    policy: 'labelMinutes',
    from: 'the booking',
    then: 'It is shown as a shipment without a tracking number, and waited for again.',
  }),
  withdrawal: stayTimer({
    about: 'What was booked is taken back.',
    minutes: 1440,
    policy: 'withdrawalMinutes',
    from: 'the cancellation',
    then: 'It is shown, and waited for again.',
  }),
}
