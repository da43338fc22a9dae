import { add, compare } from '../../../base/decimal.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import type { EventTime, ShipmentReport } from '../../../model/report.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import {
  goodsIssue,
  goodsPicked,
  numberOf,
  type PickedLine,
  type Rest,
  type WarehouseLine,
} from '../../kit/warehouse.ts'
import { discrepancyEdifact, lineStatusX12 } from './line-status.ts'
import { dateIn, whenOf } from './moment.ts'
import type { Naming } from './naming.ts'
import { carrierOf, lineProducts, locationOf, lotOf, productsOf, qualified, skuOf, unitOf } from './number.ts'
import type { Meaning } from './tender.ts'
import { positive } from './warehouse.ts'

/** A line of an advice: what of it left, and what is said of the rest. */
interface Advised extends PickedLine {
  /** Of the document. A number of the delivery is `line`: only where it is told. */
  readonly place: Pick<WarehouseLine, 'line' | 'isUnnumbered'>
}

/** What a warehouse says of a delivery that it shipped, whichever standard says it. */
interface Advice {
  readonly root: Reading
  /** Where the carrier should be named. */
  readonly carrierPlace: Reading
  readonly delivery: string
  /** What left together, by the name that the warehouse has for it. Undefined: it has none. */
  readonly shipment: string | undefined
  readonly carrier: string | undefined
  readonly service: string | undefined
  readonly packages: NonNullable<ShipmentReport['packages']>
  readonly lines: readonly Advised[]
  readonly at: EventTime
  readonly unknownCodes: readonly UnknownCode[]
}

/** 945: the goods of a delivery have left the warehouse, and what of it has not, with the code that says why (W12). */
export function shippingAdvice(root: Reading, settings: Naming): Meaning {
  const unknownCodes: UnknownCode[] = []
  const groups = root.at('packages').list(10_000)
  const lines = groups.flatMap((group) => group.at('lines').each((line) => line, 10_000))
  const marks = [...groups, ...lines].flatMap((holder) =>
    holder
      .at('marks')
      .each((mark) => [mark.at('qualifier').optionalText(), mark.at('value').optionalText(60)] as const),
  )
  return adviceMeaning(
    {
      root,
      carrierPlace: root.at('scac'),
      delivery: root.at('order').text(60),
      shipment: ownName(root.at('order').text(60), [
        root.at('shipment').optionalText(60),
        qualified(root.at('references'), ['BM', 'MB']),
      ]),
      carrier: carrierOf(root.at('scac').optionalText(), settings),
      service: root.at('routing').optionalText(60),
      packages: packagesOf(marks, { serial: 'GM', number: 'CP' }, qualified(root.at('references'), ['CN', '2I'])),
      // Lines are counted through: the same item in two packages is two lines of the document.
      lines: lines.map((line, index) => lineOf945(line, numberOf(undefined, index), settings, unknownCodes)),
      at: whenOf(root, ['11', '10', '17'], settings),
      unknownCodes,
    },
    settings,
  )
}

function lineOf945(line: Reading, place: Advised['place'], settings: Naming, unknown: UnknownCode[]): Advised {
  const shipped = line.at('shipped')
  const status = line.at('status').optionalText(2)
  const references = line.at('references')
  const serials = references
    .each((one) => (one.at('qualifier').optionalText() === 'SE' ? one.at('value').optionalText(60) : undefined))
    .filter((one) => one !== undefined)
  return {
    place,
    sku: skuOf(line, productsOf(line), settings),
    quantity: positive(shipped, shipped.optionalDecimal() ?? '0'),
    uom: unitOf(line, 'unit', 'x12-355'),
    ...stated({
      line: qualified(references, ['LI']),
      lot: line.at('lot').optionalText(60) ?? qualified(references, ['LT']),
      ordered: line.at('ordered').optionalDecimal(),
    }),
    ...(serials.length === 0 ? {} : { serials }),
    ...restOf(status, { table: 'x12-368', codes: lineStatusX12 }, unknown),
  }
}

/** DESADV of a warehouse that keeps our goods: the same. QTY 12 is what left, 21 what was ordered; QVR says why the rest did not. */
export function warehouseDespatch(root: Reading, settings: Naming): Meaning {
  if (root.at('function').optionalText() === '1')
    throw root.at('function').wrong('goods that left; whether they came back a person has to find out')
  const unknownCodes: UnknownCode[] = []
  const levels = root.at('levels').list(10_000)
  const lines = levels.flatMap((level) => level.at('lines').each((line) => line, 10_000))
  const numbers = levels.flatMap((level) =>
    level.at('packages').each((pack) => pack.at('marks').each((mark) => mark.at('numbers').each((one) => one))),
  )
  const marks = numbers
    .flat(2)
    .map((one) => [one.at('qualifier').optionalText(), one.at('value').optionalText(60)] as const)
  const references = root.at('references')
  const number = root.at('number').text(60)
  const delivery = qualified(references, ['DQ', 'AAU']) ?? number
  // A notice that changes or replaces another may name that.
  const isAnew = ['4', '5'].includes(root.at('function').optionalText() ?? '')
  return adviceMeaning(
    {
      root,
      carrierPlace: root.at('transports'),
      delivery,
      shipment: ownName(delivery, [isAnew ? qualified(references, ['AAK', 'ACW']) : undefined, number]),
      carrier: carrierOf(root.at('transports').optionalList()?.[0]?.at('carrier').optionalText(), settings),
      service: undefined,
      packages: packagesOf(marks, { serial: 'BJ', number: 'AW' }, qualified(references, ['CN', 'AAS'])),
      lines: lines.map((line, index) => lineOfDesadv(line, index, settings, unknownCodes)),
      at: despatchedAt(root, settings),
      unknownCodes,
    },
    settings,
  )
}

