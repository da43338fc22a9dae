import { expect, test } from 'vitest'
import { PocketHub } from '../pocket-hub.ts'

const routes = [
  { command: 'release_delivery', target: 'north', tenant: 'main', when: { location: 'NORTH' } },
  { command: 'announce_receipt', target: 'north', tenant: 'main' },
]

function hub(): PocketHub {
  return new PocketHub(
    {
      erp: { connector: 'generic-erp', settings: { url: 'http://erp.invalid' } },
      north: { connector: 'warehouse-files', settings: {} },
    },
    routes,
  )
}

function delivery(type: string, location: string, revision = 1): unknown {
  const lines = [{ line: '10', sku: 'LAMP', quantity: '4', uom: 'EA' }]
  const data = { deliveryNumber: '0080001234', orderNumber: 'SO-1', location, lines }
  return { eventId: `${type}-${location}-${revision}`, type, occurredAt: '2026-04-01T08:00:00Z', revision, data }
}

test('a delivery that is released is owed to the warehouse that ships it, once', () => {
  const one = hub()
  one.receive('erp', delivery('delivery.created', 'NORTH'))
  expect([...one.effects.values()]).toEqual([])
  one.receive('erp', delivery('delivery.released', 'NORTH', 2))
  one.receive('erp', delivery('delivery.released', 'NORTH', 3))
  const [owed, ...others] = [...one.effects.values()]
  expect(others).toEqual([])
  expect(owed).toMatchObject({
    command: 'release_delivery',
    target: 'north',
    naturalKey: 'release_delivery:north:80001234',
  })
  expect(JSON.parse(owed?.payload ?? '')).toMatchObject({ deliveryNumber: '0080001234', lines: [{ sku: 'LAMP' }] })
})

test('another warehouse hears nothing of it', () => {
  const one = hub()
  one.receive('erp', delivery('delivery.released', 'SOUTH'))
  expect([...one.effects.values()]).toEqual([])
})

test('a ship notice that has come is announced to the warehouse', () => {
  const one = hub()
  one.receive('north', 'asn_number,sku,quantity,uom,expected_at\nASN-7,LAMP,40,EA,2026-04-03\n')
  expect(one.parked).toEqual([])
  const [owed, ...others] = [...one.effects.values()]
  expect(others).toEqual([])
  expect(owed).toMatchObject({ command: 'announce_receipt', target: 'north' })
  expect(JSON.parse(owed?.payload ?? '')).toMatchObject({ asnNumber: 'ASN-7', lines: [{ sku: 'LAMP' }] })
})
