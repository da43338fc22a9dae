import { add, convert, type Decimal, isWhole, multiply, subtract } from '../base/decimal.ts'
import { canonicalUnit } from './partner-unit.ts'

type Dimension = 'count' | 'mass' | 'length' | 'area' | 'volume' | 'temperature' | 'time'

interface Unit {
  readonly dimension: Dimension
  /** Exact factor to the base unit of the dimension, as a ratio. */
  readonly numerator: Decimal
  readonly denominator: Decimal
  /** Added before the factor: Celsius and Fahrenheit do not begin at absolute zero. */
  readonly offset: Decimal
}

function unit(dimension: Dimension, numerator: Decimal, denominator: Decimal = '1', offset: Decimal = '0'): Unit {
  return { dimension, numerator, denominator, offset }
}

/** UN/ECE Recommendation 20 codes that logistics uses, with exact factors (model.md 2.1). Anything else is an error until added. */
export const units: Readonly<Record<string, Unit>> = {
  C62: unit('count', '1'),
  CEL: unit('temperature', '1', '1', '273.15'),
  CMK: unit('area', '0.0001'),
  CMQ: unit('volume', '0.000001'),
  CMT: unit('length', '0.01'),
  DAY: unit('time', '86400'),
  DMQ: unit('volume', '0.001'),
  FAH: unit('temperature', '5', '9', '459.67'),
  FOT: unit('length', '0.3048'),
  FTK: unit('area', '0.09290304'),
  FTQ: unit('volume', '0.028316846592'),
  GLI: unit('volume', '0.00454609'),
  GLL: unit('volume', '0.003785411784'),
  GRM: unit('mass', '0.001'),
  HUR: unit('time', '3600'),
  INH: unit('length', '0.0254'),
  INK: unit('area', '0.00064516'),
  INQ: unit('volume', '0.000016387064'),
  KEL: unit('temperature', '1'),
  KGM: unit('mass', '1'),
  KMT: unit('length', '1000'),
  LBR: unit('mass', '0.45359237'),
  LTN: unit('mass', '1016.0469088'),
  LTR: unit('volume', '0.001'),
  MIN: unit('time', '60'),
  MLT: unit('volume', '0.000001'),
  MMT: unit('length', '0.001'),
  MTK: unit('area', '1'),
  MTQ: unit('volume', '1'),
  MTR: unit('length', '1'),
  NMI: unit('length', '1852'),
  ONZ: unit('mass', '0.028349523125'),
  SEC: unit('time', '1'),
  SMI: unit('length', '1609.344'),
  STN: unit('mass', '907.18474'),
  TNE: unit('mass', '1000'),
  YDQ: unit('volume', '0.764554857984'),
  YRD: unit('length', '0.9144'),
}

/** Whether a partner's code names a unit of the table, by any of its habitual names, or a packaging of Recommendation 21. */
export function isKnownUnit(code: string): boolean {
  const unit = canonicalUnit(code)
  return Object.hasOwn(units, unit) || /^X[0-9A-Z]{1,2}$/.test(unit)
}

/** The value in the other unit, or why there is none: no such unit, another dimension, or a result that would have to be rounded. */
export type Conversion = { readonly value: Decimal } | { readonly problem: 'uom_unknown' | 'uom_inexact' }

/** 1 `from` = numerator / denominator `to`: both directions are exact. Undefined between dimensions, and for temperatures. */
export function ratioBetween(from: string, to: string): { numerator: Decimal; denominator: Decimal } | undefined {
  const a = units[from]
  const b = units[to]
  if (a === undefined || b === undefined || a.dimension !== b.dimension || a.dimension === 'temperature')
    return undefined
  return { numerator: multiply(a.numerator, b.denominator), denominator: multiply(a.denominator, b.numerator) }
}

/**
 * Between units of one dimension. A value without finite decimal form is `uom_inexact`, never rounded. Pieces to kilograms exists
 * only for an item: never here, and never as 1.
 */
export function convertUnit(value: Decimal, from: string, to: string): Conversion {
  if (from === to) return { value }
  const a = units[from]
  const b = units[to]
  if (a === undefined || b === undefined || a.dimension !== b.dimension) return { problem: 'uom_unknown' }
  const converted = convert(add(value, a.offset), {
    numerator: multiply(a.numerator, b.denominator),
    denominator: multiply(a.denominator, b.numerator),
  })
  return converted === undefined ? { problem: 'uom_inexact' } : { value: subtract(converted, b.offset) }
}

/** What an item says about its units: 1 uom = numerator / denominator base units. */
export interface ItemConversion {
  readonly baseUom: string
  readonly numerator: Decimal
  readonly denominator: Decimal
}

/** With the item's own conversion, where the units alone do not tell. A count stays whole. Signs and zero are not judged here. */
export function convertForItem(
  value: Decimal,
  input: { readonly uom: string; readonly base: string; readonly conversion?: ItemConversion | undefined },
): Conversion {
  const uom = canonicalUnit(input.uom)
  const base = canonicalUnit(input.base)
  const { conversion } = input
  let found: Conversion = convertUnit(value, uom, base)
  if ('problem' in found && conversion !== undefined && canonicalUnit(conversion.baseUom) === base) {
    const converted = convert(value, conversion)
    found = converted === undefined ? { problem: 'uom_inexact' } : { value: converted }
  }
  if ('value' in found && base === 'C62' && !isWhole(found.value)) return { problem: 'uom_inexact' }
  return found
}
