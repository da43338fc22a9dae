import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peek, peekText } from '../kit/peek.ts'
import { placeOf } from '../kit/place.ts'
import { Reading } from '../kit/reading.ts'
import { stated } from '../kit/stated.ts'
import { CodeReader, finest } from '../kit/status-table.ts'
import { type Proof, type Scan, type Tracked, trackingAssertion } from '../kit/tracking.ts'
import { Unread } from '../kit/unread.ts'
import { subtags, tags } from './codes.ts'

interface Settings {
  readonly unknownShipments: 'create' | 'wait'
}

/** `event_id` of the delivery, and the tracking that it is about. */
export function identify({ content }: Document): Identity | undefined {
  const number = peekText(content, 'msg', 'tracking_number')
  const carrier = peekText(content, 'msg', 'slug')?.toLowerCase() ?? ''
  return stated({
    identity: peekText(content, 'event_id'),
    orderKey: number === undefined ? undefined : `${carrier} ${number}`,
  })
}

/**
 * AfterShip Tracking API, "Webhook specifications": the tracking is under `msg`. When it was asked for, trackings are under
 * `data.trackings`, one under `data.tracking`. Every checkpoint carries its own tag and sub-tag.
 */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const codes = new CodeReader()
  const trackings = trackingsOf(root)
  if (trackings?.length === 0) return { ignored: 'The list of trackings is empty.' }
  if (trackings === undefined) return { ignored: `Event ${root.at('event').excerpt(60) ?? ''} changes no tracking.` }
  const unread = new Unread()
  const assertions = unread.each(trackings, (tracking) =>
    trackingAssertion(readTracking(tracking, context.settings, { codes, unread })),
  )
  return unread.translation(assertions, codes.unknown)
}

/** Undefined for an event of which trackings are not the matter. */
function trackingsOf(root: Reading): readonly Reading[] | undefined {
  if (peek(root.value, 'data', 'trackings') !== undefined) return root.at('data').at('trackings').list(200)
  if (peek(root.value, 'data', 'tracking') !== undefined) return [root.at('data').at('tracking').object()]
  return withTracking.has(root.at('event').text(60)) ? [root.at('msg').object()] : undefined
}

/** A new date of delivery comes with the whole tracking too. */
const withTracking: ReadonlySet<string> = new Set(['edd_revise', 'tracking_update'])

interface Readers {
  readonly codes: CodeReader
  readonly unread: Unread
}

function readTracking(tracking: Reading, settings: Settings, { codes, unread }: Readers): Tracked {
  const tag = unread.take(() => tracking.at('tag').optionalText(60))
  const signedBy = unread.take(() => tracking.at('signed_by').excerpt(200))
  const checkpoints = unread.each(tracking.at('checkpoints').optionalList() ?? [], (checkpoint) =>
    readCheckpoint(checkpoint, { codes, unread }),
  )
  const revised = tracking.at('latest_estimated_delivery').at('datetime')
  return {
    number: tracking.at('tracking_number').text(100),
    carrier: tracking.at('slug').optionalText(60),
    unknown: settings.unknownShipments,
    scans: checkpoints,
    service: unread.take(() => tracking.at('shipment_type').excerpt(100)),
    summary: tag === undefined ? undefined : { mapped: codes.read(tags, tag), rawCode: tag },
    estimatedDelivery:
      unread.take(() => revised.optionalTime()) ?? unread.take(() => tracking.at('expected_delivery').optionalTime()),
    signedBy,
    updatedAt: unread.take(() => tracking.at('updated_at').optionalTime()),
    proof: proofIn(tracking, signedBy, checkpoints),
  }
}

/**
 * The name of the signer, the sub-tag of a delivery that the customer signed for, or, since version 2026-07, records under
 * `proof_of_delivery`, which AfterShip gives upon a successful delivery. Where their documents are it does not document.
 */
function proofIn(tracking: Reading, signedBy: string | undefined, checkpoints: readonly Scan[]): Proof | undefined {
  const records = peek(tracking.value, 'proof_of_delivery')
  if (Array.isArray(records) && records.length > 0) return { codeSystem: 'aftership', code: 'proof_of_delivery' }
  if (signedBy !== undefined) return { codeSystem: 'aftership', code: 'signed_by' }
  const isSigned = checkpoints.some(({ subcode }) => subcode === 'Delivered_003')
  return isSigned ? { codeSystem: 'aftership', code: 'Delivered_003' } : undefined
}

function readCheckpoint(told: Reading, { codes, unread }: Readers): Scan {
  const tag = told.at('tag').optionalText(60)
  const subtag = told.at('subtag').optionalText(60)
  const fine = subtag === undefined ? undefined : codes.read(subtags, subtag)
  return {
    mapped: finest(fine, codes.read(tags, tag)),
    at: told.at('checkpoint_time').time(),
    codeSystem: 'aftership',
    code: tag,
    subcode: subtag,
    text: told.at('message').excerpt(),
    // Since version 2026-07: the same over all deliveries, made for telling repetitions.
    id: told.at('hash').optionalText(100),
    place: unread.take(() => readPlace(told)),
  }
}

function readPlace(told: Reading): Scan['place'] {
  const city = told.at('city').excerpt(100)
  const country = told.at('country_iso3').excerpt(60) ?? told.at('country_region').excerpt(60)
  // Couriers that tell no country by its code write the whole place there.
  const written = country === undefined ? told.at('country_name').excerpt(200) : undefined
  return placeOf({
    city,
    name: city === undefined ? (told.at('location').excerpt(200) ?? written) : undefined,
    region: told.at('state').excerpt(100),
    country,
    postalCode: told.at('zip').optionalText(20) ?? told.at('postal_code').optionalText(20),
  })
}
