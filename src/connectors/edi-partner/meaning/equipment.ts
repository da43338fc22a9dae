import { multiply } from '../../../base/decimal.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { EquipmentDetails, ReportedEquipment, VerifiedGrossMass } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { saidIn } from './moment.ts'
import type { Naming } from './naming.ts'
import { partyName } from './party.ts'
import { cutOffsIn, portsIn } from './voyage.ts'

/** EQD 8169. */
export const empty = '4'

/** EQD 8053: containers, swap bodies and trailers. Pallets and wagons are told there too, and are none of them. */
const boxKinds: ReadonlySet<string> = new Set(['CN', 'SW', 'TE'])

/** What EQD says of the containers and trailers of a consignment. */
export function boxesOf(holder: Reading): readonly Reading[] {
  const told = holder.at('equipment').optionalList(10_000) ?? none
  return told.filter((one) => boxKinds.has(one.at('kind').optionalText() ?? ''))
}

const none: readonly Reading[] = []

/** The number that is painted on it, normalised; undefined where none is told. */
export function boxNumber(box: Reading): string | undefined {
  const number = box.at('number').optionalText(17)
  return number === undefined ? undefined : normalizeIdentifier({ scheme: 'container', value: number })
}

/** A container by its number, or how many of a kind. */
export function equipmentOf(box: Reading, naming: Naming): ReportedEquipment {
  const { kind, ...details } = detailsOf(box, naming) ?? {}
  return stated({
    kind,
    number: boxNumber(box),
    quantity: box.at('count').optionalDecimal(),
    ...details,
    cutOffs: cutOffsIn([box], naming),
  })
}

/** What is said of a container besides its number; undefined where it is nothing. */
export function detailsOf(box: Reading, naming: Naming): EquipmentDetails | undefined {
  const fullness = box.at('fullness').optionalText(3)
  const seals = box
    .at('seals')
    .each((seal) => seal.at('number').optionalText(30), 20)
    .filter((one) => one !== undefined)
  const details = stated({
    kind: box.at('size').optionalText(10),
    isEmpty: fullness === undefined ? undefined : fullness === empty,
    seals: seals.length === 0 ? undefined : seals,
    tareGrams: weightIn(box, ['T']),
    grossGrams: weightIn(box, ['G', 'AET']),
    verifiedGross: verifiedGrossOf(box, naming),
    ports: portsIn([box]),
  })
  return Object.keys(details).length === 0 ? undefined : details
}

/** MEA 6313 of weights: G gross and AET that of the equipment, T tare, VGM verified. 6311 says that something was measured, or a weight. */
function weightIn(box: Reading, dimensions: readonly string[]): string | undefined {
  const all = box.at('measures').optionalList() ?? []
  const found = dimensions
    .map((dimension) => all.find((one) => one.at('dimension').optionalText() === dimension))
    .find((one) => one !== undefined)
  const value = found?.at('value').optionalDecimal()
  const perUnit = Object.hasOwn(grams, found?.at('unit').optionalText(8) ?? '')
    ? grams[found?.at('unit').optionalText(8) ?? '']
    : undefined
  return value === undefined || perUnit === undefined ? undefined : multiply(value, perUnit)
}

/** Units of weight (6411), with their grams. In another one nobody knows what it weighs. */
const grams: Readonly<Record<string, string>> = { GRM: '1', KGM: '1000', LBR: '453.59237', TNE: '1000000' }

/** FTX 4441 by the list of SMDG: how the mass was found out. */
const methods: Readonly<Record<string, 'weighed' | 'calculated'>> = { SM1: 'weighed', SM2: 'calculated' }
/** NAD 3035: who answers for the mass, who weighed, who signed. */
const verifiers = ['SPC', 'WPA', 'AM'] as const
/** DTM 2005: 798 since D.16A, WAT before. */
const verifiedAt = ['798', 'WAT'] as const

function verifiedGrossOf(box: Reading, naming: Naming): VerifiedGrossMass | undefined {
  const mass = weightIn(box, ['VGM'])
  if (mass === undefined) return undefined
  const said = box
    .at('texts')
    .each((one) => [one.at('code').optionalText(17), one.at('text').excerpt(20)], 100)
    .flat()
    .find((one) => one !== undefined && Object.hasOwn(methods, one))
  const parties = box.at('parties').optionalList() ?? []
  const at = [box, ...parties].map((one) => saidIn(one, verifiedAt, naming)).find((one) => one !== undefined)
  return {
    grams: mass,
    ...stated({ method: said === undefined ? undefined : methods[said], party: partyName(box, verifiers), at }),
  }
}
