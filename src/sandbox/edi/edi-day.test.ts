import { expect, test } from 'vitest'
import { planEdi } from './edi-day.ts'
import { shippedFrom } from './house.ts'

const date = '2026-01-05'

test('the same seed and date make the same documents, to the byte; another seed shares no number with them', () => {
  expect(JSON.stringify(planEdi(7, date))).toBe(JSON.stringify(planEdi(7, date)))
  const numbers = (seed: number): readonly string[] =>
    planEdi(seed, date).flatMap((one) => ('told' in one ? [one.told.asks?.number ?? ''] : []))
  expect(numbers(7).filter((one) => numbers(8).includes(one))).toEqual([])
})

test('a day has orders, shipping orders and loads of the retailer, orders of the trading house, and ours to it', () => {
  const kinds = planEdi(7, date).map((one) => ('told' in one ? `${one.partner} ${one.told.set}` : one.connection))
  expect([...new Set(kinds)].toSorted()).toEqual([
    'baltica ORDERS',
    'erp',
    'northgate 204',
    'northgate 850',
    'northgate 940',
    'wms',
  ])
})

test('the same day told again after a start has numbers of its own, and asks for the same', () => {
  const asked = (numbers: number) => planEdi(7, date, numbers).flatMap((one) => ('told' in one ? [one.told.asks] : []))
  expect(asked(86_399).map((one) => one?.lines)).toEqual(asked(7).map((one) => one?.lines))
  const numbers = asked(86_399).map((one) => one?.number ?? '')
  expect(numbers.filter((one) => asked(7).some((other) => other?.number === one))).toEqual([])
  // A number of an 850 or a 940 has 22 characters, and the invoice and the delivery of an order one more letter.
  expect(numbers.filter((one) => one.length > 21)).toEqual([])
})

test.each([1, 2, 3, 4, 5])('what leaves a place has come in there before (day %i)', (seed) => {
  const day = planEdi(seed, date)
  const stock = new Map<string, number>()
  for (const one of day.toSorted((a, b) => a.second - b.second)) {
    if ('told' in one && (one.told.asks?.kind === 'order' || one.told.asks?.kind === 'delivery'))
      for (const { sku, quantity } of one.told.asks.lines) {
        const place = `${shippedFrom(one.told.asks.kind)} ${sku}`
        stock.set(place, (stock.get(place) ?? 0) - Number(quantity))
        expect(stock.get(place)).toBeGreaterThan(0)
      }
    if (!('told' in one) && one.connection === 'wms') {
      const { data } = one.body as { data: { location: string; lines: { sku: string; quantity: string }[] } }
      for (const { sku, quantity } of data.lines) stock.set(`${data.location} ${sku}`, Number(quantity))
    }
  }
  expect(stock.size).toBeGreaterThan(5)
})
