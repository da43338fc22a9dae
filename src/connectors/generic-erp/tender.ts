import type { Assertion, Reference } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { PlannedStop } from '../../model/planned-stop.ts'
import type { ReportedEquipment, ShipmentReport, TenderConditions } from '../../model/report.ts'
import type { Reading } from '../kit/reading.ts'
import { stated } from '../kit/stated.ts'

/** What is said of a tender: by whoever plans the transport, or by whoever carries it out and answers. */
const words: Readonly<Record<string, ShipmentReport['event']>> = {
  'shipment.planned': 'planned',
  'shipment.tender_accepted': 'tender_accepted',
  'shipment.tender_countered': 'tender_countered',
  'shipment.tender_declined': 'tender_declined',
  'shipment.tender_withdrawn': 'tender_cancelled',
  'shipment.tendered': 'tendered',
}
const stopsMax = 999
const equipmentMax = 999

/** Whether an event is about a tender. */
export function isTender(type: string): boolean {
  return Object.hasOwn(words, type)
}

/** The number that orders what is said of one shipment: its own, else that of its delivery. */
export const tenderNumbers = ['shipmentNumber', 'deliveryNumber'] as const

/** Told again with other stops or another place, a tender is changed; nothing that is not told again is taken back. */
export function tenderAssertion(
  type: string,
  data: Reading,
  { system, at }: { readonly system: string; readonly at: string },
): Assertion<ShipmentReport> {
  const references: Reference[] = tenderNumbers.flatMap((name) => {
    const value = data.at(name).optionalName(100)
    return value === undefined ? [] : [{ scheme: name.replace('Number', ''), issuer: system, value }]
  })
  if (references.length === 0) throw data.at('shipmentNumber').wrong('shipmentNumber or deliveryNumber')
  const bol = data.at('billOfLading').optionalName(60)
  const stops = data.at('stops').optionalList(stopsMax)
  const shipTo = data.at('shipTo')
  const report: ShipmentReport = {
    event: words[type] ?? 'planned',
    ...stated({
      carrier: data.at('carrier').optionalName(100)?.toLowerCase(),
      service: data.at('service').optionalText(60),
      mode: data.at('mode').optionalText(20),
      respondBy: instantOf(data.at('respondBy')),
      plannedPickup: stops?.map(readStop).find((stop) => stop.type === 'pickup')?.planned?.from,
      stops: stops?.map((stop, index) => ({ ...readStop(stop, index), final: index === stops.length - 1 })),
      shipTo: shipTo.present ? placeOf(shipTo) : undefined,
      equipment: data.at('equipment').optionalList(equipmentMax)?.map(readEquipment),
      conditions: type === 'shipment.tender_countered' ? readConditions(data.at('conditions').object()) : undefined,
    }),
  }
  return {
    type: 'shipment.reported',
    about: {
      entity: 'shipment',
      references: [...references, ...(bol === undefined ? [] : [{ scheme: 'bol', issuer: system, value: bol }])],
      unknown: 'create',
    },
    occurredAt: at,
    data: report,
  }
}

function readEquipment(one: Reading): ReportedEquipment {
  const number = one.at('number').optionalText(17)
  const seals = one.at('seals').each((seal) => seal.text(30), 20)
  return stated({
    kind: one.at('kind').optionalText(10),
    number: number === undefined ? undefined : normalizeIdentifier({ scheme: 'container', value: number }),
    quantity: one.at('quantity').optionalDecimal(),
    isEmpty: one.at('isEmpty').present ? one.at('isEmpty').flag() : undefined,
    seals: seals.length === 0 ? undefined : seals,
  })
}

/** What a carrier wants otherwise than it was offered. */
function readConditions(told: Reading): TenderConditions {
  const price = told.at('price')
  return stated({
    plannedPickup: instantOf(told.at('plannedPickup')),
    amount: price.present ? price.at('amount').decimal() : undefined,
    currency: price.present ? price.at('currency').text(3) : undefined,
    text: told.at('text').optionalText(500),
  })
}

function readStop(stop: Reading, index: number): NonNullable<ShipmentReport['stops']>[number] {
  const planned = stated({
    from: instantOf(stop.at('planned').at('from')),
    to: instantOf(stop.at('planned').at('to')),
  })
  return {
    seq: stop.at('seq').whole() ?? index + 1,
    type: stop.at('type').text(20),
    final: false,
    ...stated({
      isPart: stop.at('isPart').present && stop.at('isPart').flag() ? (true as const) : undefined,
      planned: Object.keys(planned).length === 0 ? undefined : planned,
      location: stop.at('location').optionalText(80),
      address: stop.at('address').present ? addressOf(stop.at('address')) : undefined,
    }),
  }
}

function addressOf(told: Reading): NonNullable<PlannedStop['address']> {
  const lines = told.at('lines').each((line) => line.text(200), 10)
  return stated({
    name: told.at('name').optionalText(200),
    lines: lines.length === 0 ? undefined : lines,
    ...placeOf(told),
  })
}

function placeOf(place: Reading): NonNullable<ShipmentReport['shipTo']> {
  return stated({
    city: place.at('city').optionalText(100),
    region: place.at('region').optionalText(60),
    country: place.at('country').optionalText(3),
    postalCode: place.at('postalCode').optionalText(20),
  })
}

function instantOf(value: Reading): string | undefined {
  return value.present ? value.time().at : undefined
}
