import type { TrackingCode } from '../../model/shipment/codes.ts'
import { type Ranked, toldAt } from '../../model/shipment/ladder.ts'

/** What a scan says to whoever waits. */
export const eventWords = [
  'address_corrected',
  'arrived',
  'at_door',
  'attempted',
  'border',
  'cancelled',
  'collected',
  'customs',
  'customs_hold',
  'customs_released',
  'damaged',
  'delayed',
  'delivered',
  'departed',
  'found',
  'held',
  'label',
  'lost',
  'misrouted',
  'missing',
  'moving',
  'near',
  'out_for_delivery',
  'paid',
  'partly_delivered',
  'payment',
  'pickup_failed',
  'pickup_planned',
  'problem',
  'ready',
  'redirected',
  'refused',
  'released',
  'return_started',
  'returned',
  'scheduled',
] as const
/** One of them. */
export type EventWord = (typeof eventWords)[number]

/** Codes that are not here are between companies, or say nothing that moves. */
const words: Readonly<Partial<Record<TrackingCode, EventWord>>> = {
  shipment_info_received: 'label',
  label_created: 'label',
  pickup_scheduled: 'pickup_planned',
  pickup_attempt_failed: 'pickup_failed',
  pickup_cancelled: 'pickup_failed',
  dropped_off: 'collected',
  picked_up: 'collected',
  departed_origin: 'collected',
  arrived_at_facility: 'arrived',
  gate_in: 'arrived',
  transport_arrived: 'arrived',
  discharged: 'arrived',
  received_from_carrier: 'arrived',
  stored_in_transit: 'arrived',
  departed_facility: 'departed',
  gate_out: 'departed',
  loaded_on_transport: 'departed',
  transport_departed: 'departed',
  handed_over: 'departed',
  in_transit: 'moving',
  border_crossed: 'border',
  customs_started: 'customs',
  customs_hold: 'customs_hold',
  customs_released: 'customs_released',
  arrived_at_destination_facility: 'near',
  delivery_scheduled: 'scheduled',
  delivery_rescheduled: 'scheduled',
  out_for_delivery: 'out_for_delivery',
  arrived_at_delivery: 'at_door',
  delivery_attempted: 'attempted',
  available_for_pickup: 'ready',
  delivered: 'delivered',
  unloaded: 'delivered',
  received_at_destination: 'delivered',
  partially_delivered: 'partly_delivered',
  refused: 'refused',
  return_started: 'return_started',
  returned: 'returned',
  delayed: 'delayed',
  held: 'held',
  released: 'released',
  exception: 'problem',
  damaged: 'damaged',
  lost: 'lost',
  stolen: 'lost',
  found: 'found',
  missing: 'missing',
  disposed: 'lost',
  misrouted: 'misrouted',
  address_issue: 'problem',
  address_corrected: 'address_corrected',
  redirected: 'redirected',
  payment_required: 'payment',
  payment_received: 'paid',
  cancelled: 'cancelled',
}

/** A scan as it is shown. */
export interface ShownEvent {
  readonly word: EventWord
  readonly at: {
    /** RFC 3339, with the offset that it was told with. */
    readonly instant: string
    /** To the day only: nobody said the hour. */
    readonly isDay: boolean
    /** `place`: as the clock says there · `utc`: in UTC · `unsaid`: as the carrier wrote it, without a zone. */
    readonly clock: 'place' | 'utc' | 'unsaid'
  }
  readonly place?: string
  readonly country?: string
}

/** At the door of the recipient: what carriers call that place may be a street or a name. */
const atDoor: ReadonlySet<EventWord> = new Set(['at_door', 'attempted', 'delivered', 'partly_delivered', 'refused'])

/**
 * Scans that happened, newest first. Wording of carriers is left out: it may name whoever opened the door. `city` is the one that the
 * parcel goes to.
 */
export function shownEvents(ranked: readonly Ranked[], city: string | undefined): readonly ShownEvent[] {
  const shown: ShownEvent[] = []
  for (const { event, duplicate, future } of ranked.toReversed()) {
    const word = words[event.code as TrackingCode]
    if (word === undefined || duplicate || future || event.classifier !== undefined || event.retracted === true)
      continue
    const instant = toldAt(event)
    const before = shown.at(-1)
    const place = atDoor.has(word) ? city : townOf(event)
    if (before?.word === word && before.at.instant === instant && before.place === place) continue
    const clock = event.zoneless === true ? 'unsaid' : event.offset === undefined ? 'utc' : 'place'
    const isDay = event.precision === 'date'
    shown.push({
      ...{ word, at: { instant, isDay, clock } },
      ...(place === undefined ? {} : { place }),
      ...(event.country === undefined ? {} : { country: event.country }),
    })
  }
  return shown
}

/** A place with a number in it may be a street or a door: it stays out. Its country is said by itself. */
function townOf({ place = '', country = '' }: Ranked['event']): string | undefined {
  const town = (country !== '' && place.endsWith(country) ? place.slice(0, -country.length) : place).replace(
    /[,\s]+$/,
    '',
  )
  return town === '' || /\d/.test(town) || town.length > 60 ? undefined : town
}
