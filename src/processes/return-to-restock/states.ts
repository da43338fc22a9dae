import type { StateDefinition, Step } from '../engine/definition.ts'
import { decimal, text } from '../told-document.ts'
import { goodsFacts, returnFacts } from './facts.ts'
import { acceptedUnits, cameBack, isAllowed, isHere, isInspected, type Known, mismatches } from './known.ts'
import { settledStates } from './settled-states.ts'

const arrived: Step<Known> = {
  to: 'received',
  label: 'the goods are here',
  awaits: goodsFacts,
  when: ({ known }) => isHere(known),
  choose: ({ chosen }) => chosen,
}
const unannounced: Step<Known> = { ...arrived, to: 'unannounced', label: 'the goods came all the same' }
const refused: Step<Known> = {
  to: 'rejecting',
  label: 'the ERP or shop says no',
  awaits: returnFacts,
  when: ({ known }) => said(known, 'rejected') && !said(known, 'authorized'),
}

/** Where a return can be. */
export const states: Readonly<Record<string, StateDefinition<Known>>> = {
  screening: {
    about: 'It is looked whether the customer may send it: in time, no more than was delivered.',
    timers: ['approval'],
    cancel: 'cancelled',
    next: [
      {
        to: 'authorized',
        label: 'it is authorized already',
        awaits: [...returnFacts, ...goodsFacts],
        when: ({ known }) => said(known, 'authorized'),
      },
      { ...refused, awaits: [...returnFacts, ...goodsFacts] },
      {
        ...unannounced,
        awaits: [...returnFacts, ...goodsFacts, 'shipment.return_started'],
        when: ({ known }) => known.return === undefined && isHere(known),
      },
      {
        to: 'awaiting_carrier',
        label: 'a carrier brings it back',
        awaits: ['shipment.return_started', ...goodsFacts, ...returnFacts],
        when: ({ known }) => known.return === undefined && known.carried !== undefined,
      },
      {
        to: 'authorized',
        label: 'the rules allow it',
        awaits: returnFacts,
        when: (scope) => scope.known.return !== undefined && isAllowed(scope),
      },
      {
        to: 'approving',
        label: 'a person has to allow it',
        awaits: returnFacts,
        when: ({ known }) => known.return !== undefined,
      },
      {
        to: 'cancelled',
        label: 'there is nothing to it',
        awaits: ['timer approval'],
        when: (scope) => scope.known.return === undefined && scope.missed('approval'),
      },
    ],
  },
  approving: {
    about: 'The rules do not allow it by themselves: a person decides.',
    tasks: ['approve-return'],
    cancel: 'cancelled',
    next: [
      {
        to: 'authorized',
        label: 'it is allowed elsewhere',
        awaits: returnFacts,
        when: ({ known }) => said(known, 'authorized'),
      },
      refused,
      {
        to: 'authorized',
        label: 'it is allowed',
        awaits: ['task approve-return'],
        when: (scope) =>
          scope.decided('approve-return', 'authorize') || scope.decided('approve-return', 'authorize_with_fee'),
        choose: (scope) => ({ fee: decimal(scope.answer('approve-return')?.data?.['fee']) }),
      },
      {
        to: 'rejecting',
        label: 'it is not allowed',
        awaits: ['task approve-return'],
        when: (scope) => scope.decided('approve-return', 'reject'),
      },
    ],
  },
  authorized: {
    about: 'The customer may send it, and gets a label.',
    says: ['authorized'],
    effects: ['create-label'],
    timers: ['rma-expiry'],
    cancel: 'voiding',
    next: [
      arrived,
      {
        to: 'expiring',
        label: 'it did not come in time',
        awaits: ['timer rma-expiry'],
        when: (scope) => scope.missed('rma-expiry'),
      },
    ],
  },
  awaiting_carrier: {
    about: 'A carrier brings back what he could not deliver.',
    timers: ['carrier-return'],
    tasks: ['lost-return'],
    cancel: { refused: 'on_its_way' },
    next: [
      arrived,
      {
        to: 'lost',
        label: 'a person gives it up',
        awaits: ['task lost-return'],
        when: (scope) => scope.decided('lost-return', 'claim'),
      },
      {
        to: 'awaiting_carrier',
        label: 'a person goes on waiting',
        awaits: ['task lost-return'],
        when: (scope) => scope.decided('lost-return', 'wait'),
      },
    ],
  },
  received: {
    about: 'The goods are in the warehouse, and may not be sold yet.',
    says: ['received'],
    timers: ['inspect-sla'],
    next: [
      {
        to: 'mismatched',
        label: 'it is not what was authorized',
        awaits: [],
        when: ({ known }) => known.return !== undefined && mismatches(known).length > 0,
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'inspecting',
        label: 'somebody has to look at it',
        awaits: [],
        when: () => true,
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  mismatched: {
    about: 'Other goods or more came than the customer was allowed to send.',
    tasks: ['return-mismatch'],
    cancel: { refused: 'goods_are_here' },
    next: [
      { to: 'cancelled', label: 'nothing came after all', awaits: goodsFacts, when: ({ known }) => !isHere(known) },
      {
        to: 'inspecting',
        label: 'a person decided',
        awaits: ['task return-mismatch'],
        when: (scope) => scope.answer('return-mismatch') !== undefined,
        choose: (scope) => ({
          ...scope.chosen,
          mismatch: scope.answer('return-mismatch')?.decision,
          otherReturn: scope.decided('return-mismatch', 'attach')
            ? text(scope.answer('return-mismatch')?.data?.['returnNumber'])
            : undefined,
        }),
      },
      {
        to: 'inspecting',
        label: 'it is authorized after all',
        awaits: [...returnFacts, ...goodsFacts],
        when: ({ known }) => mismatches(known).length === 0,
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  unannounced: {
    about:
      'Goods came that nobody was allowed to send, or too late. They are booked as they are; a person decides about them.',
    says: ['provisional'],
    tasks: ['unannounced-return'],
    cancel: { refused: 'goods_are_here' },
    next: [
      { to: 'cancelled', label: 'nothing came after all', awaits: goodsFacts, when: ({ known }) => !isHere(known) },
      {
        to: 'inspecting',
        label: 'it is authorized now',
        awaits: ['task unannounced-return'],
        when: (scope) => scope.decided('unannounced-return', 'authorize'),
        choose: () => ({ mismatch: 'accept' }),
      },
      {
        to: 'inspecting',
        label: 'there is no money for it',
        awaits: ['task unannounced-return'],
        when: (scope) => scope.answer('unannounced-return') !== undefined,
        choose: (scope) => ({
          mismatch: 'reject',
          all: scope.decided('unannounced-return', 'send_back') ? 'reject' : 'scrap',
        }),
      },
      {
        to: 'received',
        label: 'it is authorized by somebody else',
        awaits: returnFacts,
        when: ({ known }) => known.return !== undefined && said(known, 'authorized') && !said(known, 'expired'),
      },
    ],
  },
  inspecting: {
    about: 'Somebody looks at it, unit by unit.',
    timers: ['inspect-sla'],
    tasks: ['inspect-return'],
    cancel: { refused: 'goods_are_here' },
    next: [
      { to: 'cancelled', label: 'nothing came after all', awaits: goodsFacts, when: ({ known }) => !isHere(known) },
      {
        to: 'mismatched',
        label: 'with what came since it is more, or something else, than was authorized',
        awaits: [...returnFacts, ...goodsFacts],
        when: ({ known, chosen }) =>
          known.return !== undefined && chosen['mismatch'] === undefined && mismatches(known).length > 0,
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'dispositioning',
        label: 'all of it was looked at',
        awaits: [...returnFacts, ...goodsFacts],
        when: (scope) => isInspected(scope.known) || text(scope.chosen['all']) !== undefined,
        choose: ({ chosen, known }) => ({ ...chosen, came: Object.fromEntries(cameBack(known)) }),
      },
      {
        to: 'inspecting',
        label: 'a person says that it takes longer',
        awaits: ['task inspect-return'],
        when: (scope) => scope.decided('inspect-return', 'wait'),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'dispositioning',
        label: 'a person looked at all of it',
        awaits: ['task inspect-return'],
        when: (scope) => scope.answer('inspect-return') !== undefined,
        choose: (scope) => ({
          ...scope.chosen,
          all: scope.answer('inspect-return')?.decision,
          came: Object.fromEntries(cameBack(scope.known)),
        }),
      },
    ],
  },
  dispositioning: {
    about: 'The warehouse does with each unit what was found right.',
    timers: ['disposal'],
    tasks: ['disposal-late'],
    cancel: { refused: 'goods_are_here' },
    next: [
      {
        to: 'settling',
        label: 'every unit is where it belongs',
        awaits: [
          'branch unit',
          ...returnFacts,
          ...goodsFacts,
          'effect dispose',
          'task approve-scrap',
          'task refurbish-done',
        ],
        when: (scope) => scope.states('unit').length > 0 && scope.ended('unit'),
        choose: ({ chosen }) => chosen,
      },
      {
        to: 'dispositioning',
        label: 'a person goes on waiting',
        awaits: ['task disposal-late'],
        when: (scope) => scope.answer('disposal-late') !== undefined,
        choose: ({ chosen }) => chosen,
      },
    ],
  },
  settling: {
    about: 'The customer gets what is due to him, less fees, for what was accepted.',
    effects: ['credit'],
    timers: ['refund-confirm'],
    cancel: { refused: 'already_disposed' },
    next: [
      {
        to: 'closed',
        label: 'it is paid',
        awaits: ['effect credit'],
        when: (scope) => scope.done('credit'),
        choose: (scope) => ({
          ...scope.chosen,
          paid: Object.fromEntries(acceptedUnits(scope).map(({ sku, quantity }) => [sku, quantity])),
        }),
      },
    ],
  },
  rejecting: {
    about: 'The customer hears that he may not send it.',
    says: ['rejected'],
    effects: ['notify'],
    timers: ['confirm'],
    next: [{ to: 'rejected', label: 'he knows', awaits: ['effect notify'], when: (scope) => scope.done('notify') }],
  },
  expiring: {
    about: 'It did not come in time: the label is void.',
    says: ['expired'],
    effects: ['void-label'],
    timers: ['confirm'],
    next: [
      {
        to: 'expired',
        label: 'the carrier knows',
        awaits: ['effect void-label'],
        when: (scope) => scope.done('void-label'),
      },
    ],
  },
  voiding: {
    about: 'The customer keeps it: the label is void.',
    says: ['cancelled'],
    effects: ['void-label'],
    timers: ['confirm'],
    next: [
      {
        to: 'cancelled',
        label: 'the carrier knows',
        awaits: ['effect void-label'],
        when: (scope) => scope.done('void-label'),
      },
    ],
  },
  rejected: {
    about: 'The customer may not send it. What comes all the same is booked, and a person decides.',
    final: true,
    next: [unannounced],
  },
  expired: {
    about: 'The customer did not send it in time. What comes all the same is booked, and a person decides.',
    final: true,
    next: [unannounced],
  },
  cancelled: {
    about: 'Nothing comes back. What comes all the same is booked, and a person decides.',
    final: true,
    next: [unannounced],
  },
  lost: {
    about: 'The carrier has lost it, and a claim is opened.',
    says: ['carrier-claim'],
    final: true,
    next: [unannounced],
  },
  ...settledStates,
}

function said(known: Known, status: string): boolean {
  return known.return?.said.includes(status) === true
}
