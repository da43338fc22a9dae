import { expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import { evolveStock } from './stock.ts'

let facts = 0
const fact = (type: string, data: unknown): Fact => ({
  ...{ id: `f${++facts}`, type, subject: 'stk_1', tenant: 'main', recordedAt: '2026-04-12T00:00:00Z', source: 'test' },
  ...{ causation: 'c', correlation: 'c', trace: 't', data },
})
const received = (location: string, quantity: string) =>
  fact('inventory.movement_reported', {
    ...{
      type: 'receipt',
      sku: 'TEA',
      quantity,
      uom: 'C62',
      to: { location },
      effectiveAt: { at: '2026-04-11T00:00:00Z', precision: 'second', offsetKnown: true },
    },
    document: { system: 'wms', kind: 'receipt', id: location },
  })
const question = { sku: 'TEA', question: 'q1', origin: 'prc_1' }

test('where how much is free is answered to whoever asks, without what others hold, and holds nothing itself', () => {
  let state = evolveStock(undefined, received('DC1', '10')).state
  state = evolveStock(state, received('DC2', '4')).state
  const held = { reservation: 'r', sku: 'TEA', quantity: '4', uom: 'C62', kind: 'hard', locations: ['DC2'] }
  state = evolveStock(state, fact('reservation.requested', held)).state
  const { state: after, facts: told } = evolveStock(state, fact('inventory.availability_requested', question))
  expect(told).toEqual([
    {
      rule: 'asked-q1',
      type: 'inventory.availability_answered',
      subject: 'prc_1',
      data: { sku: 'TEA', question: 'q1', uom: 'C62', places: [{ location: 'DC1', quantity: '10' }] },
    },
  ])
  expect(after.levels).toEqual(state.levels)
})

test('an item that nobody has ever heard of is nowhere', () => {
  expect(evolveStock(undefined, fact('inventory.availability_requested', question)).facts).toMatchObject([
    { data: { places: [] } },
  ])
})
