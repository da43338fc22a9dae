import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, convert } from '../base/decimal.ts'
import { canonicalUnit, partnerUnit } from './partner-unit.ts'
import { convertForItem, convertUnit, ratioBetween, units } from './unit.ts'

const pairs = Object.keys(units).flatMap((from) =>
  Object.keys(units)
    .filter((to) => units[from]?.dimension === units[to]?.dimension && from !== to)
    .map((to) => [from, to] as const),
)

test('every pair of units of a dimension converts there and back exactly, or says that it cannot', () => {
  expect(pairs.length).toBeGreaterThan(200)
  let exact = 0
  for (const [from, to] of pairs) {
    for (const value of ['1', '12.5', '1000000', '0.0001', '9']) {
      const there = convertUnit(value, from, to)
      if ('problem' in there) {
        expect(there.problem).toBe('uom_inexact')
        continue
      }
      exact++
      const back = convertUnit(there.value, to, from)
      expect('value' in back && compare(back.value, value), `${value} ${from} → ${to}`).toBe(0)
    }
  }
  expect(exact).toBeGreaterThan(pairs.length)
})

test('the ratio of every pair is exact in both directions', () => {
  const ratios = pairs.filter(([from]) => units[from]?.dimension !== 'temperature')
  for (const [from, to] of ratios) {
    const there = ratioBetween(from, to)
    const back = ratioBetween(to, from)
    if (there === undefined || back === undefined) throw new Error(`${from} → ${to} has no ratio`)
    expect(convert(there.numerator, { numerator: back.numerator, denominator: back.denominator })).toBe(
      there.denominator,
    )
  }
})

test.each([
  ['1', 'LBR', 'KGM', '0.45359237'],
  ['16', 'ONZ', 'LBR', '1'],
  ['1', 'STN', 'LBR', '2000'],
  ['1', 'LTN', 'LBR', '2240'],
  ['3', 'FOT', 'YRD', '1'],
  ['1', 'SMI', 'FOT', '5280'],
  ['144', 'INK', 'FTK', '1'],
  ['1728', 'INQ', 'FTQ', '1'],
  ['27', 'FTQ', 'YDQ', '1'],
  ['231', 'INQ', 'GLL', '1'],
  ['1', 'DAY', 'MIN', '1440'],
  ['-40', 'CEL', 'FAH', '-40'],
  ['37', 'CEL', 'FAH', '98.6'],
  ['212', 'FAH', 'KEL', '373.15'],
  ['0', 'KEL', 'CEL', '-273.15'],
])('%s %s are %s %s', (value, from, to, expected) => {
  expect(convertUnit(value, from, to)).toEqual({ value: expected })
})

test('a result without end is an error, never rounded', () => {
  expect(convertUnit('1', 'KGM', 'LBR')).toEqual({ problem: 'uom_inexact' })
  expect(convertUnit('0', 'FAH', 'KEL')).toEqual({ problem: 'uom_inexact' })
})

test('pieces never become kilograms by themselves, and an unknown unit never counts one', () => {
  expect(convertUnit('1', 'C62', 'KGM')).toEqual({ problem: 'uom_unknown' })
  expect(convertUnit('1', 'XCT', 'C62')).toEqual({ problem: 'uom_unknown' })
  expect(convertForItem('1', { uom: 'XCT', base: 'C62' })).toEqual({ problem: 'uom_unknown' })
})

const carton = { baseUom: 'C62', numerator: '12', denominator: '1' }

test('a carton of twelve is twelve pieces, and a piece is not a part of a carton', () => {
  expect(convertForItem('3', { uom: 'CT', base: 'EA', conversion: carton })).toEqual({ value: '36' })
  const single = { baseUom: 'C62', numerator: '1', denominator: '3' }
  expect(convertForItem('1', { uom: 'XPK', base: 'C62', conversion: single })).toEqual({ problem: 'uom_inexact' })
  expect(convertForItem('3', { uom: 'XPK', base: 'C62', conversion: single })).toEqual({ value: '1' })
  expect(convertForItem('0.5', { uom: 'EA', base: 'C62' })).toEqual({ problem: 'uom_inexact' })
})

test('a conversion to another base unit than the item has is not used', () => {
  expect(convertForItem('1', { uom: 'XCT', base: 'KGM', conversion: carton })).toEqual({ problem: 'uom_unknown' })
})

test('the piece has one name inside, whatever it is called outside', () => {
  expect(['EA', 'H87', 'PCE', 'pc', ' un ', 'C62'].map((code) => canonicalUnit(code))).toEqual(Array(6).fill('C62'))
})

test('packaging levels that were deleted from Recommendation 20 are those of Recommendation 21', () => {
  expect(['BG', 'CT', 'CA', 'PF', 'PL'].map((code) => canonicalUnit(code))).toEqual(['XBG', 'XCT', 'XCA', 'XPX', 'XPL'])
  expect(canonicalUnit('XPX')).toBe('XPX')
})

test('the same letters mean another thing in X12', () => {
  expect([canonicalUnit('CA', 'x12-355'), canonicalUnit('PL', 'x12-355')]).toEqual(['XCS', 'XPX'])
  expect([canonicalUnit('LT', 'x12-355'), canonicalUnit('LB', 'x12-355')]).toEqual(['LTR', 'LBR'])
})

test('what goes out in X12 comes back as the same unit', () => {
  const out = [...Object.keys(units), 'XCT', 'XPX', 'XCS', 'XCA', 'XBX'].filter((unit) => partnerUnit(unit, 'x12-355'))
  expect(out.length).toBeGreaterThan(25)
  for (const unit of out) expect(canonicalUnit(partnerUnit(unit, 'x12-355') ?? '', 'x12-355')).toBe(unit)
  expect(partnerUnit('C62', 'x12-355')).toBe('EA')
  expect(partnerUnit('XYZ', 'x12-355')).toBeUndefined()
})

test('an unknown code stays what it is', () => {
  fc.assert(fc.property(fc.stringMatching(/^Q[0-9]{2}$/), (code) => canonicalUnit(code) === code))
})
