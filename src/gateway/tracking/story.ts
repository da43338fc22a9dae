import { rank } from '../../model/shipment/ladder.ts'
import { packageFinder, packagesOf } from '../../model/shipment/packages.ts'
import type { ShipmentState, Window } from '../../model/shipment/state.ts'
import { type Detail, detailOf, type PlainState, plainStateOf } from './plain-state.ts'
import { type ShownEvent, shownEvents } from './shown-event.ts'

/** What the person who waits for a parcel reads. Nothing in it names a person, a street or a signature. */
export interface Story {
  readonly state: PlainState
  /** Explains the state. */
  readonly detail?: Detail
  /** How far it is: 0 announced, 1 on its way, 2 at the door or the shop, 3 there. */
  readonly step: 0 | 1 | 2 | 3
  readonly isReturning: boolean
  /** Number that the carrier knows it by. */
  readonly number?: string
  readonly carrier?: string
  /** When it is expected, ms or a window of RFC 3339; absent once it is there, and where nobody knows. */
  readonly expected?: { readonly at: number } | Window
  /** The expected time has gone by. */
  readonly isLate: boolean
  /** When it was handed over, as the clock said there. */
  readonly deliveredAt?: ShownEvent['at']
  /** Newest first. */
  readonly events: readonly ShownEvent[]
  readonly parcels: readonly { readonly number: string; readonly state: PlainState }[]
  /** When the newest scan happened, ms; absent where there was none. */
  readonly lastScan?: number
}

/** Reads what is known of a shipment as its recipient may know it. `now` is in ms. */
export function storyOf(shipment: ShipmentState, now: number): Story {
  const { projection, about, references } = shipment
  const state = plainStateOf(projection.status, projection.exceptions)
  const detail = detailOf(projection)
  const number = references.find(({ scheme }) => scheme === 'tracking_number')?.value
  const ranked = rank(shipment.events, packageFinder(shipment))
  const events = shownEvents(ranked, about.shipTo?.city)
  const expected = expectedOf(shipment, state)
  const delivered = events.find(({ word }) => word === 'delivered')
  return {
    state,
    ...(detail === undefined ? {} : { detail }),
    step: steps[projection.status],
    isReturning: state === 'returning',
    ...(number === undefined ? {} : { number }),
    ...(about.carrier === undefined ? {} : { carrier: about.carrier }),
    ...(expected === undefined ? {} : { expected }),
    isLate: expected !== undefined && endOf(expected) < now,
    ...(state === 'delivered' && delivered !== undefined ? { deliveredAt: delivered.at } : {}),
    events,
    parcels: parcelsOf(shipment),
    ...(projection.lastEvent === undefined ? {} : { lastScan: projection.lastEvent.at }),
  }
}

const settled: ReadonlySet<PlainState> = new Set(['delivered', 'ready_for_pickup', 'returning'])

function expectedOf({ projection, about }: ShipmentState, state: PlainState): Story['expected'] {
  if (settled.has(state) || ['cancelled', 'lost', 'disposed'].includes(projection.status)) return undefined
  if (projection.eta !== undefined) return { at: projection.eta.at }
  const window = about.promise?.current
  return window?.from === undefined && window?.to === undefined ? undefined : window
}

function endOf(expected: NonNullable<Story['expected']>): number {
  if ('at' in expected) return expected.at
  return Date.parse(expected.to ?? expected.from ?? '')
}

const steps: Readonly<Record<ShipmentState['projection']['status'], Story['step']>> = {
  planned: 0,
  tendered: 0,
  booked: 0,
  cancelled: 0,
  picked_up: 1,
  in_transit: 1,
  returning: 1,
  lost: 1,
  disposed: 1,
  out_for_delivery: 2,
  available_for_pickup: 2,
  delivered: 3,
  returned: 3,
}

/** Where there are several: each with its own number, and where it stands. */
function parcelsOf({ packages, projection }: ShipmentState): Story['parcels'] {
  const known = packagesOf(packages).filter(({ cancelled }) => cancelled !== true)
  if (known.length < 2) return []
  return known.map(({ id, trackingNumber, sscc }) => ({
    number: trackingNumber ?? sscc ?? '',
    state: plainStateOf(projection.packages[id] ?? projection.status, []),
  }))
}
