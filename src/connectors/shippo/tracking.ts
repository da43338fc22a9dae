import type { Place, ReportedEvent, TrackingReport } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation, UnknownCode } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { type Mapped, mapStatus } from '../kit/status-table.ts'
import { statuses } from './codes.ts'

interface Settings {
  readonly unknownShipments: 'create' | 'wait'
}

/** Shippo deliveries carry no id of their own: number and newest status make one; the body's hash is used where that is missing. */
export function identify(document: Document): Identity | undefined {
  const { content } = document
  if (typeof content !== 'object' || content === null) return undefined
  const root = content as { data?: unknown; tracking_number?: unknown }
  const track = (root.data ?? root) as {
    tracking_number?: unknown
    carrier?: unknown
    tracking_status?: { object_id?: unknown; object_updated?: unknown } | null
  } | null
  if (typeof track !== 'object' || typeof track?.tracking_number !== 'string') return undefined
  const orderKey = `${typeof track.carrier === 'string' ? track.carrier : ''} ${track.tracking_number}`.slice(0, 200)
  const status = track.tracking_status
  if (typeof status?.object_id !== 'string') return undefined
  return {
    identity:
      `${orderKey} ${status.object_id} ${typeof status.object_updated === 'string' ? status.object_updated : ''}`.slice(
        0,
        500,
      ),
    orderKey,
  }
}

/** Event `track_updated` with the track under `data`, or a bare track (poll). */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const event = root.at('event').optionalText(60)
  if (event !== undefined && event !== 'track_updated') return { ignored: `event ${event.slice(0, 40)}` }
  const track = root.has('data') ? root.at('data').object() : root
  if (!track.has('tracking_number')) return { ignored: 'not a track' }
  const carrier = track.at('carrier').optionalText(60)?.toLowerCase()
  const unknownCodes: UnknownCode[] = []
  const history = track.at('tracking_history').optionalList() ?? []
  const newest = track.at('tracking_status')
  const scans =
    newest.present &&
    !history.some((one) => one.at('object_id').value === newest.at('object_id').value && one.at('object_id').present)
      ? [...history, newest]
      : history
  const events = scans.map((scan) => readScan(scan, unknownCodes))
  const eta = track.at('eta').optionalTime()
  const summary = newest.at('status').optionalText(60)
  const code = summary === undefined ? undefined : mapStatus(statuses, summary).code
  const service = track.at('servicelevel').at('token').optionalText(100)
  const data: TrackingReport = {
    events,
    ...(carrier === undefined ? {} : { carrier }),
    ...(service === undefined ? {} : { service }),
    ...(code === undefined || summary === undefined || code === 'unknown'
      ? {}
      : { summary: { code, rawCode: summary } }),
    ...(eta === undefined ? {} : { estimatedDelivery: eta }),
  }
  const reference = {
    scheme: 'tracking_number',
    ...(carrier === undefined ? {} : { issuer: carrier }),
    value: track.at('tracking_number').text(100),
  }
  return {
    assertions: [
      {
        type: 'tracking.reported',
        about: { entity: 'shipment', references: [reference], unknown: context.settings.unknownShipments },
        data,
      },
    ],
    unknownCodes,
  }
}

function readScan(scan: Reading, unknownCodes: UnknownCode[]): ReportedEvent {
  const status = scan.at('status').optionalText(60) ?? ''
  const substatus = scan.at('substatus').at('code').optionalText(60)
  const mapped = refine(mapStatus(statuses, status), substatus)
  if (mapped.confidence === 'unmapped' && status !== 'UNKNOWN')
    unknownCodes.push({ table: 'shippo-status', code: status })
  const text = scan.at('status_details').optionalText(500)
  const place = readPlace(scan.at('location'))
  return {
    code: mapped.code,
    classifier: mapped.classifier,
    action: 'record',
    occurredAt: scan.at('status_date').time(),
    raw: {
      codeSystem: 'shippo',
      code: status,
      ...(substatus === undefined ? {} : { subcode: substatus }),
      ...(text === undefined ? {} : { text }),
    },
    confidence: mapped.confidence,
    ...(place === undefined ? {} : { place }),
  }
}

/** RETURNED means being returned or returned; only the substatus tells (Shippo API reference, "Substatus"). */
function refine(mapped: Mapped, substatus: string | undefined): Mapped {
  switch (substatus) {
    case 'out_for_delivery':
      return { ...mapped, code: 'out_for_delivery' }
    case 'pickup_available':
      return { ...mapped, code: 'available_for_pickup' }
    case 'package_accepted':
      return { ...mapped, code: 'picked_up' }
    case 'package_unclaimed':
    case 'delivery_attempted':
      return { ...mapped, code: 'delivery_attempted' }
    case 'return_to_sender':
      return { ...mapped, code: 'return_started' }
    case 'package_lost':
      return { ...mapped, code: 'lost' }
    case 'package_damaged':
      return { ...mapped, code: 'damaged' }
    case undefined:
    default:
      return mapped
  }
}

function readPlace(location: Reading): Place | undefined {
  if (!location.present) return undefined
  const city = location.at('city').optionalText(100)
  const region = location.at('state').optionalText(100)
  const country = location.at('country').optionalText(60)
  const postalCode = location.at('zip').optionalText(20)
  if (city === undefined && region === undefined && country === undefined) return undefined
  return {
    ...(city === undefined ? {} : { city }),
    ...(region === undefined ? {} : { region }),
    ...(country === undefined ? {} : { country }),
    ...(postalCode === undefined ? {} : { postalCode }),
  }
}
