import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cut } from '../posting-hand.ts'
import { Hand } from './hand.ts'
import { buy, moved, sell, soldIn, stock } from './trade.ts'
import { firstStartMs, Tryton, trytonMissing } from './tryton.ts'

/** Whatever breaks off wherever, and is continued: one document, as if nothing had happened. */
describe.skipIf(trytonMissing)(`postings that break off in a real Tryton (${trytonMissing ?? 'installed'})`, () => {
  let tryton: Tryton
  let hand: Hand
  let numbers = 0
  const reference = (): string => `ILBROKEN${String(++numbers).padStart(10, '0')}`
  const today = new Date().toISOString().slice(0, 10)

  beforeAll(async () => {
    tryton = await Tryton.start()
    hand = new Hand(tryton)
  }, firstStartMs)
  afterAll(() => tryton?.stop())

  /** Every change of the posting is cut once, in another posting each; what each came to in the books. */
  async function breakEverywhere<B>(
    how: Cut,
    begin: () => Promise<{ command: string; payload: object; books: () => Promise<B> }>,
  ): Promise<B[]> {
    const all: B[] = []
    for (let at = 1; ; at++) {
      const { command, payload, books } = await begin()
      const number = reference()
      hand.cut(at, how)
      const first = await hand.post(command, number, payload)
      const isThrough = first.end === 'applied'
      if (!isThrough) {
        expect(['retry', 'unknown']).toContain(first.end)
        // The look-up says either that it is done, or that it may be continued: never that a person has to decide.
        const found = await hand.lookUp(command, number, payload)
        expect(['one', 'none']).toContain(found.found)
        if (found.found === 'none') expect(await hand.post(command, number, payload)).toMatchObject({ end: 'applied' })
      }
      all.push(await books())
      if (isThrough) return all
    }
  }

  test('a short goods issue, its answer lost at any step', { timeout: 300_000 }, async () => {
    const all = await breakEverywhere('unanswered', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 3, BULB: 2 })
      const lines = [
        { sku: 'LAMP', quantity: '2', uom: 'EA' },
        { sku: 'BULB', quantity: '2', uom: 'EA' },
      ]
      return {
        command: 'post_goods_issue',
        payload: { deliveryNumber: delivery, location: 'DC1', postingDate: today, trackingNumbers: ['T1'], lines },
        books: async () => {
          const { shipments, invoices } = await soldIn(tryton.desk, sale)
          const left = await moved(tryton.desk, [
            ['origin.sale', '=', sale, 'sale.line'],
            ['to_location.type', '=', 'customer'],
          ])
          return {
            left,
            shipments: shipments.map(({ state, goods }) => ({ state, goods })),
            invoices: invoices.length,
          }
        },
      }
    })
    expect(all.length).toBeGreaterThan(6)
    for (const one of all)
      expect(one).toEqual({
        left: { moves: 2, goods: { LAMP: 2, BULB: 2 } },
        shipments: [
          { state: 'done', goods: { BULB: 2, LAMP: 2 } },
          { state: 'waiting', goods: { LAMP: 1 } },
        ],
        invoices: 1,
      })
  })

  test('a receipt, its answer lost at any step', { timeout: 300_000 }, async () => {
    const all = await breakEverywhere('unanswered', async () => {
      const { purchase, purchaseOrder } = await buy(tryton.desk, { LAMP: 5 })
      return {
        command: 'post_goods_receipt',
        payload: {
          receiptNumber: 'GR-9',
          purchaseOrderNumber: purchaseOrder,
          lines: [{ sku: 'LAMP', quantity: '6', uom: 'EA' }],
        },
        books: () =>
          moved(tryton.desk, [
            ['origin.purchase', '=', purchase, 'purchase.line'],
            ['from_location.type', '=', 'supplier'],
          ]),
      }
    })
    expect(all.length).toBeGreaterThan(4)
    for (const one of all) expect(one).toEqual({ moves: 1, goods: { LAMP: 6 } })
  })

  test('a correction of stock, its answer lost at any step', { timeout: 300_000 }, async () => {
    const all = await breakEverywhere('unanswered', async () => {
      const before = await stock(tryton.desk, 'SHADE')
      const line = { sku: 'SHADE', quantity: '2', uom: 'EA', postings: [{ location: 'DC1', delta: '-2' }] }
      return {
        command: 'adjust_inventory',
        payload: { movement: 'm', location: 'DC1', postingDate: today, lines: [line] },
        books: async () => (await stock(tryton.desk, 'SHADE')) - before,
      }
    })
    expect(all.length).toBeGreaterThan(3)
    expect(new Set(all)).toEqual(new Set([-2]))
  })

  test('the release of an invoice, its answer lost at any step', { timeout: 300_000 }, async () => {
    const all = await breakEverywhere('unanswered', async () => {
      const { sale, delivery } = await sell(tryton.desk, { LAMP: 1 })
      const lines = [{ sku: 'LAMP', quantity: '1', uom: 'EA' }]
      expect(await hand.post('post_goods_issue', reference(), { deliveryNumber: delivery, lines })).toMatchObject({
        end: 'applied',
      })
      return {
        command: 'release_invoice',
        payload: { deliveryNumber: delivery, proofs: 1 },
        books: async () => (await soldIn(tryton.desk, sale)).invoices.map(({ state, moves }) => ({ state, moves })),
      }
    })
    expect(all.length).toBeGreaterThan(2)
    for (const one of all) expect(one).toEqual([{ state: 'posted', moves: 1 }])
  })
})
