import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  absolute,
  add,
  allocate,
  compare,
  convert,
  isDecimal,
  isWhole,
  isZero,
  least,
  multiply,
  negate,
  readDecimal,
  round,
  subtract,
} from './decimal.ts'

/** A number as whole units of 10^-20: what the arithmetic is checked against. */
const scale = 20
const exact = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n) + 1n, max: 10n ** 40n - 1n }), fc.integer({ min: 0, max: scale }))
  .map(([units, digits]) => ({ units: units * 10n ** BigInt(scale - digits), text: write(units, digits) }))
const whole = fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }).map(String)
const number = fc.oneof(
  exact.map(({ text }) => text),
  whole,
)

test('adds and subtracts without losing a digit, however long the numbers', () => {
  fc.assert(
    fc.property(exact, exact, (a, b) => {
      expect(compare(add(a.text, b.text), write(a.units + b.units, scale))).toBe(0)
      expect(compare(subtract(a.text, b.text), write(a.units - b.units, scale))).toBe(0)
    }),
  )
})

test('multiplies without losing a digit, however long the numbers', () => {
  fc.assert(
    fc.property(exact, exact, (a, b) => {
      expect(compare(multiply(a.text, b.text), write(a.units * b.units, 2 * scale))).toBe(0)
    }),
  )
})

test('compares by value, not by how a number is written', () => {
  fc.assert(
    fc.property(exact, exact, (a, b) => {
      expect(Math.sign(compare(a.text, b.text))).toBe(a.units < b.units ? -1 : a.units > b.units ? 1 : 0)
    }),
  )
  expect(compare('1.50', '1.5')).toBe(0)
  expect(compare('007', '7')).toBe(0)
})

test('whole numbers in the fast path and out of it agree', () => {
  fc.assert(
    fc.property(whole, whole, (a, b) => {
      expect(add(a, b)).toBe(String(BigInt(a) + BigInt(b)))
      expect(subtract(a, b)).toBe(String(BigInt(a) - BigInt(b)))
      expect(add(`${a}.0`, b)).toBe(add(a, b))
    }),
  )
})

test('what is added and taken away again leaves what was there', () => {
  fc.assert(fc.property(number, number, (a, b) => compare(subtract(add(a, b), b), a) === 0))
})

test('zero has no sign', () => {
  fc.assert(fc.property(number, (a) => add(a, negate(a)) === '0'))
  fc.assert(
    fc.property(
      number,
      (a) => compare(absolute(a), '0') >= 0 && isZero(least(subtract(absolute(a), a), add(a, absolute(a)))),
    ),
  )
  expect([absolute('-0.00'), least('-10', '9'), least('10', '9.5')]).toEqual(['0', '-10', '9.5'])
  expect([negate('0'), negate('-0'), negate('0.00'), add('-0', '0')]).toEqual(['0', '0', '0', '0'])
  expect(['0', '-0.00', '000'].map(isZero)).toEqual([true, true, true])
  expect(isZero('0.01')).toBe(false)
})

test('results are again numbers in the plain form', () => {
  fc.assert(fc.property(whole, whole, (a, b) => [add, subtract].every((step) => isDecimal(step(a, b)))))
})

test.each([
  ['+5', '5'],
  [' 1.50 ', '1.5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['1e3', '1000'],
  ['-2.5E-2', '-0.025'],
  ['-0', '0'],
  ['12345678901234567890', '12345678901234567890'],
])('reads %j as %s', (text, value) => {
  expect(readDecimal(text)).toBe(value)
})

test.each(['', ' ', 'abc', '1,5', '1.2.3', '0x10', 'NaN', 'Infinity', '--1', '1e', '1e99', '1e-30', '9'.repeat(61)])(
  'takes %j for no number',
  (text) => {
    expect(readDecimal(text)).toBeUndefined()
  },
)

test.each([[1], [null], ['1e3'], ['.5'], ['5.'], ['+5'], [' 5'], ['5\n'], ['1'.repeat(41)]])(
  'does not let %j pass for the plain form',
  (value) => {
    expect(isDecimal(value)).toBe(false)
  },
)

test('a third of a piece is an error, a third of a dozen is not', () => {
  expect(convert('1', { numerator: '1', denominator: '3' })).toBeUndefined()
  expect(convert('12', { numerator: '1', denominator: '3' })).toBe('4')
  expect(convert('1', { numerator: '1', denominator: '0' })).toBeUndefined()
})

test('a conversion that gives an answer gives it back', () => {
  const positive = fc.integer({ min: 1, max: 1_000_000 }).map(String)
  fc.assert(
    fc.property(number, positive, positive, (value, numerator, denominator) => {
      const there = convert(value, { numerator, denominator })
      if (there === undefined) return
      const back = convert(there, { numerator: denominator, denominator: numerator })
      expect(back === undefined ? undefined : compare(back, value)).toBe(0)
    }),
  )
})

test('rounds half away from zero on both sides', () => {
  expect(['2.345', '-2.345', '2.344', '0.5', '-0.5'].map((value) => round(value, 2))).toEqual([
    '2.35',
    '-2.35',
    '2.34',
    '0.5',
    '-0.5',
  ])
  expect(['0.5', '-0.5', '-0.4'].map((value) => round(value, 0))).toEqual(['1', '-1', '0'])
})

test('the parts of an amount add up to it, and none is more than a unit off its share', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1000 }).map(String), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), weights, (cents, weighted) => {
      const amount = write(BigInt(cents), 2)
      const parts = allocate(amount, weighted, 2)
      expect(compare(parts.reduce(add, '0'), amount)).toBe(0)
      const total = weighted.reduce((sum, weight) => sum + Number(weight), 0)
      for (const [index, part] of parts.entries()) {
        const share = total === 0 ? cents / weighted.length : (cents * Number(weighted[index])) / total
        expect(Math.abs(Number(part) * 100 - share)).toBeLessThan(1.000_001)
      }
    }),
  )
  expect(allocate('10', ['1', '1', '1'], 2)).toEqual(['3.34', '3.33', '3.33'])
  expect(allocate('0.05', ['0', '0'], 2)).toEqual(['0.03', '0.02'])
  expect(allocate('5', [], 2)).toEqual([])
})

test('an amount finer than its unit is not allocated short', () => {
  expect(() => allocate('10.005', ['1', '1'], 2)).toThrow(RangeError)
  expect(() => allocate('10', ['2', '-1'], 2)).toThrow(RangeError)
})

test('knows a whole number when it is written with a fraction', () => {
  expect(['3', '3.000', '12345678901234567890', '3.001'].map(isWhole)).toEqual([true, true, true, false])
})

/** units × 10^-digits as text. */
function write(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0')
  const number = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return units < 0n ? `-${number}` : number
}
