import type { Assertion, Reference } from '../../../model/fact.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { EventTime, Place, ReportedEvent, TrackingReport } from '../../../model/report.ts'
import { effectOf } from '../../../model/shipment/codes.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { type CodeReader, type StatusTable, unmapped } from '../../kit/status-table.ts'
import { statuses4405, statuses9011 } from './codes-edifact.ts'
import { boxesOf, boxNumber, detailsOf } from './equipment.ts'
import { dateIn } from './moment.ts'
import type { Naming } from './naming.ts'
import { carrierOf, ownShipment, qualified, ssccsIn } from './number.ts'
import { lastActual } from './road-status.ts'
import type { StatusEra } from './status-era.ts'
import { placeFrom } from './unlocode.ts'

/** RFF 1153: numbers that name one shipment. */
const numberSchemes = [
  { qualifier: 'BM', scheme: 'bol' },
  { qualifier: 'BN', scheme: 'booking' },
  { qualifier: 'MB', scheme: 'master_bill' },
  { qualifier: 'HWB', scheme: 'house_bill' },
  { qualifier: 'BH', scheme: 'house_bill' },
  { qualifier: 'AWB', scheme: 'awb' },
  { qualifier: 'MWB', scheme: 'awb' },
] as const

/** IFTSTA: what a carrier tells about consignments. Each is a shipment; containers in it are said with the event. */
export function consignmentStatus(
  root: Reading,
  about: { readonly era: StatusEra; readonly codes: CodeReader; readonly settings: Naming },
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
  { era, codes, settings }: { readonly era: StatusEra; readonly codes: CodeReader; readonly settings: Naming },
): ReportedEvent[] {
  const table = tableOf(status, era, settings)
  const told = codeOf(status)
  const mapped = codes.read(table, told.code)
  // Accepted orders and papers are no scans.
  if (effectOf(mapped.code).routed === true) return []
  const at = timeOf(status, settings)
  const category = mapped.exception ?? effectOf(mapped.code).exception
  const subcode = status.at('reason').optionalText(10) ?? told.list
  const boxes = boxesOf(status).flatMap((box) => {
    const equipment = boxNumber(box)
    return equipment === undefined ? [] : [{ equipment, ...stated({ details: detailsOf(box, settings) }) }]
  })
  const event: ReportedEvent = {
    code: mapped.code,
    classifier: at.isEstimate ? 'estimated' : mapped.classifier,
    action: 'record',
    occurredAt: at.time,
    confidence: told.isMisplaced && mapped.confidence === 'exact' ? 'inferred' : mapped.confidence,
    raw: { codeSystem: table.name, code: told.code, ...stated({ subcode, text: wordsOf(status) }) },
    ...(category === undefined || mapped === unmapped
      ? {}
      : { reason: { category, ...stated({ sourceCode: subcode }) } }),
    ...stated({ place: placeIn(status, consignment, mapped.code), ...boxes[0] }),
  }
  // Whatever happened to several packages, or else to several containers, happened to each.
  const parcels = packagesOf(status)
  if (parcels.length > 0) return parcels.map((parcel) => ({ ...event, package: parcel }))
  return boxes.length < 2 ? [event] : boxes.map((box) => ({ ...event, ...box }))
}

/** The packages that a status names: their SSCCs, or the number that a parcel service gave to one (CW). */
function packagesOf(status: Reading): readonly string[] {
  const ssccs = status
    .at('goods')
    .each(
      (item) =>
        item
          .at('marks')
          .each((mark) => ssccsIn(mark.at('numbers')), 1000)
          .flat(),
      1000,
    )
    .flat()
  if (ssccs.length > 0) return [...new Set(ssccs)]
  const number = qualified(status.at('references'), ['CW'])
  return number === undefined ? [] : [normalizeIdentifier({ scheme: 'tracking_number', value: number })]
}

/**
 * The code of a status (C555). Some parcel services leave that out and write theirs behind the category (C601), where its code list and agency
 * belong: what stands last is the code, what stands before it their own kind of status.
 */
function codeOf(status: Reading): {
  readonly code: string
  readonly isMisplaced: boolean
  readonly list?: string
} {
  const list = status.at('categoryList').optionalText(17)
  const agency = status.at('categoryAgency').optionalText(3)
  const misplaced = agency ?? list
  if (misplaced === undefined || status.at('status').present)
    return { code: status.at('status').text(10), isMisplaced: false }
  return { code: misplaced, isMisplaced: true, ...(agency === undefined ? {} : stated({ list })) }
}

