import { askedPrice, counterHere, decidedOn, isOther } from '../../counter-offer.ts'
import type { StateDefinition, Step } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import type { Data } from '../../posting.ts'
import type { Known } from '../known.ts'
import { loadFacts, loadHere } from './load.ts'
import { common } from './steps.ts'

type Here = Scope<Known>

/** Whether the carrier whom the load was offered to would take it on conditions that nobody has answered. */
export function isCountered(scope: Here): boolean {
  const { counter, tender } = loadHere(scope) ?? {}
  if (counter === undefined || tender !== 'tendered' || counter.carrier !== scope.choice('carrier')) return false
  return counter.fact !== counterHere(scope)?.fact
}

/** Told again in the same words it is the same question. */
function newest(scope: Here): Data {
  return { ...scope.chosen, counter: loadHere(scope)?.counter ?? counterHere(scope) }
}

/** A carrier would take the load on conditions; `taker` is who has it. */
export function counterStates(
  taker: (scope: Here) => string | undefined,
): Readonly<Record<string, StateDefinition<Known>>> {
  return {
    countered: {
      about: 'The carrier would take the load on conditions: at another time, for another price. A person decides.',
      timers: ['tender-late'],
      tasks: ['conditional-tender'],
      next: waysOut(taker),
    },
    agreeing: {
      about: 'The carrier hears that his conditions are accepted, with the load as it is now.',
      says: ['agreement'],
      timers: ['tender-late'],
      next: [
        {
          to: 'covered',
          label: 'the load is his, for the price that he asks',
          awaits: [],
          when: () => true,
          choose: (scope) => {
            const { counter: _, ...chosen } = scope.chosen
            const counter = counterHere(scope)
            return { ...chosen, ...(counter === undefined ? {} : askedPrice(counter)) }
          },
        },
      ],
    },
    refusing: {
      about:
        'The offer is taken back from him. carrier-reassignment offers it along its routing guide, if the tenant has that process.',
      says: ['refusal'],
      timers: ['tender-late'],
      next: [
        { to: 'awaiting_carrier', label: 'it is said', awaits: [], when: () => true, choose: ({ chosen }) => chosen },
      ],
    },
  }
}

function isWithAnother(scope: Here): boolean {
  const { carrier } = loadHere(scope) ?? {}
  return carrier !== undefined && carrier !== scope.choice('carrier')
}

/** Ways out of the question. */
function waysOut(taker: (scope: Here) => string | undefined): readonly Step<Known>[] {
  return [
    ...common,
    {
      to: 'countered',
      label: 'he names other conditions',
      awaits: loadFacts,
      when: (scope) => isCountered(scope) && isOther(loadHere(scope)?.counter, counterHere(scope)),
      choose: newest,
    },
    {
      to: 'awaiting_carrier',
      label: 'he takes it as it is, or it is offered to another',
      awaits: loadFacts,
      when: (scope) => taker(scope) !== undefined || loadHere(scope)?.tender !== 'tendered' || isWithAnother(scope),
      choose: ({ chosen }) => chosen,
    },
    ...decidedOn(newest),
  ]
}
