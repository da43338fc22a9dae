import { shortHash } from '../../../base/sha256.ts'
import type { EffectDefinition } from '../../engine/definition.ts'
import { effectsOf, postingsOf } from '../../engine/effect.ts'
import type { Scope } from '../../engine/scope.ts'
import { deliveryHere } from '../delivery-track.ts'
import type { Known } from '../known.ts'
import { trackingNumbersHere } from './booking.ts'
import { loadHere, transportOrderOf } from './load.ts'
import { referencesHere, shipmentHere } from './says.ts'
import { carriers, chosenCarrier, contracted } from './sourcing.ts'

type Here = Scope<Known>

const object = (scope: Here): string => shipmentHere(scope)
const effect = effectsOf<Known>({ role: 'transport', object })
const required = effectsOf<Known>({ role: 'transport', object, required: true })
const posting = postingsOf<Known>((scope) => ({
  key: `transport:${scope.branchKey}`,
  priority: 3,
  payload: {
    transportOrder: transportOrderOf(scope.key, scope.branchKey),
    deliveryNumber: scope.branchKey,
    orderNumber: scope.known.number,
    references: referencesHere(scope),
  },
}))

/** Where the goods are, where they go, and what they are packed into. */
function load(scope: Here) {
  const { ordered = {}, packages, shipBy } = deliveryHere(scope) ?? {}
  const { shipTo, location, lines } = ordered
  return { shipTo, shipFrom: location, lines, packages, readyAt: shipBy }
}

/** The carrier who has the load. */
export function carrierHere(scope: Here): string {
  return chosenCarrier(scope).carrier || loadHere(scope)?.carrier || ''
}

/** `<delivery>` the first time, `<delivery>:<n>` from the second. */
function numbered(scope: Here): string {
  const { round } = scope.chosen
  return typeof round === 'number' && round > 1 ? `${scope.branchKey}:${round}` : scope.branchKey
}

/** Whether the packages are to be brought to a carrier who does not come every day. */
function isPickedUp(scope: Here): boolean {
  const daily = scope.policies['dailyPickup']
  const isDaily = Array.isArray(daily) && daily.includes(carrierHere(scope))
  return scope.policy('schedulePickup', false) && !isDaily
}

/** Whether a time at the dock is to be agreed. */
function isAppointed(scope: Here): boolean {
  const when = scope.policy('bookAppointment', 'none')
  return when === 'all' || (when === 'freight' && chosenCarrier(scope).mode !== 'parcel')
}

const packed: ReadonlySet<string> = new Set(['goods_issued', 'packed', 'staged'])

/** Whether the warehouse has packed the delivery. */
export function isPacked(scope: Here): boolean {
  return packed.has(deliveryHere(scope)?.status ?? '')
}

/** What carriers, docks, shops and customers are asked and told about a load. */
export const transportEffects: Readonly<Record<string, EffectDefinition<Known>>> = {
  book: {
    ...required(
      'A carrier is booked; for a parcel he makes the label. Once for each carrier that is chosen.',
      'book_shipment',
      (scope) => {
        const { carrier, service, mode, rate, target, amount, currency } = chosenCarrier(scope)
        return {
          ...posting(scope, numbered(scope), { ...load(scope), carrier, service, mode, rate, amount, currency }),
          ...(target === undefined ? {} : { target }),
        }
      },
    ),
    undo: 'void',
  },
  'book-appointment': {
    ...required('A time at the dock is asked for, where the policy wants one.', 'book_appointment', (scope) =>
      isAppointed(scope)
        ? posting(scope, `${scope.branchKey}:pickup`, { ...load(scope), carrier: carrierHere(scope), kind: 'pickup' })
        : undefined,
    ),
    undo: 'cancel-appointment',
  },
  'cancel-appointment': required(
    'The time at the dock is given back.',
    'cancel_appointment',
    (scope, undoing) => undoing && posting(scope, undoing.businessKey, { document: undoing.document, kind: 'pickup' }),
  ),
  'cancel-pickup': required(
    'The carrier need not come.',
    'cancel_pickup',
    (scope, undoing) =>
      undoing &&
      posting(scope, undoing.businessKey, { document: undoing.document, carrier: undoing.payload['carrier'] }),
  ),
  manifest: effect('The carrier gets the list of what he will find, once all is packed.', 'create_manifest', (scope) =>
    scope.policy('manifest', false) && isPacked(scope)
      ? posting(scope, scope.branchKey, { carrier: carrierHere(scope), trackingNumbers: trackingNumbersHere(scope) })
      : undefined,
  ),
  rate: {
    ...effect('Carriers are asked what it costs, where no price is agreed.', 'rate_shipment', (scope) =>
      contracted(scope) === undefined
        ? posting(scope, numbered(scope), { ...load(scope), carriers: carriers(scope) })
        : undefined,
    ),
    handled: true,
  },
  'rate-again': {
    ...effect(
      'They are asked once more, because the packages weigh more or less than was said.',
      'rate_shipment',
      (scope) => posting(scope, `${scope.branchKey}:packed`, { ...load(scope), carriers: carriers(scope) }),
    ),
    handled: true,
  },
  'schedule-pickup': {
    ...required('The carrier is asked to come, where he does not come every day.', 'schedule_pickup', (scope) =>
      isPickedUp(scope)
        ? posting(scope, `${scope.branchKey}:${carrierHere(scope)}`, {
            ...load(scope),
            carrier: carrierHere(scope),
            trackingNumbers: trackingNumbersHere(scope),
          })
        : undefined,
    ),
    undo: 'cancel-pickup',
  },
  'tell-shipped': effect('The customer hears that it is on its way.', 'notify_party', (scope) =>
    posting(scope, `${scope.branchKey}:shipped`, {
      about: 'shipped',
      carrier: carrierHere(scope),
      trackingNumbers: trackingNumbersHere(scope),
    }),
  ),
  'update-tracking': effect(
    'Channel and ERP get the tracking numbers; again when there are others.',
    'update_tracking',
    (scope) => {
      const trackingNumbers = trackingNumbersHere(scope)
      if (trackingNumbers.length === 0) return undefined
      const name = shortHash(JSON.stringify(trackingNumbers.toSorted())).slice(0, 12)
      return posting(scope, `${scope.branchKey}:${name}`, { carrier: carrierHere(scope), trackingNumbers })
    },
  ),
  void: required('The label is void, and the booking with it.', 'void_label', (scope, undoing) =>
    undoing &&
    // What another carrier was given instead of is voided by whoever gave it to him.
    (loadHere(scope)?.reassigned ?? undoing.payload['carrier']) === undoing.payload['carrier']
      ? posting(scope, undoing.businessKey, {
          document: undoing.document,
          carrier: undoing.payload['carrier'],
          trackingNumbers: trackingNumbersHere(scope),
        })
      : undefined,
  ),
}
