import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '../../model/fact.ts'
import type { ListingReport } from '../../model/listing/listing.ts'
import { emptyStock, type StockState } from '../../model/stock/state.ts'
import { type ChannelRule, publication, sellable, toldChannels, toldListing } from './publication.ts'

const shop: ChannelRule = {
  ...{ channel: 'shop', thresholds: ['0', '10'], refreshHours: 24, locations: ['DC1', 'DC2'], skus: new Set() },
  ...{ safetyStock: '2', sharePercent: '100', place: '' },
}

function stock(levels: StockState['levels'], more: Partial<StockState> = {}): StockState {
  return { ...emptyStock, sku: 'LAMP', uom: 'C62', levels, ...more }
}

const level = (available: string, allocated = '0', reserved = '0') => ({ available, allocated, reserved })

function fact(type: string, data: unknown, subject = 'stk_1'): Fact {
  const about = { id: 'f', subject, tenant: 'main', recordedAt: '2026-04-13T08:00:00Z', source: 't', causation: 't' }
  return { ...about, type, correlation: 'c', trace: '0'.repeat(32), data }
}

test('a channel sells what is free at its places, less what is kept back there and for it', () => {
  const state = stock({ DC1: level('20', '3', '1'), DC2: level('5'), DC9: level('100') }, { safety: { DC1: '4' } })
  expect(sellable(state, shop)).toBe('15')
  expect(sellable(state, { ...shop, sharePercent: '50' })).toBe('7')
  expect(sellable(state, { ...shop, safetyStock: '100' })).toBe('0')
  expect(sellable(stock({ DC1: level('-3') }), shop)).toBe('0')
})

test('shares of several channels are never more than there is', () => {
  const part = fc.integer({ min: 0, max: 100 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), part, (available, share) => {
      const state = stock({ DC1: level(`${available}`) })
      const of = (sharePercent: number) =>
        Number(sellable(state, { ...shop, safetyStock: '0', sharePercent: `${sharePercent}` }))
      expect(of(share) + of(100 - share)).toBeLessThanOrEqual(available)
      expect(of(share) + of(100 - share)).toBeGreaterThanOrEqual(available - 1)
    }),
  )
})

test('every change of stock is told to the listings of those channels that sell the item', () => {
  const state = stock({ DC1: level('20') })
  const channels = [shop, { ...shop, channel: 'market', skus: new Set(['VASE']) }]
  const told = toldChannels(fact('inventory.movement_reported', {}), state, channels)
  expect(told.map(({ data }) => (data as ListingReport).rule.channel)).toEqual(['shop'])
  expect(told[0]?.data).toMatchObject({ sku: 'LAMP', uom: 'C62', quantity: '18' })
  expect(JSON.parse(JSON.stringify(told[0]?.data))).toEqual(told[0]?.data)
  expect(toldChannels(fact('inventory.balance_changed', {}), state, channels)).toEqual([])
  expect(toldChannels(fact('inventory.movement_reported', {}), state, undefined)).toEqual([])
})

test('the outcome of a publication finds its listing by the key that the publication has', () => {
  const issued = fact(
    'listing.issued',
    { channel: 'shop', sku: 'LAMP', uom: 'C62', n: 3, quantity: '18', bucket: 2, asOf: '2026-04-13T08:00:00.000Z' },
    `lst_${'0'.repeat(26)}`,
  )
  const intent = publication(issued, [{ ...shop, place: 'Main' }])
  expect(intent.payload).toEqual({
    ...{ sku: 'LAMP', quantity: '18', uom: 'C62', bucket: 2, sequence: 3, location: 'Main' },
    asOf: '2026-04-13T08:00:00.000Z',
  })
  const { naturalKey, command } = intent
  expect(toldListing(fact('effect.refused', { naturalKey, command, reason: 'No such item.' }))).toMatchObject([
    { subject: issued.subject, data: { n: 3, outcome: 'refused', reason: 'No such item.' } },
  ])
  expect(
    toldListing(fact('effect.applied', { naturalKey: 'post_goods_issue:erp:1', command: 'post_goods_issue' })),
  ).toEqual([])
})
