import { expect, test } from 'vitest'
import { referenceFilter, typeFilter } from './filter.ts'

test('wants the types that it names, whole families, or everything', () => {
  const wanted = typeFilter(['shipment.*', 'invoice.released'])
  expect(['shipment.delivered', 'shipment.eta_changed', 'invoice.released'].every(wanted)).toBe(true)
  expect(['invoice.blocked', 'shipments.delivered', 'return.shipment.x', 'shipment'].some(wanted)).toBe(false)
  expect(typeFilter(['*'])('anything.at_all')).toBe(true)
  expect(typeFilter([])('shipment.delivered')).toBe(false)
})

test('takes dots and stars in the middle for what they are', () => {
  expect(typeFilter(['shipment.delivered'])('shipmentXdelivered')).toBe(false)
  expect(typeFilter(['ship*.delivered'])('shipment.delivered')).toBe(false)
})

test('wants the objects that carry one of its references, or all when it names none', () => {
  const references = [{ scheme: 'tracking_number', issuer: 'parcelnorth', value: 'PN1' }]
  expect(referenceFilter(['order:SO-1', 'tracking_number:PN1'])(references)).toBe(true)
  expect(referenceFilter(['tracking_number:PN2', 'sscc:PN1'])(references)).toBe(false)
  expect(referenceFilter(['tracking_number:PN1'])([])).toBe(false)
  expect(referenceFilter([])([])).toBe(true)
})
