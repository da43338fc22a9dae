import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, compare, multiply, subtract } from '../../base/decimal.ts'
import { type Charge, isSameAmount, matchFreight, totalOf } from './matching.ts'
import { byCurrency } from './money.ts'

const cents = fc.integer({ min: 0, max: 5_000_000 }).map((one) => multiply(`${one}`, '0.01'))
const charges = fc.array(
  fc.record({ code: fc.constantFrom('linehaul', 'fuel', 'liftgate', 'detention'), amount: cents }),
  { maxLength: 8 },
)
const tolerance = { percent: '2', amount: '5.00' }
const match = (accrued: readonly Charge[], invoiced: readonly Charge[], allowed = tolerance) =>
  matchFreight({ accrued, aside: aside(accrued, 'EUR'), invoiced, currency: 'EUR' }, allowed)
const aside = (accrued: readonly Charge[], currency: string) => byCurrency([{ amount: totalOf(accrued), currency }])
const one = (amount: string, code = 'linehaul'): Charge[] => [{ code, amount }]

test.each([
  ['to the cent', '100', '100.00', 'exact'],
  ['two per cent more', '1000', '1020.00', 'within_tolerance'],
  ['a cent beyond two per cent', '1000', '1020.01', 'over'],
  ['five of money on a small sum', '20', '25', 'within_tolerance'],
  ['a cent beyond five of money', '20', '25.01', 'over'],
  ['far less', '1000', '900', 'under'],
])('%s', (_, accrued, invoiced, outcome) => expect(match(one(accrued), one(invoiced)).outcome).toBe(outcome))

test('nothing was put aside, or nobody named the money', () => {
  expect(match([], one('10')).outcome).toBe('no_accrual')
  const sides = { accrued: one('10'), aside: aside(one('10'), 'EUR'), invoiced: one('10') }
  expect(matchFreight({ ...sides, currency: undefined }, tolerance)).toMatchObject({
    outcome: 'exact',
    currency: 'EUR',
  })
})

test('money of two kinds is shown side by side, and no difference of numbers', () => {
  const accrued = [...one('100'), ...one('20', 'fuel')]
  expect(
    matchFreight({ accrued, aside: aside(accrued, 'EUR'), invoiced: one('130'), currency: 'USD' }, tolerance),
  ).toEqual({
    ...{ accrued: '120', invoiced: '130', currency: 'USD', aside: [{ amount: '120', currency: 'EUR' }] },
    outcome: 'currency_mismatch',
    byCharge: [
      { code: 'fuel', accrued: '20' },
      { code: 'linehaul', accrued: '100', invoiced: '130' },
    ],
  })
  const both = [
    { amount: '100', currency: 'EUR' },
    { amount: '20', currency: 'USD' },
  ]
  expect(matchFreight({ accrued, aside: both, invoiced: one('120'), currency: 'EUR' }, tolerance)).toEqual({
    ...{ invoiced: '120', currency: 'EUR', aside: both, outcome: 'currency_mismatch' },
    byCharge: [{ code: 'linehaul', invoiced: '120' }],
  })
})

test('a charge that was not agreed is over, although another one is cheaper by as much', () => {
  const accrued = [...one('100'), ...one('20', 'fuel')]
  expect(match(accrued, [...one('80'), ...one('20', 'fuel'), ...one('20', 'detention')])).toMatchObject({
    outcome: 'over',
    variance: '0',
  })
  // A lump sum says nothing about its parts.
  expect(match(one('120'), [...one('100'), ...one('20', 'fuel')]).outcome).toBe('exact')
})

test('the variance in per cent has two digits', () => {
  expect(match(one('30'), one('40')).variancePct).toBe('33.33')
  expect(match(one('30'), one('50')).variancePct).toBe('66.67')
  expect(match(one('30'), one('10')).variancePct).toBe('-66.67')
  expect(match(one('200'), one('210')).variancePct).toBe('5')
  expect(match([], one('40')).variancePct).toBeUndefined()
})

test('the variances of the charges add up to that of the whole, exactly', () => {
  fc.assert(
    fc.property(charges, charges, (accrued, invoiced) => {
      const { byCharge, variance } = match(accrued, invoiced)
      expect(
        compare(
          byCharge.reduce((sum, charge) => add(sum, charge.variance ?? ''), '0'),
          variance ?? '',
        ),
      ).toBe(0)
      expect(compare(subtract(totalOf(invoiced), totalOf(accrued)), variance ?? '')).toBe(0)
    }),
  )
})

test('the order in which charges are told does not matter', () => {
  fc.assert(
    fc.property(charges, charges, fc.func(fc.integer()), (accrued, invoiced, weight) => {
      const shuffled = invoiced.toSorted((a, b) => weight(a) - weight(b))
      expect(match(accrued, shuffled)).toEqual(match(accrued, invoiced))
    }),
  )
})

test('a wider tolerance never makes an invoice worse', () => {
  const good = new Set(['exact', 'within_tolerance'])
  fc.assert(
    fc.property(charges, charges, cents, fc.integer({ min: 0, max: 100 }), (accrued, invoiced, more, percent) => {
      const narrow = match(accrued, invoiced)
      const wide = match(accrued, invoiced, { percent: `${2 + percent}`, amount: add('5.00', more) })
      if (good.has(narrow.outcome)) expect(good.has(wide.outcome)).toBe(true)
    }),
  )
})

test('a cent of rounding makes no other invoice', () => {
  expect(isSameAmount('100.00', '100.01')).toBe(true)
  expect(isSameAmount('100.00', '99.98')).toBe(false)
})
