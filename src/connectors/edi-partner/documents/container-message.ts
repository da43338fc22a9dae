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
    dates: [{ qualifier: move.when, at }],
    ...(place === undefined ? {} : { places: [{ qualifier: '165', name: place }] }),
    ...(seals.length === 0 ? {} : { seals }),
  }
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
      parties: [line(owed, settings)],
      containers: equipment.map((one) => ({
        kind: 'CN',
        ...stated({ number: one.at('number').optionalText(17), count: one.at('quantity').optionalText(4) }),
        ...sizeOf(one.at('kind')),
        ...(one.at('isEmpty').present ? { fullness: one.at('isEmpty').flag() ? '4' : '5' } : {}),
      })),
    },
  }
}

/** ISO 6346 size and type, with the list that it is from. */
function sizeOf(kind: Reading): EdiDocument {
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
