import type { Place, ReportedEvent, TrackingReport } from '../../model/report.ts'
import type { Document, Identity, TranslateContext, Translation, UnknownCode } from '../kit/connector.ts'
import { Reading } from '../kit/reading.ts'
import { type Mapped, mapStatus, unmapped } from '../kit/status-table.ts'
import { subtags, tags } from './codes.ts'

interface Settings {
  readonly unknownShipments: 'create' | 'wait'
  readonly confirmedCodes: readonly string[]
}

/** `event_id` of the delivery; the tracking is what must not be overtaken. */
export function identify(document: Document): Identity | undefined {
  const { content } = document
  if (typeof content !== 'object' || content === null) return undefined
  const { event_id: id, msg } = content as { event_id?: unknown; msg?: { tracking_number?: unknown; slug?: unknown } }
  if (typeof id !== 'string' || id === '') return undefined
  return typeof msg?.tracking_number === 'string'
    ? { identity: id, orderKey: `${typeof msg.slug === 'string' ? msg.slug : ''} ${msg.tracking_number}`.slice(0, 200) }
    : { identity: id }
}

/** Webhook `tracking_update` with the tracking under `msg`; every checkpoint carries its own tag and sub-tag. */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const event = root.at('event').optionalText(60)
  if (event !== undefined && event !== 'tracking_update') return { ignored: `event ${event.slice(0, 40)}` }
  const tracking = root.at('msg').object()
  const carrier = tracking.at('slug').optionalText(60)?.toLowerCase()
  const unknownCodes: UnknownCode[] = []
  const events = (tracking.at('checkpoints').optionalList() ?? []).map((checkpoint) =>
    readCheckpoint(checkpoint, context.settings, unknownCodes),
  )
  const tag = tracking.at('tag').optionalText(60)
  const summary = tag === undefined ? undefined : mapStatus(tags, tag)
  const estimated = tracking.at('expected_delivery').optionalTime()
  const signedBy = tracking.at('signed_by').optionalText(200)
  const data: TrackingReport = {
    events,
    ...(carrier === undefined ? {} : { carrier }),
    ...(summary === undefined || tag === undefined || summary.code === 'unknown'
      ? {}
      : { summary: { code: summary.code, rawCode: tag } }),
    ...(estimated === undefined ? {} : { estimatedDelivery: estimated }),
    ...(signedBy === undefined ? {} : { signedBy }),
  }
  const reference = {
    scheme: 'tracking_number',
    ...(carrier === undefined ? {} : { issuer: carrier }),
    value: tracking.at('tracking_number').text(100),
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

function readCheckpoint(checkpoint: Reading, settings: Settings, unknownCodes: UnknownCode[]): ReportedEvent {
  const tag = checkpoint.at('tag').optionalText(60)
  const subtag = checkpoint.at('subtag').optionalText(60)
  const mapped = meaning(tag, subtag, settings.confirmedCodes)
  if (mapped.confidence === 'unmapped')
    unknownCodes.push({ table: 'aftership-subtag', code: `${tag ?? ''}/${subtag ?? ''}` })
  const text = checkpoint.at('message').optionalText(500)
  const place = readPlace(checkpoint)
  return {
    code: mapped.code,
    classifier: mapped.classifier,
    action: 'record',
    occurredAt: checkpoint.at('checkpoint_time').time(),
    raw: {
      codeSystem: 'aftership',
      ...(tag === undefined ? {} : { code: tag }),
      ...(subtag === undefined ? {} : { subcode: subtag }),
      ...(text === undefined ? {} : { text }),
    },
    confidence: mapped.confidence,
    ...(mapped.exception === undefined
      ? {}
      : { reason: { category: mapped.exception, ...(subtag === undefined ? {} : { sourceCode: subtag }) } }),
    ...(place === undefined ? {} : { place }),
  }
}

/** The sub-tag where it is known, else the tag. */
function meaning(tag: string | undefined, subtag: string | undefined, confirmed: readonly string[]): Mapped {
  const fine = subtag === undefined ? unmapped : mapStatus(subtags, subtag, confirmed)
  if (fine.code !== 'unknown') return fine
  return tag === undefined ? unmapped : mapStatus(tags, tag)
}

function readPlace(checkpoint: Reading): Place | undefined {
  const city = checkpoint.at('city').optionalText(100)
  const region = checkpoint.at('state').optionalText(100)
  const country = checkpoint.at('country_iso3').optionalText(3) ?? checkpoint.at('country_region').optionalText(60)
  const name = checkpoint.at('location').optionalText(200)
  if (city === undefined && region === undefined && country === undefined && name === undefined) return undefined
  return {
    ...(city === undefined ? (name === undefined ? {} : { name }) : { city }),
    ...(region === undefined ? {} : { region }),
    ...(country === undefined ? {} : { country }),
  }
}
