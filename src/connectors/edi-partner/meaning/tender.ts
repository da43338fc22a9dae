import type { Assertion } from '../../../model/fact.ts'
import type { ShipmentReport } from '../../../model/report.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { conditionsOf } from './conditions.ts'
import { readMoment } from './moment.ts'
import type { Naming } from './naming.ts'
import { carrierOf, numberOf, ownShipment } from './number.ts'
import { countryIn } from './party.ts'
import { placeOfStop, referencesOf } from './stop.ts'
import { endOf, type StopType, windowOf } from './window.ts'

type TenderEvent = ShipmentReport['event']

/** B2A-01: what a tender is for. */
const purposes: Readonly<Record<string, TenderEvent>> = {
  '00': 'tendered',
  '01': 'tender_cancelled',
  '04': 'tendered',
  '05': 'tendered',
}
/** B1-04, element 558: accepted, accepted on conditions, countered, declined in either word. */
const answers: Readonly<Record<string, TenderEvent>> = {
  A: 'tender_accepted',
  B: 'tender_countered',
  C: 'tender_countered',
  D: 'tender_declined',
  E: 'tender_declined',
}
/** G62-01 in a 990: when the carrier would come. */
const pickupDates: ReadonlySet<string> = new Set(['10', '37', '38', '69', '86'])
/** S5-02: what is done at a stop. */
const stopTypes: Readonly<Record<string, StopType>> = {
  CL: 'pickup',
  LD: 'pickup',
  PA: 'pickup',
  PL: 'pickup',
  SL: 'pickup',
  CU: 'delivery',
  PU: 'delivery',
  SU: 'delivery',
  UL: 'delivery',
}
/** S5-02 of what is not all of it. */
const partReasons: ReadonlySet<string> = new Set(['PL', 'PU'])
/** B2A-02 and MS3-04: how it moves. */
const modes: Readonly<Record<string, string>> = {
  J: 'ftl',
  M: 'ftl',
  LT: 'ltl',
  X: 'intermodal',
  R: 'rail',
  A: 'air',
  S: 'ocean',
}

/** What a map says, and the codes that it could not. */
export interface Meaning {
  readonly assertions: readonly Assertion[]
  readonly unknownCodes?: readonly UnknownCode[]
}

/** 204: a load is offered to a carrier, changed or withdrawn. */
export function tender(root: Reading, settings: Naming): Meaning {
  const purpose = root.at('purpose').text(2)
  const event = Object.hasOwn(purposes, purpose) ? purposes[purpose] : undefined
  if (event === undefined) return { assertions: [], unknownCodes: [{ table: 'x12-353-tender', code: purpose }] }
  const stops = readStops(root, settings)
  const last = root.at('stops').optionalList(1000)?.at(-1)?.at('party')
  const method = root.at('method').optionalText()
  const data: ShipmentReport = {
    event,
    ...stated({
      carrier: carrierOf(root.at('scac').optionalText(), settings),
      mode: method === undefined ? undefined : modes[method],
      respondBy: readRespondBy(root, settings),
      plannedPickup: stops.find(({ type }) => type === 'pickup')?.planned?.from,
    }),
    ...(event === 'tender_cancelled' ? {} : { stops }),
    ...(last?.present === true ? { shipTo: placeOfParty(last) } : {}),
  }
  return { assertions: [shipmentAssertion(root, data, settings)] }
}

/** 990: the carrier's answer. */
export function tenderAnswer(root: Reading, settings: Naming): Meaning {
  const answer = root.at('answer').text(2)
  const event = Object.hasOwn(answers, answer) ? answers[answer] : undefined
  if (event === undefined) return { assertions: [], unknownCodes: [{ table: 'x12-558', code: answer }] }
  const carrier = carrierOf(root.at('scac').optionalText(), settings)
  const conditions =
    event === 'tender_countered'
      ? conditionsOf(root, { pickupDates, words: wordsOf(root), amount: amountOf(root) }, settings)
      : undefined
  return { assertions: [shipmentAssertion(root, { event, ...stated({ carrier, conditions }) }, settings)] }
}

/** What the carrier asks for: several charges (L9) may be parts of one another, and are not added. */
function amountOf(root: Reading): string | undefined {
  const [charge, another] = root.at('charges').optionalList(100) ?? []
  return another === undefined ? charge?.at('amount').decimal() : undefined
}

/** What the carrier writes, in K1. */
function wordsOf(root: Reading): readonly (string | undefined)[] {
  return root
    .at('notes')
    .each((note) => [note.at('text').optionalText(200), note.at('text2').optionalText(200)], 10)
    .flat()
}

function shipmentAssertion(root: Reading, data: ShipmentReport, settings: Naming): Assertion {
  const pro = numberOf(root, ['CN'])
  const bol = numberOf(root, ['BM'])
  return {
    type: 'shipment.reported',
    about: {
      entity: 'shipment',
      references: [
        ...(pro === undefined ? [] : [{ scheme: 'tracking_number', ...stated({ issuer: data.carrier }), value: pro }]),
        ...(bol === undefined ? [] : [{ scheme: 'bol', issuer: settings.orderSystem, value: bol }]),
        ownShipment(root.at('shipment').text(60), settings),
      ],
      unknown: settings.unknownShipments,
    },
    data,
  }
}

/** G62 of qualifier 64. */
function readRespondBy(root: Reading, settings: Naming): string | undefined {
  if (root.at('respondByQualifier').optionalText(3) !== '64') return undefined
  const moment = readMoment(root.at('respondBy'), settings, root.at('respondByZone').optionalText())
  return moment === undefined ? undefined : endOf(moment, settings)
}

function readStops(root: Reading, settings: Naming): NonNullable<ShipmentReport['stops']> {
  const told = root.at('stops').optionalList(1000) ?? []
  return told.map((stop, index) => {
    const reason = stop.at('reason').optionalText() ?? ''
    const type = Object.hasOwn(stopTypes, reason) ? (stopTypes[reason] ?? 'other') : 'other'
    const window = windowOf(stop, settings, type)
    return {
      seq: stop.at('sequence').whole() ?? index + 1,
      type,
      final: index === told.length - 1,
      ...stated({
        isPart: partReasons.has(reason) ? (true as const) : undefined,
        planned: window,
        ...placeOfStop(stop.at('party')),
        references: referencesOf(stop, settings),
      }),
    }
  })
}

function placeOfParty(party: Reading): NonNullable<ShipmentReport['shipTo']> {
  return stated({
    city: party.at('city').excerpt(100),
    region: party.at('region').excerpt(60),
    country: countryIn(party),
    postalCode: party.at('postalCode').optionalText(20),
  })
}
