import { compare, type Decimal, multiply } from '../../base/decimal.ts'
import type { Document, Identity, TranslateContext, Translation } from '../kit/connector.ts'
import { peek, peekText } from '../kit/peek.ts'
import { placeOf } from '../kit/place.ts'
import { Reading } from '../kit/reading.ts'
import { CodeReader } from '../kit/status-table.ts'
import { type Proof, type Scan, type Tracked, trackingAssertion } from '../kit/tracking.ts'
import { Unread } from '../kit/unread.ts'
import { statuses } from './codes.ts'

interface Settings {
  readonly unknownShipments: 'create' | 'wait'
}

interface Readers {
  readonly codes: CodeReader
  readonly unread: Unread
}

/** DHL gives its pushes no id: the hash of the body is the identity, a shipment that comes alone must not be overtaken. */
export function identify({ content }: Document): Identity | undefined {
  const shipments = peek(content, 'shipments')
  const number = Array.isArray(shipments) && shipments.length === 1 ? peekText(shipments[0], 'id') : undefined
  return number === undefined ? undefined : { orderKey: `dhl ${number}` }
}

/**
 * DHL Shipment Tracking Unified: `{shipments: [...]}`, pushed with a `scope` or asked for. Pushes about the subscription itself
 * (`subscription.validate`, `.ready`, `.failure`) say nothing about shipments.
 */
export function translate(document: Document, context: TranslateContext<Settings>): Translation {
  const root = new Reading(document.content).object()
  const scope = root.at('scope').optionalText(60)
  if (scope !== undefined && scope !== 'subscription.push') return { ignored: `A ${scope} is about no shipment.` }
  const codes = new CodeReader()
  const shipments = root.at('shipments').list(100)
  if (shipments.length === 0) return { ignored: 'The list of shipments is empty.' }
  const unread = new Unread()
  const assertions = unread.each(shipments, (shipment) =>
    trackingAssertion(readShipment(shipment, context.settings, { codes, unread })),
  )
  return unread.translation(assertions, codes.unknown)
}

/**
 * The events count, the summary beside them is a cross-check: a documented sample has the summary `pre-transit` with the text
 * DELIVERED. A push that brings nothing but the summary reports that as its event, where it says when. Of a time frame the end is promised.
 */
function readShipment(shipment: Reading, settings: Settings, { codes, unread }: Readers): Tracked {
  const status = shipment.at('status')
  const events = shipment.at('events').optionalList() ?? []
  const rawCode = unread.take(() => status.at('statusCode').optionalText(60))
  const told = shipment.at('details').at('proofOfDelivery')
  const signed = told.at('signed')
  const signedBy = unread.take(() => readSigner(signed) ?? readSigner(told))
  const scans = unread.each(events.length === 0 && status.has('timestamp') ? [status] : events, (event) =>
    readEvent(event, { codes, unread }),
  )
  return {
    number: shipment.at('id').text(100),
    carrier: 'dhl',
    unknown: settings.unknownShipments,
    scans,
    weightGrams: unread.take(() => readWeight(shipment.at('details').at('weight'))),
    service: unread.take(() => shipment.at('service').excerpt(60)),
    summary: rawCode === undefined ? undefined : { mapped: codes.read(statuses, rawCode), rawCode },
    estimatedDelivery:
      unread.take(() => shipment.at('estimatedTimeOfDelivery').optionalTime()) ??
      unread.take(() => shipment.at('estimatedDeliveryTimeFrame').at('estimatedThrough').optionalTime()),
    signedBy,
    proof: hasFailed(rawCode, scans) ? undefined : readProof(told, signedBy, unread),
  }
}

/** What is told to have failed and nowhere to have been delivered has no proof of delivery, whatever stands beside it. */
function hasFailed(rawCode: string | undefined, scans: readonly Scan[]): boolean {
  return rawCode === 'failure' && !scans.some(({ mapped }) => mapped.code === 'delivered')
}

/** `details.weight`: a number and its unit in words. A unit that nobody knows is no weight. */
function readWeight(told: Reading): Decimal | undefined {
  const value = told.at('value').optionalDecimal()
  const unit = told.at('unitText').optionalText(20)?.toLowerCase() ?? ''
  const grams = Object.hasOwn(gramsOf, unit) ? gramsOf[unit] : undefined
  return value === undefined || grams === undefined || compare(value, '0') <= 0 ? undefined : multiply(value, grams)
}

const gramsOf: Readonly<Record<string, Decimal>> = { g: '1', kg: '1000', lb: '453.59237', lbs: '453.59237' }

/** A person or a company; the documentation has the name of a person in one piece and in two. */
function readSigner(told: Reading): string | undefined {
  const names = [told.at('givenName').excerpt(50), told.at('familyName').excerpt(50)].filter((one) => one !== undefined)
  return (
    told.at('name').excerpt(100) ?? (names.length === 0 ? told.at('organizationName').excerpt(100) : names.join(' '))
  )
}

/**
 * `details.proofOfDelivery`: when, by whom, and where the signature and the document are. That one is available
 * (`proofOfDeliverySignedAvailable`) is not yet to have it. DHL keeps the content; the address may ask for a login.
 */
function readProof(told: Reading, signedBy: string | undefined, unread: Unread): Proof | undefined {
  const documents = [
    { type: 'pod', uri: unread.take(() => told.at('documentUrl').optionalText(addressMax)) },
    { type: 'signature', uri: unread.take(() => told.at('signatureUrl').optionalText(addressMax)) },
  ].flatMap(({ type, uri }) => (uri === undefined ? [] : [{ type, uri }]))
  const at = unread.take(() => told.at('timestamp').optionalTime())
  if (at === undefined && signedBy === undefined && documents.length === 0) return undefined
  return { codeSystem: 'dhl-unified', code: 'proofOfDelivery', at, documents }
}

const addressMax = 1000

/** Some services send events without a status code: what they mean only their text says, and that is for people. */
function readEvent(told: Reading, { codes, unread }: Readers): Scan {
  const code = told.at('statusCode').optionalText(60)
  const address = told.at('location').at('address')
  return {
    mapped: codes.read(statuses, code),
    at: told.at('timestamp').time(),
    codeSystem: 'dhl-unified',
    code,
    subcode: code === undefined ? undefined : told.at('status').excerpt(200),
    text: told.at('description').excerpt() ?? told.at('status').excerpt(),
    place: unread.take(() =>
      placeOf({
        city: address.at('addressLocality').excerpt(100),
        country: address.at('countryCode').excerpt(60),
        postalCode: address.at('postalCode').optionalText(20),
      }),
    ),
  }
}