/** Agencies (3055) that use the list as the directory has it; most senders name none. */
const agencies: ReadonlySet<string | undefined> = new Set([undefined, '6', '9'])

/** The list that the code is from. A list of the sender's own, or of nobody, has the same numbers for something else. */
function tableOf(status: Reading, era: StatusEra, { statusList }: Naming): StatusTable {
  const isOfDirectory =
    agencies.has(status.at('agency').optionalText(3)) && status.at('codeList').optionalText(17) !== 'ZZZ'
  if (isOfDirectory && era === 'own-list') return statuses9011
  if (statusList !== 'unknown' || (isOfDirectory && era === 'recommendation-24')) return statuses4405
  return era === 'own-list' ? own9011 : bare4405
}

/** Codes without a list that says what they mean: nothing of them is known. */
const own9011: StatusTable = { name: 'edifact-9011-own', confidence: 'B', rows: {} }
const bare4405: StatusTable = { name: 'edifact-4405', confidence: 'B', rows: {} }

/** What the carrier writes to it: beside the code, beside the reason, or apart. */
function wordsOf(status: Reading): string | undefined {
  const apart = status.at('texts').each((one) => one.at('text').excerpt(), 100)
  return status.at('text').excerpt() ?? status.at('reasonText').excerpt() ?? apart.find((one) => one !== undefined)
}

/** DTM 334 is the time of the status; 78 of the event, 7 when it took effect, 178 and 186 arrival and departure; 79, 132 and 133 are estimates. */
function timeOf(status: Reading, settings: Naming): { time: EventTime; isEstimate: boolean } {
  const told = dateIn(status, ['334', '78', '7', '178', '186', '35', '200', '137'], settings)
  if (told !== undefined) return { time: told, isEstimate: false }
  const time = dateIn(status, ['79', '132', '133', '17'], settings)
  if (time !== undefined) return { time, isEstimate: true }
  throw status.at('dates').wrong('the time of the status')
}

/** LOC 3227 of where something happens, of a location of goods, and of a warehouse. */
const scenes = ['175', '165', '14', '18'] as const
/** LOC 3227 of the near end of a way, for what is said of its beginning, and of the far end. */
const beginning = ['9', '5', '88', '7'] as const
const end = ['11', '8', '7', '1', '9'] as const

/** Which end of the way an event belongs to, where both are told. */
const ends: Readonly<Record<string, readonly string[]>> = {
  arrived_at_destination_facility: end,
  arrived_at_delivery: end,
  delivered: end,
  departed_origin: beginning,
  discharged: end,
  loaded: beginning,
  loaded_on_transport: beginning,
  out_for_delivery: end,
  picked_up: beginning,
  received_from_carrier: end,
  transport_arrived: end,
  transport_departed: beginning,
}

/**
 * The place of the status: where it happened (175, 14 …), the only one that is told, or the end of the way that the event belongs to. Of
 * the places of a consignment only those that say where it is: its ends are of all its statuses. Nobody else knows which of several is meant.
 */
function placeIn(status: Reading, consignment: Reading, code: string): Place | undefined {
  const own = status.at('places').optionalList() ?? []
  const onTheWay = status
    .at('transports')
    .each((one) => one.at('places').optionalList() ?? [])
    .flat()
  const told = [...own, ...onTheWay]
  const ofAll = consignment.at('places').optionalList() ?? []
  const [only, ...others] = own.length > 0 ? own : onTheWay
  const found =
    among(told, scenes) ??
    (others.length === 0 ? only : undefined) ??
    among(told, ends[code] ?? []) ??
    among(ofAll, scenes)
  return found === undefined ? undefined : placeFrom(found)
}

function among(places: readonly Reading[], qualifiers: readonly string[]): Reading | undefined {
  return qualifiers
    .map((qualifier) => places.find((one) => one.at('qualifier').optionalText() === qualifier))
    .find((one) => one !== undefined)
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
  // CW is the number of the package: parcel services follow nothing else.
  const tracking = valueOf('CN') ?? valueOf('AAM') ?? valueOf('CW')
  if (tracking !== undefined) found.push(issued('tracking_number', tracking))
  for (const { qualifier, scheme } of numberSchemes) {
    const value = valueOf(qualifier)
    if (value !== undefined) found.push(issued(scheme, value))
  }
  const delivery = valueOf('DQ') ?? valueOf('CU') ?? valueOf('SI')
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
