import type { Instant } from '../../base/instant.ts'
import type { Fact, Reference } from '../../model/fact.ts'
import type { CarrierBooking } from '../../model/report.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import { type CounterOffer, counterOffer } from '../counter-offer.ts'
import type { Subscription, Told } from '../engine/definition.ts'
import { transportOrder } from '../order-to-ship/transport/load.ts'

/** What the process knows of one shipment. Carriers by code, in the order in which they were told. */
export interface Known {
  readonly shipment: string
  readonly references: readonly Reference[]
  /** Who has the load, or was offered it last. */
  readonly carrier?: string
  /** When it is to be picked up. */
  readonly pickup?: Instant
  /** Until when a planner wants the answer to his offer. */
  readonly respondBy?: Instant
  readonly accepted: readonly string[]
  readonly declined: readonly string[]
  readonly expired: readonly string[]
  /** Came and could not take it, or have no room. */
  readonly failed: readonly string[]
  /** Had an offer or a booking that was taken back. */
  readonly withdrawn: readonly string[]
  /** What carriers want who would take it on conditions, by carrier, as long as they say nothing else. */
  readonly counters: Readonly<Record<string, CounterOffer>>
  /** Labels and orders that were made at carriers, by carrier. */
  readonly bookings: Readonly<Record<string, CarrierBooking & { readonly trackingNumbers: readonly string[] }>>
  /** The last one of them has the word. */
  readonly isConfirmed: boolean
  /** Somebody has the goods. */
  readonly isMoving: boolean
}

/** Nobody has said anything yet. */
export const nothing: Known = {
  shipment: '',
  references: [],
  accepted: [],
  declined: [],
  expired: [],
  failed: [],
  withdrawn: [],
  counters: {},
  bookings: {},
  isConfirmed: false,
  isMoving: false,
}

interface Offer {
  readonly references: readonly Reference[]
  readonly carrier?: string
  readonly pickup?: Instant
  readonly respondBy?: Instant
  /** The exception that opened. */
  readonly category?: string
  /** A carrier has the goods, by the shipment’s own status. */
  readonly isMoving?: true
  readonly booking?: Known['bookings'][string]
  readonly counter?: CounterOffer
}

/** Carriers that will not take the load, whatever the reason. */
export function unwilling({ declined, expired, failed }: Known): ReadonlySet<string> {
  return new Set([...declined, ...expired, ...failed])
}

type Kind = 'accepted' | 'declined' | 'expired' | 'failed' | 'withdrawn'

function about(fact: Fact, state: unknown): Offer {
  const { references = [], about: plan = {}, projection } = (state ?? {}) as Partial<ShipmentState>
  const { carrier = plan.carrier, category } = fact.data as { readonly carrier?: string; readonly category?: string }
  return {
    references,
    ...(carrier === undefined ? {} : { carrier }),
    ...(plan.plannedPickup === undefined ? {} : { pickup: plan.plannedPickup }),
    ...(plan.respondBy === undefined ? {} : { respondBy: plan.respondBy }),
    ...(category === undefined ? {} : { category }),
    ...(projection !== undefined && physical.has(projection.status) ? { isMoving: true } : {}),
    ...(plan.booking === undefined
      ? {}
      : { booking: { ...plan.booking, trackingNumbers: labelsOf(plan.booking, references) } }),
  }
}

/** Numbers of the labels of a carrier. */
function labelsOf({ carrier }: CarrierBooking, references: readonly Reference[]): readonly string[] {
  return references.flatMap(({ scheme, issuer, value }) =>
    scheme === 'tracking_number' && issuer === carrier ? [value] : [],
  )
}

const physical: ReadonlySet<string> = new Set([
  'available_for_pickup',
  'delivered',
  'in_transit',
  'out_for_delivery',
  'picked_up',
  'returned',
  'returning',
])

function shipment(known: Known, { subject, data }: Told): Known {
  const { references, carrier, pickup, respondBy, isMoving, booking } = data as Offer
  return {
    ...known,
    shipment: subject,
    references,
    ...(carrier === undefined ? {} : { carrier }),
    ...(pickup === undefined ? {} : { pickup }),
    ...(respondBy === undefined ? {} : { respondBy }),
    ...(isMoving === true ? { isMoving } : {}),
    ...(booking === undefined ? {} : { bookings: { ...known.bookings, [booking.carrier]: booking } }),
  }
}

