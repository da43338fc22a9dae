import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCountry, readCountry } from './country.ts'
import { currencies, isCurrencyOn } from './currency.ts'
import { addMoney, allocateMoney, compareMoney, minorDigits, roundMoney, subtractMoney } from './money.ts'

const euro = (amount: string) => ({ amount, currency: 'EUR' })

test('amounts of one currency add up, of two never', () => {
  expect(addMoney(euro('0.1'), euro('0.2'))).toEqual(euro('0.3'))
  expect(subtractMoney(euro('1'), euro('1.5'))).toEqual(euro('-0.5'))
  expect(compareMoney(euro('1.00'), euro('1'))).toBe(0)
  const yen = { amount: '1', currency: 'JPY' }
  for (const step of [addMoney, subtractMoney, compareMoney])
    expect(() => step(euro('1'), yen)).toThrow(expect.objectContaining({ code: 'CURRENCY_MISMATCH' }))
})

test('rounds to the minor unit of the currency', () => {
  expect(['JPY', 'EUR', 'BHD'].map((currency) => roundMoney({ amount: '1.2345', currency }).amount)).toEqual([
    '1',
    '1.23',
    '1.235',
  ])
  expect(() => minorDigits('ZZZ')).toThrow(expect.objectContaining({ code: 'CURRENCY_UNKNOWN' }))
})

test('the shares of a freight bill add up to the bill', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 99 }).map(String), { minLength: 1, maxLength: 9 })
  const amount = fc.integer({ min: -9_999_999, max: 9_999_999 }).map((mills) => (mills / 1000).toFixed(3))
  fc.assert(
    fc.property(amount, fc.constantFrom('EUR', 'JPY', 'BHD'), weights, (text, currency, shares) => {
      const bill = { amount: text, currency }
      const parts = allocateMoney(bill, shares)
      expect(compareMoney(parts.reduce(addMoney), roundMoney(bill))).toBe(0)
    }),
  )
})

test('a currency is judged by the date of the document', () => {
  expect([isCurrencyOn('HRK', '2022-12-31'), isCurrencyOn('HRK', '2024-01-01')]).toEqual([true, false])
  expect([isCurrencyOn('BGN', '2025-12-31'), isCurrencyOn('BGN', '2026-03-01')]).toEqual([true, false])
  expect([isCurrencyOn('XCG', '2025-03-30'), isCurrencyOn('XCG', '2025-03-31')]).toEqual([false, true])
  expect([isCurrencyOn('EUR', '2026-01-01'), isCurrencyOn('QQQ', '2026-01-01')]).toEqual([true, false])
})

test('the table has each currency once and every code in capital letters', () => {
  const codes = [...currencies.keys()]
  expect(codes.length).toBeGreaterThan(170)
  expect(codes.filter((code) => !/^[A-Z]{3}$/.test(code))).toEqual([])
})

test('reads a country however it is written', () => {
  expect(['de', 'DEU', '276', 'UK', 'EL', 'AN', 'ZZ', ''].map(readCountry)).toEqual([
    'DE',
    'DE',
    'DE',
    'GB',
    'GR',
    'AN',
    undefined,
    undefined,
  ])
  expect([isCountry('DE'), isCountry('AN'), isCountry('XX'), isCountry('de')]).toEqual([true, false, false, false])
})
