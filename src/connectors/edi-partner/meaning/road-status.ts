import { readInstant } from '../../../base/instant.ts'
import type { Assertion, Reference } from '../../../model/fact.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { Place, ReportedEvent, TrackingReport } from '../../../model/report.ts'
import { effectOf } from '../../../model/shipment/codes.ts'
import { x12Point } from '../../kit/geo-point.ts'
import { placeOf } from '../../kit/place.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { CodeReader } from '../../kit/status-table.ts'
import { reasons1651, statuses1650, statuses1652 } from './codes-x12.ts'
import { readMoment } from './moment.ts'
import type { Naming } from './naming.ts'
import { carrierOf, ownShipment, qualified } from './number.ts'

/** 214: what a road carrier tells about one shipment. */
export function roadStatus(root: Reading, codes: CodeReader, settings: Naming): Assertion[] {
  const carrier = carrierOf(root.at('scac').optionalText(), settings)
  const numbers = root.at('references')
  const pro = root.at('pro').optionalText(60) ?? qualified(numbers, ['CN'])
  const shipment = root.at('shipment').optionalText(60)
  const bol = qualified(numbers, ['BM'])
  const references: Reference[] = []
  if (pro !== undefined) references.push({ scheme: 'tracking_number', ...stated({ issuer: carrier }), value: pro })
  if (bol !== undefined) references.push({ scheme: 'bol', issuer: settings.orderSystem, value: bol })
  if (shipment !== undefined) references.push(ownShipment(shipment, settings))
  if (references.length === 0) throw root.at('pro').wrong('a PRO number or a shipment identification')
  const events: ReportedEvent[] = []
  const stop = stopIn(root)
  for (const entry of root.at('entries').optionalList(10_000) ?? [])
    addEvents(events, entry, { codes, settings, stop: stopIn(entry) ?? stop })
  if (events.length === 0) throw root.at('entries').wrong('at least one status')
  const data: TrackingReport = { events, ...stated({ carrier }) }
  return [
    {
      type: 'tracking.reported',
      about: { entity: 'shipment', references, unknown: settings.unknownShipments },
      ...stated({ occurredAt: lastActual(events) }),
      data,
    },
  ]
}

/** What an entry is read with. */
interface About {
  readonly codes: CodeReader
  readonly settings: Naming
  readonly stop: number | undefined
}

/** Statuses of the entry itself, and of its cartons with the number of each. */
function addEvents(all: ReportedEvent[], entry: Reading, about: About): void {
  const own = packageOf(entry)
  const addCartons = (list: Reading): void => {
    for (const carton of list.optionalList(10_000) ?? []) {
      const parcel = packageOf(carton) ?? own
      for (const one of carton.at('statuses').optionalList() ?? []) addEvent(all, one, parcel, about)
    }
  }
  for (const one of entry.at('statuses').optionalList() ?? []) addEvent(all, one, own, about)
  addCartons(entry.at('cartons'))
  for (const order of entry.at('orders').optionalList() ?? []) addCartons(order.at('cartons'))
}

/** MAN: SSCC or the carrier's number of one package. */
function packageOf(holder: Reading): string | undefined {
  const marks = holder.at('marks')
  const sscc = qualified(marks, ['GM'])
  if (sscc !== undefined) return normalizeIdentifier({ scheme: 'sscc', value: sscc })
  const number = qualified(marks, ['CP'])
  return number === undefined ? undefined : normalizeIdentifier({ scheme: 'tracking_number', value: number })
}

function addEvent(all: ReportedEvent[], told: Reading, parcel: string | undefined, about: About): void {
  const { codes, settings, stop } = about
  const status = told.at('status').optionalText(10)
  const appointment = told.at('appointment').optionalText(10)
  const code = status ?? appointment
  if (code === undefined) throw told.wrong('a status or an appointment')
  const table = status === undefined ? statuses1652 : statuses1650
  const subcode = told.at(status === undefined ? 'appointmentReason' : 'statusReason').optionalText(10)
  const mapped = codes.read(table, code)
  const at = readMoment(told.at('at'), settings, told.at('zone').optionalText())
  if (at === undefined) throw told.at('at').wrong('a date')
  const found = subcode === undefined || !Object.hasOwn(reasons1651, subcode) ? undefined : reasons1651[subcode]
  const category = found?.category ?? mapped.exception ?? effectOf(mapped.code).exception
  const event: { -readonly [K in keyof ReportedEvent]: ReportedEvent[K] } = {
    code: mapped.code,
    classifier: mapped.classifier,
    action: 'record',
    occurredAt: at,
    confidence: mapped.confidence,
    raw: subcode === undefined ? { codeSystem: table.name, code } : { codeSystem: table.name, code, subcode },
  }
  if (category !== undefined && mapped.code !== 'unknown')
    event.reason = { category, ...stated({ sourceCode: subcode, responsible: found?.responsible }) }
  if (parcel !== undefined) event.package = parcel
  if (stop !== undefined) event.stop = { seq: stop }
  const place = placeIn(told)
  if (place !== undefined) event.place = place
  const vehicle = vehicleIn(told)
  if (vehicle !== undefined) event.equipment = vehicle
  all.push(event)
  if (found?.implies !== undefined) all.push({ ...event, code: found.implies, classifier: 'actual' })
}

/** L11 of qualifier QN: the stop of the load, by its number in S5. What is no number is no stop of ours. */
function stopIn(holder: Reading): number | undefined {
  const number = qualified(holder.at('references'), ['QN'])
  return number !== undefined && /^\d{1,3}$/.test(number) ? Number(number) : undefined
}

/** MS1: where it was. */
function placeIn(told: Reading): Place | undefined {
  return placeOf({
    city: told.at('city').excerpt(100),
    region: told.at('region').excerpt(100),
    country: told.at('country').excerpt(60),
    postalCode: told.at('postalCode').optionalText(20),
    geo: x12Point(told),
  })
}

/** MS2: what it moved in. Owners of containers, chassis and rail cars have marks of their own, which are a part of the number. */
function vehicleIn(told: Reading): string | undefined {
  const number = told.at('equipment').optionalText(17)
  if (number === undefined) return undefined
  const owner = told.at('equipmentOwner').optionalText(4) ?? ''
  if (!/^[A-Z]{3}[UXZ]$/.test(owner)) return normalizeIdentifier({ scheme: 'container', value: number })
  const digit = /^\d{6}$/.test(number) ? (told.at('equipmentCheckDigit').optionalText(1) ?? '') : ''
  return normalizeIdentifier({ scheme: 'container', value: `${owner}${number}${digit}` })
}

/** When the last thing happened that has happened; an estimate is not news of its own day. */
export function lastActual(all: readonly ReportedEvent[]): string | undefined {
  let last: string | undefined
  for (const { classifier, occurredAt } of all) {
    const { at } = occurredAt
    if (classifier === 'actual' && (last === undefined || !isBefore(at, last))) last = at
  }
  return last
}

function isBefore(one: string, other: string): boolean {
  // Nearly all are in the one form that we write ourselves, which sorts as text.
  if (one.length === ownLength && other.length === ownLength && one.endsWith('Z') && other.endsWith('Z'))
    return one < other
  return (readInstant(one) ?? 0) < (readInstant(other) ?? 0)
}

/** `2026-01-04T16:00:00.000Z` */
const ownLength = 24
