import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../hub-process.ts'
import { type EffectRow, HubBeside } from './hub-beside.ts'
import type { Row } from './rpc.ts'
import { users } from './seed.ts'
import { moved, sell, soldIn } from './trade.ts'
import { firstStartMs, trytonMissing } from './tryton.ts'

/** The hub decides what is shipped, Tryton keeps the books: from the order to the last move, with the hub killed in between. */
describe.skipIf(trytonMissing)(
  `a hub that ships another item, and a real Tryton (${trytonMissing ?? 'installed'})`,
  { timeout: 400_000 },
  () => {
    let beside: HubBeside

    beforeAll(async () => {
      beside = await HubBeside.start(network)
    }, firstStartMs)
    afterAll(() => beside?.stop())

    async function tell(connection: string, type: string, data: object): Promise<void> {
      const { status } = await beside.hub.call('POST', `/v1/inbound/${connection}`, { json: beside.event(type, data) })
      expect(status).toBeLessThan(300)
    }
    async function applied(command: string, count: number): Promise<readonly EffectRow[]> {
      const rows = await beside.settled(command, count, 120_000)
      expect(rows.map(({ state, reason }) => ({ state, reason: state === 'applied' ? '' : reason }))).toEqual(
        Array.from({ length: count }, () => ({ state: 'applied', reason: '' })),
      )
      return rows
    }
    const made = async (deliveryNumber: string, orderNumber: string, goods: object): Promise<void> => {
      await tell('desk', 'delivery.created', { deliveryNumber, orderNumber, location: 'DC1', lines: [goods] })
      await tell('desk', 'delivery.released', { deliveryNumber })
    }
    const left = (deliveryNumber: string, orderNumber: string, goods: { readonly sku: string }): Promise<void> =>
      tell('wms', 'shipment.confirmed', {
        ...{ deliveryNumber, orderNumber, location: 'DC1', carrier: 'swift', lines: [goods] },
        packages: [{ trackingNumber: `SW${deliveryNumber}` }],
      })

    test('a lamp that is not found leaves as two shades: each left once, in the books and on the invoices', async () => {
      const relation = {
        ...{ sku: 'LAMP', uom: 'EA', quantity: '1', substitute: 'SHADE', substituteUom: 'EA', substituteQuantity: '2' },
        ...{ priority: 1, customersAccept: ['ACME'], status: 'active' },
        ...{ priceRule: 'own', unitPrice: '11.50', currency: 'EUR' },
      }
      const imported = await beside.hub.call('POST', '/v1/master-data/substitutes/import', {
        json: { rows: [relation] },
      })
      expect([imported.status, imported.text]).toEqual([200, expect.any(String)])
      for (const sku of ['LAMP', 'SHADE'])
        await tell('wms', 'movement', {
          ...{ movement: 'receipt', sku, quantity: '20', uom: 'EA', to: { location: 'DC1' } },
          document: { kind: 'receipt', id: `R-${sku}`, line: '1' },
        })

      const { sale, delivery } = await sell(beside.tryton.desk, { LAMP: 4 })
      const [row] = await beside.tryton.desk.find<Row & { number: string }>(
        'sale.sale',
        [['id', '=', sale]],
        ['number'],
      )
      const order = row?.number ?? ''
      const lamps = (quantity: string) => ({ line: '1', lineNo: '1', sku: 'LAMP', quantity, uom: 'EA' })
      const ordered = [{ ...lamps('4'), unitPrice: '25', currency: 'EUR' }]
      await tell('desk', 'order.created', { orderNumber: order, customerNumber: 'ACME', lines: ordered })
      expect(await applied('create_delivery', 1)).toMatchObject([{ documentReference: delivery }])
      await made(delivery, order, lamps('4'))

      const amended = beside.wire.arm('model.sale.sale.write', 'held')
      await tell('wms', 'delivery.picked', { deliveryNumber: delivery, orderNumber: order, lines: [lamps('3')] })
      await left(delivery, order, lamps('3'))
      await amended
      // Tryton's sale has the other item, nothing is planned of it yet, and the hub that asked for it knows nothing.
      await beside.restart()
      await applied('amend_order', 1)
      const [, other = ''] = [
        delivery,
        ...(await applied('create_delivery', 2)).flatMap(({ documentReference = '' }) =>
          documentReference === delivery ? [] : [documentReference],
        ),
      ]
      const shades = { line: '1', lineNo: '1', sku: 'SHADE', quantity: '2', uom: 'EA' }
      await made(other, order, shades)
      await left(other, order, shades)
      await applied('post_goods_issue', 2)

      expect(
        await moved(beside.tryton.desk, [
          ['origin.sale', '=', sale, 'sale.line'],
          ['to_location.type', '=', 'customer'],
        ]),
      ).toEqual({ moves: 2, goods: { LAMP: 3, SHADE: 2 } })
      const { shipments, invoices } = await soldIn(beside.tryton.desk, sale)
      expect(shipments.map(({ state, goods }) => ({ state, goods }))).toEqual([
        { state: 'done', goods: { LAMP: 3 } },
        { state: 'done', goods: { SHADE: 2 } },
      ])
      expect(invoices).toHaveLength(2)
      const [billed] = await beside.tryton.desk.find<Row & { invoices: number[]; shipment_state: string }>(
        'sale.sale',
        [['id', '=', sale]],
        ['invoices', 'shipment_state'],
      )
      const amounts = await beside.tryton.desk.find<Row & { untaxed_amount: { decimal: string } }>(
        'account.invoice',
        [['id', 'in', billed?.invoices ?? []]],
        ['untaxed_amount'],
      )
      // Three at 25 with the freight of 12, and two at 11.50.
      expect([billed?.shipment_state, amounts.map(({ untaxed_amount: { decimal } }) => Number(decimal))]).toEqual([
        'sent',
        [87, 23],
      ])
    })

    test('and both books say the same', async () => {
      const compared = await eventually(
        async () => {
          const answer = await beside.hub.call('POST', '/v1/reconciliations', { json: { connection: 'erp' } })
          return answer.json() as { posted: number; differences: object[] }
        },
        (found) => found.posted === 5,
      )
      expect(compared).toMatchObject({ complete: true, differences: [], posted: 5 })
      expect(await beside.hub.counter('interline_duplicate_postings_total')).toBe(0)
    })
  },
)

function network(erp: string): object {
  const { login: user, password } = users.hub
  const local = { tenant: 'main', allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
  const commands = ['amend_order', 'create_delivery', 'post_goods_issue']
  return {
    connections: [
      { id: 'wms', connector: 'generic-wms', settings: { orderSystem: 'desk' }, ...local },
      // Orders and deliveries are told by the order desk, as a shop would.
      { id: 'desk', connector: 'generic-erp', settings: { url: 'http://127.0.0.1:9', system: 'desk' }, ...local },
      {
        ...{ id: 'erp', connector: 'tryton', timeoutSeconds: 15, processingSeconds: 1, ...local },
        settings: { url: erp, user, password, pollSeconds: 86_400 },
      },
    ],
    routes: commands.map((command) => ({ command, target: 'erp', tenant: 'main' })),
    processes: [
      {
        process: 'order-to-ship',
        tenant: 'main',
        policy: { orchestratedBy: 'hub', deliveryCreatedBy: 'hub', shortPick: 'substitute, ask' },
      },
    ],
  }
}
