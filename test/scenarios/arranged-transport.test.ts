import { afterEach, describe, expect, test } from 'vitest'
import { deskArrival } from '../../src/flow/stewardship/desk.ts'
import type { Assertion, Fact } from '../../src/model/fact.ts'
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

async function start(
  answer: (request: HttpRequest) => HttpResult = carrier,
  more: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Promise<void> {
  const commands = ['rate_shipment', 'book_shipment', 'void_label', 'schedule_pickup', 'cancel_pickup']
  hub = await SmallHub.start({
    connections: [
      { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
      { id: 'wms', connector: 'generic-wms', settings: {} },
      { id: 'haul', connector: 'generic-carrier', settings: { carrier: 'haul', url: 'https://haul.example' } },
    ],
    routes: commands.map((command) => ({ command, target: 'haul', tenant: 'main' })),
    policies: { 'order-to-ship': { transportBy: 'hub', labelAt: 'release' }, ...more },
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

async function facts(type: string): Promise<readonly Fact[]> {
  const logs = await Promise.all([0, 1].map((one) => hub.backbone.readLog(one, -1, 100_000)))
  return logs.flat().flatMap(({ fact }) => (fact.type === type ? [fact] : []))
}

/** A person decides a task. */
async function decide(task: string, decision: string): Promise<void> {
  const assertion: Assertion = {
    type: 'task.decided',
    about: { entity: 'task', references: [{ scheme: 'task', value: task }], unknown: 'create' },
    data: { decision, by: { key: 'desk', person: 'ana' }, reason: 'looked at it' },
  }
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const arrival = deskArrival([assertion], { tenant: 'main', identity: `desk ${++event}`, trace, partitions: 2 })
  const accepted = hub.node.intake.accept(arrival)
  await hub.pass(5000)
  await accepted
}

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

  const routingGuide = [{ carrier: 'haul' }, { carrier: 'moor' }]
  const answersOf = (carrierCode: string, type: string, data: object = {}) =>
    say('erp', `shipment.${type}`, { deliveryNumber: '0080000001', carrier: carrierCode, ...data })

  test('a carrier who does not come loses his label, by the number that he gave it, once another has the load', async () => {
    await start(carrier, { 'carrier-reassignment': { routingGuide } })
    await say('erp', 'order.created', { orderNumber: '4711' })
    await say('erp', 'delivery.released', delivery)
    await hub.pass(5000)
    await say('haul', 'scan', { trackingNumber: 'HL0001', code: 'pickup_attempt_failed' })
    await hub.pass(5000)
    await answersOf('moor', 'tender_accepted')
    await hub.pass(5000)
    expect(asked()).toEqual(['quote', 'booking', 'booking_cancellation'])
    expect(bodyOf(hub.sent[2]?.request as HttpRequest)).toMatchObject({
      ...{ document: 'B77', carrier: 'haul', trackingNumbers: ['HL0001'] },
    })
  })

  test('a carrier’s conditions are asked about once, whoever follows the load, and what a person accepts is what holds', async () => {
    const freight = { transportBy: 'hub', carriers: [{ carrier: 'moor', mode: 'ltl', cost: '300', currency: 'EUR' }] }
    await start(carrier, { 'order-to-ship': freight, 'carrier-reassignment': { routingGuide } })
    await say('erp', 'order.created', { orderNumber: '4711' })
    await say('erp', 'delivery.released', delivery)
    await hub.pass(5000)
    const conditions = { plannedPickup: '2026-04-05T06:00:00Z', price: { amount: '330', currency: 'EUR' } }
    await answersOf('moor', 'tender_countered', { conditions })
    await answersOf('moor', 'tender_countered', { conditions })
    await hub.pass(5000)
    const tasks = await facts('task.opened')
    expect(tasks).toMatchObject([{ data: { name: 'conditional-tender' } }])
    await decide(tasks[0]?.subject ?? '', 'accept')
    const [one] = await shipments()
    expect(one?.about).toMatchObject({ carrier: 'moor', plannedPickup: '2026-04-05T06:00:00Z' })
    expect(one?.projection.status).toBe('booked')
    expect(await facts('freight_accrual.estimated')).toMatchObject([
      { data: { object: { carrier: 'moor', charges: [{ amount: { amount: '330', currency: 'EUR' } }] } } },
    ])
    // The carrier is told of the load as it is now, by the standing rule.
    expect(await facts('shipment.tender_changed')).toMatchObject([{ data: { changed: ['stops'] } }])
    expect(await facts('task.opened')).toHaveLength(1)
  })
})
