import { shortHash } from '../../../base/sha256.ts'
import { type Derived, entities, type Reference } from '../../../model/fact.ts'
import type { ShipmentReport } from '../../../model/report.ts'
import { agreement, counterHere, refusal } from '../../counter-offer.ts'
import type { Saying } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import { reportedAccrual } from '../../freight-accrual.ts'
import { record, text } from '../../told-document.ts'
import { deliveryHere } from '../delivery-track.ts'
import type { Known } from '../known.ts'
import { booking } from './booking.ts'
import { loadHere, transportOrder, transportOrderOf } from './load.ts'
import { chosenCarrier } from './sourcing.ts'

type Here = Scope<Known>

/** Hub id of the shipment of the delivery: the one that is known, or the one that the hub makes. */
export function shipmentHere(scope: Here): string {
  const own = shortHash(`${scope.tenant}|${transportOrder}|${transportOrderOf(scope.key, scope.branchKey)}`)
  return loadHere(scope)?.shipment ?? `${entities.shipment}_${own}`
}

/** Names under which others will speak of it. */
export function referencesHere(scope: Here): readonly Reference[] {
  const { references = [] } = deliveryHere(scope) ?? {}
  const own = references.filter(({ scheme }) => scheme === 'delivery')
  return [
    { scheme: transportOrder, value: transportOrderOf(scope.key, scope.branchKey) },
    ...(own.length > 0 ? own : [{ scheme: 'delivery', value: scope.branchKey }]),
  ]
}

function report(scope: Here, data: ShipmentReport): readonly Omit<Derived, 'rule'>[] {
  return [{ type: 'shipment.reported', subject: shipmentHere(scope), occurredAt: scope.moment, data }]
}

/** What it will cost, for whoever puts money aside. Nothing where no price is known. */
function estimate(scope: Here): readonly Omit<Derived, 'rule'>[] {
  const { carrier, amount, currency, rate } = chosenCarrier(scope)
  if (amount === undefined) return []
  const object = {
    ...{ deliveryNumber: scope.branchKey, carrier, trackingNumbers: booking(scope).trackingNumbers },
    basis: rate === undefined ? 'contract' : 'quote',
    charges: [{ code: 'linehaul', amount: { amount, ...(currency === undefined ? {} : { currency }) } }],
    ...(currency === undefined ? {} : { currency }),
  }
  return [reportedAccrual(scope.tenant, { status: 'estimated', object })]
}

/** What a carrier must know of the load besides who he is. */
function plan(scope: Here): Partial<ShipmentReport> {
  const { ordered = {}, shipBy } = deliveryHere(scope) ?? {}
  const shipTo = Object.fromEntries(
    ['city', 'region', 'country', 'postalCode'].flatMap((name) => {
      const value = text(record(ordered['shipTo'])[name])
      return value === undefined ? [] : [[name, value]]
    }),
  )
  return {
    direction: 'outbound',
    ...(Object.keys(shipTo).length === 0 ? {} : { shipTo }),
    ...(shipBy === undefined ? {} : { plannedPickup: shipBy }),
  }
}

/** The order by the number that the carrier’s system gave to it: whoever takes the load from him voids it by that. */
function bookingOf(scope: Here): Pick<ShipmentReport, 'booking'> {
  const { document } = scope.asked('book').at(-1) ?? {}
  const [one] = scope.answers('book')
  if (document === undefined) return {}
  const { carrier } = chosenCarrier(scope)
  return { booking: { carrier, document, ...(one === undefined ? {} : { connection: one.target }) } }
}

/** What the process says of the shipments that it plans. */
export const transportSays: Readonly<Record<string, Saying<Known>>> = {
  agreement: {
    about:
      'The conditions of the carrier are accepted: `shipment.reported` with the new time, and `tender_accepted`. The standing rule sends him the changed offer.',
    make: (scope) => {
      const counter = counterHere(scope)
      return counter === undefined ? [] : agreement(counter).flatMap((one) => report(scope, one))
    },
  },
  booked: {
    about:
      'A carrier has the order, with these labels: `shipment.reported`, and what it will cost: `freight_accrual.estimated`.',
    make: (scope) => {
      const { carrier, service, mode } = chosenCarrier(scope)
      const { trackingNumbers, packages } = booking(scope)
      const common = { carrier, mode, ...(service === undefined ? {} : { service }) }
      const marks = trackingNumbers.map((value): Reference => ({ scheme: 'tracking_number', issuer: carrier, value }))
      return [
        ...(marks.length === 0
          ? []
          : [{ type: 'shipment.identified', subject: shipmentHere(scope), data: { references: marks } }]),
        ...estimate(scope),
        ...report(scope, { event: 'booked', ...common, ...bookingOf(scope) }),
        ...report(scope, { event: 'label_created', ...common, ...(packages.length === 0 ? {} : { packages }) }),
      ]
    },
  },
  estimate: { about: 'What the load will cost: `freight_accrual.estimated`.', make: estimate },
  offer: {
    about: 'The load is offered to a carrier: `shipment.tendered`. The standing rule sends it to him.',
    make: (scope) => {
      const { carrier, service, mode } = chosenCarrier(scope)
      return report(scope, {
        event: 'tendered',
        carrier,
        mode,
        ...(service === undefined ? {} : { service }),
        ...plan(scope),
      })
    },
  },
  planning: {
    about: 'The hub plans a shipment for the delivery: `shipment.planned`, under the numbers of the delivery.',
    make: (scope) => [
      { type: 'shipment.identified', subject: shipmentHere(scope), data: { references: referencesHere(scope) } },
      ...report(scope, { event: 'planned', ...plan(scope) }),
    ],
  },
  'offer-withdrawal': {
    about: 'The load is not offered any longer: `shipment.tender_cancelled`. The standing rule tells the carrier.',
    make: (scope) => {
      const { tender, carrier } = loadHere(scope) ?? {}
      return tender === undefined || !open.has(tender)
        ? []
        : report(scope, { event: 'tender_cancelled', ...(carrier === undefined ? {} : { carrier }) })
    },
  },
  refusal: {
    about: 'They are declined: `tender_cancelled`, then `tender_declined`. The standing rule tells the carrier.',
    make: (scope) => {
      const counter = counterHere(scope)
      return counter === undefined ? [] : refusal(counter).flatMap((one) => report(scope, one))
    },
  },
  void: {
    about: 'The label is void, and nothing will be shipped: `shipment.cancelled`.',
    make: (scope) => [
      ...(scope.asked('book').length === 0 ? [] : report(scope, { event: 'label_voided' })),
      ...report(scope, { event: 'cancelled' }),
    ],
  },
}

const open: ReadonlySet<string> = new Set(['booked', 'tender_accepted', 'tendered'])
