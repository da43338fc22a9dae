import type { ExchangeCategory } from '../transmission/exchange-problem.ts'
import { deliveredLike, type ExceptionCategory, effectOf, provesCustody } from './codes.ts'

/** How a category behaves: model.md section 8. `closes` is asked of every later actual event. */
export interface ExceptionRule {
  readonly severity: 'info' | 'warning' | 'critical'
  readonly actionBy: 'shipper' | 'consignee' | 'carrier' | 'none'
  readonly nextAction: string
  readonly closes: (event: Closing) => boolean
}

/** What an event that may close something looks like. */
export interface Closing {
  readonly code: string
  /** Opens an exception itself. */
  readonly opens: boolean
}

const person = (): boolean => false
const is = (...codes: readonly string[]) => {
  const set = new Set(codes)
  return ({ code }: Closing): boolean => set.has(code)
}
/** A later event with a physical effect that opens nothing itself. */
const movesOn = ({ code, opens }: Closing): boolean => {
  const { status } = effectOf(code)
  return !opens && status !== undefined && status !== 'booked' && status !== 'cancelled' && status !== 'lost'
}
const delivered = ({ code }: Closing): boolean => deliveredLike.has(code)
const any =
  (...rules: readonly ((event: Closing) => boolean)[]) =>
  (event: Closing): boolean =>
    rules.some((rule) => rule(event))
const custody = ({ code }: Closing): boolean => provesCustody(code)

function rule(
  severity: ExceptionRule['severity'],
  actionBy: ExceptionRule['actionBy'],
  nextAction: string,
  closes: ExceptionRule['closes'],
): ExceptionRule {
  return { severity, actionBy, nextAction, closes }
}

/** Documents to partners: they end when the document is answered or sent again, or by a person's word. */
const exchangeRules = {
  acknowledgement_mismatch: rule(
    'warning',
    'shipper',
    'Ask the partner which of its answers counts; then send the document again or close it.',
    person,
  ),
  document_rejected: rule(
    'critical',
    'shipper',
    'Read the partner’s reasons; correct the data or the agreement, then have the document sent again.',
    person,
  ),
  document_unacknowledged: rule('warning', 'shipper', 'Ask the partner whether the document arrived.', person),
  document_unanswered: rule(
    'warning',
    'shipper',
    'Ask the partner for its answer to the document; decide whether to go on without.',
    person,
  ),
  document_unsent: rule(
    'critical',
    'shipper',
    'Complete the data or the agreement with the partner; the document is written when the object is told again.',
    person,
  ),
  transport_receipt_mismatch: rule(
    'critical',
    'shipper',
    'The partner has other bytes than were sent: ask what it received, then send the document again or close it.',
    person,
  ),
  transport_receipt_overdue: rule(
    'warning',
    'shipper',
    'Ask the partner whether the message arrived, or send the document again: the same message under the same Message-ID, which the partner takes once.',
    person,
  ),
  transport_receipt_refused: rule(
    'critical',
    'shipper',
    'Read why the partner refused the message, correct certificates or settings with it, then send the document again.',
    person,
  ),
} as const satisfies Readonly<Record<ExchangeCategory, ExceptionRule>>

