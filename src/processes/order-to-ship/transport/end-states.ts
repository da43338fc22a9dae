import type { StateDefinition, Step } from '../../engine/definition.ts'
import type { Known } from '../known.ts'
import { booking, trackingNumbersHere } from './booking.ts'
import { loadFacts } from './load.ts'
import { chosenCarrier } from './sourcing.ts'
import { again, kept, left, said } from './steps.ts'

/** Goods do not wait for an answer; its numbers count all the same when it comes. */
const unsaid: Step<Known> = {
  to: 'numbering',
  label: 'the carrier tells the numbers of the label',
  awaits: ['effect book'],
  when: (scope) => scope.chosen['isSaid'] !== true && booking(scope).trackingNumbers.length > 0,
  choose: kept,
}

/** Where a load ends: on its way, or taken back. */
export const endStates: Readonly<Record<string, StateDefinition<Known>>> = {
  settling: {
    about: 'The goods have left: channel, ERP and customer are told.',
    effects: ['update-tracking', 'tell-shipped'],
    timers: ['settle'],
    next: [
      unsaid,
      {
        to: 'done',
        label: 'all know',
        awaits: ['effect update-tracking', 'effect tell-shipped', 'timer settle', ...loadFacts],
        when: (scope) =>
          scope.done('update-tracking') &&
          scope.done('tell-shipped') &&
          (trackingNumbersHere(scope).length > 0 || chosenCarrier(scope).mode !== 'parcel' || scope.missed('settle')),
        choose: kept,
      },
      again('settling', 'settle'),
    ],
  },
  withdrawing: {
    about: 'It will not be shipped: the carrier is told.',
    says: ['offer-withdrawal'],
    timers: ['withdrawal'],
    next: [{ to: 'taking_back', label: 'it is said', awaits: [], when: () => true, choose: kept }],
  },
  taking_back: {
    about: 'Pickup, dock time and label are taken back, the last first.',
    undoes: true,
    timers: ['withdrawal'],
    next: [
      { ...left, label: 'a carrier has the goods all the same: they are followed' },
      {
        to: 'withdrawn',
        label: 'all is taken back',
        awaits: [
          'effect book',
          'effect book-appointment',
          'effect schedule-pickup',
          'effect void',
          'effect cancel-appointment',
          'effect cancel-pickup',
        ],
        when: (scope) => scope.undone,
        choose: kept,
      },
      again('taking_back', 'withdrawal'),
    ],
  },
  withdrawn: {
    about: 'Nothing is booked any more. Where a carrier scans it all the same, it is followed.',
    says: ['void'],
    final: true,
    next: [{ ...left, label: 'a carrier has the goods all the same: they are followed' }],
  },
  not_ours: {
    about: 'The hub arranges nothing: it had left, or was withdrawn, before the hub knew of it.',
    final: true,
  },
  done: {
    about: 'The goods are on their way, and everybody knows. Numbers that come later are told, too.',
    effects: ['update-tracking'],
    final: true,
    next: [unsaid],
  },
  numbering: {
    about:
      'The label was made after the goods had left, or its answer came late: its numbers are those of the shipment.',
    says: ['booked'],
    timers: ['settle'],
    next: [{ to: 'settling', label: 'it is said', awaits: [], when: () => true, choose: said }],
  },
}
