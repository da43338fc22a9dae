import { readInstant, writeInstant } from '../../../base/instant.ts'
import type { EdiDocument } from '../../../edi/map/read.ts'
import { gs1 } from '../../../model/check-digit.ts'
import { localDay } from '../../../model/notification/local-time.ts'
import { canonicalUnit, partnerUnit, readTheirUnit, type UnitList } from '../../../model/partner-unit.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Agreement } from '../policy.ts'

/** A code of element 375 for the codes of carriers: two to four capitals or digits. */
const scacPattern = /^[A-Z0-9]{2,4}$/

/** What the partner calls the carrier; `undefined` where it has no code that fits. */
export function scacOf(carrier: Reading, { carrierCodes }: Agreement): string | undefined {
  const name = carrier.optionalText(100)
  if (name === undefined) return undefined
  const agreed = carrierCodes
    .map((one) => one.split('='))
    .find(([from]) => from?.trim() === name)?.[1]
    ?.trim()
  const code = agreed ?? name.toUpperCase()
  return scacPattern.test(code) ? code : undefined
}

/** As `scacOf`, where the document cannot be without. */
export function requiredScac(carrier: Reading, settings: Agreement): string {
  const code = scacOf(carrier, settings)
  if (code === undefined) throw carrier.wrong('a carrier with a code of two to four capitals, or one in carrierCodes')
  return code
}

/** The partner's code of a unit; pieces where nobody said. */
export function unitCode(unit: Reading, list: UnitList): string {
  const told = unit.optionalText(40) ?? 'C62'
  const code = readTheirUnit(told) ?? partnerUnit(canonicalUnit(told), list)
  if (code === undefined) throw unit.wrong(`a unit that has a code in list ${list}`)
  return code
}

/** A quantity and the product in the members of a warehouse line. The first qualifier of the agreement is ours. */
export function productOf(
  line: Reading,
  { products }: Agreement,
): { readonly qualifier: string; readonly product: string } {
  return { qualifier: products.split(/[\s,]+/)[0] ?? 'SK', product: line.at('sku').text(48) }
}

/** The warehouse and the receiver, where they are known. */
export function parties(location: string | undefined, shipTo: Reading): readonly EdiDocument[] {
  return [
    ...(location === undefined ? [] : [{ role: 'WH', name: location, idQualifier: '92', id: location }]),
    ...party('ST', shipTo),
  ]
}

/** A party with its address; none where nothing is known. */
export function party(role: string, place: Reading): EdiDocument[] {
  if (!place.present) return []
  const country = place.at('country').optionalText(3)
  const region = place.at('region').optionalText(60)
  const id = place.at('id').optionalText(60)
  const name = place.at('name').excerpt(60) ?? place.at('city').excerpt(60)
  if (name === undefined && id === undefined) return []
  return [
    {
      role,
      ...stated({
        name,
        idQualifier: id === undefined ? undefined : '92',
        id,
        street: place.at('street').excerpt(55),
        city: place.at('city').excerpt(30),
        region: region?.length === 2 ? region : undefined,
        postalCode: place.at('postalCode').optionalText(15),
        country,
      }),
    },
  ]
}

/** The warehouse of the object, else that of the agreement. */
export function warehouseOf(owed: Reading, { location }: Agreement): string | undefined {
  return owed.at('location').optionalText(60) ?? (location === '' ? undefined : location)
}

/** The day as its sender wrote it; `undefined` where nobody said. */
export function dayOf(instant: Reading): string | undefined {
  return instant.optionalText(40)?.slice(0, 10)
}

/** The day on the partner's calendar: a document that tells a day names no zone, so what is known in UTC is told in the zone that was agreed. */
export function dayThere(instant: Reading, { timeZone }: Pick<Agreement, 'timeZone'>): string | undefined {
  const text = instant.optionalText(40)
  const at = text?.endsWith('Z') === true && timeZone !== '' ? readInstant(text) : undefined
  return at === undefined ? dayOf(instant) : localDay(at, timeZone)
}

/** Day and minute with the zone of element 623, as told where it has a code: up to twelve whole hours (13 is twelve west). Else in UTC. */
export function momentOf(instant: Reading): { readonly at: string; readonly zone: string } | undefined {
  const text = instant.optionalText(40)
  if (text === undefined) return undefined
  if (text.length === 10) return { at: text, zone: '' }
  const offset = /([+-])(0[1-9]|1[0-2]):00$/.exec(text)
  if (offset !== null) {
    const hours = Number(offset[2])
    return { at: text.slice(0, 16), zone: `${offset[1] === '+' ? hours : 25 - hours}`.padStart(2, '0') }
  }
  const at = readInstant(text)
  if (at === undefined) throw instant.wrong('a time')
  return { at: writeInstant(at).slice(0, 16), zone: 'UT' }
}

/** Day and minute in UTC: EDIFACT formats 203 and 102 name no zone. */
export function universal(instant: Reading): string | undefined {
  const text = instant.optionalText(40)
  const at = text === undefined || text.length === 10 ? undefined : readInstant(text)
  return at === undefined ? text : writeInstant(at).slice(0, 16)
}

/**
 * Day and minute as they are on the clock of the place, which is what formats 203 and 102 are taken for; an instant that was told in UTC
 * stays in UTC, because nobody said where it is.
 */
export function localTime(instant: Reading): string | undefined {
  const text = instant.optionalText(40)
  return text !== undefined && /[+-]\d\d:\d\d$/.test(text) && text.length > 10 ? text.slice(0, 16) : universal(instant)
}

/** A party of an EDIFACT message by its code; a GLN says that it is one. */
export function messageCode(id: string): { readonly id: string; readonly agency?: string } {
  return { id: id.slice(0, 17), ...(/^\d{13}$/.test(id) && gs1(id) ? { agency: '9' } : {}) }
}

/** References that are known, with their qualifiers. */
export function qualifiedValues(
  values: Readonly<Record<string, string | undefined>>,
): readonly { readonly qualifier: string; readonly value: string }[] {
  return Object.entries(values).flatMap(([qualifier, value]) => (value === undefined ? [] : [{ qualifier, value }]))
}

/** The value of the first reference of a scheme. */
export function referenceOf(owed: Reading, scheme: string): string | undefined {
  return owed
    .at('references')
    .optionalList()
    ?.find((one) => one.at('scheme').optionalText() === scheme)
    ?.at('value')
    .optionalText(100)
}

/** The number by which shipper and carrier know the shipment, as the agreement says. */
export function shipmentNumber(owed: Reading, { shipmentNumbers }: Agreement): string {
  const found = referenceOf(owed, shipmentNumbers)
  if (found === undefined) throw owed.at('references').wrong(`a reference of scheme ${shipmentNumbers}`)
  return found
}
