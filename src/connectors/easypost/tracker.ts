import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peek, peekText } from '../kit/peek.ts'
import { placeOf } from '../kit/place.ts'
import { Reading } from '../kit/reading.ts'
import { stated } from '../kit/stated.ts'
import { CodeReader } from '../kit/status-table.ts'
import { type Scan, type Tracked, trackingAssertion } from '../kit/tracking.ts'
import { Unread } from '../kit/unread.ts'
import { statuses } from './codes.ts'
import { meaning } from './meaning.ts'

interface Settings {
  readonly unknownShipments: 'create' | 'wait'
  readonly environment: 'live' | 'test'
}

/**
 * The event id of a delivery, and the tracker that it is about. EasyPost tells an event again with other `pending_urls` and
 * `completed_urls`: the same event is one about the same object as of the same update.
 */
export function identify({ content }: Document): Identity | undefined {
  const isEvent = peek(content, 'object') === 'Event'
  const tracker = isEvent ? peek(content, 'result') : content
  const number = peekText(tracker, 'tracking_code')
  const carrier = peekText(tracker, 'carrier')?.toLowerCase() ?? ''
  const identity = isEvent ? peekText(content, 'id') : undefined
  const updated = peekText(tracker, 'updated_at')
  return stated({
    identity,
    fingerprint:
      identity === undefined || updated === undefined
        ? undefined
        : `${peekText(tracker, 'id') ?? ''} ${updated} ${peekText(tracker, 'status') ?? ''}`,
    orderKey: number === undefined ? undefined : `${carrier} ${number}`,
  })
}

/**
 * EasyPost API reference, "Event" with a Tracker as result; a Tracker, or `{trackers: [...]}`, when it was asked for. Events about
 * other objects (batch, refund, scan form …) are of no concern.
 */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const codes = new CodeReader()
  const trackers = trackersOf(root)
  if (trackers === undefined)
    return { ignored: `Event ${root.at('description').excerpt(60) ?? 'without a description'} is about no tracker.` }
  const meant = trackers.filter((tracker) => isMeant(tracker, context.settings))
  if (meant.length === 0)
    return { ignored: trackers.length === 0 ? 'The list of trackers is empty.' : notMeant(context.settings) }
  const unread = new Unread()
  const assertions = unread.each(meant, (tracker) =>
    trackingAssertion(readTracker(tracker, context.settings, { codes, unread })),
  )
  return unread.translation(assertions, codes.unknown)
}

/** Parcels of test mode exist nowhere; an account tells both modes to the same URL. Without a mode it is what the connection is. */
function isMeant(tracker: Reading, { environment }: Settings): boolean {
  const mode = tracker.at('mode').optionalText(20)
  return mode === undefined || (mode === 'test') === (environment === 'test')
}

function notMeant({ environment }: Settings): string {
  return environment === 'test'
    ? 'It is of production mode, and this connection is for test mode.'
    : 'It is of test mode, and this connection is live.'
}

/** Undefined for an event about something else. What is neither an event nor a tracker is not understood. */
function trackersOf(root: Reading): readonly Reading[] | undefined {
  if (root.has('trackers')) return root.at('trackers').list(100)
  const object = root.at('object')
  if (object.value === 'Tracker') return [root]
  if (object.value !== 'Event') throw object.wrong('Event or Tracker')
  const result = root.at('result')
  const isTracking = root.at('description').excerpt(60)?.startsWith('tracker.') === true
  return isTracking || result.at('object').value === 'Tracker' ? [result] : undefined
}

interface Readers {
  readonly codes: CodeReader
  readonly unread: Unread
}

function readTracker(tracker: Reading, settings: Settings, { codes, unread }: Readers): Tracked {
  const status = unread.take(() => tracker.at('status').optionalText(60))
  const signedBy = unread.take(() => tracker.at('signed_by').excerpt(200))
  return {
    number: tracker.at('tracking_code').text(100),
    carrier: tracker.at('carrier').optionalText(60),
    unknown: settings.unknownShipments,
    scans: unread.each(tracker.at('tracking_details').optionalList() ?? [], (detail) =>
      readDetail(detail, { codes, unread }),
    ),
    service: unread.take(() => tracker.at('carrier_detail').at('service').excerpt(100)),
    summary: status === undefined ? undefined : { mapped: codes.read(statuses, status), rawCode: status },
    estimatedDelivery: unread.take(() => tracker.at('est_delivery_date').optionalTime()),
    signedBy,
    updatedAt: unread.take(() => tracker.at('updated_at').optionalTime()),
    // EasyPost passes the name of the signer on and no document.
    proof: signedBy === undefined ? undefined : { codeSystem: 'easypost', code: 'signed_by' },
  }
}

function readDetail(told: Reading, { codes, unread }: Readers): Scan {
  const status = told.at('status').optionalText(60)
  const detail = told.at('status_detail').optionalText(60)
  const location = told.at('tracking_location')
  return {
    mapped: meaning(codes, { status, detail }),
    at: told.at('datetime').time(),
    codeSystem: 'easypost',
    code: status,
    subcode: detail,
    text: told.at('message').excerpt(),
    place: unread.take(() =>
      placeOf({
        city: location.at('city').excerpt(100),
        region: location.at('state').excerpt(100),
        country: location.at('country').excerpt(60),
        postalCode: location.at('zip').optionalText(20),
      }),
    ),
  }
}
