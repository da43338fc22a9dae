import { add, type Decimal } from '../../../base/decimal.ts'
import type { Fact, Reference } from '../../../model/fact.ts'
import type { ShipmentState, StoredPackage } from '../../../model/shipment/state.ts'
import { tenderWord } from '../../../model/shipment/tender.ts'
import { type CounterOffer, counterOffer } from '../../counter-offer.ts'
import type { Subscription, Told } from '../../engine/definition.ts'
import type { Scope } from '../../engine/scope.ts'
import { present, text } from '../../told-document.ts'
import type { Known } from '../known.ts'

/** What is known of the shipment that a delivery leaves with. */
export interface Load {
  /** Hub id. */
  readonly shipment: string
  readonly carrier?: string
  /** Last word on the tender: `tendered`, `tender_accepted`, `tender_declined` …; absent: it was offered to nobody. */
  readonly tender?: string
  /** What the carrier answered last who would take it on conditions. */
  readonly counter?: CounterOffer
  /** Who was given it instead of the one that it was given to. */
  readonly reassigned?: string
  /** A carrier has the goods. */
  readonly isMoving: boolean
  /** Numbers that the carrier follows the packages by, in order. */
  readonly trackingNumbers: readonly string[]
  /** When the hub wrote down what is known: the newest counts. */
  readonly seen: string
}

type LoadTold = Omit<Load, 'shipment' | 'isMoving' | 'trackingNumbers'> &
  Partial<Pick<Load, 'isMoving' | 'trackingNumbers'>> & { readonly delivery: string }

/** Scheme of the name that the hub gives to a shipment that it plans: key of the order and number of the delivery. */
export const transportOrder = 'transport_order'

/** The name of the shipment of a delivery. */
export function transportOrderOf(order: string, delivery: string): string {
  return `${order}/${delivery}`
}

/** The order whose delivery a shipment is of. Those that others have planned are theirs. */
function keys(fact: Fact, state: unknown): readonly string[] {
  return names(fact, state).map((name) => name.slice(0, name.lastIndexOf('/')))
}

function names(fact: Fact, state: unknown): readonly string[] {
  const { references = [] } = (state ?? fact.data) as { readonly references?: readonly Reference[] }
  return references.filter(({ scheme }) => scheme === transportOrder).map(({ value }) => value)
}

function take(fact: Fact, state: unknown, key: string): LoadTold {
  const name = names(fact, state).find((one) => one.startsWith(`${key}/`)) ?? ''
  const delivery = name.slice(key.length + 1)
  const seen = fact.recordedAt
  if (fact.type === 'shipment.carrier_reassigned') {
    const carrier = text((fact.data as { readonly carrier?: unknown }).carrier)
    return { delivery, seen, ...present('carrier', carrier), ...present('reassigned', carrier) }
  }
  const { about = {}, projection, packages = [], plan = [] } = (state ?? {}) as Partial<ShipmentState>
  return {
    ...{ delivery, seen },
    ...present('carrier', about.carrier),
    ...present('tender', tenderWord({ plan })),
    ...(fact.type === 'shipment.tender_countered' ? present('counter', counterOffer(fact, state)) : {}),
    isMoving: projection !== undefined && physical.has(projection.status),
    trackingNumbers: packages
      .filter(({ cancelled }) => cancelled !== true)
      .flatMap(({ trackingNumber }) => trackingNumber ?? []),
  }
}

/** Statuses that say that a carrier has the goods, or had them. */
const physical: ReadonlySet<string> = new Set([
  'available_for_pickup',
  'delivered',
  'in_transit',
  'out_for_delivery',
  'picked_up',
  'returned',
  'returning',
])

function remember(known: Known, { subject: shipment, data }: Told): Known {
  const { delivery, ...told } = data as LoadTold
  const before = known.loads[delivery]
  if (before !== undefined && before.seen > told.seen) return known
  const after: Load = { isMoving: false, trackingNumbers: [], ...before, ...told, shipment }
  return { ...known, loads: { ...known.loads, [delivery]: after } }
}

const hears = (about: string): Subscription<Known> => ({ about, keys, take, remember })

/** What is told of shipments that the hub has planned. */
export const loadSubscriptions: Readonly<Record<string, Subscription<Known>>> = {
  'package.status_changed': hears('Packages of the shipment are known, or stand elsewhere.'),
  'shipment.carrier_reassigned': hears('Another carrier takes the load.'),
  'shipment.status_changed': hears('The shipment stands elsewhere: offered, booked, on its way.'),
  'shipment.tender_accepted': hears('The carrier takes the load.'),
  'shipment.tender_cancelled': hears('The load is not offered to the carrier any longer.'),
  'shipment.tender_countered': hears('The carrier would take the load on conditions.'),
  'shipment.tender_declined': hears('The carrier does not take the load.'),
  'shipment.tender_expired': hears('The carrier has not answered in time.'),
}

/** Types of facts that say where a load is. */
export const loadFacts: readonly string[] = Object.keys(loadSubscriptions)

/** The shipment of the delivery of the branch. */
export function loadHere({ known, branchKey }: Scope<Known>): Load | undefined {
  return known.loads[branchKey]
}

/** What the packages weigh together, g. Undefined: one of them was not weighed, or there are none. */
export function weightOf(packages: readonly Pick<StoredPackage, 'weightGrams'>[]): Decimal | undefined {
  const weights = packages.flatMap(({ weightGrams }) => weightGrams ?? [])
  return weights.length === 0 || weights.length < packages.length ? undefined : weights.reduce(add, '0')
}
