import type { Assertion, Reference } from '../../../model/fact.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { ShipmentReport } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { conditionsOf } from './conditions.ts'
import { numbersOf } from './consignment-status.ts'
import { boxesOf, equipmentOf } from './equipment.ts'
import { readMomentAsInstant } from './moment.ts'
import type { Naming } from './naming.ts'
import { carrierOf, ownShipment, qualified, ssccsIn } from './number.ts'
import { type NamedParty, partyIn, partyName } from './party.ts'
import { placeOfStop } from './stop.ts'
import type { Meaning } from './tender.ts'
import { voyageIn } from './voyage.ts'

type ShipmentEvent = ShipmentReport['event']

/** TDT 8067: how it moves. */
const modes: Readonly<Record<string, string>> = { 1: 'ocean', 2: 'rail', 4: 'air' }

/** 211: the shipper hands goods over; what he says of the shipment moves no status, the carrier's pick-up does. */
export function billOfLading(root: Reading, naming: Naming): Meaning {
  const carrier = carrierOf(root.at('scac').optionalText(), naming)
  const pro = qualified(root.at('references'), ['CN', '2I'])
  const own = qualified(root.at('references'), ['SI'])
  const lines = root.at('lines').optionalList(10_000) ?? []
  const marks = lines.flatMap((line) =>
    line.at('packages').each((pack) => pack.at('marks').each((mark) => mark, 10_000), 10_000),
  )
  const ssccs = marks
    .flat()
    .filter((mark) => mark.at('qualifier').optionalText() === 'GM')
    .map((mark) => normalizeIdentifier({ scheme: 'sscc', value: mark.at('value').text(48) }))
  const packages = packagesOf(ssccs)
  const pickup = (root.at('dates').optionalList() ?? []).find((one) => one.at('qualifier').optionalText() === '69')
  const data: ShipmentReport = {
    event: root.at('purpose').optionalText() === '01' ? 'cancelled' : 'described',
    ...(packages.length === 0 ? {} : { packages }),
    ...stated({
      carrier,
      shipTo: placeOf(partyIn(root, ['CN', 'ST'])),
      plannedPickup:
        pickup === undefined
          ? undefined
          : readMomentAsInstant(pickup.at('at'), naming, pickup.at('zone').optionalText()),
    }),
  }
  return {
    assertions: [
      shipmentAssertion(
        [
          ...(pro === undefined ? [] : [{ scheme: 'tracking_number', ...stated({ issuer: carrier }), value: pro }]),
          { scheme: 'bol', issuer: naming.orderSystem, value: root.at('bill').text(60) },
          ...(own === undefined ? [] : [ownShipment(own, naming)]),
        ],
        data,
        naming,
      ),
    ],
  }
}

/** IFTMIN: a carrier is told what to carry. */
export function transportInstruction(root: Reading, naming: Naming): Meaning {
  return transportMeaning(root, isCancelled(root) ? 'cancelled' : 'described', naming)
}

/** IFTMBF: room is asked for: to a carrier that is an offer. */
export function firmBooking(root: Reading, naming: Naming): Meaning {
  return transportMeaning(root, isCancelled(root) ? 'tender_cancelled' : 'tendered', naming)
}

/** IFTMBC, BGM 4343: the carrier confirms, does so on conditions, or does not. */
const answers: Readonly<Record<string, ShipmentEvent>> = {
  AC: 'booked',
  AP: 'booked',
  CA: 'tender_countered',
  RE: 'tender_declined',
}

/** IFTMBC: a booking is confirmed. Without an answer of its own that is what the message is for. */
export function bookingConfirmation(root: Reading, naming: Naming): Meaning {
  const code = root.at('answer').optionalText(3)
  const answer = code === undefined ? 'booked' : Object.hasOwn(answers, code) ? answers[code] : undefined
  if (answer === undefined)
    return { assertions: [], unknownCodes: [{ table: 'edifact-4343-booking', code: code ?? '' }] }
  return transportMeaning(root, isCancelled(root) ? 'cancelled' : answer, naming)
}

function isCancelled(root: Reading): boolean {
  return root.at('function').optionalText() === '1'
}

