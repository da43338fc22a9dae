import type { StateDefinition, Step } from '../engine/definition.ts'
import {
  candidate,
  isRefused,
  isTold,
  lateCarrier,
  offered,
  outsider,
  passedOver,
  settled,
  standing,
  unwanted,
} from './choice.ts'
import { counterFrom, counterStates } from './counter.ts'
import { isDear, nextCarrier, routingGuide } from './guide.ts'
import { type Known, unwilling } from './known.ts'

/** Goods that somebody has are not given to somebody else. */
const frozen: Step<Known> = {
  to: 'kept',
  label: 'a carrier has the goods',
  awaits: ['shipment.picked_up'],
  when: ({ known }) => known.isMoving,
}
const deadline = ['deadline'] as const
/** Whatever says who has the load, and whether he wants it. */
const word = [
  'shipment.exception_opened',
  'shipment.picked_up',
  'shipment.tender_accepted',
  'shipment.tender_cancelled',
  'shipment.tender_countered',
  'shipment.tender_declined',
  'shipment.tender_expired',
  'shipment.tendered',
] as const

/** Where a load can be. */
export const states: Readonly<Record<string, StateDefinition<Known>>> = {
  looking: {
    about: 'Where the load stands is looked at.',
    timers: ['tender'],
    next: [
      frozen,
      { to: 'cancelling', label: 'its carrier will not come', awaits: [], when: isRefused },
      { to: 'offered', label: 'it is offered to a carrier', awaits: [], when: () => true, choose: standing },
    ],
  },
  offered: {
    about: 'A planner has offered the load to a carrier. His answer is awaited.',
    timers: ['tender', ...deadline],
    cancel: 'kept',
    next: [
      frozen,
      { to: 'cancelling', label: 'he does not take it', awaits: [...word], when: isRefused },
      {
        to: 'done',
        label: 'he takes it',
        awaits: [...word],
        when: ({ known }) => known.carrier !== undefined && known.accepted.includes(known.carrier),
        choose: standing,
      },
      {
        to: 'countered',
        label: 'he would take it on conditions',
        awaits: [...word],
        when: (scope) => counterFrom(scope, scope.known.carrier) !== undefined,
        choose: (scope) => ({ ...standing(scope), counter: counterFrom(scope, scope.known.carrier), isFirst: true }),
      },
      {
        to: 'expiring',
        label: 'he has not answered in time',
        awaits: ['timer tender'],
        when: (scope) => scope.missed('tender'),
        choose: standing,
      },
    ],
  },
  ...counterStates(frozen, word),
  cancelling: {
    about:
      'The carrier who will not come is told that the load is his no longer. One who declined or let it expire needs no word.',
    says: ['withdrawal'],
    timers: ['cancel-confirm', ...deadline],
    tasks: ['old-carrier-silent'],
    cancel: 'kept',
    next: [
      frozen,
      {
        to: 'kept',
        label: 'a person keeps the old carrier',
        awaits: ['task old-carrier-silent'],
        when: (scope) => scope.decided('old-carrier-silent', 'keep'),
      },
      {
        to: 'choosing',
        label: 'he is told, or a person assumes so',
        awaits: [...word, 'effect.applied', 'task old-carrier-silent'],
        when: (scope) => isTold(scope) || scope.decided('old-carrier-silent', 'assume_cancelled'),
      },
    ],
  },
  choosing: {
    about: 'The next carrier of the routing guide is looked for.',
    timers: deadline,
    next: [
      frozen,
      {
        to: 'kept',
        label: 'there is no routing guide: whoever plans deals with it',
        awaits: [],
        when: (scope) => routingGuide(scope).length === 0,
      },
      {
        to: 'uncovered',
        label: 'nobody is left to ask',
        awaits: [],
        when: (scope) => nextCarrier(scope) === undefined,
      },
      { to: 'asking', label: 'he costs too much to decide alone', awaits: [], when: isDear, choose: candidate },
      { to: 'tendering', label: 'he may have it', awaits: [], when: () => true, choose: candidate },
    ],
  },
  asking: {
    about: 'The next carrier is dearer than the policy allows: a person decides.',
    timers: deadline,
    tasks: ['dearer-carrier'],
    cancel: 'kept',
    next: [
      frozen,
      {
        to: 'tendering',
        label: 'the cost is accepted',
        awaits: ['task dearer-carrier'],
        when: (scope) => scope.decided('dearer-carrier', 'accept'),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'choosing',
        label: 'somebody else is asked',
        awaits: ['task dearer-carrier'],
        when: (scope) => scope.decided('dearer-carrier', 'next_carrier'),
        choose: passedOver,
      },
    ],
  },
  tendering: {
    about: 'The load is offered to the carrier chosen.',
    says: ['offer'],
    timers: ['tender', ...deadline],
    cancel: 'withdrawing',
    next: [
      { ...frozen, to: 'withdrawing' },
      {
        to: 'switching',
        label: 'he takes it',
        awaits: ['shipment.tender_accepted'],
        when: (scope) => scope.known.accepted.includes(offered(scope)),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'choosing',
        label: 'he does not take it',
        awaits: ['shipment.tender_declined', 'shipment.tender_expired', 'shipment.exception_opened'],
        when: (scope) => unwilling(scope.known).has(offered(scope)),
        choose: passedOver,
      },
      {
        to: 'countered',
        label: 'he would take it on conditions',
        awaits: ['shipment.tender_countered'],
        when: (scope) => counterFrom(scope, offered(scope)) !== undefined,
        choose: (scope) => ({ ...scope.chosen, counter: counterFrom(scope, offered(scope)) }),
      },
      {
        to: 'expiring',
        label: 'he has not answered in time',
        awaits: ['timer tender'],
        when: (scope) => scope.missed('tender'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  expiring: {
    about: 'The offer is over, and the carrier is told so.',
    says: ['expiry'],
    timers: deadline,
    next: [
      frozen,
      { to: 'choosing', label: 'somebody else is asked', awaits: [], when: () => true, choose: passedOver },
    ],
  },
  switching: {
    about: 'The load is his: the shipment names him, and the label of the other carrier is void.',
    says: ['reassignment'],
    effects: ['void-label'],
    timers: ['switch'],
    next: [
      {
        to: 'done',
        label: 'all of it is done',
        awaits: ['effect void-label'],
        when: (scope) => scope.done('void-label'),
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  uncovered: {
    about: 'Nobody is left to ask: a person finds a carrier or another plan.',
    tasks: ['uncovered-load'],
    cancel: 'kept',
    next: [
      frozen,
      {
        to: 'tendering',
        label: 'a carrier from outside the guide is offered it',
        awaits: ['task uncovered-load'],
        when: (scope) => scope.decided('uncovered-load', 'spot_market') && outsider(scope) !== '',
        choose: (scope) => ({ carrier: outsider(scope) }),
      },
      {
        to: 'uncovered',
        label: 'nobody said who',
        awaits: ['task uncovered-load'],
        when: (scope) => scope.decided('uncovered-load', 'spot_market'),
      },
      {
        to: 'done',
        label: 'it is planned otherwise',
        awaits: ['task uncovered-load'],
        when: (scope) => scope.answer('uncovered-load') !== undefined,
      },
    ],
  },
  withdrawing: {
    about:
      'An offer is open that nobody wants any more: it was called off, or another carrier has the goods. He is told.',
    says: ['withdrawal'],
    timers: ['cancel-confirm'],
    next: [
      {
        to: 'kept',
        label: 'he is told',
        awaits: [...word, 'timer cancel-confirm'],
        when: (scope) => unwanted(scope) === undefined || scope.missed('cancel-confirm'),
      },
    ],
  },
  kept: { about: 'It stays as it was: a carrier has the goods, or a person decided so.', final: true },
  done: {
    about: 'Another carrier has the load, or it is planned otherwise. Should he not come either, it begins anew.',
    final: true,
    next: [
      {
        to: 'cancelling',
        label: 'the new carrier will not come either',
        awaits: ['shipment.tender_declined', 'shipment.tender_expired', 'shipment.exception_opened'],
        when: (scope) => !scope.known.isMoving && offered(scope) !== '' && unwilling(scope.known).has(offered(scope)),
      },
      {
        to: 'late',
        label: 'a carrier takes the load after it was given to another',
        awaits: ['shipment.tender_accepted'],
        when: (scope) => !scope.known.isMoving && lateCarrier(scope) !== undefined,
        choose: (scope) => ({ ...scope.chosen, late: lateCarrier(scope) }),
      },
    ],
  },
  late: {
    about: 'Two carriers want the load: the one who came late is told that it is not his, and a person looks.',
    effects: ['refuse-late'],
    tasks: ['late-acceptance'],
    next: [
      frozen,
      {
        to: 'switching',
        label: 'he shall have it after all',
        awaits: ['task late-acceptance'],
        when: (scope) => scope.decided('late-acceptance', 'switch_back'),
        choose: ({ chosen }) => ({ carrier: chosen['late'], settled: [...settled(chosen), chosen['carrier']] }),
      },
      {
        to: 'done',
        label: 'he knows that it is not his',
        awaits: ['task late-acceptance'],
        when: (scope) => scope.decided('late-acceptance', 'confirm_cancellation'),
        choose: ({ chosen }) => ({ ...chosen, settled: [...settled(chosen), chosen['late']] }),
      },
    ],
  },
}
