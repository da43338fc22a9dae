import { multiply } from '../../../base/decimal.ts'
import { InterlineError } from '../../../base/errors.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Agreement } from '../policy.ts'
import { qualifiedValues, referenceOf, requiredScac, universal } from './parts.ts'
import type { Compose } from './writer.ts'

/** BGM 1001: which way the containers of a report went. Whether they are empty is said of each. */
const moves: Readonly<Record<string, { readonly code: string; readonly isEmpty?: true; readonly when: string }>> = {
  discharged: { code: '44', when: '203' },
  empty_released: { code: '36', isEmpty: true, when: '7' },
  empty_returned: { code: '34', isEmpty: true, when: '7' },
  gate_in: { code: '34', when: '7' },
  gate_out: { code: '36', when: '7' },
  loaded_on_transport: { code: '46', when: '203' },
}

/** CODECO and COARRI: containers went through a gate, onto a ship or off it. */
export const containerReport: Compose = (owed, { settings, now }) => {
  const move = moves[owed.at('move').text(40)]
  if (move === undefined) throw owed.at('move').wrong(Object.keys(moves).join(', '))
  const containers = owed.at('containers').list(999)
  if (containers.length === 0) throw owed.at('containers').wrong('at least one container')
  const number = owed.at('report').text(35)
  return {
    number,
    document: {
      type: move.code,
      number,
      function: '9',
      dates: [{ qualifier: '137', at: now.slice(0, 16) }],
      references: numbersOf(owed),
      parties: [line(owed, settings)],
      containers: containers.map((one) => movedContainer(one, move)),
    },
  }
}

function movedContainer(one: Reading, move: (typeof moves)[string] & object): EdiDocument {
  const at = universal(one.at('occurredAt'))
  if (at === undefined) throw one.at('occurredAt').wrong('a time')
  const place = one.at('place').excerpt(70)
  const seals = one.at('seals').each((seal) => ({ number: seal.text(10) }), 9)
  return {
    kind: 'CN',
    number: one.at('equipment').text(17),
    ...sizeOf(one.at('kind')),
    fullness: move.isEmpty === true ? '4' : '5',
    dates: [{ qualifier: move.when, at }, ...verifiedAt(one)],
    ...(place === undefined ? {} : { places: [{ qualifier: '165', name: place }] }),
    ...weighed(one),
    ...(seals.length === 0 ? {} : { seals }),
  }
}

/** Weights in kilograms, and who verified the gross mass how and when. */
function weighed(one: Reading): EdiDocument {
  const verified = one.at('verifiedGross')
  const kilograms = { T: one.at('tareGrams'), G: one.at('grossGrams'), VGM: verified.at('grams') }
  const measures = Object.entries(kilograms).flatMap(([dimension, told]) => {
    const grams = told.optionalDecimal()
    const value = grams === undefined ? undefined : multiply(grams, '0.001')
    return value === undefined ? [] : [{ purpose: 'AAE', dimension, unit: 'KGM', value }]
  })
  const method = methods[verified.at('method').optionalText(20) ?? '']
  const party = verified.at('party').excerpt(35)
  return {
    ...(measures.length === 0 ? {} : { measures }),
    ...(method === undefined ? {} : { texts: [{ subject: 'ABS', code: method }] }),
    ...(party === undefined ? {} : { parties: [{ role: 'SPC', name: party }] }),
  }
}

/** The list of SMDG: SM1 weighs the packed container, SM2 adds up. */
const methods: Readonly<Record<string, string>> = { calculated: 'SM2', weighed: 'SM1' }

/** DTM 798 came with D.16A; users of older directories write WAT. */
function verifiedAt(one: Reading): EdiDocument[] {
  const at = universal(one.at('verifiedGross').at('at'))
  return at === undefined ? [] : [{ qualifier: 'WAT', at }]
}

/** LOC 3227 of the ends of the way by ship, and of what comes before and behind it. */
const portQualifiers: Readonly<Record<string, string>> = { load: '9', discharge: '11', receipt: '88', delivery: '7' }

