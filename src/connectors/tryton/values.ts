import { convert, type Decimal, isZero, readDecimal } from '../../base/decimal.ts'
import { InterlineError } from '../../base/errors.ts'
import { canonicalUnit } from '../../model/partner-unit.ts'
import { ratioBetween } from '../../model/unit.ts'
import type { Reading } from '../kit/reading.ts'

/** A calendar date, `2026-03-31`, as Tryton takes it. Throws CONTENT_INVALID. */
export function dateValue(text: string, place: string): unknown {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) throw invalid(place, 'a calendar date')
  const [, year, month, day] = match.map(Number)
  return { __class__: 'date', year, month, day }
}

/** The day of a posting as the date on which a shipment took effect; nothing where the posting names none. Throws CONTENT_INVALID. */
export function effectiveDate(payload: Reading): { readonly effective_date?: unknown } {
  const day = payload.at('postingDate')
  return day.present ? { effective_date: dateValue(day.text(10), day.place) } : {}
}

/** Amounts and prices are exact in Tryton. */
export function decimalValue(decimal: Decimal): unknown {
  return { __class__: 'Decimal', decimal }
}

/** Quantities are numbers in Tryton. Throws CONTENT_INVALID where a number would not be exactly this one. */
export function quantityValue(quantity: Decimal, place: string): number {
  const value = Number(quantity)
  if (readDecimal(String(value)) !== readDecimal(quantity)) throw invalid(place, 'a quantity of at most 15 digits')
  return value
}

/** A decimal of an answer: `{"__class__": "Decimal", "decimal": "1.50"}`. */
export function readDecimalValue(value: Reading): Decimal | undefined {
  return value.present ? value.at('decimal').decimal() : undefined
}

/** An instant of an answer, UTC with microseconds, as RFC 3339. */
export function readInstantValue(value: Reading): string | undefined {
  if (!value.present) return undefined
  const part = (name: string, digits: number): string => String(value.at(name).whole() ?? 0).padStart(digits, '0')
  const day = `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`
  return `${day}T${part('hour', 2)}:${part('minute', 2)}:${part('second', 2)}.${part('microsecond', 6)}Z`
}

/** A date of an answer. */
export function readDateValue(value: Reading): string | undefined {
  return readInstantValue(value)?.slice(0, 10)
}

/** Units that Tryton brings along, by their symbol; any other unit has to be named by its code of Recommendation 20. */
const symbols: Readonly<Record<string, string>> = {
  u: 'C62',
  kg: 'KGM',
  g: 'GRM',
  lb: 'LBR',
  oz: 'ONZ',
  s: 'SEC',
  min: 'MIN',
  h: 'HUR',
  d: 'DAY',
  m: 'MTR',
  km: 'KMT',
  cm: 'CMT',
  mm: 'MMT',
  ft: 'FOT',
  in: 'INH',
  yd: 'YRD',
  mi: 'SMI',
  'm³': 'MTQ',
  l: 'LTR',
  'cm³': 'CMQ',
  'in³': 'INQ',
  'ft³': 'FTQ',
  gal: 'GLL',
  'm²': 'MTK',
  'cm²': 'CMK',
  'in²': 'INK',
  'ft²': 'FTK',
}

/** The canonical unit of a symbol; what no table knows stays as it is. */
export function unitOf(symbol: string): string {
  return Object.hasOwn(symbols, symbol) ? (symbols[symbol] ?? symbol) : canonicalUnit(symbol)
}

/** A quantity in another unit of the same kind. Throws CONTENT_INVALID where there is none, or no exact one. */
export function inUnit(quantity: Decimal, from: string, to: string, place: string): Decimal {
  const [canonical, wanted] = [canonicalUnit(from), unitOf(to)]
  if (canonical === wanted || isZero(quantity)) return quantity
  const ratio = ratioBetween(canonical, wanted)
  const converted = ratio === undefined ? undefined : convert(quantity, ratio)
  if (converted === undefined) throw invalid(place, `a quantity that is exact in ${to}`)
  return converted
}

/** What was asked for cannot be said to Tryton; never repeats the value. */
export function invalid(place: string, expected: string): InterlineError {
  return new InterlineError('CONTENT_INVALID', { place, expected, found: 'something else' })
}
