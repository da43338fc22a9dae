import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { ReportedEquipment } from '../../../model/report.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'

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
export function equipmentOf(box: Reading): ReportedEquipment {
  const fullness = box.at('fullness').optionalText(3)
  const seals = box.at('seals').each((seal) => seal.at('number').text(30), 20)
  return stated({
    kind: box.at('size').optionalText(10),
    number: boxNumber(box),
    quantity: box.at('count').optionalDecimal(),
    isEmpty: fullness === undefined ? undefined : fullness === empty,
    seals: seals.length === 0 ? undefined : seals,
  })
}
