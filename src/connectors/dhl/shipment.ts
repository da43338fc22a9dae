import type { Assertion } from '../../model/fact.ts'
import type { Place, ReportedEvent, TrackingReport } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation, UnknownCode } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { mapStatus } from '../kit/status-table.ts'
import { statuses } from './codes.ts'

interface Settings {
  readonly unknownShipments: 'create' | 'wait'
}

/** DHL gives no event id: only the number, as what must not be overtaken; the body's hash is the identity. */
export function identify(): Identity | undefined {
  return undefined
}

/**
 * DHL Unified Tracking: `{shipments: [...]}`. Five coarse codes; the scans count, the summary is a cross-check (a documented sample
 * has the summary `pre-transit` beside the text DELIVERED).
 */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const shipments = root.at('shipments').optionalList(100)
  if (shipments === undefined) return { ignored: 'no shipments in it' }
  const unknownCodes: UnknownCode[] = []
  return {
    assertions: shipments.map((shipment) => readShipment(shipment, context.settings, unknownCodes)),
    unknownCodes,
  }
}

function readShipment(shipment: Reading, settings: Settings, unknownCodes: UnknownCode[]): Assertion<TrackingReport> {
  const events = (shipment.at('events').optionalList() ?? []).map((event) => readEvent(event, unknownCodes))
  const summaryCode = shipment.at('status').at('statusCode').optionalText(60)
  const summary = summaryCode === undefined ? undefined : mapStatus(statuses, summaryCode)
  const estimated = shipment.at('estimatedTimeOfDelivery').optionalTime()
  const service = shipment.at('service').optionalText(60)
  const proof = shipment.at('details').at('proofOfDelivery')
  const signed = proof.at('familyName').optionalText(100)
  return {
    type: 'tracking.reported',
    about: {
      entity: 'shipment',
      references: [{ scheme: 'tracking_number', issuer: 'dhl', value: shipment.at('id').text(100) }],
      unknown: settings.unknownShipments,
    },
    data: {
      carrier: 'dhl',
      events,
      ...(service === undefined ? {} : { service }),
      ...(summary === undefined || summaryCode === undefined || summary.code === 'unknown'
        ? {}
        : { summary: { code: summary.code, rawCode: summaryCode } }),
      ...(estimated === undefined ? {} : { estimatedDelivery: estimated }),
      ...(signed === undefined ? {} : { signedBy: signed }),
    },
  }
}

function readEvent(event: Reading, unknownCodes: UnknownCode[]): ReportedEvent {
  const code = event.at('statusCode').optionalText(60) ?? ''
  const mapped = mapStatus(statuses, code)
  if (mapped.confidence === 'unmapped' && code !== 'unknown')
    unknownCodes.push({ table: 'dhl-unified-statusCode', code })
  const subcode = event.at('status').optionalText(200)
  const text = event.at('description').optionalText(500)
  const place = readPlace(event.at('location').at('address'))
  return {
    code: mapped.code,
    classifier: mapped.classifier,
    action: 'record',
    occurredAt: event.at('timestamp').time(),
    raw: {
      codeSystem: 'dhl-unified',
      code,
      ...(subcode === undefined ? {} : { subcode }),
      ...(text === undefined ? {} : { text }),
    },
    confidence: mapped.confidence,
    ...(place === undefined ? {} : { place }),
  }
}

function readPlace(address: Reading): Place | undefined {
  const city = address.at('addressLocality').optionalText(100)
  const country = address.at('countryCode').optionalText(2)
  const postalCode = address.at('postalCode').optionalText(20)
  if (city === undefined && country === undefined) return undefined
  return {
    ...(city === undefined ? {} : { city }),
    ...(country === undefined ? {} : { country }),
    ...(postalCode === undefined ? {} : { postalCode }),
  }
}
