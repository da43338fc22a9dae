import { afterEach, describe, expect, test } from 'vitest'
import type { ShipmentState } from '../../src/model/shipment/state.ts'
import type { HttpRequest, HttpResult } from '../../src/transports/http/request.ts'
import { SmallHub } from './small-hub.ts'

let hub: SmallHub
let event = 0
afterEach(async () => {
  expect(hub.failures).toEqual([])
  await hub.stop()
})

const json = (status: number, body: object): HttpResult => ({
  outcome: 'answer',
  wire: true,
  status,
  headers: {},
  body: new TextEncoder().encode(JSON.stringify(body)),
})
const bodyOf = ({ body }: HttpRequest) =>
  (body === undefined ? {} : JSON.parse(new TextDecoder().decode(body as Uint8Array))) as Readonly<
    Record<string, unknown>
  >

/** What a carrier answers: two prices, a label, and that all else is done. */
function carrier(request: HttpRequest): HttpResult {
  const { kind } = bodyOf(request)
  if (kind === 'quote')
    return json(200, {
      rates: [
        { id: 'Q1', service: 'day', amount: '21.50', currency: 'EUR' },
        { id: 'Q2', service: 'night', amount: '34.00', currency: 'EUR' },
      ],
    })
  if (kind === 'booking') return json(201, { number: 'B77', packages: [{ id: 'P1', trackingNumber: 'HL0001' }] })
  return json(200, {})
}

async function start(answer: (request: HttpRequest) => HttpResult = carrier): Promise<void> {
  const commands = ['rate_shipment', 'book_shipment', 'void_label', 'schedule_pickup', 'cancel_pickup']
  hub = await SmallHub.start({
    connections: [
      { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
      { id: 'wms', connector: 'generic-wms', settings: {} },
      { id: 'haul', connector: 'generic-carrier', settings: { carrier: 'haul', url: 'https://haul.example' } },
    ],
    routes: commands.map((command) => ({ command, target: 'haul', tenant: 'main' })),
    policies: { 'order-to-ship': { transportBy: 'hub', labelAt: 'release' } },
    answer,
  })
}

async function say(connection: string, type: string, data: object): Promise<void> {
  const occurredAt = new Date(hub.time.wall()).toISOString()
  await hub.receive(connection, { eventId: `E${++event}`, type, occurredAt, data })
  await hub.pass(1000)
}

const delivery = {
  deliveryNumber: '0080000001',
  orderNumber: '4711',
  location: 'DC1',
  shipTo: { city: 'Lund', country: 'SE' },
}

/** Requests to the carrier, by kind. */
const asked = () => hub.sent.map(({ request }) => bodyOf(request)['kind'])

async function shipments(): Promise<readonly ShipmentState[]> {
  const logs = await Promise.all([0, 1].map((one) => hub.backbone.readLog(one, -1, 100_000)))
  const subjects = new Set(logs.flat().flatMap(({ fact }) => (fact.subject.startsWith('shp_') ? [fact.subject] : [])))
  const states = await hub.backbone.states([...subjects])
  return [...states.values()].map(({ body }) => JSON.parse(body) as ShipmentState)
}

describe('where the hub arranges carriers', () => {
  test('a delivery gets the cheapest label, and the scans and the warehouse’s word are about the same shipment', async () => {
    await start()
    await say('erp', 'order.created', { orderNumber: '4711' })
    await say('erp', 'delivery.released', delivery)
    await hub.pass(5000)
    expect(asked()).toEqual(['quote', 'booking'])
    expect(bodyOf(hub.sent[1]?.request as HttpRequest)).toMatchObject({ rate: 'Q1', deliveryNumber: '80000001' })
    await say('haul', 'scan', { trackingNumber: 'HL0001', code: 'picked_up' })
    await say('wms', 'shipment.confirmed', {
      ...{ deliveryNumber: '0080000001', orderNumber: '4711', location: 'DC1', carrier: 'haul' },
      packages: [{ trackingNumber: 'HL0001', weightGrams: '900' }],
      lines: [{ line: '10', sku: 'TEA', quantity: '1', uom: 'EA' }],
    })
    const [one, ...others] = await shipments()
    expect(others).toEqual([])
    expect(one?.projection.status).toBe('picked_up')
    expect(one?.references.map(({ scheme }) => scheme)).toEqual(
      expect.arrayContaining(['transport_order', 'delivery', 'tracking_number']),
    )
  })

  test('a delivery that is withdrawn has its label voided, once, by the number that the carrier gave it', async () => {
    await start()
    await say('erp', 'order.created', { orderNumber: '4711' })
    await say('erp', 'delivery.released', delivery)
    await hub.pass(5000)
    await say('erp', 'delivery.cancelled', delivery)
    await say('erp', 'delivery.cancelled', delivery)
    await hub.pass(5000)
    expect(asked()).toEqual(['quote', 'booking', 'booking_cancellation'])
    expect(bodyOf(hub.sent[2]?.request as HttpRequest)).toMatchObject({ document: 'B77', trackingNumbers: ['HL0001'] })
    expect((await shipments()).map(({ projection }) => projection.status)).toEqual(['cancelled'])
  })

  test('an answer that is lost is asked for again under the same reference: there is one label', async () => {
    let lost = 1
    await start((request) =>
      bodyOf(request)['kind'] === 'booking' && lost-- > 0
        ? { outcome: 'no_answer', wire: true, code: 'ETIMEDOUT' }
        : carrier(request),
    )
    await say('erp', 'order.created', { orderNumber: '4711' })
    await say('erp', 'delivery.released', delivery)
    await hub.pass(120_000)
    const bookings = hub.sent.filter(({ request }) => bodyOf(request)['kind'] === 'booking')
    expect(bookings).toHaveLength(2)
    expect(new Set(bookings.map(({ request }) => request.url)).size).toBe(1)
    expect((await shipments())[0]?.packages).toMatchObject([{ trackingNumber: 'HL0001' }])
  })
})
