import { multiply } from '../../../base/decimal.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { portsOf, sizeOf } from './container-message.ts'
import { localTime, messageCode, party, referenceOf, requiredScac, scacOf, shipmentNumber } from './parts.ts'
import { placeOfStop } from './stop.ts'
import { conditionWords } from './tender.ts'
import { messageParty, messagePlace } from './trade-parts.ts'
import type { Compose, ComposeContext } from './writer.ts'

/** TDT 8067. */
const modes: Readonly<Record<string, string>> = {
  air: '4',
  ftl: '3',
  intermodal: '3',
  ltl: '3',
  ocean: '1',
  parcel: '3',
  rail: '2',
}

/** IFTMBF: a carrier is asked for room, or no more. */
export const firmBooking: Compose = (owed, context) => {
  const { command, isChange } = context
  const purpose = command === 'withdraw_tender' ? '1' : isChange ? '4' : '9'
  return message(owed, context, { type: '335', function: purpose })
}

/** IFTMBC: the carrier has room, or has none. */
export const bookingAnswer: Compose = (owed, context) => {
  const answer = owed.at('answer').text(20)
  const code = answers[answer]
  if (code === undefined) throw owed.at('answer').wrong('accepted, countered or declined')
  const words = conditionWords(owed.at('conditions'))
  const texts = words === undefined ? {} : { texts: [{ subject: 'AAI', text: words.slice(0, 70) }] }
  return message(owed, context, { type: confirmation, function: '9', answer: code, ...texts })
}

/** BGM 4343. */
const answers: Readonly<Record<string, string>> = { accepted: 'AP', countered: 'CA', declined: 'RE' }

/** IFTMIN: a carrier is told what to carry. */
export const transportInstruction: Compose = (owed, context) => message(owed, context, { type: '610', function: '9' })

function message(
  owed: Reading,
  { settings, now }: ComposeContext,
  about: EdiDocument & { readonly type: string },
): ReturnType<Compose> {
  const number = shipmentNumber(owed, settings)
  const carrier = scacOf(owed.at('carrier'), settings)
  const mode = modes[owed.at('mode').optionalText() ?? '']
  const tracking = referenceOf(owed, 'tracking_number')
  const bol = referenceOf(owed, 'bol')
  const packages = owed.at('packages').optionalText(8)
  const respondBy = owed.at('respondBy').optionalText(40)
  const places = portsOf(owed)
  return {
    number,
    ...(respondBy === undefined ? {} : { respondBy }),
    document: {
      ...about,
      number: number.slice(0, 35),
      dates: [{ qualifier: '137', at: now.slice(0, 16) }, ...windowsOf(owed, about.type)],
      references: [
        { qualifier: 'CU', value: number.slice(0, 35) },
        ...(tracking === undefined ? [] : [{ qualifier: 'CN', value: tracking.slice(0, 35) }]),
        ...(bol === undefined ? [] : [{ qualifier: 'BM', value: bol.slice(0, 35) }]),
      ],
      transports: [
        {
          stage: '20',
          ...(mode === undefined ? {} : { mode }),
          ...(carrier === undefined ? {} : { carrier }),
          ...(places.length === 0 ? {} : { places }),
        },
      ],
      parties: [
        { role: 'CZ', ...messageCode(settings.ownId) },
        ...(carrier === undefined ? [] : [{ role: 'CA', id: carrier }]),
        ...placesOf(owed),
      ],
      ...(packages === undefined || packages === '0' ? {} : { goods: [{ item: '1', packages }] }),
      ...(about.type === confirmation ? {} : equipmentOf(owed)),
    },
  }
}

/** NAD of each stop in their order: PW where goods are fetched, DP where they are handed over. Where no stop has a place, that of the whole. */
function placesOf(owed: Reading): EdiDocument[] {
  const stops = owed.at('stops').optionalList(999) ?? []
  const told = stops.flatMap((stop) => {
    const role = stopRoles[stop.at('type').optionalText() ?? '']
    return role === undefined ? [] : placeOfStop(role, stop).map((place) => ({ role, place }))
  })
  const whole = told.some(({ role }) => role === 'DP') ? [] : messagePlace('DP', owed.at('shipTo'))
  return [...told.flatMap(({ role, place }) => messageParty(role, place)), ...whole]
}

/** NAD 3035. */
const stopRoles: Readonly<Record<string, string>> = { pickup: 'PW', delivery: 'DP' }

/** EQD: what it is to travel in, so that whoever is asked for room knows how much of it. */
function equipmentOf(owed: Reading): EdiDocument {
  const all = owed.at('equipment').optionalList(999) ?? []
  if (all.length === 0) return {}
  return {
    equipment: all.map((one) => ({
      kind: 'CN',
      ...stated({ number: one.at('number').optionalText(17), count: one.at('quantity').optionalText(4) }),
      ...sizeOf(one.at('kind')),
      ...(one.at('isEmpty').present ? { fullness: one.at('isEmpty').flag() ? '4' : '5' } : {}),
    })),
  }
}

/** DTM 2005 of a window: earliest and latest, of the collection and of the delivery. */
const windows: Readonly<Record<string, readonly [from: string, to: string]>> = {
  pickup: ['234', '235'],
  delivery: ['64', '63'],
}

/** When the carrier is to come, and when to be there. His own answer does not repeat it. */
function windowsOf(owed: Reading, type: string): EdiDocument[] {
  if (type === confirmation) return []
  const stops = owed.at('stops').optionalList(999) ?? []
  // A message has one window for each: with several stops of a kind nobody would know whose it is.
  return Object.entries(windows).flatMap(([kind, [from, to]]) => {
    const [stop, ...others] = stops.filter((one) => one.at('type').optionalText() === kind)
    if (stop === undefined || others.length > 0) return []
    const planned = stop.at('planned')
    return [
      { qualifier: from, at: localTime(planned.at('from')) },
      { qualifier: to, at: localTime(planned.at('to')) },
    ].flatMap(({ qualifier, at }) => (at === undefined ? [] : [{ qualifier, at }]))
  })
}

const confirmation = '770'

/** 211: the bill of lading of what a carrier is to fetch. */
export const billOfLading: Compose = (owed, { settings, now }) => {
  const number = shipmentNumber(owed, settings)
  const scac = requiredScac(owed.at('carrier'), settings)
  const packages = owed.at('packages').optionalText(7) ?? '0'
  if (packages === '0') throw owed.at('packages').wrong('how many packages there are')
  const tracking = referenceOf(owed, 'tracking_number')
  const weight = multiply(owed.at('weightGrams').decimal(), '0.001')
  return {
    number,
    document: {
      scac,
      payment: 'PP',
      bill: (referenceOf(owed, 'bol') ?? number).slice(0, 30),
      at: now.slice(0, 16),
      purpose: '00',
      references: [
        { value: number.slice(0, 30), qualifier: 'SI' },
        ...(tracking === undefined ? [] : [{ value: tracking.slice(0, 30), qualifier: 'CN' }]),
      ],
      parties: [
        { role: 'SH', name: settings.ownId, idQualifier: '92', id: settings.ownId },
        ...party('CN', owed.at('shipTo')),
      ],
      lines: [{ packages: [{ quantity: packages, packaging: 'PKG', weightQualifier: 'G', weightUnit: 'K', weight }] }],
    },
  }
}
