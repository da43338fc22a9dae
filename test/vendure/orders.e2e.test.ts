import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FeedPage } from '../../src/connectors/kit/feed.ts'
import type { Cut } from '../posting-hand.ts'
import { ShopHand } from './hand.ts'
import { vendureMissing } from './installation.ts'
import { firstStartMs, Vendure } from './vendure.ts'

/** What comes from a shop and goes to it, one attempt at a time. */
describe.skipIf(vendureMissing)(`a real Vendure (${vendureMissing ?? 'installed'})`, { timeout: 240_000 }, () => {
  let shop: Vendure
  let hand: ShopHand
  let numbers = 0
  const reference = (): string => `ILSHOP${String(++numbers).padStart(12, '0')}`

  beforeAll(async () => {
    shop = await Vendure.start()
    hand = new ShopHand(shop)
  }, firstStartMs)
  afterAll(() => shop?.stop())

  function shipped(
    orderNumber: string,
    goods: Readonly<Record<string, string>>,
    trackingNumbers: string[] = [],
  ): object {
    const lines = Object.entries(goods).map(([sku, quantity]) => ({ sku, quantity, uom: 'EA' }))
    return { orderNumber, deliveryNumber: `D-${orderNumber}`, carrier: 'swift', trackingNumbers, lines }
  }

  /** Every page from a cursor on, until there is no more. */
  async function pages(from: ShopHand, cursor?: string): Promise<{ codes: string[]; last: FeedPage }> {
    const codes: string[] = []
    let last = await from.page(cursor)
    for (;;) {
      for (const { content } of last.messages) codes.push((content as { order: { code: string } }).order.code)
      if (!last.more) return { codes, last }
      last = await from.page(last.cursor)
    }
  }

  test('orders that changed in the same instant are all told, however the pages fall', async () => {
    const sold: string[] = []
    for (let count = 0; count < 7; count++) sold.push(await shop.sell({ BULB: 1 }))
    await shop.sql('UPDATE "order" SET "updatedAt" = date_trunc(\'second\', now()) WHERE code = ANY($1)', [sold])
    const small = new ShopHand(shop, { pageOrders: 2 })
    const { codes, last } = await pages(small)
    expect(codes).toEqual(expect.arrayContaining(sold))
    expect(codes.length).toBeLessThanOrEqual(sold.length + 2)
    // One that is placed now, and one of a transaction that began long before it was written.
    const next = await shop.sell({ LAMP: 1 })
    const late = await shop.sell({ LAMP: 2 })
    await shop.sql('UPDATE "order" SET "updatedAt" = now() - interval \'40 seconds\' WHERE code = $1', [late])
    expect((await pages(small, last.cursor)).codes).toEqual(expect.arrayContaining([next, late]))
  })

  test('what is not paid is not told', async () => {
    const code = await shop.sell({ BULB: 1 })
    await shop.sql('UPDATE "order" SET state = \'PaymentAuthorized\' WHERE code = $1', [code])
    expect((await pages(hand)).codes).not.toContain(code)
    expect((await pages(new ShopHand(shop, { takeWhen: 'authorized' }))).codes).toContain(code)
  })

  test('a part that left is a fulfillment with its tracking numbers, and the rest stays open', async () => {
    const code = await shop.sell({ LAMP: 3, BULB: 2 })
    const number = reference()
    const payload = shipped(code, { LAMP: '2', BULB: '2.0' }, ['SW1', 'SW2'])
    expect(await hand.post('ship_channel_order', number, payload)).toMatchObject({ end: 'applied' })
    const first = { state: 'Shipped', trackingCode: 'SW1, SW2', goods: { LAMP: 2, BULB: 2 } }
    expect(await shop.fate(code)).toEqual({ state: 'PartiallyShipped', fulfillments: [first] })
    // Told again: the same one.
    expect(await hand.post('ship_channel_order', number, payload)).toMatchObject({ end: 'applied' })
    expect(await hand.lookUp('ship_channel_order', number, payload)).toMatchObject({ found: 'one', equal: true })
    expect(await hand.post('ship_channel_order', reference(), shipped(code, { LAMP: '1' }))).toMatchObject({
      end: 'applied',
    })
    expect(await shop.fate(code)).toMatchObject({ state: 'Shipped', fulfillments: [first, { goods: { LAMP: 1 } }] })
  })

  test('more than was ordered, a part of a piece, an order of somebody else: a person reads why', async () => {
    const code = await shop.sell({ LAMP: 1 })
    const end = async (payload: object, by = hand): Promise<unknown> => {
      const { end: kind, reason } = await by.post('ship_channel_order', reference(), payload)
      return [kind, reason]
    }
    expect(await end(shipped(code, { LAMP: '2' }))).toEqual([
      'refused',
      'Order lines of the shop wait for 1 less of LAMP than has left.',
    ])
    expect(await end(shipped(code, { LAMP: '0.5' }))).toEqual(['refused', expect.stringContaining('whole pieces')])
    expect(await end(shipped('NOBODYS', { LAMP: '1' }))).toEqual(['refused', 'The shop has no order NOBODYS.'])
    const ignoring = new ShopHand(shop, { otherOrders: 'ignore' })
    expect(await end(shipped('NOBODYS', { LAMP: '1' }), ignoring)).toEqual(['applied', 'applied'])
    expect(await shop.fate(code)).toEqual({ state: 'PaymentSettled', fulfillments: [] })
  })

  test('a shipment whose answer was lost at any step: one fulfillment', async () => {
    for (const how of ['unanswered', 'unsent'] as Cut[])
      for (let at = 1; ; at++) {
        const code = await shop.sell({ LAMP: 2 })
        const payload = shipped(code, { LAMP: '2' }, ['SW9'])
        const number = reference()
        hand.cut(at, how)
        const { end } = await hand.post('ship_channel_order', number, payload)
        const isThrough = end === 'applied'
        if (!isThrough) {
          expect(end).toBe(how === 'unsent' ? 'retry' : 'unknown')
          const { found } = await hand.lookUp('ship_channel_order', number, payload)
          expect(['one', 'none']).toContain(found)
          if (found === 'none')
            expect(await hand.post('ship_channel_order', number, payload)).toMatchObject({ end: 'applied' })
        }
        expect(await shop.fate(code)).toEqual({
          state: 'Shipped',
          fulfillments: [{ state: 'Shipped', trackingCode: 'SW9', goods: { LAMP: 2 } }],
        })
        if (isThrough) {
          expect(at).toBe(3)
          break
        }
      }
  })

  test('a session that is over is opened again, in the middle of a shipment, too', async () => {
    const code = await shop.sell({ SHADE: 1 })
    hand.before(2, () => shop.endSessions())
    expect(await hand.post('ship_channel_order', reference(), shipped(code, { SHADE: '1' }))).toMatchObject({
      end: 'applied',
    })
    expect((await shop.fate(code)).fulfillments).toHaveLength(1)
  })

  test('a wrong password stops the connection and is no answer about the order', async () => {
    const stranger = new ShopHand(shop, { password: 'wrong' })
    expect(await stranger.post('ship_channel_order', reference(), shipped('X', { LAMP: '1' }))).toMatchObject({
      end: 'login_refused',
    })
  })

  test('what becomes of an order is a note for the staff, once; a rejected one is cancelled', async () => {
    const code = await shop.sell({ LAMP: 1, BULB: 1 })
    const accepted = { orderNumber: code, channel: 'shop', standing: 'accepted' }
    const number = reference()
    hand.cut(1, 'unanswered')
    expect(await hand.post('update_channel_order', number, accepted)).toMatchObject({ end: 'unknown' })
    expect(await hand.lookUp('update_channel_order', number, accepted)).toMatchObject({ found: 'one' })
    expect(await hand.post('update_channel_order', number, accepted)).toMatchObject({ end: 'applied' })
    expect(await notes(code)).toEqual([`Accepted: it will be shipped. ${number}`])
    const rejected = { orderNumber: code, channel: 'shop', standing: 'rejected', reason: 'Sold out.' }
    expect(await hand.post('update_channel_order', reference(), rejected)).toMatchObject({ end: 'applied' })
    expect(await shop.fate(code)).toEqual({ state: 'Cancelled', fulfillments: [] })
    expect((await pages(hand)).codes).toContain(code)
    const left = await shop.sell({ LAMP: 1 })
    await hand.post('ship_channel_order', reference(), shipped(left, { LAMP: '1' }))
    expect(
      await hand.post('update_channel_order', reference(), { orderNumber: left, standing: 'cancelled' }),
    ).toMatchObject({ end: 'refused' })
  })

  test('availability is what may still be sold: orders of the shop that wait are not counted twice', async () => {
    const before = await shop.stock('SHADE')
    await shop.sell({ SHADE: 4 })
    const { allocated } = await shop.stock('SHADE')
    expect(allocated).toBe(before.allocated + 4)
    const tell = (quantity: string, more: object = {}) =>
      hand.post('publish_availability', reference(), {
        sku: 'SHADE',
        quantity,
        asOf: new Date().toISOString(),
        ...more,
      })
    expect(await tell('25')).toMatchObject({ end: 'applied' })
    expect(await shop.stock('SHADE')).toEqual({ onHand: 25 + allocated, allocated })
    // Told again, it changes nothing; a later word counts.
    expect(await tell('25.0')).toMatchObject({ end: 'applied' })
    expect(hand.requests).toHaveLength(1)
    expect(await tell('-3')).toMatchObject({ end: 'applied' })
    expect(await shop.stock('SHADE')).toEqual({ onHand: allocated, allocated })
    expect(await tell('1', { location: 'Nowhere' })).toMatchObject({
      end: 'refused',
      reason: 'The shop has no stock location Nowhere.',
    })
  })

  test('a shop that is killed in the middle: it is finished when it is back, once', async () => {
    const code = await shop.sell({ BULB: 5 })
    const payload = shipped(code, { BULB: '5' }, ['SW7'])
    const number = reference()
    hand.before(2, () => shop.crash())
    expect((await hand.post('ship_channel_order', number, payload)).end).not.toBe('applied')
    await shop.restart()
    expect(await hand.lookUp('ship_channel_order', number, payload)).toEqual({ found: 'none' })
    expect(await hand.post('ship_channel_order', number, payload)).toMatchObject({ end: 'applied' })
    expect(await shop.fate(code)).toEqual({
      state: 'Shipped',
      fulfillments: [{ state: 'Shipped', trackingCode: 'SW7', goods: { BULB: 5 } }],
    })
  })

  async function notes(code: string): Promise<string[]> {
    const { orders } = await shop.desk.ask<{
      orders: { items: { history: { items: { type: string; data: { note?: string } }[] } }[] }
    }>(
      'query($code:String!){orders(options:{filter:{code:{eq:$code}}}){items{history(options:{filter:{type:{eq:"ORDER_NOTE"}}}){items{type data}}}}}',
      { code },
    )
    return orders.items.flatMap(({ history }) => history.items.map(({ data }) => data.note ?? ''))
  }
})