function lineOfDesadv(line: Reading, index: number, settings: Naming, unknown: UnknownCode[]): Advised {
  const all = line.at('quantities').optionalList() ?? []
  const of = (qualifier: string): Reading | undefined =>
    all.find((one) => one.at('qualifier').optionalText() === qualifier)
  const shipped = of('12')
  if (shipped === undefined) throw line.at('quantities').wrong('a despatched quantity (12)')
  const [variance] = line.at('variances').optionalList() ?? []
  const numbers = line.at('numbers')
  const serials = numbers
    .each((one) => (one.at('qualifier').optionalText() === 'BN' ? [one.at('value'), one.at('value2')] : []))
    .flatMap((values) => values.map((value) => value.optionalText(60)))
    .filter((one) => one !== undefined)
  return {
    place: numberOf(line.at('line').optionalText(20), index),
    sku: skuOf(line, lineProducts(line), settings),
    quantity: positive(shipped.at('quantity'), shipped.at('quantity').decimal()),
    uom: shipped.at('unit').present ? unitOf(shipped, 'unit', 'rec20') : 'C62',
    ...stated({
      line: qualified(line.at('references'), ['LI']),
      lot: lotOf(line),
      ordered: of('21')?.at('quantity').decimal(),
    }),
    ...(serials.length === 0 ? {} : { serials }),
    ...restOf(
      variance?.at('discrepancy').optionalText(3),
      { table: 'edifact-4221', codes: discrepancyEdifact },
      unknown,
    ),
  }
}

function despatchedAt(root: Reading, settings: Naming): EventTime {
  const at = dateIn(root, ['11', '10', '137'], settings)
  if (at === undefined) throw root.at('dates').wrong('when the goods left')
  return at
}

/** A code that no table knows is kept as it came, and counted: nothing is guessed of the rest. */
function restOf(
  code: string | undefined,
  list: { readonly table: string; readonly codes: Readonly<Record<string, Rest | undefined>> },
  unknown: UnknownCode[],
): Pick<PickedLine, 'reason' | 'rest'> {
  if (code === undefined) return {}
  const isKnown = Object.hasOwn(list.codes, code)
  if (!isKnown) unknown.push({ table: list.table, code })
  const rest = isKnown ? list.codes[code] : undefined
  return { reason: `${list.table} ${code}`, ...stated({ rest }) }
}

/** Each SSCC or carrier's number is a package; without any the PRO number stands for all. */
function packagesOf(
  marks: readonly (readonly [string | undefined, string | undefined])[],
  kinds: { readonly serial: string; readonly number: string },
  pro: string | undefined,
): Advice['packages'] {
  const found = marks.flatMap(([qualifier, value]): Advice['packages'][number][] => {
    if (value === undefined) return []
    if (qualifier === kinds.serial) {
      const sscc = normalizeIdentifier({ scheme: 'sscc', value })
      return [{ id: sscc, sscc }]
    }
    if (qualifier === kinds.number)
      return [{ id: normalizeIdentifier({ scheme: 'tracking_number', value }), trackingNumber: value }]
    return []
  })
  const packages = [...new Map(found.map((one) => [one.id, one])).values()]
  if (packages.length > 0 || pro === undefined) return packages
  return [{ id: normalizeIdentifier({ scheme: 'tracking_number', value: pro }), trackingNumber: pro }]
}

/** The first of these names that is not just the number of the delivery: that one says nothing of what left with it. */
function ownName(delivery: string, names: readonly (string | undefined)[]): string | undefined {
  return names.find((name) => name !== undefined && name !== delivery)
}

/** Where nothing of it left, nothing is issued: the warehouse has only looked. */
function adviceMeaning(advice: Advice, settings: Naming): Meaning {
  const { root, carrierPlace, delivery, shipment, carrier, service, packages, lines, at, unknownCodes } = advice
  if (lines.length === 0) throw root.at('packages').wrong('at least one line')
  const picked = pickedLines(lines)
  const left = lines.filter(({ quantity }) => compare(quantity, '0') > 0)
  const codes = unknownCodes.length === 0 ? {} : { unknownCodes }
  if (left.length === 0) return { assertions: [goodsPicked({ delivery, picked, shipment, at }, settings)], ...codes }
  if (carrier === undefined) throw carrierPlace.wrong('a carrier, or one in the settings')
  const issue = {
    ...{ delivery, number: 1, shipment, location: locationOf(root, settings), carrier, service, packages, picked, at },
    lines: left.flatMap(issuedLines),
  }
  return { assertions: goodsIssue(issue, settings), ...codes }
}

/** Units with numbers of their own leave one by one; where there are fewer numbers than units, nobody says which is which. */
function issuedLines({ place, line, sku, quantity, uom, lot, serials = [] }: Advised): WarehouseLine[] {
  const common = { ...(line === undefined ? place : { line }), sku, uom, ...stated({ lot }) }
  if (serials.length === 0 || compare(quantity, String(serials.length)) !== 0) return [{ ...common, quantity }]
  return serials.map((serial) => ({ ...common, quantity: '1', serial }))
}

/** The same of one line in several packages is one, with the words of each. */
function pickedLines(lines: readonly Advised[]): readonly PickedLine[] {
  const found = new Map<string, PickedLine>()
  for (const { place: _, ...one } of lines) {
    const { quantity, serials = [], ...rest } = one
    const name = JSON.stringify(rest)
    const before = found.get(name)
    const all = [...(before?.serials ?? []), ...serials]
    found.set(name, {
      ...rest,
      quantity: add(before?.quantity ?? '0', quantity),
      ...(all.length === 0 ? {} : { serials: all }),
    })
  }
  return [...found.values()]
}
