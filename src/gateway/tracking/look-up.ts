import { createHash, timingSafeEqual } from 'node:crypto'
import type { DocumentState } from '../../model/documents/document.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { Gateway } from '../gateway.ts'
import { type Parcel, parcelOf } from './parcel.ts'

/** What somebody says who has no link. */
export interface LookUp {
  readonly tenant: string
  readonly number: string
  readonly postcode: string
}

/** Only numbers of carriers count: those of orders go up one by one. */
const schemes = ['tracking_number', 'sscc']
/** Parcels under one number that are compared; as many are read, whether there are any or not. */
const parcelsCompared = 3
const nobody = 'shp_00000000000000000000000000'

/** A number as tries at it are counted: however it is written, it is one number. */
export function countedNumber(number: string): string {
  return schemes.reduce((value, scheme) => normalizeIdentifier({ scheme, value }), number)
}

/** The parcel with this number that goes to this postcode. The same work is done where there is none. */
export async function lookUp(
  { references, node }: Pick<Gateway, 'references' | 'node'>,
  { tenant, number, postcode }: LookUp,
): Promise<Parcel | undefined> {
  const normalized = [
    ...new Set([number.trim(), ...schemes.map((scheme) => normalizeIdentifier({ scheme, value: number }))]),
  ]
  const rows = await references.find({ tenant, normalized, limit: 50 })
  const found = new Set(
    rows
      .filter(({ entity, scheme }) => entity === 'shipment' && schemes.includes(scheme))
      .map(({ subject }) => subject),
  )
  const ids = [...found, ...Array.from({ length: parcelsCompared }, () => nobody)].slice(0, parcelsCompared)
  const wanted = digest(postcode)
  let fitting: Parcel | undefined
  for (const id of ids) {
    const parcel = await parcelOf(node, { tenant, shipment: id })
    const isThere = (await postcodesOf({ references, node }, parcel)).filter((one) => fits(one, wanted)).length > 0
    if (isThere) fitting ??= parcel
  }
  return fitting
}

/** Postcodes that it goes to: its own, else those of the deliveries and orders that it carries out. */
async function postcodesOf(
  { references, node }: Pick<Gateway, 'references' | 'node'>,
  parcel: Parcel | undefined,
): Promise<readonly string[]> {
  if (parcel === undefined) return ['']
  const own = parcel.state.about.shipTo?.postalCode
  if (own !== undefined) return [own]
  const normalized = parcel.state.references
    .filter(({ scheme }) => carriedOut.includes(scheme))
    .slice(0, documentsRead)
    .map(normalizeIdentifier)
  const rows = normalized.length === 0 ? [] : await references.find({ tenant: parcel.tenant, normalized, limit: 50 })
  const subjects = rows.filter(({ entity }) => carriedOut.includes(entity)).map(({ subject }) => subject)
  const stored = await node.place.committed.read([...new Set(subjects)].slice(0, documentsRead))
  return [...stored.values()].flatMap(({ state }) => postcodesIn((state as DocumentState).object))
}

const carriedOut = ['delivery', 'order']
const documentsRead = 4

/** Of a delivery or an order: the place that it ships to, or the party. */
function postcodesIn({ shipTo, parties }: DocumentState['object']): readonly string[] {
  const places: readonly unknown[] = [
    shipTo,
    ...(Array.isArray(parties) ? (parties as readonly unknown[]) : [])
      .map(recordOf)
      .filter(({ role }) => role === 'ship_to' || role === 'consignee')
      .map(({ address }) => address),
  ]
  return places.map((place) => recordOf(place)['postalCode']).filter((code) => typeof code === 'string')
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

/** Compared whole and, as in the United States, up to the hyphen. */
function fits(known: string, wanted: Buffer): boolean {
  const [main = ''] = known.split('-', 1)
  const [whole, part] = [timingSafeEqual(digest(known), wanted), timingSafeEqual(digest(main), wanted)]
  return shape(known) !== '' && (whole || part)
}

function digest(postcode: string): Buffer {
  return createHash('sha256').update(shape(postcode)).digest()
}

/** As it is compared: without spaces and hyphens, in capitals. */
function shape(postcode: string): string {
  return postcode.replaceAll(/[\s-]/g, '').toUpperCase()
}
