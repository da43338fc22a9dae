import { expect, test } from 'vitest'
import { connectors } from '../../connectors/all.ts'
import { openConnection } from '../../flow/connection.ts'
import { conditionMembers, type PostingRoute, postings } from '../../processes/postings.ts'
import { readRoute } from './posting-route.ts'

const settings = { url: 'https://erp.example' }
const erp = openConnection(
  { id: 'erp', tenant: 'main', connector: 'generic-erp', settings },
  { connectors, partitions: 1 },
)
const dhl = openConnection(
  { id: 'dhl', tenant: 'main', connector: 'dhl', settings: { webhookToken: 'long enough' } },
  { connectors, partitions: 1 },
)
const connections = new Map([erp, dhl].map((one) => [one.id, one]))
const good: PostingRoute = { command: 'adjust_inventory', target: 'erp', tenant: 'main' }

function problem(change: object): string {
  try {
    readRoute({ ...good, ...change }, connections)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

test('a route says which command goes where, and may choose by what the postings say', () => {
  expect(readRoute(good, connections)).toEqual(good)
  const when = { location: 'DC1', movementType: 'damage' }
  expect(readRoute({ ...good, when, referenceLength: 16 }, connections)).toEqual({ ...good, when, referenceLength: 16 })
})

test.each([
  [
    { when: { loction: 'DC1' } },
    'route adjust_inventory to erp: when: its postings say nothing of loction; they say movement,',
  ],
  [{ when: { location: '' } }, 'when: location: expected a text'],
  [{ when: { location: 5 } }, 'when: location: expected a text'],
  [{ when: { location: ['DC1'] } }, 'when: location: expected a text'],
  [{ when: {} }, 'when: names nothing; leave it out to mean all postings'],
  [{ when: 'DC1' }, 'when: expected an object'],
  [{ when: [] }, 'when: expected an object'],
  [{ where: {} }, 'there is no member where'],
  [{ target: 'sap' }, 'there is no connection sap'],
  [{ target: 'dhl' }, 'dhl has no operation for it'],
  [{ tenant: 'other' }, 'tenant other is not that of erp (main)'],
  [{ referenceLength: 3 }, 'referenceLength: expected a whole number from 10 to 100'],
  [{ command: 'adjust_inventry' }, 'generic-erp has no operation for it'],
])('%j can never lead anywhere, and is refused', (change, said) => {
  expect(problem(change)).toContain(said)
})

test('a partner gets as a document what its agreement has one for, and nothing else', () => {
  const agreed = (settings: object): string => {
    const partner = openConnection(
      { id: 'partner', tenant: 'main', connector: 'edi-partner', settings: { ...settings } },
      { connectors, partitions: 1 },
    )
    try {
      readRoute({ command: 'release_delivery', target: 'partner', tenant: 'main' }, new Map([['partner', partner]]))
      return ''
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  }
  const names = { partnerId: 'NORTHERNDC', ownId: 'HARBOR' }
  expect(agreed(names)).toBe('')
  expect(agreed({ ...names, standard: 'edifact' })).toContain('there is no document of edifact for it')
  expect(agreed({ partnerId: 'NORTHERNDC' })).toContain('its documents need the setting ownId')
})

test('every member that a condition may name is carried by the postings of its command', () => {
  const fact = (type: string, data: object) => ({
    ...{ id: 'msg_0-0.0', type, subject: 'x_1', tenant: 'main', recordedAt: '2026-01-01T00:00:00.000Z', source: 's' },
    ...{ causation: 'msg_0-0', correlation: 'x_1', trace: '0', occurredAt: '2026-01-01T00:00:00Z', data },
  })
  const references = [{ scheme: 'delivery', value: '8001' }]
  const object = { orderNumber: 'SO-1', channel: 'shop', confirmations: { '1': { freight: { amount: '1' } } } }
  const done = { progress: { total: 1, delivered: 1 }, proofs: 1, proven: 1, status: 'delivered', references }
  const facts = [
    fact('delivery.changed', { object, added: { confirmations: ['1'] } }),
    fact('goods_receipt.posted', { object: {} }),
    fact('order.accepted', { object }),
    fact('inventory.movement_posted', { type: 'damage', reverses: 'a/b/c' }),
    fact('inventory.movement_posted', { type: 'restock', reverses: 'a/b/c' }),
    fact('inventory.movement_posted', { type: 'return_receipt', reverses: 'a/b/c' }),
    fact('shipment.pod_received', done),
    fact('interchange.acknowledged', { connection: 'x', number: '1', text: '', sends: 1 }),
  ]
  const routes = Object.keys(conditionMembers).map((command) => ({ command, target: 'erp', tenant: 'main' }))
  const carried = new Map<string, Set<string>>()
  for (const { command, payload } of facts.flatMap((one) => postings(one, routes)))
    carried.set(command, new Set([...(carried.get(command) ?? []), ...Object.keys(payload as object)]))
  for (const [command, members] of Object.entries(conditionMembers))
    expect([...(carried.get(command) ?? [])], command).toEqual(expect.arrayContaining([...members]))
})
