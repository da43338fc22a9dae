import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Hand } from './hand.ts'
import type { Row } from './rpc.ts'
import { type Goods, moved, pickShort, sell, soldIn } from './trade.ts'
import { firstStartMs, Tryton, trytonMissing } from './tryton.ts'

/** A short pick whose rest is shipped as another item: in the end the sale, the books and the invoices say what really left. */
describe.skipIf(trytonMissing)(
  `another item instead in a real Tryton (${trytonMissing ?? 'installed'})`,
  { timeout: 240_000 },
  () => {
    let tryton: Tryton
    let hand: Hand
    let numbers = 0
    const reference = (): string => `ILINSTEAD${String(++numbers).padStart(10, '0')}`

    beforeAll(async () => {
      tryton = await Tryton.start()
      hand = new Hand(tryton)
    }, firstStartMs)
    afterAll(() => tryton?.stop())

    const numberOf = async (sale: number): Promise<string> => {
      const [row] = await tryton.desk.find<Row & { number: string }>('sale.sale', [['id', '=', sale]], ['number'])
      return row?.number ?? ''
    }
    const goods = (wanted: Goods): readonly object[] =>
      Object.entries(wanted).map(([sku, quantity]) => ({ sku, quantity: String(quantity), uom: 'C62' }))
    const amendment = (orderNumber: string, quantity: string, instead: string, more: object = {}): object => ({
      orderNumber,
      deliveryNumber: 'D',
      lines: [
        {
          ...{ line: '1', sku: 'LAMP', quantity, uom: 'C62', priceRule: 'own', unitPrice: '11.50', currency: 'EUR' },
          instead: { sku: 'SHADE', quantity: instead, uom: 'C62' },
          ...more,
        },
      ],
    })
    const apply = async (command: string, payload: object): Promise<string> => {
      const end = await hand.post(command, reference(), payload)
      expect(end.end === 'applied' ? '' : JSON.stringify(end), command).toBe('')
      if (end.end !== 'applied') throw new Error(JSON.stringify(end))
      return (end as { documentReference: string }).documentReference
    }
    const left = (sale: number) =>
      moved(tryton.desk, [
        ['origin.sale', '=', sale, 'sale.line'],
        ['to_location.type', '=', 'customer'],
      ])
    const linesOf = async (sale: number) => {
      const rows = await tryton.desk.find<Row & { quantity: number; unit_price: { decimal: string } }>(
        'sale.line',
        // What the carrier is paid for is a line of its own.
        [
          ['sale', '=', sale],
          ['product.code', '!=', 'FREIGHT'],
        ],
        ['product.code', 'quantity', 'unit_price'],
      )
      return rows.map((row) => [
        (row as unknown as { 'product.': { code: string } })['product.'].code,
        row.quantity,
        Number(row.unit_price.decimal),
      ])
    }
    const billed = async (sale: number) => {
      const [row] = await tryton.desk.find<Row & { invoices: number[] }>('sale.sale', [['id', '=', sale]], ['invoices'])
      return tryton.desk
        .find<Row & { untaxed_amount: { decimal: string }; state: string }>(
          'account.invoice',
          [['id', 'in', row?.invoices ?? []]],
          ['untaxed_amount', 'state'],
        )
        .then((rows) => rows.map(({ untaxed_amount, state }) => [state, Number(untaxed_amount.decimal)]))
    }

    const stateOf = async (sale: number): Promise<string | undefined> => {
      const [row] = await tryton.desk.find<Row & { shipment_state: string }>(
        'sale.sale',
        [['id', '=', sale]],
        ['shipment_state'],
      )
      return row?.shipment_state
    }
    const pick = async (delivery: string): Promise<void> => pickShort(tryton.desk, delivery, {})

    test('eight of ten leave, and three of another item for the rest: one move of each, and invoices of just that', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 10 })
      const order = await numberOf(sale)
      await apply('post_goods_issue', { deliveryNumber: delivery, location: 'DC1', lines: goods({ LAMP: 8 }) })
      await apply('amend_order', amendment(order, '2', '3'))
      expect(await linesOf(sale)).toEqual([
        ['LAMP', 8, 25],
        ['SHADE', 3, 11.5],
      ])
      const other = await apply('create_delivery', {
        ...{ orderNumber: order, insteadOf: delivery, location: 'DC1', references: [] },
        lines: [{ lineNo: '1', ...goods({ SHADE: 3 })[0], substitutes: goods({ LAMP: 2 })[0] }],
      })
      await apply('post_goods_issue', { deliveryNumber: other, location: 'DC1', lines: goods({ SHADE: 3 }) })
      expect(await left(sale)).toEqual({ moves: 2, goods: { LAMP: 8, SHADE: 3 } })
      const { shipments } = await soldIn(tryton.desk, sale)
      expect(shipments.filter(({ state }) => state !== 'done' && state !== 'cancelled')).toEqual([])
      for (const number of [delivery, other]) await apply('release_invoice', { deliveryNumber: number, proofs: 1 })
      // Eight at 25 with the freight of 12, and three at 11.50.
      expect(await billed(sale)).toEqual([
        ['posted', 212],
        ['posted', 34.5],
      ])
      expect(await stateOf(sale)).toBe('sent')
    })

    test('a shipment that has more than what is not found keeps the rest, to the dock and back', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 10, BULB: 4 })
      const order = await numberOf(sale)
      await apply('post_goods_issue', { deliveryNumber: delivery, location: 'DC1', lines: goods({ LAMP: 7, BULB: 3 }) })
      await apply('amend_order', amendment(order, '2', '3'))
      const { shipments } = await soldIn(tryton.desk, sale)
      expect(shipments.map(({ state, goods: of }) => [state, of])).toEqual([
        ['done', { BULB: 3, LAMP: 7 }],
        ['waiting', { BULB: 1, LAMP: 1 }],
        ['waiting', { SHADE: 3 }],
      ])
      const [, rest, other] = shipments.map(({ number }) => number)
      // The rest is a delivery as before, and is brought to the dock as it is.
      await apply('post_goods_issue', { deliveryNumber: rest, location: 'DC1', lines: goods({ LAMP: 1, BULB: 1 }) })
      await apply('post_goods_issue', { deliveryNumber: other, location: 'DC1', lines: goods({ SHADE: 3 }) })
      expect(await left(sale)).toEqual({ moves: 5, goods: { LAMP: 8, BULB: 4, SHADE: 3 } })
      expect(await stateOf(sale)).toBe('sent')
    })

    test('a shipment that has not left yet has less, and what is asked for twice is done once', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 6 })
      const order = await numberOf(sale)
      const number = reference()
      const payload = amendment(order, '6', '2', {
        priceRule: 'ordered_item',
        unitPrice: undefined,
        currency: undefined,
      })
      for (let times = 0; times < 2; times++)
        expect(await hand.post('amend_order', number, payload)).toMatchObject({
          end: 'applied',
          documentReference: order,
        })
      expect(await linesOf(sale)).toEqual([
        ['LAMP', 0, 25],
        ['SHADE', 2, 75],
      ])
      const { shipments } = await soldIn(tryton.desk, sale)
      expect(shipments.map(({ state, goods: of }) => [state, of])).toEqual([['waiting', { SHADE: 2 }]])
      const [was] = await tryton.desk.find<Row & { state: string }>(
        'stock.shipment.out',
        [['number', '=', delivery]],
        ['state'],
      )
      expect(was?.state).toBe('cancelled')
      expect(await hand.lookUp('amend_order', number, payload)).toEqual({
        found: 'one',
        documentReference: order,
        equal: true,
      })
    })

    test('what cannot be said exactly, or is gone already, is refused in words, and nothing is changed', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 5 })
      const order = await numberOf(sale)
      const refusal = async (command: string, payload: object): Promise<unknown> => {
        const end = await hand.post(command, reference(), payload)
        return end.end === 'refused' ? end.reason : end
      }
      expect(
        await refusal('amend_order', amendment(order, '2', '3', { priceRule: 'ordered_item', unitPrice: '4' })),
      ).toBe('The price of one unit would not be exact in 4 digits: amend the sale by hand.')
      expect(await refusal('amend_order', amendment(order, '2', '3', { currency: 'USD' }))).toBe(
        'The price is in USD, the sale is in EUR.',
      )
      expect(await refusal('amend_order', amendment(order, '2', '3', { unitPrice: undefined }))).toBe(
        'Nobody has said what the other item costs.',
      )
      expect(await refusal('amend_order', amendment('no such', '2', '3'))).toBe('Tryton has no sale no such.')
      const nothing = { orderNumber: order, location: 'DC1', lines: goods({ SHADE: 3 }) }
      expect(await refusal('create_delivery', nothing)).toBe(
        `Tryton plans no customer shipment of exactly these goods for sale ${order} from DC1.`,
      )
      await pick(delivery)
      expect(await refusal('amend_order', amendment(order, '6', '3'))).toBe(
        `Sale ${order} has not 6 of LAMP left to ship.`,
      )
      await apply('post_goods_issue', { deliveryNumber: delivery, location: 'DC1', lines: goods({ LAMP: 5 }) })
      expect(await refusal('amend_order', amendment(order, '1', '3'))).toBe(
        `Sale ${order} has not 1 of LAMP left to ship.`,
      )
      expect(await linesOf(sale)).toEqual([['LAMP', 5, 25]])
    })

    test('a shipment is one delivery alone, is assigned where the warehouse waits for that, and both are in the list of what is booked', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 2 })
      const order = await numberOf(sale)
      const assigned = new Hand(tryton, { releaseState: 'assigned' })
      const payload = { orderNumber: order, location: 'DC1', lines: goods({ LAMP: 2 }) }
      const number = reference()
      expect(await assigned.post('create_delivery', number, payload)).toMatchObject({
        end: 'applied',
        documentReference: delivery,
      })
      const { shipments } = await soldIn(tryton.desk, sale)
      expect(shipments.map(({ state }) => state)).toEqual(['assigned'])
      expect(await assigned.post('create_delivery', reference(), payload)).toMatchObject({ end: 'refused' })
      const amendmentNumber = reference()
      expect(await hand.post('amend_order', amendmentNumber, amendment(order, '1', '1'))).toMatchObject({
        end: 'applied',
      })
      expect((await soldIn(tryton.desk, sale)).shipments.map(({ state, goods: of }) => [state, of])).toEqual([
        ['waiting', { LAMP: 1 }],
        ['waiting', { SHADE: 1 }],
      ])
      const booked = await hand.listed('IL')
      const numbersOf = (of: string) =>
        booked.flatMap(({ externalReference, documentNumber }) => (externalReference === of ? [documentNumber] : []))
      expect([numbersOf(number), numbersOf(amendmentNumber)]).toEqual([[delivery], [order]])
    })

    test('its answer lost at any step: continued, and once', { timeout: 400_000 }, async () => {
      const ends: unknown[] = []
      for (let at = 1; ; at++) {
        const { sale, delivery } = await sell(tryton.desk, { LAMP: 4 })
        const order = await numberOf(sale)
        await apply('post_goods_issue', { deliveryNumber: delivery, location: 'DC1', lines: goods({ LAMP: 3 }) })
        const number = reference()
        hand.cut(at, 'unanswered')
        const payload = amendment(order, '1', '2')
        const first = await hand.post('amend_order', number, payload)
        if (first.end !== 'applied') {
          expect(['retry', 'unknown']).toContain(first.end)
          const found = await hand.lookUp('amend_order', number, payload)
          expect(['one', 'none']).toContain(found.found)
          expect(await hand.post('amend_order', number, payload)).toMatchObject({ end: 'applied' })
        }
        const { shipments } = await soldIn(tryton.desk, sale)
        ends.push([await linesOf(sale), shipments.map(({ state, goods: of }) => [state, of]), await stateOf(sale)])
        if (first.end === 'applied') break
      }
      expect(ends.length).toBeGreaterThan(4)
      for (const end of ends)
        expect(end).toEqual([
          [
            ['LAMP', 3, 25],
            ['SHADE', 2, 11.5],
          ],
          [
            ['done', { LAMP: 3 }],
            ['waiting', { SHADE: 2 }],
          ],
          'waiting',
        ])
    })
  },
)
