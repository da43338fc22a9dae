import { add, compare, subtract } from '../../../base/decimal.ts'
import { writeInstant } from '../../../base/instant.ts'
import type { Derived } from '../../fact.ts'
import type { Draft } from '../draft.ts'
import { inboundBy } from '../inbound.ts'
import { type Demand, heldFor, missingOf } from './demand.ts'
import { free } from './hold.ts'

/** What may become of a reservation. */
export type ReservationOutcome =
  | 'allocated'
  | 'confirmed'
  | 'consumed'
  | 'expired'
  | 'queued'
  | 'reduced'
  | 'refused'
  | 'released'

/** A reservation, or what can be said of one that was turned down before it was any. */
type Said = Pick<Demand, 'revision' | 'kind' | 'status' | 'asked' | 'granted' | 'consumed' | 'origin'> &
  Partial<Pick<Demand, 'locations' | 'references'>>

/** The fact about a reservation, for everybody; and the same as an answer to whoever asked. */
export function told(
  draft: Draft,
  about: {
    readonly id: string
    readonly outcome: ReservationOutcome
    readonly demand: Said
    readonly reason?: string
    readonly consumedNow?: string
  },
): Derived[] {
  const { id, outcome, demand, reason, consumedNow } = about
  const { revision, kind, status, asked, granted, consumed, origin, references } = demand
  const missing = missingOf(demand)
  const isInSight = (outcome === 'queued' || outcome === 'refused') && isWish(demand)
  const expectedAt = isInSight ? promised(draft, demand, missing) : undefined
  const data = {
    reservation: id,
    revision,
    sku: draft.sku,
    uom: draft.uom,
    kind,
    status,
    quantity: asked,
    granted: heldFor(demand),
    missing: compare(missing, '0') > 0 ? missing : '0',
    consumed,
    places: Object.entries(granted).map(([location, quantity]) => ({ location, quantity })),
    ...(consumedNow === undefined ? {} : { consumedNow }),
    ...(expectedAt === undefined ? {} : { expectedAt }),
    ...(reason === undefined ? {} : { reason }),
    ...(references === undefined ? {} : { references }),
    ...(origin === undefined ? {} : { origin }),
  }
  const fact = { rule: `reservation-${id}-${outcome}`, type: `reservation.${outcome}`, data }
  if (origin === undefined) return [fact]
  return [
    fact,
    {
      rule: `answer-${id}-${outcome}`,
      type: 'reservation.answered',
      subject: origin,
      data: { ...data, outcome },
    },
  ]
}

/** Nobody knows when goods come for a wish whose quantity, unit or time could not be read, or that nobody had. */
function isWish(demand: Said): demand is Demand {
  return demand.locations !== undefined
}

/** When confirmed receipts will have brought what is missing, behind what others wait for at the same places. */
function promised(draft: Draft, demand: Demand, missing: string): string | undefined {
  const serves = (location: string): boolean => demand.locations.length === 0 || demand.locations.includes(location)
  const ahead = Object.values(draft.demands).filter(
    (other) =>
      other !== demand &&
      other.waits === true &&
      other.status === demand.status &&
      other.priority <= demand.priority &&
      other.since <= demand.since &&
      (other.locations.length === 0 || other.locations.some(serves)),
  )
  let needed = ahead.reduce((sum, other) => add(sum, missingOf(other)), missing)
  for (const location of Object.keys(draft.levels))
    if (serves(location)) needed = subtract(needed, free(draft, location, demand.status))
  const times = [...new Set(Object.values(draft.inbound).map(({ due }) => due))].toSorted((a, b) => a - b)
  const places = [...new Set(Object.values(draft.inbound).map(({ location }) => location))].filter(serves)
  for (const by of times) {
    const coming = places.reduce((sum, location) => add(sum, inboundBy(draft.inbound, { location, by })), '0')
    if (compare(coming, needed) >= 0) return writeInstant(by)
  }
  return undefined
}
