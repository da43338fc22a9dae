import { describe, expect, test } from 'vitest'
import { json, LoneNode } from '../../../test/lone-node.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import type { HttpRequest, HttpResult } from '../../transports/http/request.ts'
import { advanceRound } from '../advance/advance.ts'
import { Projector } from '../advance/project.ts'
import { timerRound } from '../advance/timers.ts'
import { keepTenures } from '../tenure.ts'
import { translateRound } from '../translate/translate.ts'

const minute = 60_000
const tracker = (status: string, details: readonly object[]): HttpResult =>
  json(200, {
    trackers: [
      {
        id: 'trk_1',
        object: 'Tracker',
        mode: 'production',
        tracking_code: 'PN1',
        carrier: 'ParcelNorth',
        status,
        tracking_details: details,
      },
    ],
  })
const detail = (status: string, datetime: string): object => ({
  object: 'TrackingDetail',
  status,
  datetime,
  message: status,
})
const onTheRoad = tracker('in_transit', [detail('in_transit', '2026-03-02T05:00:00Z')])
const arrived = tracker('delivered', [
  detail('in_transit', '2026-03-02T05:00:00Z'),
  detail('delivered', '2026-03-02T07:00:00Z'),
])

/** A hub that polls an aggregator, and knows of one shipment from its warehouse. */
class PollingHub {
  readonly lone: LoneNode
  readonly #projector: Projector

  constructor(answer: (request: HttpRequest) => HttpResult, store?: LoneNode['store']) {
    this.lone = new LoneNode({
      answer,
      ...(store === undefined ? {} : { seam: () => store }),
      connections: [
        { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {} },
        {
          id: 'easypost',
          tenant: 'main',
          connector: 'easypost',
          settings: { webhookSecret: 'long enough' },
          polling: { minutes: 60 },
        },
      ],
    })
    this.#projector = new Projector(this.lone.node.place, { apply: async () => {}, retell: async () => {} })
  }

  async ship(): Promise<void> {
    await keepTenures(this.lone.node.place, [...this.lone.node.place.translate, ...this.lone.node.place.advance])
    const data = {
      deliveryNumber: '8001',
      location: 'OUT',
      carrier: 'ParcelNorth',
      packages: [{ trackingNumber: 'PN1' }],
      lines: [{ sku: 'LAMP', quantity: '1', uom: 'EA' }],
    }
    const event = { eventId: 'W-1', type: 'shipment.confirmed', occurredAt: '2026-03-02T05:00:00Z', data }
    const connection = this.lone.node.place.ports.connections().get('wms')
    if (connection === undefined) throw new RangeError('the warehouse is not connected')
    const body = new TextEncoder().encode(JSON.stringify(event))
    await this.lone.node.intake.accept({
      connection,
      body,
      contentType: 'application/json',
      headers: {},
      trace: '0'.repeat(32),
    })
    await this.work()
  }

  /** Every loop, until none finds anything. */
  async work(): Promise<void> {
    const { place, poller } = this.lone.node
    await keepTenures(place, [...place.translate, ...place.advance])
    for (let worked = true; worked; ) {
      worked = false
      for (const tenure of place.translate) worked = (await translateRound(place, tenure)) || worked
      for (const tenure of place.advance) {
        worked = (await advanceRound(place, tenure)) || worked
        worked = (await timerRound(place, tenure)) || worked
      }
      worked = (await this.#projector.round()) || worked
      worked = (await poller.round()) || worked
    }
  }

  async pass(minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed += 5) {
      this.lone.now += 5 * minute
      await this.work()
    }
  }

  async status(): Promise<string | undefined> {
    const facts = await this.lone.store.readLog(0, -1, 1000)
    const subject = facts.find(({ fact }) => fact.subject.startsWith('shp_'))?.fact.subject ?? ''
    const body = (await this.lone.store.states([subject])).get(subject)?.body
    return body === undefined ? undefined : (JSON.parse(body) as ShipmentState).projection.status
  }
}

describe('a shipment of which no news comes', () => {
  test('is asked about, its answer moves it, and nobody asks once it has arrived', async () => {
    let answer = onTheRoad
    const hub = new PollingHub(() => answer)
    await hub.ship()
    await hub.pass(60)
    expect(hub.lone.sent).toEqual([])
    await hub.pass(90)
    expect(hub.lone.sent).toHaveLength(1)
    expect(hub.lone.sent[0]?.url).toBe('https://api.easypost.com/v2/trackers?tracking_code=PN1')
    expect(await hub.status()).toBe('in_transit')
    answer = arrived
    await hub.pass(90)
    expect(await hub.status()).toBe('delivered')
    const asked = hub.lone.sent.length
    await hub.pass(2 * 24 * 60)
    expect(hub.lone.sent).toHaveLength(asked)
  })

  test('is asked about ever more seldom, and an answer that is known leaves nothing behind', async () => {
    const hub = new PollingHub(() => onTheRoad)
    await hub.ship()
    await hub.pass(150)
    const messages = (await hub.lone.store.heads()).inbox
    await hub.pass(24 * 60)
    expect(hub.lone.sent.length).toBeGreaterThan(4)
    expect(hub.lone.sent.length).toBeLessThan(12)
    expect((await hub.lone.store.heads()).inbox).toEqual(messages)
    expect(hub.lone.node.poller.counts()).toMatchObject([
      { connection: 'easypost', everyMinutes: 60, outcomes: { news: 1 } },
    ])
  })

  test('is asked about again after a failure, and not while the carrier wants to be left alone', async () => {
    let answer: HttpResult = { ...json(429, {}), headers: { 'retry-after': '3600' } } as HttpResult
    const hub = new PollingHub(() => answer)
    await hub.ship()
    await hub.pass(150)
    expect(hub.lone.sent).toHaveLength(1)
    answer = onTheRoad
    await hub.pass(15)
    expect(hub.lone.sent).toHaveLength(1)
    await hub.pass(120)
    expect(await hub.status()).toBe('in_transit')
  })

  test('is still asked about when the instance that was to ask vanished', async () => {
    const hub = new PollingHub(() => onTheRoad)
    await hub.ship()
    const { place } = hub.lone.node
    hub.lone.now += 180 * minute
    await keepTenures(place, place.advance)
    for (const tenure of place.advance) await timerRound(place, tenure)
    expect(place.pollsDue.splice(0)).toHaveLength(1)
    await hub.work()
    expect(hub.lone.sent).toEqual([])
    await hub.pass(15)
    expect(hub.lone.sent).toHaveLength(1)
  })
})

test('a connection whose connector cannot be asked does not poll', () => {
  const wrong = { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: {}, polling: {} }
  expect(() => new LoneNode({ connections: [wrong] })).toThrow('cannot be asked for tracking')
})
