import fc from 'fast-check'
import { expect, test } from 'vitest'
import { airWaybill, gs1, hasValidCheckDigit, imo, iso6346, s10, ups1Z } from './check-digit.ts'

/** The published vectors: scheme, good, bad. */
const vectors = [
  ['gtin', '4006381333931', '4006381333932'],
  ['gtin', '036000291452', '036000291453'],
  ['gtin', '96385074', '96385075'],
  ['gtin', '10614141000415', '10614141000416'],
  ['gln', '0614141000012', '0614141000013'],
  ['sscc', '106141412345678908', '106141412345678909'],
  ['sscc', '(00)106141412345678908', '(00)106141412345678909'],
  ['container', 'CSQU3054383', 'CSQU3054384'],
  ['container', 'MSKU9070323', 'MSKU9070324'],
  ['container', 'APZU4812090', 'APZU4812091'],
  ['tracking_number', 'RB123456785GB', 'RB123456785XX'],
  ['tracking_number', '1Z999AA10123456784', '1Z999AA10123456785'],
  ['awb', '020-12345675', '020-12345676'],
  ['awb', '02012345675', '02012345676'],
  ['imo', '9074729', '9074728'],
  ['imo', 'IMO9074729', 'IMO9074728'],
] as const

test.each(vectors)('a %s %s is right and %s is not', (scheme, good, bad) => {
  expect(hasValidCheckDigit(scheme, good)).toBe(true)
  expect(hasValidCheckDigit(scheme, bad)).toBe(false)
})

test('says nothing about a number whose rule nobody knows', () => {
  expect(hasValidCheckDigit('tracking_number', '00340434161094042557')).toBeUndefined()
  expect(hasValidCheckDigit('delivery', '80001234')).toBeUndefined()
})

test('a number of the wrong length or alphabet is wrong, not unknown', () => {
  expect(hasValidCheckDigit('sscc', '0614141000012')).toBe(false)
  expect(hasValidCheckDigit('gln', '06141410000A2')).toBe(false)
  expect(hasValidCheckDigit('container', 'CSQX3054383')).toBe(false)
  expect(
    ['', 'X', '1Z', '١٢٣'].some((text) => [gs1, iso6346, s10, ups1Z, airWaybill, imo].some((one) => one(text))),
  ).toBe(false)
})

test('one wrong digit in a GS1 key never goes unseen', () => {
  const key = fc.stringMatching(/^\d{17}$/).map(
    (body) =>
      '0123456789'
        .split('')
        .map((d) => body + d)
        .find(gs1) ?? '',
  )
  fc.assert(
    fc.property(key, fc.nat(17), fc.integer({ min: 1, max: 9 }), (good, at, by) => {
      expect(gs1(good)).toBe(true)
      const wrong = (Number(good[at]) + by) % 10
      expect(gs1(good.slice(0, at) + wrong + good.slice(at + 1))).toBe(false)
    }),
  )
})

test('every postal item number has exactly one right check digit', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{8}$/), (serial) => {
      expect('0123456789'.split('').filter((digit) => s10(`RB${serial}${digit}GB`))).toHaveLength(1)
    }),
  )
})
