import type { Assertion, Reference } from '../../../model/fact.ts'
import type { EventTime, Place, ReportedEvent, TrackingReport } from '../../../model/report.ts'
import { effectOf } from '../../../model/shipment/codes.ts'
import { placeOf } from '../../kit/place.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { type CodeReader, type StatusTable, unmapped } from '../../kit/status-table.ts'
import { statuses4405, statuses9011 } from './codes-edifact.ts'
import { boxesOf, boxNumber } from './equipment.ts'
import { dateIn } from './moment.ts'
import type { Naming } from './naming.ts'
import { carrierOf, ownShipment } from './number.ts'
import { lastActual } from './road-status.ts'

/** RFF 1153: numbers that name one shipment. */
const numberSchemes = [
  { qualifier: 'BM', scheme: 'bol' },
  { qualifier: 'BN', scheme: 'booking' },
  { qualifier: 'MB', scheme: 'master_bill' },
  { qualifier: 'HWB', scheme: 'house_bill' },
  { qualifier: 'AWB', scheme: 'awb' },
] as const

/** IFTSTA: what a carrier tells about consignments. Each is a shipment; containers in it are said with the event. */
export function consignmentStatus(
  root: Reading,
  about: { readonly has9011: boolean; readonly codes: CodeReader; readonly settings: Naming },
): Assertion[] {
  const { settings } = about
  const carrier = carrierOf(carrierIn(root.at('parties')), settings)
  return root
    .at('consignments')
    .list(10_000)
    .map((consignment): Assertion => {
      const statuses = consignment.at('statuses').list(1000)
      const events = statuses.flatMap((status) => eventOf(status, consignment, about))
      const holders = [consignment, ...statuses, root]
      const references = [
        ...holders.flatMap((holder) => numbersOf(holder, carrier, settings)),
        ...(consignment.at('number').present ? [ownShipment(consignment.at('number').text(60), settings)] : []),
      ]
      const known = references.length > 0 ? unique(references) : containersOf(statuses)
      if (known.length === 0) throw consignment.wrong('a number of a shipment')
      const data: TrackingReport = { events, ...stated({ carrier }) }
      return {
        type: 'tracking.reported',
        about: { entity: 'shipment', references: known, unknown: settings.unknownShipments },
        ...stated({ occurredAt: lastActual(events) }),
        data,
      }
    })
}

function eventOf(
  status: Reading,
  consignment: Reading,
  { has9011, codes, settings }: { readonly has9011: boolean; readonly codes: CodeReader; readonly settings: Naming },
): ReportedEvent[] {
  const code = status.at('status').text(10)
  const table: StatusTable = has9011 ? statuses9011 : settings.statusList === 'unknown' ? bare4405 : statuses4405
  const mapped = codes.read(table, code)
  // Accepted orders and papers are no scans.
  if (effectOf(mapped.code).routed === true) return []
  const at = timeOf(status, settings)
  const category = mapped.exception ?? effectOf(mapped.code).exception
  const subcode = status.at('reason').optionalText(10)
  const boxes = boxesOf(status)
    .map(boxNumber)
    .filter((one) => one !== undefined)
  const event: ReportedEvent = {
    code: mapped.code,
    classifier: at.isEstimate ? 'estimated' : mapped.classifier,
    action: 'record',
    occurredAt: at.time,
    confidence: mapped.confidence,
    raw: { codeSystem: table.name, code, ...stated({ subcode, text: status.at('text').excerpt() }) },
    ...(category === undefined || mapped === unmapped
      ? {}
      : { reason: { category, ...stated({ sourceCode: subcode }) } }),
    ...stated({ place: placeIn(status) ?? placeIn(consignment), equipment: boxes[0] }),
  }
  // Whatever happened to several containers happened to each.
  return boxes.length < 2 ? [event] : boxes.map((equipment) => ({ ...event, equipment }))
}

/** 4405 without a list that says what it means: nothing of it is known. */
const bare4405: StatusTable = { name: 'edifact-4405', confidence: 'B', rows: {} }

/** DTM 334 is the time of the status; 7 when it took effect, 178 and 186 arrival and departure; 132 and 133 are estimates. */
function timeOf(status: Reading, settings: Naming): { time: EventTime; isEstimate: boolean } {
  const told = dateIn(status, ['334', '7', '178', '186', '35', '200', '137'], settings)
  if (told !== undefined) return { time: told, isEstimate: false }
  const time = dateIn(status, ['132', '133', '17'], settings)
  if (time !== undefined) return { time, isEstimate: true }
  throw status.at('dates').wrong('the time of the status')
}

/** LOC 7, 8, 9, 11, 14, 175 …: the first place of the status; five letters are a UN/LOCODE. */
function placeIn(holder: Reading): Place | undefined {
  const own = holder.at('places').optionalList()?.[0]
  const place = own ?? holder.at('transports').optionalList()?.[0]?.at('places').optionalList()?.[0]
  if (place === undefined) return undefined
  const code = place.at('code').optionalText(25)
  const unlocode = code !== undefined && /^[A-Z]{2}[A-Z2-9]{3}$/.test(code) ? code : undefined
  const name = place.at('name').excerpt(100) ?? (unlocode === undefined ? code : undefined)
  return placeOf({ name, unlocode, country: unlocode?.slice(0, 2) })
}

/** The numbers of a shipment that RFF gives: whatever names one shipment, and the shipper’s own. */
export function numbersOf(holder: Reading, carrier: string | undefined, settings: Naming): Reference[] {
  const list = holder.at('references')
  if (!list.present) return []
  const all = list.optionalList(10_000) ?? []
  const qualifiers = all.map((one) => one.at('qualifier').optionalText())
  const valueOf = (qualifier: string): string | undefined =>
    all[qualifiers.indexOf(qualifier)]?.at('value').optionalText(100)
  const issued = (scheme: string, value: string): Reference =>
    carrier === undefined ? { scheme, value } : { scheme, issuer: carrier, value }
  const found: Reference[] = []
  const tracking = valueOf('CN') ?? valueOf('AAM')
  if (tracking !== undefined) found.push(issued('tracking_number', tracking))
  for (const { qualifier, scheme } of numberSchemes) {
    const value = valueOf(qualifier)
    if (value !== undefined) found.push(issued(scheme, value))
  }
  const delivery = valueOf('DQ') ?? valueOf('CU')
  if (delivery !== undefined) found.push(ownShipment(delivery, settings))
  return found
}

/** A container names a shipment only where nothing else does: boxes are used again. */
function containersOf(statuses: readonly Reading[]): readonly Reference[] {
  return unique(
    statuses.flatMap((status) =>
      status.at('equipment').each((one) => ({ scheme: 'container', value: one.at('number').optionalText(17) ?? '' })),
    ),
  ).filter(({ value }) => value !== '')
}

function unique(references: readonly Reference[]): readonly Reference[] {
  if (references.length < 2) return references
  const seen = new Set<string>()
  return references.filter(({ scheme, issuer, value }) => {
    const key = `${scheme} ${issuer} ${value}`
    return !seen.has(key) && seen.add(key)
  })
}

function carrierIn(parties: Reading): string | undefined {
  return parties
    .optionalList()
    ?.find((party) => party.at('role').optionalText() === 'CA')
    ?.at('id')
    .optionalText(35)
}
