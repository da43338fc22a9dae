import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'
import { Wire } from '../wire.ts'
import { vendureMissing } from './installation.ts'
import { firstStartMs, hubUser, Vendure } from './vendure.ts'

/** Short, so that what is in doubt is settled within the test; the proportions are those of the defaults. */
const times = { INTERLINE_CLAIM_SECONDS: '25', INTERLINE_VANISHED_SECONDS: '1', INTERLINE_LEASE_SECONDS: '3' }
const patienceMs = 60_000

interface EffectRow {
  readonly command: string
  readonly naturalKey: string
  readonly state: string
  readonly reason?: string
}

/** What the ERP and the warehouse were asked for: they say yes to everything, and the test speaks for them. */
interface Asked {
  readonly method: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

describe.skipIf(vendureMissing)(
  `a hub and a real Vendure (${vendureMissing ?? 'installed'})`,
  { timeout: 240_000 },
  () => {
    let shop: Vendure
    let wire: Wire
    let peers: Server
    let hub: HubProcess
    const asked: Asked[] = []
    let events = 0

    beforeAll(async () => {
      shop = await Vendure.start()
      wire = await Wire.open(shop.url, callOf)
      peers = await agreeable(asked)
      hub = await start({ databaseUrl: await testDatabase() })
      // The warehouse has goods.
      for (const sku of ['LAMP', 'BULB'])
        await tell('wms', 'movement', {
          ...{ movement: 'adjust_gain', sku, quantity: '500', uom: 'EA', to: { location: 'DC1' } },
          document: { kind: 'count', id: `C-${sku}`, line: '1' },
        })
    }, firstStartMs)
    afterAll(async () => {
      await hub?.stop()
      await new Promise((resolve) => (peers === undefined ? resolve(undefined) : peers.close(resolve)))
      await wire?.close()
      await shop?.stop()
    })

    function start(more: { readonly databaseUrl: string; readonly key?: string }): Promise<HubProcess> {
      const peer = `http://127.0.0.1:${(peers.address() as AddressInfo).port}`
      return HubProcess.start({ network: network(wire.url, peer), environment: times, ...more })
    }

    async function tell(connection: string, type: string, data: object): Promise<void> {
      const json = { eventId: `E-${++events}`, type, occurredAt: new Date().toISOString(), data }
      const { status, text } = await hub.call('POST', `/v1/inbound/${connection}`, { json })
      expect(status, text).toBeLessThan(300)
    }

    async function effects(command: string): Promise<readonly EffectRow[]> {
      const answer = await hub.call('GET', `/v1/effects?command=${command}&limit=200`)
      return (answer.json() as { data: EffectRow[] }).data
    }

    /** Waits until so many of a command are done, and nothing else has become of any. */
    async function expectApplied(command: string, count: number): Promise<void> {
      const rows = await eventually(
        () => effects(command),
        (all) => all.length >= count && all.every(({ state }) => ['applied', 'refused', 'parked'].includes(state)),
        patienceMs,
      )
      const others = rows.filter(({ state }) => state !== 'applied')
      expect({ others, applied: rows.length - others.length }).toEqual({ others: [], applied: count })
    }

    function wanted(path: string, orderNumber: string): Promise<Asked | undefined> {
      return eventually(
        () =>
          Promise.resolve(
            asked.find((one) => one.path.startsWith(path) && JSON.stringify(one.body).includes(orderNumber)),
          ),
        (found) => found !== undefined,
        patienceMs,
      )
    }

    /** An order goes its way until the warehouse has its delivery: its number. */
    async function untilReleased(code: string): Promise<string> {
      const made = await wanted('/documents/delivery', code)
      expect(made?.body).toMatchObject({ complete: true, header: { orderNumber: code } })
      const deliveryNumber = `8${String(asked.length).padStart(7, '0')}`
      const lines = (made?.body['lines'] as object[]) ?? []
      await tell('erp', 'delivery.created', {
        deliveryNumber,
        orderNumber: code,
        location: 'DC1',
        carrier: 'swift',
        lines,
      })
      await tell('erp', 'delivery.released', { deliveryNumber, orderNumber: code })
      expect(await wanted(`/deliveries/${deliveryNumber}`, code)).toMatchObject({
        method: 'PUT',
        body: { location: 'DC1' },
      })
      return deliveryNumber
    }

    function leaves(
      deliveryNumber: string,
      goods: Readonly<Record<string, string>>,
      trackingNumber: string,
      confirmation = 1,
    ): Promise<void> {
      const lines = Object.entries(goods).map(([sku, quantity], index) => ({
        line: String(index + 1),
        sku,
        quantity,
        uom: 'EA',
      }))
      return tell('wms', 'shipment.confirmed', {
        ...{ deliveryNumber, confirmation, location: 'DC1', carrier: 'swift', packages: [{ trackingNumber }], lines },
      })
    }

    test('an order of the shop goes through the hub and the warehouse, and comes back as shipped, in two parts', async () => {
      const code = await shop.sell({ LAMP: 3, BULB: 2 })
      const delivery = await untilReleased(code)
      // Both answers of the shop are lost: that of the fulfillment, and that of its step.
      const lost = [wire.arm('addFulfillmentToOrder', 'lost'), wire.arm('transitionFulfillmentToState', 'lost')]
      await leaves(delivery, { LAMP: '2', BULB: '2' }, 'SW-1')
      await Promise.all(lost)
      await expectApplied('ship_channel_order', 1)
      const first = { state: 'Shipped', trackingCode: 'SW-1', goods: { LAMP: 2, BULB: 2 } }
      expect(await shop.fate(code)).toEqual({ state: 'PartiallyShipped', fulfillments: [first] })
      await leaves(delivery, { LAMP: '1' }, 'SW-2', 2)
      await expectApplied('ship_channel_order', 2)
      expect(await shop.fate(code)).toEqual({
        state: 'Shipped',
        fulfillments: [first, { state: 'Shipped', trackingCode: 'SW-2', goods: { LAMP: 1 } }],
      })
      // The staff of the shop read that it was taken.
      await expectApplied('update_channel_order', 1)
      const trace = await hub.call('GET', `/v1/trace?reference=${code}`)
      for (const type of ['order.received', 'order.accepted', 'order.allocated']) expect(trace.text).toContain(type)
    })

    test('an order that is cancelled in the shop is cancelled in the hub, and its warehouse is told', async () => {
      const code = await shop.sell({ BULB: 1 })
      const delivery = await untilReleased(code)
      await shop.desk.change(
        'cancelOrder',
        'mutation($code:ID!){cancelOrder(input:{orderId:$code,reason:"changed my mind",cancelShipping:true}){__typename ... on ErrorResult{errorCode message}}}',
        { code: await shop.idOf(code) },
      )
      expect(await wanted('/instructions/', delivery)).toMatchObject({ body: { kind: 'delivery_cancellation' } })
    })

    test('a hub that is killed after the shop has done it, and before it knows: the next one finds it', async () => {
      const code = await shop.sell({ LAMP: 4 })
      const delivery = await untilReleased(code)
      const done = wire.arm('addFulfillmentToOrder', 'held')
      await leaves(delivery, { LAMP: '4' }, 'SW-3')
      await done
      const { databaseUrl, key } = hub
      await hub.die()
      expect((await shop.fate(code)).fulfillments).toMatchObject([{ state: 'Pending' }])
      hub = await start({ databaseUrl, key })
      await expectApplied('ship_channel_order', 3)
      expect(await shop.fate(code)).toEqual({
        state: 'Shipped',
        fulfillments: [{ state: 'Shipped', trackingCode: 'SW-3', goods: { LAMP: 4 } }],
      })
      expect(await hub.counter('interline_duplicate_postings_total')).toBe(0)
    })
  },
)

/** The mutation of a request, or `question`. */
function callOf(body: string): string {
  const { query } = JSON.parse(body) as { query: string }
  return /^mutation[^{]*\{\s*(\w+)/.exec(query)?.[1] ?? 'question'
}

async function agreeable(asked: Asked[]): Promise<Server> {
  const server = createServer((incoming, response) => {
    const { method = '', url = '' } = incoming
    incoming
      .toArray()
      .then((parts) => {
        const text = Buffer.concat(parts as Buffer[]).toString()
        asked.push({ method, path: url, body: text === '' ? {} : (JSON.parse(text) as Asked['body']) })
        response.writeHead(201, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ documentNumber: `5${asked.length}` }))
      })
      .catch(() => incoming.socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function network(shop: string, peer: string): object {
  const local = { tenant: 'main', allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
  const route = (target: string) => (command: string) => ({ command, target, tenant: 'main' })
  return {
    connections: [
      {
        ...{ id: 'shop', connector: 'vendure', ...local, timeoutSeconds: 15, processingSeconds: 1 },
        settings: { url: shop, ...hubUser, pollSeconds: 1 },
      },
      { id: 'erp', connector: 'generic-erp', settings: { url: peer, system: 'shop' }, ...local },
      { id: 'wms', connector: 'generic-wms', settings: { url: peer, orderSystem: 'shop' }, ...local },
    ],
    routes: [
      ...['update_channel_order', 'ship_channel_order'].map(route('shop')),
      ...['create_delivery', 'withdraw_delivery'].map(route('erp')),
      ...['release_delivery', 'cancel_delivery'].map(route('wms')),
    ],
    processes: [
      { process: 'order-to-ship', tenant: 'main', policy: { orchestratedBy: 'hub', deliveryCreatedBy: 'hub' } },
    ],
  }
}
