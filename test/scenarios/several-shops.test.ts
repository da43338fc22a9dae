import { afterEach, beforeEach, expect, test } from 'vitest'
import { readRoute } from '../../src/app/terminal/posting-route.ts'
import { connectors } from '../../src/connectors/all.ts'
import { openConnection } from '../../src/flow/connection.ts'
import type { ChannelRule } from '../../src/processes/channel/publication.ts'
import { SmallHub } from './small-hub.ts'

const minute = 60_000
const connections = [
  { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
  { id: 'wms', connector: 'generic-wms', settings: {} },
  ...['de', 'fr'].map((id) => ({
    id,
    connector: 'generic-shop',
    settings: { url: `https://${id}.example`, system: id, orderPrefix: `${id.toUpperCase()}-` },
  })),
  { id: 'old', connector: 'generic-shop', settings: { url: 'https://old.example', system: 'old' } },
].map((one) => ({ tenant: 'main', ...one }))
const opened = new Map(connections.map((one) => [one.id, openConnection(one, { connectors, partitions: 2 })] as const))
const routes = ['de', 'fr', 'old'].flatMap((target) =>
  ['update_channel_order', 'ship_channel_order'].map((command) =>
    readRoute({ command, target, tenant: 'main' }, opened),
  ),
)
const channel = (id: string, thresholds: readonly string[]): ChannelRule => ({
  ...{ channel: id, thresholds, refreshHours: 0, locations: ['DC1'], skus: new Set<string>() },
  ...{ safetyStock: '0', sharePercent: '100', place: '' },
})

let hub: SmallHub
beforeEach(async () => {
  hub = await SmallHub.start({
    connections,
    routes,
    channels: [channel('de', ['0', '10']), channel('fr', ['0', '100'])],
    policies: { 'order-to-ship': { orchestratedBy: 'hub' } },
    answer: () => ({ outcome: 'answer', wire: true, status: 204, headers: {}, body: new Uint8Array() }),
  })
})
afterEach(async () => {
  expect(hub.failures).toEqual([])
  await hub.stop()
})

let said = 0
async function say(connection: string, type: string, data: object): Promise<void> {
  const occurredAt = new Date(hub.time.now).toISOString()
  await hub.receive(connection, { eventId: `s${++said}`, type, occurredAt, data })
  await hub.pass(minute)
}
/** What the shops were told of orders, shop and path, with the number of the order where one is named. */
const told = (): readonly string[] =>
  hub.sent
    .filter(({ request }) => !request.url.includes('/availability/'))
    .map(({ request }) => {
      const { hostname, pathname } = new URL(request.url)
      const { orderNumber, standing } = JSON.parse(new TextDecoder().decode(request.body)) as Record<string, string>
      const [shop = ''] = hostname.split('.')
      return pathname.startsWith('/shipments')
        ? `${shop} shipped ${orderNumber}`
        : `${shop} ${pathname} ${standing ?? ''}`.trim()
    })
const ordered = (shop: string, sku: string): Promise<void> =>
  say(shop, 'order.created', { orderNumber: '1001', lines: [{ lineNo: '1', sku, quantity: '1', uom: 'EA' }] })
const shipped = (order: string, delivery: string): Promise<void> =>
  say('wms', 'shipment.confirmed', {
    ...{ deliveryNumber: delivery, orderNumber: order, location: 'DC1', carrier: 'parcelnorth' },
    packages: [{ trackingNumber: `PN${delivery}` }],
    lines: [{ line: '1', sku: 'LAMP', quantity: '1', uom: 'EA' }],
  })

test('orders of two shops with the same number are two orders, each with what it ordered', async () => {
  await ordered('de', 'LAMP')
  await ordered('fr', 'MUG')
  await ordered('old', 'BOLT')
  const states = [...hub.backbone.tables.states].map(([id, { body }]) => ({ id, body: JSON.parse(body) as object }))
  const orders = states.filter(({ id }) => id.startsWith('ord_'))
  const numbers = orders.map(({ body }) => (body as { object: { orderNumber: string } }).object.orderNumber)
  expect(numbers.toSorted()).toEqual(['1001', 'DE-1001', 'FR-1001'])
  const instances = states
    .filter(({ id }) => id.startsWith('prc_'))
    .map(({ body }) => body as { key: string; known: object })
  expect(
    instances
      .map(
        ({ key, known }) =>
          `${key} ${(known as { lines: readonly { sku: string }[] }).lines.map(({ sku }) => sku).join()}`,
      )
      .toSorted(),
  ).toEqual(['1001 BOLT', 'DE-1001 LAMP', 'FR-1001 MUG'])
})

test('what is said of an order is said to its shop, by the number that it has there', async () => {
  for (const shop of ['de', 'fr', 'old']) await ordered(shop, 'LAMP')
  expect(told().toSorted()).toEqual([
    ...['de /orders/1001/standing accepted', 'de /orders/1001/standing backordered'],
    ...['fr /orders/1001/standing accepted', 'fr /orders/1001/standing backordered'],
    ...['old /orders/1001/standing accepted', 'old /orders/1001/standing backordered'],
  ])
  hub.sent.length = 0
  await shipped('FR-1001', '80000002')
  await shipped('1001', '80000003')
  await say('de', 'order.cancelled', { orderNumber: '1001' })
  expect(told()).toEqual(['fr shipped 1001', 'old shipped 1001', 'de /orders/1001/standing cancelled'])
})

test('each shop hears of stock by its own bounds', async () => {
  let documents = 0
  for (const quantity of ['400', '80', '40', '8'])
    await say('wms', 'count', {
      document: `C${++documents}`,
      lines: [{ location: 'DC1', sku: 'LAMP', quantity, uom: 'EA' }],
    })
  const quantities = (shop: string) =>
    hub.sent
      .filter(({ request }) => request.url.includes(`//${shop}.`))
      .map(({ request }) => (JSON.parse(new TextDecoder().decode(request.body)) as { quantity: string }).quantity)
  expect([quantities('de'), quantities('fr')]).toEqual([
    ['400', '8'],
    ['400', '80'],
  ])
})
