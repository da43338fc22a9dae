import { readInstant, writeInstant } from '../../../base/instant.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { momentOf, party, qualifiedValues, referenceOf, requiredScac, shipmentNumber } from './parts.ts'
import { expectedResponse } from './responses.ts'
import { numbersAt, placeOfStop } from './stop.ts'
import type { Compose, ComposeContext } from './writer.ts'

/** S5-02. */
const stopReasons: Readonly<Record<string, string>> = { pickup: 'LD', delivery: 'UL' }
const partReasons: Readonly<Record<string, string>> = { pickup: 'PL', delivery: 'PU' }
/** B2A-02 and MS3-04. */
const methods: Readonly<Record<string, string>> = {
  ftl: 'M',
  ltl: 'LT',
  intermodal: 'X',
  rail: 'R',
  air: 'A',
  ocean: 'S',
}

/** Qualifiers of G62 for a window: of the date and of the time, first earliest, then latest. */
const windows = {
  pickup: { from: ['37', 'I'], to: ['38', 'K'] },
  delivery: { from: ['53', 'G'], to: ['54', 'L'] },
} as const

/** 204: a load is offered to a carrier, or withdrawn. */
export const tender: Compose = (owed, { settings, command, now, isChange }) => {
  const number = shipmentNumber(owed, settings)
  const scac = requiredScac(owed.at('carrier'), settings)
  const method = methods[owed.at('mode').optionalText() ?? '']
  const stops = owed.at('stops').optionalList(999) ?? []
  const consignee = party('ST', owed.at('shipTo'))
  const isCancelled = command === 'withdraw_tender'
  const respondBy = owed.at('respondBy').optionalText(40)
  return {
    number,
    ...stated({ respondBy }),
    document: {
      scac,
      shipment: number,
      payment: 'PP',
      purpose: isCancelled ? '01' : isChange ? settings.tenderChange : '00',
      application: 'LT',
      references: numbersOf(owed),
      ...(isCancelled ? {} : deadline(owed.at('respondBy'), { settings, now })),
      ...(method === undefined ? {} : { routeScac: scac, routeSequence: 'B', method }),
      ...(stops.length === 0 ? { parties: consignee } : {}),
      ...(isCancelled
        ? {}
        : { stops: stops.map((stop, index) => stopOf(stop, index, index === stops.length - 1 ? consignee : [])) }),
      ...packagesOf(owed),
    },
  }
}

/** G62: when the carrier is to answer, as the shipper says or as the agreement does. */
function deadline(respondBy: Reading, { settings, now }: Pick<ComposeContext, 'settings' | 'now'>): EdiDocument {
  const minutes = expectedResponse('204', settings.responseMinutes, undefined)?.minutes
  const agreed =
    minutes === undefined ? undefined : { at: writeInstant((readInstant(now) ?? 0) + minutes * 60_000), zone: 'UT' }
  const at = momentOf(respondBy) ?? agreed
  if (at === undefined) return {}
  const told = { respondBy: at.at.slice(0, 16), respondByQualifier: '64' }
  return at.zone === '' ? told : { ...told, respondByTimeQualifier: '1', respondByZone: at.zone }
}

/** L11: number first. */
function numbersOf(owed: Reading): EdiDocument[] {
  return qualifiedValues({ BM: referenceOf(owed, 'bol'), CN: referenceOf(owed, 'tracking_number') }).map(
    ({ qualifier, value }) => ({ value: value.slice(0, 30), qualifier }),
  )
}

function packagesOf(owed: Reading): EdiDocument {
  const count = owed.at('packages').optionalText(7)
  return count === undefined || count === '0' ? {} : { packages: count }
}

function stopOf(stop: Reading, index: number, consignee: readonly EdiDocument[]): EdiDocument {
  const type = stop.at('type').optionalText() ?? ''
  const reason = (stop.at('isPart').present && stop.at('isPart').flag() ? partReasons : stopReasons)[type]
  if (reason === undefined) throw stop.at('type').wrong('pickup or delivery')
  const kinds = type === 'pickup' ? windows.pickup : windows.delivery
  const planned = stop.at('planned')
  const [place] = [...placeOfStop(type === 'pickup' ? 'SF' : 'ST', stop), ...consignee]
  const references = numbersAt(stop)
  return {
    sequence: String(stop.at('seq').whole() ?? index + 1),
    reason,
    ...(references.length === 0 ? {} : { references }),
    windows: [...boundary(planned.at('from'), kinds.from), ...boundary(planned.at('to'), kinds.to)],
    ...(place === undefined ? {} : { party: place }),
  }
}

function boundary(instant: Reading, [qualifier, timeQualifier]: readonly [string, string]): EdiDocument[] {
  const at = momentOf(instant)
  if (at === undefined) return []
  return [{ qualifier, at: at.at, ...(at.zone === '' ? {} : { timeQualifier, zone: at.zone }) }]
}

/** B1-04. */
const answers: Readonly<Record<string, string>> = { accepted: 'A', countered: 'B', declined: 'D' }

/** 990: the carrier takes the load, takes it on conditions, or does not. */
export const tenderAnswer: Compose = (owed, { settings, now }) => {
  const number = shipmentNumber(owed, settings)
  const answer = owed.at('answer').text(20)
  const code = answers[answer]
  if (code === undefined) throw owed.at('answer').wrong('accepted, countered or declined')
  const pro = referenceOf(owed, 'tracking_number')
  return {
    number,
    document: {
      scac: requiredScac(owed.at('carrier'), settings),
      shipment: number,
      date: now.slice(0, 10),
      answer: code,
      ...stated({ references: pro === undefined ? undefined : [{ qualifier: 'CN', value: pro.slice(0, 30) }] }),
      ...conditionsOf(owed.at('conditions')),
    },
  }
}

/** G62 with the time that the carrier names, K1 with what he writes and asks for: a price has no element of its own. */
function conditionsOf(told: Reading): EdiDocument {
  if (!told.present) return {}
  const pickup = momentOf(told.at('plannedPickup'))
  const words = conditionWords(told)
  return stated({
    dates:
      pickup === undefined
        ? undefined
        : [
            {
              qualifier: '69',
              at: pickup.at,
              timeQualifier: 'U',
              ...(pickup.zone === '' ? {} : { zone: pickup.zone }),
            },
          ],
    notes:
      words === undefined
        ? undefined
        : [{ text: words.slice(0, 30), ...(words.length > 30 ? { text2: words.slice(30, 60) } : {}) }],
  })
}

/** What the carrier writes, with the price before it. */
export function conditionWords(told: Reading): string | undefined {
  const price = [told.at('amount').optionalText(20), told.at('currency').optionalText(3)].filter(
    (one) => one !== undefined,
  )
  const words = [price.join(' '), told.at('text').optionalText(200) ?? ''].filter((one) => one !== '').join(' ')
  return words === '' ? undefined : words
}