/** LOC: the ports and places of a way, as far as they were told, each by its code or its name. */
export function portsOf(holder: Reading): EdiDocument[] {
  const told = holder.at('ports')
  return Object.entries(portQualifiers).flatMap(([name, qualifier]) => {
    const place = told.at(name)
    const code = place.at('unlocode').optionalText(5)
    const named = place.at('name').excerpt(70) ?? place.at('city').excerpt(70)
    if (code === undefined && named === undefined) return []
    return [
      {
        qualifier,
        ...(code === undefined ? {} : { code, codeList: '139', agency: '6' }),
        ...(named === undefined ? {} : { name: named }),
      },
    ]
  })
}

/** DTM 2005 of the last moments for a voyage. */
const cutOffQualifiers: Readonly<Record<string, string>> = {
  closing: '180',
  laden: '814',
  verifiedGrossMass: '810',
  dangerousGoods: '811',
  reefer: '813',
  outOfGauge: '812',
}

function cutOffsOf(holder: Reading): EdiDocument[] {
  const told = holder.at('cutOffs')
  return Object.entries(cutOffQualifiers).flatMap(([name, qualifier]) => {
    const at = universal(told.at(name))
    return at === undefined ? [] : [{ qualifier, at }]
  })
}

/** The way by ship: its ports, and behind the first of them until when what must be there. */
function mainCarriage(owed: Reading): EdiDocument {
  const [first, ...others] = portsOf(owed)
  const dates = cutOffsOf(owed)
  if (first === undefined && dates.length === 0) return {}
  const ended = dates.length === 0 ? {} : { dates }
  const places = first === undefined ? {} : { places: [{ ...first, ...ended }, ...others] }
  return { transports: [{ stage: '20', mode: '1', ...places, ...(first === undefined ? ended : {}) }] }
}

/** COPARN: a booking needs containers. What such an order is called differs from terminal to terminal: the agreement says it. */
export const containerOrder: Compose = (owed, { settings, now }) => {
  const { containerOrder: type } = settings
  if (type === '') throw new InterlineError('EDI_AGREEMENT_INCOMPLETE', { setting: 'containerOrder' })
  const references = numbersOf(owed)
  const [first] = references
  if (first === undefined) throw owed.at('references').wrong('the number of a booking or bill')
  const number = first.value
  const equipment = owed.at('equipment').list(999)
  if (equipment.length === 0) throw owed.at('equipment').wrong('at least one container')
  return {
    number,
    document: {
      type,
      number,
      function: '9',
      dates: [{ qualifier: '137', at: now.slice(0, 16) }],
      references,
      ...mainCarriage(owed),
      parties: [line(owed, settings)],
      containers: equipment.map((one) => ({
        kind: 'CN',
        ...stated({ number: one.at('number').optionalText(17), count: one.at('quantity').optionalText(4) }),
        ...sizeOf(one.at('kind')),
        ...(one.at('isEmpty').present ? { fullness: one.at('isEmpty').flag() ? '4' : '5' } : {}),
        ...listed('dates', [...verifiedAt(one), ...cutOffsOf(one)]),
        ...listed('places', portsOf(one)),
        ...weighed(one),
        ...listed(
          'seals',
          one.at('seals').each((seal) => ({ number: seal.text(10) }), 9),
        ),
      })),
    },
  }
}

function listed(name: string, all: readonly EdiDocument[]): EdiDocument {
  return all.length === 0 ? {} : { [name]: all }
}

/** ISO 6346 size and type, with the list that it is from. */
export function sizeOf(kind: Reading): EdiDocument {
  const size = kind.optionalText(10)
  return size === undefined ? {} : { size, sizeList: '102', sizeAgency: '5' }
}

/** Whose containers they are, by its code in the list of carriers. */
function line(owed: Reading, settings: Agreement): EdiDocument {
  return { role: 'CF', id: requiredScac(owed.at('carrier'), settings), codeList: '172', agency: '20' }
}

function numbersOf(owed: Reading): readonly { readonly qualifier: string; readonly value: string }[] {
  return qualifiedValues({
    BN: referenceOf(owed, 'booking'),
    BM: referenceOf(owed, 'bol'),
    MB: referenceOf(owed, 'master_bill'),
    CU: referenceOf(owed, 'shipment') ?? referenceOf(owed, 'delivery'),
  }).map(({ qualifier, value }) => ({ qualifier, value: value.slice(0, 35) }))
}
