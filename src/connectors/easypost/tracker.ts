import type { Assertion } from '../../model/fact.ts'
import type { Place, ReportedEvent, TrackingReport } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation, UnknownCode } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { type Mapped, mapStatus, unmapped } from '../kit/status-table.ts'
import { details, statuses } from './codes.ts'

interface Settings {
  readonly unknownShipments: 'create' | 'wait'
}

/** The event id of the delivery, and the tracker that it is about. A bare tracker (poll) is identified by its version. */
export function identify(document: Document): Identity | undefined {
  const { content } = document
  if (typeof content !== 'object' || content === null) return undefined
  const event = content as { id?: unknown; object?: unknown; result?: unknown; updated_at?: unknown }
  const tracker = (event.object === 'Event' ? event.result : event) as
    | { carrier?: unknown; tracking_code?: unknown }
    | undefined
  const orderKey =
    typeof tracker?.tracking_code === 'string'
      ? `${(typeof tracker.carrier === 'string' ? tracker.carrier : '').toLowerCase()} ${tracker.tracking_code}`.slice(
          0,
          200,
        )
      : undefined
  if (typeof event.id !== 'string' || event.id === '') return undefined
  const identity =
    event.object === 'Event' ? event.id : `${event.id} ${typeof event.updated_at === 'string' ? event.updated_at : ''}`
  return orderKey === undefined ? { identity } : { identity, orderKey }
}

/** EasyPost "Event" with a Tracker as result, or a Tracker. Other objects (batch, refund, scan form …) are of no concern. */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const isEvent = root.at('object').value === 'Event'
  const tracker = isEvent ? root.at('result') : root
  if (tracker.at('object').value !== 'Tracker')
    return { ignored: `not a tracker: ${tracker.at('object').optionalText(500)?.slice(0, 40) ?? 'nothing'}` }
  const number = tracker.at('tracking_code').text(100)
  const carrier = tracker.at('carrier').optionalText(60)?.toLowerCase()
  const unknownCodes: UnknownCode[] = []
  const events = (tracker.at('tracking_details').optionalList() ?? []).map((detail) => readDetail(detail, unknownCodes))
  const assertion: Assertion<TrackingReport> = {
    type: 'tracking.reported',
    about: {
      entity: 'shipment',
      references: [{ scheme: 'tracking_number', ...(carrier === undefined ? {} : { issuer: carrier }), value: number }],
      unknown: context.settings.unknownShipments,
    },
    ...(events.length === 0
      ? {}
      : {
          occurredAt: events.reduce((newest, { occurredAt }) => (occurredAt.at > newest ? occurredAt.at : newest), ''),
        }),
    data: report(tracker, carrier, events, unknownCodes),
  }
  return { assertions: [assertion], unknownCodes }
}

function report(
  tracker: Reading,
  carrier: string | undefined,
  events: readonly ReportedEvent[],
  unknownCodes: UnknownCode[],
): TrackingReport {
  const status = tracker.at('status').optionalText(60)
  const summary = status === undefined ? undefined : mapStatus(statuses, status)
  if (summary?.confidence === 'unmapped' && status !== undefined)
    unknownCodes.push({ table: 'easypost-status', code: status })
  const estimated = tracker.at('est_delivery_date').optionalTime()
  const signedBy = tracker.at('signed_by').optionalText(200)
  const service = tracker.at('carrier_detail').at('service').optionalText(100)
  return {
    events,
    ...(carrier === undefined ? {} : { carrier }),
    ...(service === undefined ? {} : { service }),
    ...(summary === undefined || status === undefined || summary.code === 'unknown'
      ? {}
      : { summary: { code: summary.code, rawCode: status } }),
    ...(estimated === undefined ? {} : { estimatedDelivery: estimated }),
    ...(signedBy === undefined ? {} : { signedBy }),
  }
}

function readDetail(detail: Reading, unknownCodes: UnknownCode[]): ReportedEvent {
  const status = detail.at('status').optionalText(60)
  const subcode = detail.at('status_detail').optionalText(60)
  const mapped = meaning(status, subcode)
  if (mapped.confidence === 'unmapped')
    unknownCodes.push({ table: 'easypost-status_detail', code: `${status ?? ''}/${subcode ?? ''}` })
  const text = detail.at('message').optionalText(500)
  const place = readPlace(detail.at('tracking_location'))
  return {
    code: mapped.code,
    classifier: mapped.classifier,
    action: 'record',
    occurredAt: detail.at('datetime').time(),
    raw: {
      codeSystem: 'easypost',
      ...(status === undefined ? {} : { code: status }),
      ...(subcode === undefined ? {} : { subcode }),
      ...(text === undefined ? {} : { text }),
    },
    confidence: mapped.confidence,
    ...(mapped.exception === undefined
      ? {}
      : { reason: { category: mapped.exception, ...(subcode === undefined ? {} : { sourceCode: subcode }) } }),
    ...(place === undefined ? {} : { place }),
  }
}

/** The strong values of `status` win over the detail; otherwise the detail does, unless it says nothing. */
const strong: ReadonlySet<string> = new Set([
  'delivered',
  'available_for_pickup',
  'return_to_sender',
  'cancelled',
  'out_for_delivery',
])

function meaning(status: string | undefined, detail: string | undefined): Mapped {
  const byStatus = status === undefined ? unmapped : mapStatus(statuses, status)
  if (status !== undefined && strong.has(status)) return byStatus
  const byDetail = detail === undefined ? unmapped : mapStatus(details, detail)
  const silent = byDetail.code === 'unknown' || byDetail.code === 'info'
  if (!silent) return byDetail
  return byStatus.code === 'unknown' && byDetail.code === 'info' ? byDetail : byStatus
}

function readPlace(location: Reading): Place | undefined {
  if (!location.present) return undefined
  const city = location.at('city').optionalText(100)
  const region = location.at('state').optionalText(100)
  const country = location.at('country').optionalText(60)
  const postalCode = location.at('zip').optionalText(20)
  if (city === undefined && region === undefined && country === undefined && postalCode === undefined) return undefined
  return {
    ...(city === undefined ? {} : { city }),
    ...(region === undefined ? {} : { region }),
    ...(country === undefined ? {} : { country }),
    ...(postalCode === undefined ? {} : { postalCode }),
  }
}
