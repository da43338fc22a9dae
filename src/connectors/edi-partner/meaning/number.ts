import type { Reference } from '../../../model/fact.ts'
import { normalizeIdentifier } from '../../../model/identifier.ts'
import { canonicalUnit, type UnitList } from '../../../model/partner-unit.ts'
import type { Reading } from '../../kit/reading.ts'
import type { Naming } from './naming.ts'

/** The shipper's own number of a shipment. */
export function ownShipment(value: string, { shipmentNumbers, orderSystem }: Naming): Reference {
  return { scheme: shipmentNumbers, issuer: orderSystem, value }
}

/** The name of the carrier: the connection's, else ours for the code in the message, else the code. */
export function carrierOf(told: string | undefined, { carrier, carrierCodes = [] }: Naming): string | undefined {
  if (carrier !== '') return carrier.toLowerCase()
  for (const agreed of carrierCodes) {
    const [name, code] = agreed.split('=').map((part) => part.trim())
    if (code === told) return (name ?? told)?.toLowerCase()
  }
  return told?.toLowerCase()
}

/** The first value of a list of qualified values. */
export function qualified(list: Reading, qualifiers: readonly string[], member = 'value'): string | undefined {
  const all = list.optionalList(10_000)
  if (all === undefined) return undefined
  for (const qualifier of qualifiers)
    for (const one of all) {
      if (one.at('qualifier').optionalText() !== qualifier) continue
      const found = one.at(member).optionalText(100)
      if (found !== undefined) return found
      break
    }
  return undefined
}

/** A number of the document: 005010 has L11 where 004010 had N9. */
export function numberOf(root: Reading, qualifiers: readonly string[]): string | undefined {
  return qualified(root.at('references'), qualifiers) ?? qualified(root.at('numbers'), qualifiers)
}

/** The number of an order that a part of an X12 document names; a release of a blanket order is an order of its own. */
export function orderNumberOf(holder: Reading, member = 'order'): string | undefined {
  const number = holder.at(member).optionalText(60)
  const release = holder.at('release').optionalText(30)
  return number === undefined || release === undefined ? number : `${number} ${release}`
}

/** Element 235: what X12 tells among product numbers that is none: origin, heat, lot, orders, line of the order, serial. */
const noProducts: ReadonlySet<string> = new Set(['CH', 'HN', 'LT', 'PL', 'PO', 'SN', 'VO'])

/** Whether a number with this qualifier names a product. */
export function isProduct(qualifier: string): boolean {
  return !noProducts.has(qualifier)
}

/** Product numbers with their qualifiers, of one line; the best one by the order of the setting, else the first with whose it is, else the first. */
export function skuOf(
  line: Reading,
  numbers: readonly (readonly [string | undefined, string | undefined])[],
  { products }: Naming,
): string {
  const known = numbers.filter(
    (pair): pair is readonly [string | undefined, string] => pair[1] !== undefined && isProduct(pair[0] ?? ''),
  )
  for (const qualifier of products.split(/[\s,]+/)) {
    const found = known.find(([one]) => one === qualifier)
    if (found !== undefined) return found[1]
  }
  const first = known.find(([qualifier]) => qualifier !== undefined) ?? known[0]
  if (first === undefined) throw line.wrong('a product number')
  return first[1]
}

/** Qualifier and product in the pairs of members that a warehouse line has. */
export function productsOf(line: Reading): [string | undefined, string | undefined][] {
  const pair = (suffix: string): [string | undefined, string | undefined] => [
    line.at(`qualifier${suffix}`).optionalText(),
    line.at(`product${suffix}`).optionalText(100),
  ]
  return [pair(''), pair('2'), pair('3'), ['UP', line.at('upc').optionalText()]]
}

/** The unit of a line, canonical; a piece where the sender left it out of a count is not guessed. */
export function unitOf(line: Reading, member: string, list: UnitList): string {
  return canonicalUnit(line.at(member).text(10), list)
}

/** The warehouse that a document or a part of it names as a party (N1 or NAD of role WH); undefined where it names none. */
export function warehouseParty(holder: Reading): string | undefined {
  const found = (holder.at('parties').optionalList() ?? []).find((party) => party.at('role').optionalText() === 'WH')
  return found?.at('id').optionalText(60) ?? found?.at('name').optionalText(60)
}

/** The warehouse: the party of its role, else the setting. */
export function locationOf(root: Reading, { location }: Naming): string {
  const named = warehouseParty(root)
  if (named !== undefined) return named
  if (location === '') throw root.at('parties').wrong('a party of role WH, or a location in the settings')
  return location
}

/** Product numbers by qualifier, as LIN, PO1 and their like have them. */
export function productPairs(item: Reading): [string, string][] {
  const products = item.at('products')
  const { value } = products
  return typeof value === 'object' && value !== null
    ? Object.keys(value).map((qualifier) => [qualifier, products.at(qualifier).text(100)])
    : []
}

/** Product numbers of an EDIFACT line: that of LIN, and those of PIA, as many as five in a segment. */
export function lineProducts(line: Reading): [string | undefined, string | undefined][] {
  const pair = (one: Reading, suffix = ''): [string | undefined, string | undefined] => [
    one.at(`qualifier${suffix}`).optionalText(),
    one.at(`product${suffix}`).optionalText(100),
  ]
  return [
    pair(line),
    ...line
      .at('alternatives')
      .each((one) => ['', '2', '3', '4', '5'].map((at) => pair(one, at)))
      .flat(),
  ]
}

/** The lot of an X12 item or quantity: a number among the products of LIN, or a REF. */
export function x12LotOf(holder: Reading): string | undefined {
  return holder.at('products').at('LT').optionalText(60) ?? qualified(holder.at('references'), ['LT', 'BT'])
}

/** The batch or lot of a line: among its numbers (GIN BX), those of what is marked on it (PCI), and its references (BT). */
export function lotOf(line: Reading): string | undefined {
  const marked = line.at('marks').each((mark) => qualified(mark.at('numbers'), ['BX']))
  return (
    qualified(line.at('numbers'), ['BX']) ??
    marked.find((one) => one !== undefined) ??
    qualified(line.at('references'), ['BT'])
  )
}

/** The SSCCs among numbers of packages (GIN BJ), normalised: as many as five stand in one segment. */
export function ssccsIn(numbers: Reading): readonly string[] {
  const found: string[] = []
  for (const one of numbers.optionalList(10_000) ?? []) {
    if (one.at('qualifier').optionalText() !== 'BJ') continue
    for (const member of ['value', 'value2', 'value3', 'value4', 'value5']) {
      const value = one.at(member).optionalText(48)
      if (value !== undefined) found.push(normalizeIdentifier({ scheme: 'sscc', value }))
    }
  }
  return found
}
