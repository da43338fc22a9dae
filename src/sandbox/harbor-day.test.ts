import { expect, test } from 'vitest'
import { planHarbor } from './harbor-day.ts'

const date = '2026-01-05'

test.each([1, 2, 3, 4, 5])(
  'what is released to the harbor has come in there before, in numbers that fit an 856 and a 944 (day %i)',
  (seed) => {
    const day = planHarbor(seed, date, 86_399)
    const stock = new Map<string, number>()
    for (const one of day.toSorted((a, b) => a.second - b.second))
      if ('receipt' in one) for (const { sku, quantity } of one.lines) stock.set(sku, Number(quantity))
      else {
        const { data } = one.body as { data: { deliveryNumber: string; lines: { sku: string; quantity: string }[] } }
        expect(data.deliveryNumber.length).toBeLessThanOrEqual(21)
        for (const { sku, quantity } of data.lines) {
          stock.set(sku, (stock.get(sku) ?? 0) - Number(quantity))
          expect(stock.get(sku)).toBeGreaterThan(0)
        }
      }
    expect(stock.size).toBeGreaterThan(5)
  },
)

test('the same seed and date are the same day; told again after a start it has numbers of its own', () => {
  expect(JSON.stringify(planHarbor(7, date))).toBe(JSON.stringify(planHarbor(7, date)))
  const receipts = (numbers: number) => planHarbor(7, date, numbers).flatMap((one) => ('receipt' in one ? [one] : []))
  expect(receipts(8).map(({ lines }) => lines)).toEqual(receipts(7).map(({ lines }) => lines))
  expect(receipts(8).map(({ receipt }) => receipt)).not.toEqual(receipts(7).map(({ receipt }) => receipt))
})
