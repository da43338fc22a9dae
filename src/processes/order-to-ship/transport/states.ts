import type { Branch, StateDefinition, Step } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import type { Data } from '../../posting.ts'
import { record } from '../../told-document.ts'
import { deliveryFacts } from '../delivery-track.ts'
import type { Known } from '../known.ts'
import { counterStates, isCountered } from './counter.ts'
import { isPacked } from './effects.ts'
import { endStates } from './end-states.ts'
import { loadFacts, loadHere } from './load.ts'
import { type Choice, chosenCarrier, contracted, isDearer, isOther, isReweighed, named, quoted } from './sourcing.ts'
import { again, common, hasLeft, isCalledOff, kept, said } from './steps.ts'

type Here = Scope<Known>

/** A label is made when the weights are known, unless the policy wants it with the release. */
function waitsForPacking(scope: Here, { mode }: Choice): boolean {
  return mode === 'parcel' && scope.policy('labelAt', 'pack') === 'pack' && !isPacked(scope)
}

/** Ways on with a carrier that `pick` finds; undefined: he is not found yet. */
function onwards(
  label: string,
  awaits: readonly string[],
  pick: (scope: Here) => Choice | undefined,
): readonly Step<Known>[] {
  const way = (to: string, how: string, isWay: (scope: Here, choice: Choice) => boolean): Step<Known> => ({
    to,
    label: `${label}: ${how}`,
    awaits,
    when: (scope) => {
      const choice = pick(scope)
      return choice !== undefined && isWay(scope, choice)
    },
    choose: (scope) => ({ ...pick(scope), round: scope.asked('book').length + 1 }),
  })
  return [
    way('awaiting_packing', 'its label is made when it is packed', waitsForPacking),
    way('booking', 'a label is made', (_, { mode }) => mode === 'parcel'),
    way('tendering', 'he is offered the load', () => true),
  ]
}

/** Whether everybody who was asked has said what he will. */
function isAnswered(scope: Here, effect: 'rate' | 'rate-again'): boolean {
  const last = scope.asked(effect).at(-1)
  return scope.missed('rates') || (last !== undefined && last.status !== 'wanted')
}

function best(scope: Here): Choice | undefined {
  if (scope.decided('no-rates', 'choose')) return named(scope, 'no-rates')
  return contracted(scope) ?? (isAnswered(scope, 'rate') ? quoted(scope, 'rate') : undefined)
}

const needsPerson = (scope: Here): boolean => {
  const [before, now] = [chosenCarrier(scope), quoted(scope, 'rate-again')]
  return now === undefined || isOther(before, now) || isDearer(before, now, scope.policy('dearerPercent', 15))
}

const isBooked = (scope: Here): boolean => ['applied', 'settled'].includes(scope.asked('book').at(-1)?.status ?? '')

/** The carrier who has taken the load, whoever was offered it. */
function taker(scope: Here): string | undefined {
  const { reassigned, tender, carrier } = loadHere(scope) ?? {}
  if (reassigned !== undefined && reassigned !== scope.choice('carrier')) return reassigned
  return tender === 'tender_accepted' || tender === 'booked' ? (carrier ?? scope.choice('carrier')) : undefined
}

const proposal = ({ chosen }: Here): Data => record(chosen['proposal'])

