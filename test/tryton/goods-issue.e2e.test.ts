import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Hand } from './hand.ts'
import { sell, soldIn } from './trade.ts'
import { firstStartMs, Tryton, trytonMissing } from './tryton.ts'

describe.skipIf(trytonMissing)(
  `goods issue in a real Tryton (${trytonMissing ?? 'installed'})`,
  { timeout: 240_000 },
  () => {
    let tryton: Tryton
    let hand: Hand
    beforeAll(async () => {
      tryton = await Tryton.start()
      hand = new Hand(tryton)
    }, firstStartMs)
    afterAll(() => tryton?.stop())

    function issue(deliveryNumber: string, lines: Readonly<Record<string, string>>, more: object = {}): object {
      return {
        deliveryNumber,
        location: 'DC1',
        carrier: 'swift',
        lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity, uom: 'EA' })),
        ...more,
      }
    }

    test('all that was ordered has left: one shipment, done, and the invoice drafted', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 10, BULB: 4 })
      const payload = issue(delivery, { LAMP: '10', BULB: '4.0' }, { trackingNumbers: ['SW1', 'SW2'] })
      expect(await hand.post('post_goods_issue', 'ILGOODSISSUE0000001', payload)).toMatchObject({
        end: 'applied',
        documentReference: delivery,
      })
      expect(await soldIn(tryton.desk, sale)).toEqual({
        shipments: [{ number: delivery, state: 'done', goods: { BULB: 4, LAMP: 10 } }],
        invoices: [{ number: null, state: 'draft', moves: 0 }],
      })
      expect(await hand.lookUp('post_goods_issue', 'ILGOODSISSUE0000001', payload)).toEqual({
        found: 'one',
        documentReference: delivery,
        equal: true,
      })
    })

    test('what was short stays owed in a shipment of its own', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 10, BULB: 4 })
      expect(await hand.post('post_goods_issue', 'ILGOODSISSUE0000002', issue(delivery, { LAMP: '8' }))).toMatchObject({
        end: 'applied',
      })
      const { shipments } = await soldIn(tryton.desk, sale)
      expect(shipments.map(({ state, goods }) => ({ state, goods }))).toEqual([
        { state: 'done', goods: { LAMP: 8 } },
        { state: 'waiting', goods: { BULB: 4, LAMP: 2 } },
      ])
    })
  },
)