/** What each category means for whoever looks after the shipment. Those that end with `person` no event closes. */
export const exceptionRules: Readonly<Record<ExceptionCategory, ExceptionRule>> = {
  ...exchangeRules,
  accident: rule('warning', 'carrier', 'Ask the carrier for the state of the goods and a new estimate.', movesOn),
  address_problem: rule(
    'critical',
    'shipper',
    'Correct the address with the consignee and tell the carrier.',
    any(is('address_corrected', 'out_for_delivery'), delivered),
  ),
  cancel_after_pickup: rule(
    'warning',
    'shipper',
    'The carrier has the goods: arrange a return or take the cancellation back.',
    person,
  ),
  capacity: rule(
    'warning',
    'carrier',
    'Confirm the new pickup or reassign the carrier.',
    any(is('pickup_scheduled', 'label_created', 'shipment_info_received'), custody),
  ),
  closed: rule('warning', 'consignee', 'Agree a time when the site is open.', movesOn),
  customer_request: rule(
    'info',
    'consignee',
    'Nothing: delivery follows the customer’s wish.',
    any(is('delivery_rescheduled'), movesOn),
  ),
  customs_hold: rule(
    'critical',
    'shipper',
    'Ask the broker what is missing and send it.',
    any(is('customs_released', 'released'), movesOn),
  ),
  damaged: rule('critical', 'shipper', 'Inspect, take pictures, open a claim.', person),
  delayed: rule('warning', 'carrier', 'Tell the consignee the new estimate.', any(is('released'), movesOn)),
  delivery_attempt_failed: rule(
    'warning',
    'consignee',
    'Check address and opening hours; agree the next attempt.',
    any(is('out_for_delivery', 'available_for_pickup'), delivered),
  ),
  documentation: rule(
    'warning',
    'shipper',
    'Send the missing document to the carrier.',
    any(is('document_received'), delivered),
  ),
  facility_problem: rule('warning', 'carrier', 'Wait for the carrier’s next scan; ask if none comes today.', movesOn),
  future_event: rule('info', 'carrier', 'Ask the sender to correct the time of the scan.', person),
  late_vs_promise: rule('warning', 'carrier', 'Tell the customer and agree a new promise.', delivered),
  lost: rule(
    'critical',
    'shipper',
    'Start a search with the carrier; replace the goods; open a claim.',
    any(is('found'), movesOn),
  ),
  lost_suspected: rule('critical', 'carrier', 'Ask the carrier to search.', any(is('found'), movesOn)),
  mechanical: rule('warning', 'carrier', 'Ask the carrier for a new estimate.', movesOn),
  misrouted: rule('warning', 'carrier', 'Ask the carrier for the corrected route.', movesOn),
  missed_cutoff: rule('warning', 'shipper', 'Check that the goods leave with the next pickup.', movesOn),
  missing_pickup: rule('info', 'none', 'Nothing urgent: the carrier did not scan the pickup.', person),
  missing_pod: rule('warning', 'carrier', 'Request the proof of delivery from the carrier.', is('pod_received')),
  missing_tracking_number: rule(
    'warning',
    'shipper',
    'Ask the pack station or the carrier for the number.',
    is('label_created', 'cancelled'),
  ),
  on_hold: rule('warning', 'shipper', 'Ask the carrier for the reason and remove it.', any(is('released'), movesOn)),
  other: rule('warning', 'carrier', 'Read the carrier’s text and decide.', any(is('released'), movesOn)),
  overage: rule('critical', 'shipper', 'Count again with the consignee; correct the documents.', person),
  overweight: rule('info', 'shipper', 'Correct weight and dimensions in the order.', any(is('released'), movesOn)),
  payment_required: rule(
    'warning',
    'consignee',
    'Ask the consignee to pay duties or charges.',
    any(is('payment_received'), delivered),
  ),
  pickup_failed: rule('warning', 'shipper', 'Agree a new pickup with the carrier.', custody),
  recipient_unavailable: rule('info', 'consignee', 'Offer the consignee another day or a pickup point.', movesOn),
  refused: rule(
    'critical',
    'shipper',
    'Ask the consignee why; decide between return and another attempt.',
    any(is('return_started'), delivered),
  ),
  restricted: rule('critical', 'shipper', 'Check whether the goods may be shipped on this service.', person),
  road_conditions: rule('warning', 'carrier', 'Wait for the new estimate.', movesOn),
  scan_after_delivery: rule('warning', 'carrier', 'Ask the carrier which of the scans is wrong.', person),
  scan_after_void: rule('warning', 'shipper', 'The void came too late: decide between delivery and return.', person),
  scan_without_ship_confirm: rule(
    'critical',
    'shipper',
    'Ask the warehouse for the ship confirmation; stock and invoice wait for it.',
    person,
  ),
  security: rule('critical', 'shipper', 'Follow the security procedure with the carrier.', person),
  shipped_without_scan: rule('warning', 'carrier', 'Ask the carrier whether the goods were taken over.', custody),
  shortage: rule('critical', 'shipper', 'Count with the consignee; search; open a claim.', is('found')),
  summary_conflict: rule('info', 'carrier', 'Compare the carrier’s summary with its scans.', person),
  temperature: rule('critical', 'shipper', 'Check the sensor record; decide whether the goods may be used.', person),
  tender_declined: rule(
    'warning',
    'shipper',
    'Tender to the next carrier.',
    any(is('label_created', 'shipment_info_received', 'pickup_scheduled'), custody),
  ),
  tender_unanswered: rule(
    'warning',
    'carrier',
    'Answer the tender, or ask the carrier to; tender to the next carrier where none comes.',
    person,
  ),
  theft: rule('critical', 'shipper', 'Report to the police and the insurer; open a claim.', person),
  tracking_stale: rule('warning', 'carrier', 'Ask the carrier where the goods are.', ({ code }) => code !== 'unknown'),
  weather: rule('warning', 'carrier', 'Wait for the new estimate.', movesOn),
}