const states: Readonly<Record<string, StateDefinition<Known>>> = {
  looking: {
    about: 'Whether anything is to be arranged.',
    timers: ['departure'],
    next: [
      {
        to: 'not_ours',
        label: 'it has left already, or will not be shipped',
        awaits: [],
        when: (scope) => hasLeft(scope) || isCalledOff(scope),
      },
      { to: 'planning', label: 'it is to be shipped', awaits: [], when: () => true },
    ],
  },
  planning: {
    about: 'A shipment is made for it, so that whatever others report under its numbers is about this one.',
    says: ['planning'],
    timers: ['departure'],
    next: [{ to: 'sourcing', label: 'it is planned', awaits: [], when: () => true }],
  },
  sourcing: {
    about:
      'A carrier is chosen: the first of the routing guide whose price is agreed, else the cheapest that may have it.',
    effects: ['rate'],
    timers: ['rates'],
    tasks: ['no-rates'],
    next: [
      ...common,
      ...onwards('a carrier is chosen', ['effect rate', 'timer rates', 'task no-rates'], best),
      {
        to: 'departing',
        label: 'it is arranged elsewhere',
        awaits: ['task no-rates'],
        when: (scope) => scope.decided('no-rates', 'elsewhere'),
      },
      {
        to: 'sourcing',
        label: 'carriers are asked again',
        awaits: ['task no-rates'],
        when: (scope) => scope.answer('no-rates') !== undefined,
        choose: (scope) => ({ round: scope.asked('rate').length + 1 }),
      },
    ],
  },
  awaiting_packing: {
    about: 'The carrier is chosen. His label is made when the weights are known.',
    timers: ['packing'],
    next: [
      ...common,
      {
        to: 'rating_again',
        label: 'it is packed, and weighs another amount than was said',
        awaits: deliveryFacts,
        when: (scope) => isPacked(scope) && isReweighed(scope),
        choose: kept,
      },
      { to: 'booking', label: 'it is packed', awaits: deliveryFacts, when: isPacked, choose: kept },
      again('awaiting_packing', 'packing'),
    ],
  },
  rating_again: {
    about: 'Carriers are asked once more for what it really weighs.',
    effects: ['rate-again'],
    timers: ['rates'],
    next: [
      ...common,
      {
        to: 'asking',
        label: 'it is too dear, another service, or nobody answers',
        awaits: ['effect rate-again', 'timer rates'],
        when: (scope) => isAnswered(scope, 'rate-again') && needsPerson(scope),
        choose: (scope) => ({ ...scope.chosen, isRatedAgain: true, proposal: quoted(scope, 'rate-again') ?? {} }),
      },
      {
        to: 'booking',
        label: 'the price is good',
        awaits: ['effect rate-again', 'timer rates'],
        when: (scope) => isAnswered(scope, 'rate-again'),
        choose: (scope) => ({ ...scope.chosen, ...quoted(scope, 'rate-again'), isRatedAgain: true }),
      },
    ],
  },
  asking: {
    about: 'The price or the service is another one than was agreed to: a person decides.',
    tasks: ['re-rate'],
    next: [
      ...common,
      {
        to: 'booking',
        label: 'it is accepted',
        awaits: ['task re-rate'],
        when: (scope) => scope.decided('re-rate', 'accept'),
        choose: (scope) => ({ ...scope.chosen, ...proposal(scope) }),
      },
      ...onwards('a person chooses', ['task re-rate'], (scope) =>
        scope.decided('re-rate', 'choose') ? named(scope, 're-rate') : undefined,
      ),
      {
        to: 'asking',
        label: 'it is held',
        awaits: ['task re-rate'],
        when: (scope) => scope.answer('re-rate') !== undefined,
        choose: kept,
      },
    ],
  },
  booking: {
    about: 'The carrier makes the label.',
    effects: ['book'],
    timers: ['tracking-number'],
    skip: ['sourcing'],
    next: [
      ...common,
      { to: 'booked', label: 'it is made', awaits: ['effect book'], when: isBooked, choose: kept },
      again('booking', 'tracking-number'),
    ],
  },
  tendering: {
    about: 'The load is offered to the carrier.',
    says: ['offer'],
    timers: ['tender-late'],
    next: [{ to: 'awaiting_carrier', label: 'it is offered', awaits: [], when: () => true, choose: kept }],
  },
  awaiting_carrier: {
    about:
      'His answer is awaited. Where he declines or does not answer, carrier-reassignment offers it along its routing guide, if the tenant has that process.',
    timers: ['tender-late'],
    tasks: ['no-carrier'],
    skip: ['sourcing'],
    next: [
      ...common,
      {
        to: 'covered',
        label: 'a carrier has taken it',
        awaits: loadFacts,
        when: (scope) => taker(scope) !== undefined,
        // The price is that of the carrier whom it was offered first.
        choose: (scope) =>
          taker(scope) === scope.choice('carrier')
            ? scope.chosen
            : { mode: scope.chosen['mode'], carrier: taker(scope) },
      },
      {
        to: 'countered',
        label: 'he would take it on conditions',
        awaits: loadFacts,
        when: isCountered,
        choose: (scope) => ({ ...scope.chosen, counter: loadHere(scope)?.counter }),
      },
      {
        to: 'tendering',
        label: 'a person names another carrier',
        awaits: ['task no-carrier'],
        when: (scope) => scope.decided('no-carrier', 'choose') && named(scope, 'no-carrier') !== undefined,
        choose: (scope) => ({ ...scope.chosen, ...named(scope, 'no-carrier') }),
      },
      {
        to: 'departing',
        label: 'it is arranged elsewhere',
        awaits: ['task no-carrier'],
        when: (scope) => scope.decided('no-carrier', 'elsewhere'),
      },
      {
        to: 'awaiting_carrier',
        label: 'a person has looked',
        awaits: ['task no-carrier'],
        when: (scope) => scope.answer('no-carrier') !== undefined,
        choose: kept,
      },
    ],
  },
  ...counterStates(taker),
  covered: {
    about: 'The load is his.',
    says: ['estimate'],
    timers: ['appointment'],
    next: [{ to: 'appointing', label: 'it is said', awaits: [], when: () => true, choose: kept }],
  },
  booked: {
    about: 'The carrier has the order, and the hub knows its numbers.',
    says: ['booked'],
    timers: ['appointment'],
    next: [{ to: 'appointing', label: 'it is said', awaits: [], when: () => true, choose: said }],
  },
  appointing: {
    about: 'Where the policy wants it, the dock gives a time and the carrier is asked to come.',
    effects: ['book-appointment', 'schedule-pickup'],
    timers: ['appointment'],
    tasks: ['no-dock'],
    next: [
      ...common,
      {
        to: 'departing',
        label: 'all is arranged',
        awaits: ['effect book-appointment', 'effect schedule-pickup'],
        when: (scope) => scope.done('book-appointment') && scope.done('schedule-pickup'),
        choose: kept,
      },
      {
        to: 'departing',
        label: 'a person goes on without',
        awaits: ['task no-dock'],
        when: (scope) => scope.decided('no-dock', 'without'),
        choose: kept,
      },
      {
        to: 'appointing',
        label: 'a person has called',
        awaits: ['task no-dock'],
        when: (scope) => scope.answer('no-dock') !== undefined,
        choose: kept,
      },
    ],
  },
  departing: {
    about: 'The carrier is awaited; he gets his list when all is packed.',
    effects: ['manifest'],
    timers: ['departure'],
    next: [
      ...common,
      {
        to: 'appointing',
        label: 'another carrier has it now',
        awaits: loadFacts,
        when: (scope) => {
          const { reassigned } = loadHere(scope) ?? {}
          return reassigned !== undefined && reassigned !== scope.choice('carrier')
        },
        choose: (scope) => ({ ...scope.chosen, carrier: loadHere(scope)?.reassigned }),
      },
      again('departing', 'departure'),
    ],
  },
  ...endStates,
}

/** How each delivery gets a carrier, where the hub arranges that. */
export const transportBranch: Branch<Known> = {
  about:
    'The transport of a delivery, by its number, where the hub arranges it (`transportBy: hub`): a carrier is chosen, booked or offered the load, told to come, and taken back where the delivery is withdrawn.',
  initial: 'looking',
  each: (scope) => (scope.policy('transportBy', 'others') === 'hub' ? Object.keys(scope.known.deliveries) : []),
  states,
}