function transportMeaning(root: Reading, event: ShipmentEvent, naming: Naming): Meaning {
  const transports = root.at('transports').optionalList() ?? []
  // 20 is the main carriage.
  const main = transports.find((one) => one.at('stage').optionalText() === '20') ?? transports[0]
  const carrier = carrierOf(partyName(root, ['CA']) ?? main?.at('carrier').optionalText(35), naming)
  const mode = main?.at('mode').optionalText(3)
  const numbers = numbersOf(root, carrier, naming)
  const document = root.at('number').optionalText(60)
  // The number of the document is the sender's own of the shipment, where he gives no other.
  const references =
    numbers.length > 0 || document === undefined ? numbers : [fallback(event, document, carrier, naming)]
  if (references.length === 0) throw root.at('references').wrong('a number of a shipment')
  const data: ShipmentReport = {
    event,
    // Who answers a booking does not tell its sender what he travels in.
    ...(event === 'described' || event === 'tendered' ? loadOf(root, naming) : {}),
    ...(event === 'tender_cancelled' || event === 'cancelled' ? {} : voyageIn(root, naming)),
    ...stated({
      carrier,
      mode: mode === undefined ? undefined : modes[mode],
      shipTo: placeOf(partyIn(root, ['DP', 'CN'])),
      stops: event === 'described' || event === 'tendered' ? stopsOf(root) : undefined,
      plannedPickup: event === 'described' || event === 'tendered' ? pickupOf(root, transports, naming) : undefined,
      conditions:
        event === 'tender_countered' ? conditionsOf(root, { pickupDates, words: wordsOf(root) }, naming) : undefined,
    }),
  }
  return { assertions: [shipmentAssertion(references, data, naming)] }
}

/**
 * Where goods are fetched (NAD PW) and handed over (DP), in the order in which they are told. Undefined: it names one place only, which is
 * where the whole goes.
 */
function stopsOf(root: Reading): ShipmentReport['stops'] {
  const told = (root.at('parties').optionalList() ?? []).flatMap((party) => {
    const type = stopRoles[party.at('role').optionalText() ?? '']
    return type === undefined ? [] : [{ type, ...placeOfStop(party) }]
  })
  if (told.length < 2) return undefined
  return told.map((stop, index) => ({ seq: index + 1, final: index === told.length - 1, ...stop }))
}

/** NAD 3035. */
const stopRoles: Readonly<Record<string, string>> = { PW: 'pickup', DP: 'delivery' }

/** What is to be carried: the packages by their SSCC (GIN BJ), and the containers. */
function loadOf(root: Reading, naming: Naming): Pick<ShipmentReport, 'packages' | 'equipment'> {
  const ssccs = (root.at('goods').optionalList(10_000) ?? []).flatMap((item) =>
    item.at('marks').each((mark) => ssccsIn(mark.at('numbers')), 10_000),
  )
  const equipment = boxesOf(root).map((box) => equipmentOf(box, naming))
  return stated({
    packages: ssccs.length === 0 ? undefined : packagesOf(ssccs.flat()),
    equipment: equipment.length === 0 ? undefined : equipment,
  })
}

function packagesOf(ssccs: readonly string[]): NonNullable<ShipmentReport['packages']> {
  return [...new Set(ssccs)].map((sscc) => ({ id: sscc, sscc }))
}

/** When goods are to be fetched, as the document or one of its ways says. */
function pickupOf(
  root: Reading,
  transports: readonly Reading[],
  naming: Naming,
): ShipmentReport['plannedPickup'] | undefined {
  const dates = [root, ...transports].flatMap((one) => one.at('dates').optionalList() ?? [])
  const found = dates.find((one) => pickupDates.has(one.at('qualifier').optionalText() ?? ''))
  return found === undefined ? undefined : readMomentAsInstant(found.at('at'), naming, found.at('zone').optionalText())
}

/** DTM 2005: when the carrier would come. */
const pickupDates: ReadonlySet<string> = new Set(['200', '234'])

/** What the carrier writes, in FTX. */
function wordsOf(root: Reading): readonly (string | undefined)[] {
  return root.at('texts').each((one) => one.at('text').optionalText(200), 10)
}

function fallback(event: ShipmentEvent, number: string, carrier: string | undefined, naming: Naming): Reference {
  const isOfCarrier = event === 'booked' || event === 'tender_countered' || event === 'tender_declined'
  return isOfCarrier
    ? { scheme: 'booking', ...stated({ issuer: carrier }), value: number }
    : ownShipment(number, naming)
}

function placeOf(party: NamedParty | undefined): ShipmentReport['shipTo'] {
  if (party === undefined) return undefined
  const { city, region, postalCode, country } = party
  const place = stated({ city, region, postalCode, country })
  return Object.keys(place).length === 0 ? undefined : place
}

function shipmentAssertion(references: readonly Reference[], data: ShipmentReport, naming: Naming): Assertion {
  return {
    type: 'shipment.reported',
    about: { entity: 'shipment', references, unknown: naming.unknownShipments },
    data,
  }
}
