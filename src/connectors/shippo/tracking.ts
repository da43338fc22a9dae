import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peek, peekText } from '../kit/peek.ts'
import { placeOf } from '../kit/place.ts'
import { Reading } from '../kit/reading.ts'
import { CodeReader, finest, type Mapped } from '../kit/status-table.ts'
import { type Scan, type Tracked, trackingAssertion } from '../kit/tracking.ts'
import { Unread } from '../kit/unread.ts'
import { statuses, substatuses } from './codes.ts'

interface Settings {
  readonly unknownShipments: 'create' | 'wait'
  readonly environment: 'live' | 'test'
  readonly confirmedCodes: readonly string[]
}

/**
 * Deliveries carry no id, and the `object_id` of a scan is a new one each time that it is told: the hash of the body is the
 * identity, the track is what must not be overtaken.
 */
export function identify({ content }: Document): Identity | undefined {
  const track = peek(content, 'data') ?? content
  const number = peekText(track, 'tracking_number')
  return number === undefined ? undefined : { orderKey: `${peekText(track, 'carrier')?.toLowerCase() ?? ''} ${number}` }
}

/** Shippo API reference, "Webhooks": event `track_updated` with the track under `data`; the bare track when it was asked for. */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const event = root.at('event').optionalText(60)
  if (event !== undefined && event !== 'track_updated') return { ignored: `Event ${event} is about no track.` }
  const isTest = root.at('test')
  if (isTest.present && isTest.flag() !== (context.settings.environment === 'test'))
    return {
      ignored: `It is ${isTest.flag() ? '' : 'not '}of test mode, and this connection is ${context.settings.environment}.`,
    }
  const codes = new CodeReader(context.settings.confirmedCodes)
  const track = event === undefined ? root : root.at('data').object()
  const unread = new Unread()
  const assertions = [trackingAssertion(readTrack(track, context.settings, { codes, unread }))]
  return unread.translation(assertions, codes.unknown)
}

interface Readers {
  readonly codes: CodeReader
  readonly unread: Unread
}

function readTrack(track: Reading, settings: Settings, { codes, unread }: Readers): Tracked {
  const newest = track.at('tracking_status')
  const status = unread.take(() => newest.at('status').optionalText(60))
  const history = track.at('tracking_history').optionalList() ?? []
  const told = newest.present && !history.some((one) => isSame(one, newest)) ? [...history, newest] : history
  return {
    number: track.at('tracking_number').text(100),
    carrier: track.at('carrier').optionalText(60),
    unknown: settings.unknownShipments,
    scans: unread.each(told, (scan) => readScan(scan, { codes, unread })),
    service: unread.take(() => track.at('servicelevel').at('token').excerpt(100)),
    summary: status === undefined ? undefined : { mapped: codes.read(statuses, status), rawCode: status },
    estimatedDelivery: unread.take(() => track.at('eta').optionalTime()),
  }
}

/** Whether the newest status stands in the history already, under another `object_id`. */
function isSame(one: Reading, other: Reading): boolean {
  return ['status', 'status_date', 'status_details'].every((name) => one.at(name).value === other.at(name).value)
}

function readScan(told: Reading, { codes, unread }: Readers): Scan {
  const status = told.at('status').text(60)
  const substatus = told.at('substatus').at('code').optionalText(60)
  const location = told.at('location')
  return {
    mapped: meaning(codes, { status, substatus }),
    at: told.at('status_date').time(),
    codeSystem: 'shippo',
    code: status,
    subcode: substatus,
    text: told.at('status_details').excerpt(),
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

/** The end is the status's to say; on the way the substatus is finer. */
function meaning(
  codes: CodeReader,
  { status, substatus }: { readonly status: string; readonly substatus: string | undefined },
): Mapped {
  const coarse = codes.read(statuses, status)
  const fine = substatus === undefined ? undefined : codes.read(substatuses, substatus)
  return status === 'DELIVERED' ? coarse : finest(fine, coarse)
}
