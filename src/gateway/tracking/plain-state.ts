import type { ExceptionCategory, ShipmentStatus } from '../../model/shipment/codes.ts'
import type { OpenException, Projection } from '../../model/shipment/state.ts'

/** Where a parcel stands, in as few words as there are. */
export const plainStates = [
  'announced',
  'on_its_way',
  'out_for_delivery',
  'attempt_failed',
  'ready_for_pickup',
  'delivered',
  'problem',
  'returning',
  'no_news',
] as const
/** One of the nine. */
export type PlainState = (typeof plainStates)[number]

/** What explains a state. */
export const details = [
  'address',
  'cancelled',
  'customs',
  'damaged',
  'delayed',
  'held',
  'lost',
  'misrouted',
  'missing',
  'nobody_there',
  'not_collected',
  'partial',
  'payment',
  'refused',
  'returned',
  'documents',
] as const
/** One of them. */
export type Detail = (typeof details)[number]

/** What an open exception means to whoever waits for the parcel: what is between the companies is not there. */
const meanings: Readonly<Partial<Record<ExceptionCategory, readonly [PlainState | undefined, Detail | undefined]>>> = {
  // The first that is open decides: what needs somebody before what only takes longer.
  lost: ['problem', 'lost'],
  theft: ['problem', 'lost'],
  lost_suspected: ['problem', 'lost'],
  damaged: ['problem', 'damaged'],
  address_problem: ['problem', 'address'],
  payment_required: ['problem', 'payment'],
  refused: ['problem', 'refused'],
  documentation: ['problem', 'documents'],
  customs_hold: ['problem', 'customs'],
  shortage: ['problem', 'missing'],
  restricted: ['problem', 'held'],
  security: ['problem', 'held'],
  on_hold: ['problem', 'held'],
  delivery_attempt_failed: ['attempt_failed', undefined],
  recipient_unavailable: ['attempt_failed', 'nobody_there'],
  closed: ['attempt_failed', 'nobody_there'],
  tracking_stale: ['no_news', undefined],
  misrouted: [undefined, 'misrouted'],
  other: ['problem', undefined],
  accident: [undefined, 'delayed'],
  pickup_failed: [undefined, 'not_collected'],
  missing_pickup: [undefined, 'not_collected'],
  delayed: [undefined, 'delayed'],
  late_vs_promise: [undefined, 'delayed'],
  weather: [undefined, 'delayed'],
  mechanical: [undefined, 'delayed'],
  road_conditions: [undefined, 'delayed'],
  capacity: [undefined, 'delayed'],
  missed_cutoff: [undefined, 'delayed'],
  facility_problem: [undefined, 'delayed'],
}
const order = Object.keys(meanings)

/** The plain word for a status and what is open. What has ended is not made unsure by something that was never closed. */
export function plainStateOf(
  status: ShipmentStatus,
  exceptions: readonly Pick<OpenException, 'category'>[],
): PlainState {
  const ended = ends[status]
  if (ended !== undefined) return ended
  const [state] = gravest(exceptions)?.meaning ?? []
  // At the shop it waits for the recipient, whatever went wrong before.
  if (status === 'available_for_pickup') return 'ready_for_pickup'
  // A new tour begins after an attempt that failed.
  if (status === 'out_for_delivery' && state === 'attempt_failed') return 'out_for_delivery'
  if (state !== undefined) return state
  if (status === 'out_for_delivery') return 'out_for_delivery'
  return status === 'picked_up' || status === 'in_transit' ? 'on_its_way' : 'announced'
}

const ends: Readonly<Partial<Record<ShipmentStatus, PlainState>>> = {
  delivered: 'delivered',
  returning: 'returning',
  returned: 'returning',
  cancelled: 'problem',
  lost: 'problem',
  disposed: 'problem',
}

/** What explains the state; undefined where there is nothing to explain. */
export function detailOf({
  status,
  exceptions,
  progress,
}: Pick<Projection, 'status' | 'exceptions' | 'progress'>): Detail | undefined {
  const isOpen = (wanted: ExceptionCategory): boolean => exceptions.some(({ category }) => category === wanted)
  if (status === 'delivered') return progress.partial ? 'partial' : isOpen('damaged') ? 'damaged' : undefined
  if (status === 'returning') return isOpen('refused') ? 'refused' : undefined
  if (status === 'available_for_pickup') return undefined
  return explained[status] ?? gravest(exceptions)?.meaning[1]
}

const explained: Readonly<Partial<Record<ShipmentStatus, Detail>>> = {
  cancelled: 'cancelled',
  lost: 'lost',
  disposed: 'lost',
  returned: 'returned',
}

function gravest(exceptions: readonly Pick<OpenException, 'category'>[]) {
  const [first] = exceptions
    .filter(({ category }) => meanings[category] !== undefined)
    .toSorted((a, b) => order.indexOf(a.category) - order.indexOf(b.category))
  const meaning = first === undefined ? undefined : meanings[first.category]
  return meaning === undefined ? undefined : { meaning }
}
