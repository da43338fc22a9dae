import { expect, test } from 'vitest'
import { shipmentFor } from './partner-sight.ts'

const view = {
  id: 'shp_1',
  status: 'in_transit',
  booking: { label: 'secret' },
  identifiers: [
    { scheme: 'tracking_number', value: '1Z', issuer: 'red' },
    { scheme: 'tracking_number', value: 'JJD', issuer: 'blue' },
    { scheme: 'delivery', value: 'DN-1' },
  ],
  exceptions: [{ id: 'e1', category: 'delay', note: 'the other one was late' }],
  events: [
    { code: 'picked_up', source: 'red-tracking', raw: 'PU' },
    { code: 'departed', source: 'blue-tracking', raw: 'hub LEJ' },
    { code: 'in_transit', source: 'erp', raw: 'X' },
  ],
}
const isRed = (connection: string): boolean => connection.startsWith('red-')
const seen = (parts: readonly string[]) => {
  const shown = shipmentFor(parts, view, isRed) as unknown as typeof view
  return { events: shown.events.map(({ source }) => source), numbers: shown.identifiers.map(({ value }) => value) }
}

test.each([
  ['named as the carrier', ['carrier:red']],
  ['named, and its connection told of it first', ['carrier:red', 'connection:red-tracking']],
])('a carrier that is %s sees what it told of its own leg, and no number of another carrier', (_, parts) => {
  expect(seen(parts)).toEqual({ events: ['red-tracking'], numbers: ['1Z', 'DN-1'] })
})

test.each([
  ['a warehouse of it', ['location:DC1']],
  ['a warehouse and the carrier', ['location:DC1', 'carrier:red']],
  ['known by its connection alone', ['connection:red-wms']],
])('a partner that is %s sees the whole journey', (_, parts) => {
  expect(seen(parts)).toEqual({ events: ['red-tracking', 'blue-tracking', 'erp'], numbers: ['1Z', 'JJD', 'DN-1'] })
})

test('nobody of a partner sees the booking of a label or words of staff about an exception', () => {
  expect(shipmentFor(['location:DC1'], view, isRed)).not.toHaveProperty('booking')
  expect(shipmentFor(['location:DC1'], view, isRed)['exceptions']).toEqual([{ id: 'e1', category: 'delay' }])
})
