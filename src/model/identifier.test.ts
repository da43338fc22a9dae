import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identifierKey, identifierWarning, isIdentifierValid, normalizeIdentifier } from './identifier.ts'

test.each([
  ['tracking_number', ' 1z 999aa1-0123456784 ', '1Z999AA10123456784'],
  ['container', 'csqu 305438-3', 'CSQU3054383'],
  ['pro', '123-456 789', '123456789'],
  ['sscc', '(00)106141412345678908', '106141412345678908'],
  ['sscc', '00106141412345678908', '106141412345678908'],
  ['sscc', '(00) 1 0614141 234567890 8', '106141412345678908'],
  ['sscc', '001234567890123456', '001234567890123456'],
  ['gtin', '4006381333931', '04006381333931'],
  ['gtin', '96385074', '00000096385074'],
  ['awb', '020-12345675', '02012345675'],
  ['delivery', '0080001234', '80001234'],
  ['delivery', '0', '0'],
  ['delivery', '00A1', '00A1'],
  ['customer_po', ' 000123 ', '000123'],
  ['scac', 'abcd', 'ABCD'],
])('%s %j matches as %s', (scheme, value, normalized) => {
  expect(normalizeIdentifier({ scheme, value })).toBe(normalized)
})

test('normalising twice changes nothing more', () => {
  const scheme = fc.constantFrom('tracking_number', 'sscc', 'gtin', 'awb', 'delivery', 'container', 'customer_po')
  const value = fc.oneof(fc.string(), fc.stringMatching(/^[(]?0{0,4}[)]?[ -]?[0-9A-Z]{0,20}$/))
  fc.assert(
    fc.property(scheme, value, (name, text) => {
      const once = normalizeIdentifier({ scheme: name, value: text })
      expect(normalizeIdentifier({ scheme: name, value: once })).toBe(once)
    }),
  )
})

const about = { tenant: 'main', entity: 'shipment' }
const keyOf = (scheme: string, issuer: string | undefined, value: string, tenant = 'main'): string =>
  identifierKey({
    ...about,
    tenant,
    reference: { scheme, value, ...(issuer === undefined ? {} : { issuer }) },
    normalized: normalizeIdentifier({ scheme, value }),
  })

test('two carriers may use the same number', () => {
  expect(keyOf('tracking_number', 'ups', '123')).not.toBe(keyOf('tracking_number', 'dhl', '123'))
  expect(keyOf('tracking_number', undefined, '123')).not.toBe(keyOf('tracking_number', 'dhl', '123'))
})

test('a globally unique number is one, whoever says it', () => {
  expect(keyOf('sscc', 'wms', '(00)106141412345678908')).toBe(keyOf('sscc', undefined, '106141412345678908'))
})

test('no tenant, issuer or value can be made to look like others', () => {
  const text = fc.stringMatching(/^[ab|%7C]{0,6}$/)
  fc.assert(
    fc.property(fc.tuple(text, text, text), fc.tuple(text, text, text), (one, other) => {
      const key = ([tenant, issuer, value]: [string, string, string]) => keyOf('other', issuer, value, tenant)
      expect(key(one) === key(other)).toBe(one.every((part, index) => part === other[index]))
    }),
  )
})

test('a tracking number means the same shipment for 120 days, an order number for ever', () => {
  const day = 86_400_000
  const at = (scheme: string, days: number) => isIdentifierValid(scheme, { firstUsedMs: 0, atMs: days * day })
  expect([at('tracking_number', 119), at('tracking_number', 120), at('pro', 121)]).toEqual([true, false, false])
  expect([at('sales_order', 4000), at('sscc', 4000)]).toEqual([true, true])
})

test('a wrong check digit is a warning that names itself', () => {
  expect(identifierWarning({ scheme: 'sscc', value: '(00)106141412345678909' })).toBe('check_digit')
  expect(identifierWarning({ scheme: 'sscc', value: '(00)106141412345678908' })).toBeUndefined()
  expect(identifierWarning({ scheme: 'gtin', value: '96385074' })).toBeUndefined()
  expect(identifierWarning({ scheme: 'delivery', value: '1' })).toBeUndefined()
})
