import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../hub-process.ts'
import { HubBeside } from './hub-beside.ts'
import { users } from './seed.ts'
import { buy, type Goods, moved, pickShort, sell, soldIn, takeBack } from './trade.ts'
import { firstStartMs, trytonMissing } from './tryton.ts'

const patienceMs = 90_000

describe.skipIf(trytonMissing)(
  `a hub and a real Tryton (${trytonMissing ?? 'installed'})`,
  { timeout: 240_000 },
  () => {
    let beside: HubBeside

    beforeAll(async () => {
      beside = await HubBeside.start(network)
    }, firstStartMs)
    afterAll(() => beside?.stop())

    const event = (type: string, data: object): object => beside.event(type, data)

    async function tell(connection: string, message: object): Promise<void> {
      const { status } = await beside.hub.call('POST', `/v1/inbound/${connection}`, { json: message })
      expect(status).toBeLessThan(300)
    }

    function confirmation(delivery: string, goods: Goods, trackingNumber: string): object {
      return event('shipment.confirmed', {
        deliveryNumber: delivery,
        location: 'DC1',
        carrier: 'swift',
        packages: [{ trackingNumber }],
        lines: lines(goods),
        freight: { amount: '7.40', currency: 'EUR' },
      })
    }

    async function expectApplied(command: string, count: number): Promise<void> {
      const rows = await beside.settled(command, count, patienceMs)
      const others = rows.filter(({ state }) => state !== 'applied')
      expect({ others, applied: rows.length - others.length }).toEqual({ others: [], applied: count })
    }

    async function left(sale: number): Promise<unknown> {
      return moved(beside.tryton.desk, [
        ['origin.sale', '=', sale, 'sale.line'],
        ['to_location.type', '=', 'customer'],
      ])
    }

    /** Account moves of freight that are in the books. */
    function accruals(): Promise<number> {
      return beside.tryton.desk.model<number>('account.move', 'search_count', [
        ['description', 'ilike', '%IL%'],
        ['state', '=', 'posted'],
      ])
    }

    test('what the sales desk confirms is known to the hub without anybody sending it', async () => {
      const { delivery } = await sell(beside.tryton.desk, { SHADE: 1 })
      const trace = await eventually(
        async () => (await beside.hub.call('GET', `/v1/trace?reference=${delivery}`)).text,
        (text) => text.includes('delivery.released'),
      )
      expect(trace).toContain('delivery.released')
    })

    test('what is picked short in Tryton itself is known with what was wanted, to the last unit', async () => {
      const { delivery } = await sell(beside.tryton.desk, { LAMP: 5, SHADE: 2 })
      await eventually(
        async () => (await beside.hub.call('GET', `/v1/trace?reference=${delivery}`)).text,
        (text) => text.includes('delivery.released'),
      )
      await pickShort(beside.tryton.desk, delivery, { LAMP: 3 })
      const told = await eventually(
        async () => {
          const { data } = (await beside.hub.call('GET', `/v1/deliveries?reference=${delivery}`)).json() as {
            data: readonly { readonly id: string }[]
          }
          const { content } = (await beside.hub.call('GET', `/v1/deliveries/${data[0]?.id}`)).json() as {
            content?: object
          }
          return content as Readonly<Record<string, unknown>> | undefined
        },
        (object) => object?.['picked'] !== undefined,
      )
      const goods = (list: unknown) =>
        (list as { sku: string; quantity: string; uom: string }[])
          .map(({ sku, quantity, uom }) => `${Number(quantity)} ${uom} ${sku}`)
          .toSorted()
      expect(goods(told?.['wanted'])).toEqual(['2 C62 SHADE', '5 C62 LAMP'])
      expect(goods(told?.['picked'])).toEqual(['2 C62 SHADE', '3 C62 LAMP'])
    })

    test('told twenty times at once, with the answer of Tryton lost: two deliveries, each issued once', async () => {
      const [a, b] = [await sell(beside.tryton.desk, { LAMP: 4 }), await sell(beside.tryton.desk, { LAMP: 5, BULB: 2 })]
      const lost = beside.wire.arm('model.stock.shipment.out.done', 'lost')
      const messages = [
        confirmation(a.delivery, { LAMP: 4 }, 'SW-A'),
        confirmation(b.delivery, { LAMP: 3, BULB: 2 }, 'SW-B'),
      ]
      await Promise.all(Array.from({ length: 20 }, () => messages.map((one) => tell('wms', one))).flat())
      await lost
      await expectApplied('post_goods_issue', 2)
      expect(await left(a.sale)).toEqual({ moves: 1, goods: { LAMP: 4 } })
      expect(await left(b.sale)).toEqual({ moves: 2, goods: { LAMP: 3, BULB: 2 } })
      const { shipments } = await soldIn(beside.tryton.desk, b.sale)
      expect(shipments.map(({ state, goods }) => ({ state, goods }))).toEqual([
        { state: 'done', goods: { BULB: 2, LAMP: 3 } },
        { state: 'waiting', goods: { LAMP: 2 } },
      ])
      // Delivered, and proven for one of them.
      for (const trackingNumber of ['SW-A', 'SW-B'])
        await tell('carrier', event('scan', { trackingNumber, code: 'delivered' }))
      const proof = event('proof_of_delivery', { trackingNumber: 'SW-A', signedBy: 'R. Halloran' })
      await Promise.all(Array.from({ length: 5 }, () => tell('carrier', proof)))
      await expectApplied('release_invoice', 1)
      expect((await soldIn(beside.tryton.desk, a.sale)).invoices).toEqual([
        { number: expect.any(String), state: 'posted', moves: 1 },
      ])
      expect((await soldIn(beside.tryton.desk, b.sale)).invoices).toEqual([{ number: null, state: 'draft', moves: 0 }])
    })

    test('Tryton restarted in the middle of a goods issue: it is finished, once', async () => {
      const { sale, delivery } = await sell(beside.tryton.desk, { BULB: 6 })
      const { promise: crashed, resolve } = Promise.withResolvers<void>()
      const crash = (): Promise<void> => beside.tryton.crash().then(resolve)
      beside.wire.arm('model.stock.shipment.out.pick', crash).catch(() => {})
      await tell('wms', confirmation(delivery, { BULB: 6 }, 'SW-C'))
      await crashed
      await beside.tryton.restart()
      await expectApplied('post_goods_issue', 3)
      expect(await left(sale)).toEqual({ moves: 1, goods: { BULB: 6 } })
    })

    test('receipt, correction of stock and return: one document each', async () => {
      const { purchase, purchaseOrder } = await buy(beside.tryton.desk, { LAMP: 12 })
      const receipt = {
        receiptNumber: 'GR-77',
        purchaseOrderNumber: purchaseOrder,
        location: 'DC1',
        lines: lines({ LAMP: 11 }),
      }
      await tell('wms', event('receipt.posted', receipt))
      await expectApplied('post_goods_receipt', 1)
      const came = [
        ['origin.purchase', '=', purchase, 'purchase.line'],
        ['from_location.type', '=', 'supplier'],
      ]
      expect(await moved(beside.tryton.desk, came)).toEqual({ moves: 1, goods: { LAMP: 11 } })
      const gain = { movement: 'adjust_gain', sku: 'SHADE', quantity: '2', uom: 'EA', to: { location: 'DC1' } }
      await tell('wms', event('movement', { ...gain, document: { kind: 'count', id: 'C-1', line: '1' } }))
      await expectApplied('adjust_inventory', 1)
      const found = [
        ['from_location.type', '=', 'lost_found'],
        ['product.code', '=', 'SHADE'],
        ['quantity', '=', 2],
      ]
      expect(await moved(beside.tryton.desk, found)).toEqual({ moves: 1, goods: { SHADE: 2 } })
      const { sale, delivery } = await sell(beside.tryton.desk, { SHADE: 3 })
      await tell('wms', confirmation(delivery, { SHADE: 3 }, 'SW-D'))
      await expectApplied('post_goods_issue', 4)
      const { returnNumber, credit } = await takeBack(beside.tryton.desk, sale)
      const back = { sku: 'SHADE', quantity: '2', uom: 'EA', document: { kind: 'return', id: returnNumber, line: '1' } }
      await tell(
        'wms',
        event('movement', { ...back, movement: 'return_receipt', to: { location: 'DC1', status: 'quality_hold' } }),
      )
      await expectApplied('post_return_receipt', 1)
      const returned = [
        ['origin.sale', '=', credit, 'sale.line'],
        ['from_location.type', '=', 'customer'],
      ]
      expect(await moved(beside.tryton.desk, returned)).toEqual({ moves: 1, goods: { SHADE: 2 } })
    })

    test('a hub that is killed after Tryton has done it, and before it knows: the next one finds it', async () => {
      const { sale, delivery } = await sell(beside.tryton.desk, { LAMP: 7 })
      const done = beside.wire.arm('model.stock.shipment.out.done', 'held')
      await tell('wms', confirmation(delivery, { LAMP: 7 }, 'SW-E'))
      await done
      await beside.restart(async () => {
        expect(await left(sale)).toEqual({ moves: 1, goods: { LAMP: 7 } })
      })
      await expectApplied('post_goods_issue', 5)
      expect(await left(sale)).toEqual({ moves: 1, goods: { LAMP: 7 } })
    })

    test('the same for a receipt, a return, an invoice and freight, all of them at once: one document each', async () => {
      const a = await sell(beside.tryton.desk, { BULB: 3 })
      const b = await sell(beside.tryton.desk, { LAMP: 2 })
      const { purchase, purchaseOrder } = await buy(beside.tryton.desk, { LAMP: 6 })
      await tell('wms', confirmation(a.delivery, { BULB: 3 }, 'SW-F'))
      await tell('carrier', event('scan', { trackingNumber: 'SW-F', code: 'delivered' }))
      await expectApplied('post_goods_issue', 6)
      await expectApplied('post_freight_accrual', 6)
      const { returnNumber, credit } = await takeBack(beside.tryton.desk, a.sale)
      const [receipts, returns, invoices, freights] = [
        'model.stock.shipment.in.done',
        'model.stock.shipment.out.return.receive',
        'model.account.invoice.post',
        'model.account.move.post',
      ].map((button) => beside.wire.arm(button, 'held'))
      const receipt = { receiptNumber: 'GR-78', purchaseOrderNumber: purchaseOrder, location: 'DC1' }
      await tell('wms', confirmation(b.delivery, { LAMP: 2 }, 'SW-G'))
      await freights
      await tell('wms', event('receipt.posted', { ...receipt, lines: lines({ LAMP: 6 }) }))
      await tell(
        'wms',
        event('movement', {
          ...{ movement: 'return_receipt', sku: 'BULB', quantity: '3', uom: 'EA' },
          ...{ to: { location: 'DC1', status: 'quality_hold' } },
          document: { kind: 'return', id: returnNumber, line: '1' },
        }),
      )
      await tell('carrier', event('proof_of_delivery', { trackingNumber: 'SW-F', signedBy: 'R. Halloran' }))
      await Promise.all([receipts, returns, invoices])
      const books = async (): Promise<object> => ({
        receipt: await moved(beside.tryton.desk, [
          ['origin.purchase', '=', purchase, 'purchase.line'],
          ['from_location.type', '=', 'supplier'],
        ]),
        return: await moved(beside.tryton.desk, [
          ['origin.sale', '=', credit, 'sale.line'],
          ['from_location.type', '=', 'customer'],
        ]),
        invoice: (await soldIn(beside.tryton.desk, a.sale)).invoices.map(({ state, moves }) => ({ state, moves })),
        freight: await accruals(),
      })
      const once = {
        receipt: { moves: 1, goods: { LAMP: 6 } },
        return: { moves: 1, goods: { BULB: 3 } },
        invoice: [{ state: 'posted', moves: 1 }],
        freight: 7,
      }
      // Tryton has done all of it, and the hub that asked for it knows nothing.
      await beside.restart(async () => {
        expect(await books()).toEqual(once)
      })
      await expectApplied('post_goods_receipt', 2)
      await expectApplied('post_return_receipt', 2)
      await expectApplied('release_invoice', 2)
      await expectApplied('post_freight_accrual', 7)
      await expectApplied('post_goods_issue', 7)
      expect(await books()).toEqual(once)
      expect(await left(b.sale)).toEqual({ moves: 1, goods: { LAMP: 2 } })
    })

    test('in the end both books say the same: a document for each posting, and none besides', async () => {
      expect(await accruals()).toBe(7)
      // Goods issues, freight, receipts, returns, invoices, one correction of stock.
      const posted = 7 + 7 + 2 + 2 + 2 + 1
      // What was settled within the last second is too young to be compared.
      const compared = await eventually(
        async () => {
          const answer = await beside.hub.call('POST', '/v1/reconciliations', { json: { connection: 'erp' } })
          return answer.json() as { complete: boolean; posted: number; differences: object[] }
        },
        (found) => found.posted === posted,
      )
      expect(compared).toMatchObject({ complete: true, differences: [], posted })
      expect(await beside.hub.counter('interline_duplicate_postings_total')).toBe(0)
    })
  },
)

