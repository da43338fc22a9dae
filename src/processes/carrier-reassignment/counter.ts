import type { ShipmentReport } from '../../model/report.ts'
import { agreement, askedPrice, type CounterOffer, counterHere, decidedOn, isOther, refusal } from '../counter-offer.ts'
import type { Saying, StateDefinition, Step } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { reportedAccrual } from '../freight-accrual.ts'
import { isRefused, offered, passedOver } from './choice.ts'
import { isPlannedByHub, type Known, unwilling } from './known.ts'

type Here = Scope<Known>

/** What is said about the shipment, as if a planner had said it. */
export function report({ known, moment }: Here, data: ShipmentReport) {
  return [{ type: 'shipment.reported', subject: known.shipment, occurredAt: moment, data }]
}

/** The conditions of a carrier that nobody has answered. */
export function counterFrom({ known }: Here, carrier: string | undefined): CounterOffer | undefined {
  return carrier === undefined ? undefined : known.counters[carrier]
}

const isFirst = ({ chosen }: Here): boolean => chosen['isFirst'] === true

/** A carrier would take the load on conditions: `frozen` is the way out for goods that somebody has, `word` whatever says who has it. */
export function counterStates(
  frozen: Step<Known>,
  word: readonly string[],
): Readonly<Record<string, StateDefinition<Known>>> {
  return {
    countered: {
      about:
        'A carrier would take the load on conditions. Whoever has offered it to him decides; his time to answer is over.',
      timers: ['counter', 'deadline'],
      tasks: ['conditional-tender'],
      cancel: 'withdrawing',
      next: waysOut(frozen, word),
    },
    agreeing: {
      about: 'The carrier hears that his conditions are accepted, with the load as it is now.',
      says: ['agreement'],
      timers: ['counter'],
      next: [
        {
          to: 'done',
          label: 'it is his, as the first one',
          awaits: [],
          when: isFirst,
          choose: ({ chosen }) => ({ carrier: chosen['carrier'] }),
        },
        {
          to: 'switching',
          label: 'it is his, instead of another',
          awaits: [],
          when: () => true,
          choose: ({ chosen }) => chosen,
        },
      ],
    },
    refusing: {
      about: 'The offer is taken back from the carrier whose conditions were declined.',
      says: ['refusal'],
      timers: ['counter'],
      next: [
        { ...frozen, awaits: [] },
        { to: 'choosing', label: 'somebody else is asked', awaits: [], when: () => true, choose: passedOver },
      ],
    },
  }
}

/** What is said of conditions. */
export const counterSays: Readonly<Record<string, Saying<Known>>> = {
  agreement: {
    about:
      'His conditions are accepted: `shipment.reported` with the new time, `tender_accepted`; and `freight_accrual.estimated` with the new price. The standing rule sends him the changed offer.',
    make: (scope) => {
      const counter = counterHere(scope)
      if (counter === undefined) return []
      return [...estimate(scope, counter), ...agreement(counter).flatMap((one) => report(scope, one))]
    },
  },
  refusal: {
    about: 'They are declined: `tender_cancelled`, then `tender_declined`. The standing rule tells the carrier.',
    make: (scope) => {
      const counter = counterHere(scope)
      return counter === undefined ? [] : refusal(counter).flatMap((one) => report(scope, one))
    },
  },
}

/** What it will cost now, for whoever puts money aside: of a load whose delivery is known. */
function estimate({ tenant, known }: Here, counter: CounterOffer) {
  const price = askedPrice(counter)
  const delivery = known.references.find(({ scheme }) => scheme === 'delivery')?.value
  if (price === undefined || delivery === undefined) return []
  const object = {
    ...{ deliveryNumber: delivery, carrier: counter.carrier, basis: 'quote' },
    charges: [{ code: 'linehaul', amount: price }],
    ...(price.currency === undefined ? {} : { currency: price.currency }),
  }
  return [reportedAccrual(tenant, { status: 'estimated', object })]
}

/** Ways out of the question. */
function waysOut(frozen: Step<Known>, word: readonly string[]): readonly Step<Known>[] {
  return [
    frozen,
    {
      to: 'done',
      label: 'he has it',
      awaits: word,
      when: (scope) => isFirst(scope) && scope.known.accepted.includes(offered(scope)),
      choose: ({ chosen }) => ({ carrier: chosen['carrier'] }),
    },
    {
      to: 'switching',
      label: 'he takes it as it is',
      awaits: word,
      when: (scope) => scope.known.accepted.includes(offered(scope)),
      choose: ({ chosen }) => chosen,
    },
    {
      to: 'cancelling',
      label: 'he does not have it',
      awaits: word,
      when: (scope) => isFirst(scope) && isRefused(scope),
    },
    {
      to: 'choosing',
      label: 'he does not take it',
      awaits: word,
      when: (scope) => unwilling(scope.known).has(offered(scope)),
      choose: passedOver,
    },
    {
      to: 'countered',
      label: 'he names other conditions',
      awaits: word,
      when: (scope) => isOther(counterFrom(scope, offered(scope)), counterHere(scope)),
      choose: (scope) => ({ ...scope.chosen, counter: counterFrom(scope, offered(scope)) }),
    },
    ...decidedOn<Known>(({ chosen }) => chosen),
    {
      to: 'countered',
      label: 'whoever planned it has not decided',
      awaits: ['timer counter'],
      when: (scope) => isFirst(scope) && isPlannedByHub(scope.known) && scope.missed('counter'),
      choose: ({ chosen }) => chosen,
    },
  ]
}
