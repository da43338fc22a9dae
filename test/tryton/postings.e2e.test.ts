import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Hand } from './hand.ts'
import type { Row } from './rpc.ts'
import { buy, moved, sell, soldIn, stock } from './trade.ts'
import { firstStartMs, Tryton, trytonMissing } from './tryton.ts'

describe.skipIf(trytonMissing)(
  `postings in a real Tryton (${trytonMissing ?? 'installed'})`,
  { timeout: 240_000 },
  () => {
    let tryton: Tryton
    let hand: Hand
    const today = new Date().toISOString().slice(0, 10)
    let numbers = 0
    /** Another one for each posting, as the hub makes them. */
    const reference = (): string => `ILTEST${String(++numbers).padStart(12, '0')}`

    beforeAll(async () => {
      tryton = await Tryton.start()
      hand = new Hand(tryton)
    }, firstStartMs)
    afterAll(() => tryton?.stop())

    async function ship(goods: Readonly<Record<string, number>>): Promise<{ sale: number; delivery: string }> {
      const sold = await sell(tryton.desk, goods)
      const lines = Object.entries(goods).map(([sku, quantity]) => ({ sku, quantity: String(quantity), uom: 'EA' }))
      const issued = await hand.post('post_goods_issue', reference(), {
        deliveryNumber: sold.delivery,
        location: 'DC1',
        lines,
      })
      expect(issued).toMatchObject({ end: 'applied' })
      return sold
    }

    test('a receipt short of one item and over in another: what came is in stock, what is missing stays expected', async () => {
      const { purchase, purchaseOrder } = await buy(tryton.desk, { LAMP: 40, BULB: 20 })
      const before = await stock(tryton.desk, 'BULB')
      const payload = {
        receiptNumber: 'GR-1',
        purchaseOrderNumber: purchaseOrder,
        location: 'DC1',
        postingDate: today,
        lines: [
          { sku: 'LAMP', quantity: '25', uom: 'EA' },
          { sku: 'BULB', quantity: '22', uom: 'C62' },
        ],
      }
      expect(await hand.post('post_goods_receipt', reference(), payload)).toMatchObject({ end: 'applied' })
      expect(await stock(tryton.desk, 'BULB')).toBe(before + 22)
      const open = await tryton.desk.find<Row & { quantity: number }>(
        'stock.move',
        [
          ['origin.purchase', '=', purchase, 'purchase.line'],
          ['state', '=', 'draft'],
        ],
        ['quantity'],
      )
      expect(open.map(({ quantity }) => quantity)).toEqual([15])
    })

    test('a receipt of what nobody ordered is refused, and nothing is booked', async () => {
      const { purchaseOrder } = await buy(tryton.desk, { LAMP: 4 })
      const payload = {
        receiptNumber: 'GR-2',
        purchaseOrderNumber: purchaseOrder,
        lines: [{ sku: 'SHADE', quantity: '1', uom: 'EA' }],
      }
      const before = await tryton.desk.model('stock.shipment.in', 'search_count', [])
      expect(await hand.post('post_goods_receipt', reference(), payload)).toEqual({
        end: 'refused',
        wire: true,
        status: 200,
        reason: `Purchase ${purchaseOrder}: Tryton plans no move of SHADE.`,
      })
      expect(await tryton.desk.model('stock.shipment.in', 'search_count', [])).toBe(before)
    })

    test.each([
      { delta: '-3', what: 'a loss' },
      { delta: '5', what: 'a gain' },
    ])('$what found in a count is one move of exactly that, whatever the stock is by then', async ({ delta }) => {
      const before = await stock(tryton.desk, 'SHADE')
      const payload = {
        movement: 'wms/count/1',
        location: 'DC1',
        postingDate: today,
        lines: [{ sku: 'SHADE', quantity: delta.replace('-', ''), uom: 'EA', postings: [{ location: 'DC1', delta }] }],
      }
      const number = reference()
      expect(await hand.post('adjust_inventory', number, payload)).toMatchObject({
        end: 'applied',
        documentReference: number,
      })
      expect(await stock(tryton.desk, 'SHADE')).toBe(before + Number(delta))
      const { moves } = await moved(tryton.desk, [['origin.inventory.number', '=', number, 'stock.inventory.line']])
      expect(moves).toBe(1)
    })

    test('a released invoice is posted for what was shipped, and once', async () => {
      const { sale, delivery } = await ship({ LAMP: 8 })
      const number = reference()
      const released = await hand.post('release_invoice', number, { deliveryNumber: delivery, proofs: 1 })
      expect(released).toMatchObject({ end: 'applied', documentReference: expect.stringMatching(/^I\d{4}-/) })
      expect(await hand.post('release_invoice', number, { deliveryNumber: delivery, proofs: 1 })).toEqual(released)
      const { invoices } = await soldIn(tryton.desk, sale)
      expect(invoices).toEqual([{ number: released.documentReference, state: 'posted', moves: 1 }])
    })

    test('freight is the cost of the shipment, or an account move in the books, as the connection says', async () => {
      const { delivery } = await ship({ LAMP: 2 })
      const payload = {
        deliveryNumber: delivery,
        carrier: 'swift',
        postingDate: today,
        lines: [{ charge: 'linehaul', amount: '17.35', currency: 'EUR' }],
      }
      expect(await hand.post('post_freight_accrual', reference(), payload)).toMatchObject({ end: 'applied' })
      const [shipment] = await tryton.desk.find<Row & { cost_used: { decimal: string } }>(
        'stock.shipment.out',
        [['number', '=', delivery]],
        ['cost_used'],
      )
      expect(shipment?.cost_used.decimal).toBe('17.35')
      const booking = { freightBooking: 'account_move', freightExpenseAccount: '6100', freightAccrualAccount: '2150' }
      const books = new Hand(tryton, booking)
      const number = reference()
      const booked = await books.post('post_freight_accrual', number, payload)
      expect(booked).toMatchObject({ end: 'applied' })
      expect(await books.post('post_freight_accrual', number, payload)).toEqual(booked)
      const moves = await tryton.desk.find('account.move', [['description', 'ilike', `%${number}%`]], ['state'])
      expect(moves).toEqual([{ id: expect.any(Number), state: 'posted' }])
      const dollars = { ...payload, lines: [{ charge: 'linehaul', amount: '17.35', currency: 'USD' }] }
      expect(await books.post('post_freight_accrual', reference(), dollars)).toMatchObject({
        end: 'refused',
        reason: 'The freight is in USD, the books are in EUR.',
      })
    })

    test('a return comes into the input zone, and goes into stock when somebody says so', async () => {
      const { delivery } = await ship({ LAMP: 5 })
      const before = await stock(tryton.desk, 'LAMP')
      const payload = {
        movement: 'wms/return/1',
        returnNumber: 'RMA-7',
        deliveryNumber: delivery,
        postingDate: today,
        lines: [{ sku: 'LAMP', quantity: '2', uom: 'EA' }],
      }
      const back = await hand.post('post_return_receipt', reference(), payload)
      expect(back).toMatchObject({ end: 'applied' })
      const state = async (): Promise<unknown> => {
        const rows = await tryton.desk.find('stock.shipment.out.return', [['reference', 'ilike', 'RMA-7 %']], ['state'])
        return rows.map((row) => row['state'])
      }
      expect(await state()).toEqual(['received'])
      const restocked = reference()
      expect(await hand.post('restock_return', restocked, payload)).toEqual(back)
      expect(await hand.post('restock_return', restocked, payload)).toEqual(back)
      expect(await state()).toEqual(['done'])
      expect(await stock(tryton.desk, 'LAMP')).toBe(before + 2)
      expect(await hand.post('restock_return', reference(), payload)).toMatchObject({
        end: 'refused',
        reason: 'Tryton has no received customer return RMA-7 with these goods.',
      })
    })

    test('what did not leave after all is back in stock; what was not received after all is not', async () => {
      const { delivery } = await ship({ LAMP: 6 })
      const { purchaseOrder } = await buy(tryton.desk, { LAMP: 9 })
      const receipt = {
        receiptNumber: 'GR-3',
        purchaseOrderNumber: purchaseOrder,
        lines: [{ sku: 'LAMP', quantity: '9', uom: 'EA' }],
      }
      expect(await hand.post('post_goods_receipt', reference(), receipt)).toMatchObject({ end: 'applied' })
      const before = await stock(tryton.desk, 'LAMP')
      const lines = [{ sku: 'LAMP', quantity: '4', uom: 'EA' }]
      const issue = { deliveryNumber: delivery, postingDate: today, lines }
      expect(await hand.post('reverse_goods_issue', reference(), issue)).toMatchObject({ end: 'applied' })
      expect(await stock(tryton.desk, 'LAMP')).toBe(before + 4)
      const reversal = { receiptNumber: 'GR-3', postingDate: today, lines }
      const number = reference()
      expect(await hand.post('reverse_goods_receipt', number, reversal)).toMatchObject({
        end: 'refused',
        reason: expect.stringMatching(/^Tryton warns: The shipment .* does not have a carrier set/),
      })
      // Somebody said that this warning does not matter: the same posting goes on where it stopped.
      const relaxed = new Hand(tryton, { acknowledgedWarnings: ['no_carrier'] })
      expect(await relaxed.post('reverse_goods_receipt', number, reversal)).toMatchObject({ end: 'applied' })
      expect(await stock(tryton.desk, 'LAMP')).toBe(before)
    })

    test('tracking numbers and proofs of delivery are found at the shipment, each once', async () => {
      const { delivery } = await ship({ LAMP: 1 })
      const tracking = { deliveryNumber: delivery, trackingNumbers: ['SW-1', 'SW-2'] }
      const number = reference()
      for (let twice = 0; twice < 2; twice++)
        expect(await hand.post('update_tracking', number, tracking)).toMatchObject({ end: 'applied' })
      const domain = [['packages.shipping_reference', '=', 'SW-2']]
      expect(await tryton.desk.find('stock.shipment.out', domain, ['number'])).toMatchObject([{ number: delivery }])
      const proof = {
        deliveryNumber: delivery,
        deliveredAt: '2026-03-31T10:00:00Z',
        signed: true,
        documents: ['https://carrier.example/pod/1'],
      }
      const attached = reference()
      for (let twice = 0; twice < 2; twice++)
        expect(await hand.post('attach_pod', attached, proof)).toMatchObject({ end: 'applied' })
      const attachments = await tryton.desk.find('ir.attachment', [['name', '=', attached]], ['link', 'type'])
      expect(attachments).toMatchObject([{ link: 'https://carrier.example/pod/1', type: 'link' }])
    })

    test('a session that Tryton has ended is opened again, and the posting goes through', async () => {
      const { delivery } = await ship({ LAMP: 1 })
      const sessions = await tryton.desk.find('res.user', [['login', '=', 'interline']], ['login'])
      await tryton.endSessions(sessions.map(({ id }) => id))
      expect(await hand.post('release_invoice', reference(), { deliveryNumber: delivery })).toMatchObject({
        end: 'applied',
      })
    })

    test('a wrong password is told as such, before anything was asked', async () => {
      const stranger = new Hand(tryton, { password: 'not-the-password' })
      const { delivery } = await sell(tryton.desk, { LAMP: 1 })
      const lines = [{ sku: 'LAMP', quantity: '1', uom: 'EA' }]
      expect(await stranger.post('post_goods_issue', reference(), { deliveryNumber: delivery, lines })).toMatchObject({
        end: 'login_refused',
      })
      expect(stranger.requests).toEqual([])
    })

    test('a document that a person saves meanwhile is not overwritten: the posting tries again', async () => {
      const { delivery } = await sell(tryton.desk, { LAMP: 2 })
      const payload = { deliveryNumber: delivery, lines: [{ sku: 'LAMP', quantity: '2', uom: 'EA' }] }
      const [shipment] = await tryton.desk.find('stock.shipment.out', [['number', '=', delivery]], ['number'])
      hand.before(1, async () => {
        await tryton.desk.model('stock.shipment.out', 'write', [shipment?.id], { reference: 'Call before delivery' })
      })
      const number = reference()
      expect(await hand.post('post_goods_issue', number, payload)).toMatchObject({
        end: 'retry',
        reason: 'Somebody else changed it meanwhile.',
      })
      expect(await hand.post('post_goods_issue', number, payload)).toMatchObject({ end: 'applied' })
      const [after] = await tryton.desk.find('stock.shipment.out', [['number', '=', delivery]], ['reference'])
      expect(after?.['reference']).toBe(`Call before delivery ${number}`)
    })

    test('of two deliveries that want more than there is, one leaves; the other only where that is allowed', async () => {
      const there = await stock(tryton.desk, 'BULB')
      const wanted = { BULB: Math.ceil(there * 0.6) }
      const both = [await sell(tryton.desk, wanted), await sell(tryton.desk, wanted)]
      const payloads = both.map(({ delivery }) => ({
        deliveryNumber: delivery,
        lines: [{ sku: 'BULB', quantity: String(wanted.BULB), uom: 'EA' }],
      }))
      const references = [reference(), reference()]
      const other = new Hand(tryton)
      const ends = await Promise.all(
        [hand, other].map((one, index) => one.post('post_goods_issue', references[index] ?? '', payloads[index])),
      )
      expect(ends.map(({ end }) => end).toSorted()).toEqual(['applied', 'refused'])
      const late = ends.findIndex(({ end }) => end === 'refused')
      expect(ends[late]?.reason).toBe('Tryton has too few of the goods to assign.')
      const forced = new Hand(tryton, { forceAssignment: true })
      expect(await forced.post('post_goods_issue', references[late] ?? '', payloads[late])).toMatchObject({
        end: 'applied',
      })
      expect(await stock(tryton.desk, 'BULB')).toBe(there - 2 * wanted.BULB)
    })
  },
)
