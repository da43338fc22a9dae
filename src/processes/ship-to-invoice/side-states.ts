import type { StateDefinition } from '../engine/definition.ts'
import { round } from './crediting.ts'
import type { Known } from './known.ts'
import { gateFacts, invoiceFacts } from './states.ts'

/** The carrier is asked for proofs beside the course of the invoice. */
export const requestStates: Readonly<Record<string, StateDefinition<Known>>> = {
  resting: {
    about: 'No proof is missing that could be there.',
    final: true,
    next: [
      {
        to: 'asking',
        label: 'a proof is missing',
        awaits: [...gateFacts, 'branch main'],
        when: (scope) => scope.state('main') === 'awaiting_pod',
        choose: () => ({ round: 0 }),
      },
    ],
  },
  asking: {
    about: 'The carrier is asked a day after the delivery, and each day after that.',
    effects: ['request-pod'],
    timers: ['pod-request'],
    next: [
      {
        to: 'resting',
        label: 'it is not needed any more',
        awaits: [
          'branch main',
          ...gateFacts,
          'task chase-pod',
          'task waive-pod',
          'timer pod-policy',
          'delivery.goods_issue_reversed',
          ...invoiceFacts,
        ],
        when: (scope) => scope.state('main') !== 'awaiting_pod',
      },
      {
        to: 'asking',
        label: 'another day has passed',
        awaits: ['timer pod-request'],
        when: (scope) => scope.missed('pod-request'),
        choose: (scope) => ({ round: round(scope) + 1 }),
      },
    ],
  },
}

/** Packages that are billed by themselves. */
export const packageStates: Readonly<Record<string, StateDefinition<Known>>> = {
  releasing: {
    about: 'The ERP may bill the package.',
    effects: ['release-package'],
    timers: ['invoice-confirm'],
    next: [
      {
        to: 'sending',
        label: 'the ERP has it',
        awaits: ['effect release-package'],
        when: (scope) => scope.done('release-package'),
      },
    ],
  },
  sending: {
    about: 'The customer gets the invoice of the package.',
    effects: ['send-package'],
    timers: ['send-confirm'],
    next: [
      {
        to: 'billed',
        label: 'the customer has it',
        awaits: ['effect send-package'],
        when: (scope) => scope.outcome('send-package') !== undefined && scope.done('send-package'),
      },
    ],
  },
  billed: { about: 'The package is billed, and the customer has its invoice.', final: true },
}