/** The carrier is put among those of a kind, and taken out of where he contradicts himself: his last word counts. */
function said(known: Known, told: Told, kind: Kind): Known {
  const { carrier } = told.data as Offer
  const after = shipment(known, told)
  if (carrier === undefined) return after
  const without = (of: Kind): readonly string[] => after[of].filter((one) => one !== carrier)
  const others =
    kind === 'accepted'
      ? { declined: without('declined'), expired: without('expired') }
      : { accepted: without('accepted') }
  const { [carrier]: _, ...counters } = after.counters
  return { ...after, ...others, counters, [kind]: [...without(kind), carrier] }
}

/** He would take it on conditions: whatever he said before counts no longer. */
function countered(known: Known, told: Told): Known {
  const after = shipment(known, told)
  const { counter } = told.data as Offer
  if (counter === undefined) return after
  const without = (of: Kind): readonly string[] => after[of].filter((one) => one !== counter.carrier)
  const others = { accepted: without('accepted'), declined: without('declined'), expired: without('expired') }
  return { ...after, ...others, counters: { ...after.counters, [counter.carrier]: counter } }
}

/** Whether order-to-ship offers it: then it asks about the conditions of whom it was offered to. */
export function isPlannedByHub({ references }: Known): boolean {
  return references.some(({ scheme }) => scheme === transportOrder)
}

const keys = (fact: Fact): readonly string[] => [fact.subject]
const hears = (text: string, remember: Subscription<Known>['remember']): Subscription<Known> => ({
  about: text,
  keys,
  take: about,
  remember,
})

/** What carriers and planners say about a shipment. */
export const subscribes: Readonly<Record<string, Subscription<Known>>> = {
  'effect.applied': {
    about: 'A carrier has the word that the load is his no longer.',
    keys: withdrawal,
    take: () => ({}),
    remember: (known) => ({ ...known, isConfirmed: true }),
  },
  'shipment.exception_opened': {
    ...hears('A failed pickup, or no room: the carrier will not take the load.', (known, told) =>
      isFailure(told) ? said(known, told, 'failed') : known,
    ),
    keys: (fact) => (failures.has((fact.data as Offer).category ?? '') ? [fact.subject] : []),
    starts: true,
  },
  'shipment.picked_up': {
    ...hears('Goods are with a carrier: nothing can be reassigned any more.', (known, told) => ({
      ...shipment(known, told),
      isMoving: true,
    })),
    keys: (fact, state) => (isTendered(state) ? [fact.subject] : []),
  },
  'shipment.tender_accepted': hears('A carrier takes the load.', (known, told) => said(known, told, 'accepted')),
  'shipment.tender_cancelled': hears('An offer or a booking is taken back.', (known, told) =>
    said(known, told, 'withdrawn'),
  ),
  'shipment.tender_countered': {
    ...hears('A carrier would take it on conditions.', countered),
    take: (fact, state) => {
      const counter = counterOffer(fact, state)
      return { ...about(fact, state), ...(counter === undefined ? {} : { counter }) }
    },
  },
  'shipment.tender_declined': {
    ...hears('A carrier does not take the load.', (known, told) => said(known, told, 'declined')),
    starts: true,
  },
  'shipment.tender_expired': {
    ...hears('A carrier has not answered in time.', (known, told) => said(known, told, 'expired')),
    starts: true,
  },
  'shipment.tendered': { ...hears('A carrier is offered the load.', shipment), starts: true },
}

/** Most shipments are never offered to anybody: their scans cost nothing here. Whoever is told later sees where the shipment stands. */
function isTendered(state: unknown): boolean {
  const { plan = [] } = (state ?? {}) as Partial<ShipmentState>
  return plan.some(({ event }) => event.startsWith('tender'))
}

/** The shipment whose withdrawal it is: the standing rule has it in the business key. */
function withdrawal(fact: Fact): readonly string[] {
  const { naturalKey } = fact.data as { readonly naturalKey: string }
  const shipment = /^withdraw_tender:[^:]*:(shp_[^:]+)/.exec(naturalKey)?.[1]
  return shipment === undefined ? [] : [shipment]
}

/** Troubles that show that the carrier will not come. A declined tender is a fact of its own. */
const failures: ReadonlySet<string> = new Set(['capacity', 'pickup_failed'])

function isFailure({ data }: Told): boolean {
  return failures.has((data as Offer).category ?? '')
}