function lines(goods: Goods): readonly object[] {
  return Object.entries(goods).map(([sku, quantity], index) => ({
    line: String(index + 1),
    sku,
    quantity: String(quantity),
    uom: 'EA',
  }))
}

function network(erp: string): object {
  const { login: user, password } = users.hub
  const commands = [
    ...['post_goods_issue', 'post_freight_accrual', 'release_invoice', 'post_goods_receipt', 'adjust_inventory'],
    'post_return_receipt',
  ]
  return {
    connections: [
      { id: 'wms', tenant: 'main', connector: 'generic-wms', settings: { orderSystem: 'tryton' } },
      { id: 'carrier', tenant: 'main', connector: 'generic-carrier', settings: { carrier: 'swift' } },
      {
        id: 'erp',
        tenant: 'main',
        connector: 'tryton',
        settings: {
          url: erp,
          user,
          password,
          pollSeconds: 1,
          freightBooking: 'account_move',
          freightExpenseAccount: '6100',
          freightAccrualAccount: '2150',
        },
        allowHttp: true,
        allowedCidrs: ['127.0.0.0/8'],
        timeoutSeconds: 15,
        processingSeconds: 1,
      },
    ],
    routes: commands.map((command) => ({ command, target: 'erp', tenant: 'main' })),
  }
}
