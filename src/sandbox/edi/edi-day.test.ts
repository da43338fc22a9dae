import { expect, test } from 'vitest'
import { planEdi } from './edi-day.ts'

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
  ])
})
