import { expect, test } from 'vitest'
import type { Assertion } from '../fact.ts'
import { type FoundCode, withCodes } from './coded-members.ts'

const moved: Assertion = {
  type: 'inventory.movement_reported',
  about: { entity: 'stock', references: [{ scheme: 'sku', value: 'L-1' }], unknown: 'create' },
  data: {
    sku: 'L-1',
    uom: 'CRATE',
    to: { location: 'N-1', ownerParty: 'P1' },
    document: { system: 'wms', id: 'sku' },
    raw: { sku: 'L-1' },
  },
}

function seen(assertion: Assertion): FoundCode[] {
  const list: FoundCode[] = []
  withCodes(assertion, (code) => {
    list.push(code)
    return code.value
  })
  return list
}

test('items, units with their item, places and parties are found; words of the sender are left alone', () => {
  expect(seen(moved)).toEqual([
    { kind: 'item', value: 'L-1', qualifier: '' },
    { kind: 'uom', value: 'CRATE', qualifier: '', item: 'L-1' },
    { kind: 'location', value: 'N-1', qualifier: '' },
    { kind: 'party', value: 'P1', qualifier: '' },
    { kind: 'item', value: 'L-1', qualifier: '' },
  ])
})

test('stock is known by the item that its code means, and nothing is copied where nothing changes', () => {
  const other = withCodes(moved, ({ kind, value }) => (kind === 'item' ? 'LAMP' : value))
  expect(other.about.references).toEqual([{ scheme: 'sku', value: 'LAMP' }])
  expect(other.data).toMatchObject({ sku: 'LAMP', uom: 'CRATE', raw: { sku: 'L-1' } })
  expect(withCodes(moved, ({ value }) => value)).toBe(moved)
})

test('a service belongs to its carrier, and so do the numbers that the carrier gave', () => {
  const booked: Assertion = {
    type: 'shipment.reported',
    about: {
      entity: 'shipment',
      references: [
        { scheme: 'tracking_number', issuer: 'NRTH', value: 'T1' },
        { scheme: 'order', issuer: 'erp', value: 'O1' },
      ],
      unknown: 'create',
    },
    data: { event: 'booked', carrier: 'NRTH', service: 'EXP' },
  }
  expect(seen(booked)).toContainEqual({ kind: 'service', value: 'EXP', qualifier: 'NRTH' })
  const other = withCodes(booked, ({ kind, value }) => (kind === 'carrier' ? 'north' : value))
  expect(other.about.references.map(({ issuer }) => issuer)).toEqual(['north', 'erp'])
})

test('scans say nothing about codes of ours', () => {
  expect(seen({ ...moved, type: 'tracking.reported' })).toEqual([])
})
