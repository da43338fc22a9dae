import { expect, test } from 'vitest'
import { readJson } from '../../base/json.ts'
import type { TrackingReport } from '../../model/report.ts'
import { translate } from './shipment.ts'

function told(shipment: object): TrackingReport {
  const content = readJson(new TextEncoder().encode(JSON.stringify({ shipments: [{ id: '7777777770', ...shipment }] })))
  const translation = translate(
    { bytes: new Uint8Array(), contentType: 'application/json', headers: {}, content },
    { settings: { unknownShipments: 'create' }, connection: 'c', receivedAt: 0, messageId: 'm' },
  )
  if ('ignored' in translation) throw new Error(translation.ignored)
  return translation.assertions[0]?.data as TrackingReport
}

test('an event without a code is kept in its words, moves nothing, and holds no other event back', () => {
  const { events } = told({
    events: [
      { timestamp: '2026-03-02T07:45:00+01:00', description: 'Loaded into the vehicle.' },
      { timestamp: '2026-03-01T18:00:00+01:00', statusCode: 'transit' },
    ],
  })
  expect(events.map(({ code, confidence, raw }) => [code, confidence, raw.text])).toEqual([
    ['unknown', 'unmapped', 'Loaded into the vehicle.'],
    ['in_transit', 'inferred', undefined],
  ])
})

test('of a time frame of delivery the end is promised', () => {
  const frame = { estimatedFrom: '2026-03-02T10:00:00+01:00', estimatedThrough: '2026-03-02T14:00:00+01:00' }
  expect(told({ estimatedDeliveryTimeFrame: frame }).estimatedDelivery?.at).toBe('2026-03-02T14:00:00+01:00')
})

test('a summary that does not say since when is a cross-check and no event', () => {
  expect(told({ status: { statusCode: 'transit' } })).toMatchObject({ events: [], summary: { code: 'in_transit' } })
})

test('what failed and was nowhere delivered has no proof of delivery, even where the message tells a time of one', () => {
  const at = '2026-03-02T10:00:00+01:00'
  const details = { proofOfDelivery: { timestamp: at, documentUrl: 'https://pod.example.com/1' } }
  const proofs = (shipment: object): number =>
    told({ ...shipment, details }).events.filter(({ code }) => code === 'pod_received').length
  expect(proofs({ status: { statusCode: 'failure', timestamp: at } })).toBe(0)
  expect(proofs({ status: { statusCode: 'failure' }, events: [{ statusCode: 'transit', timestamp: at }] })).toBe(0)
  expect(proofs({ status: { statusCode: 'failure' }, events: [{ statusCode: 'delivered', timestamp: at }] })).toBe(1)
  expect(proofs({ status: { statusCode: 'transit', timestamp: at } })).toBe(1)
})

test.each([
  [{ value: 2.5, unitText: 'kg' }, '2500'],
  [{ value: '740', unitText: 'G' }, '740'],
  [{ value: 2, unitText: 'lb' }, '907.18474'],
  [{ value: 2.5, unitText: 'stone' }, undefined],
  [{ value: 2.5 }, undefined],
  [{ value: 0, unitText: 'kg' }, undefined],
])('a weight of %j is %s grams', (weight, grams) => {
  expect(told({ details: { weight } }).weightGrams).toBe(grams)
})
