import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { convert } from '../../base/decimal.ts'
import { candidatesFor, type Missing, type Substitution } from './substitute.ts'

const tea: Substitution = {
  ...{
    sku: 'TEA-250',
    substitute: 'TEA-500',
    quantity: '2',
    uom: 'C62',
    substituteQuantity: '1',
    substituteUom: 'C62',
  },
  ...{ direction: 'one_way', priority: 1, priceRule: 'ordered_item', status: 'active', channelsAccept: ['shop'] },
}
const missing: Missing = { sku: 'TEA-250', quantity: '4', uom: 'C62', at: '2026-04-12T00:00:00Z', channel: 'shop' }
const skus = (relations: readonly Substitution[], more: Partial<Missing> = {}): unknown[] =>
  candidatesFor({ ...missing, ...more }, relations).map(({ sku, quantity, isAgreed }) => [sku, quantity, isAgreed])

describe('what may be sent instead', () => {
  test('is counted in its own unit, exactly', () => {
    expect(skus([tea])).toEqual([['TEA-500', '2', true]])
    expect(skus([tea], { quantity: '3' })).toEqual([])
    expect(skus([{ ...tea, substituteUom: 'KGM' }], { quantity: '3' })).toEqual([['TEA-500', '1.5', true]])
  })

  test('leads one way only, unless both is said', () => {
    const back = { sku: 'TEA-500', quantity: '2' }
    expect(skus([tea], back)).toEqual([])
    expect(skus([{ ...tea, direction: 'both' }], back)).toEqual([['TEA-250', '4', true]])
  })

  test('comes in the order of its priority', () => {
    const last = { ...tea, substitute: 'TEA-A', priority: 9 }
    const first = { ...tea, substitute: 'TEA-Z' }
    expect(skus([last, first, tea]).map((one) => (one as string[])[0])).toEqual(['TEA-500', 'TEA-Z', 'TEA-A'])
  })

  test('has to be approved, and valid at the time', () => {
    for (const status of ['proposed', 'retired'] as const) expect(skus([{ ...tea, status }])).toEqual([])
    expect(skus([{ ...tea, validFrom: '2026-04-12T00:00:00Z', validTo: '2026-04-12T00:00:01Z' }])).toHaveLength(1)
    expect(skus([{ ...tea, validFrom: '2026-04-12T00:00:01Z' }])).toEqual([])
    expect(skus([{ ...tea, validTo: '2026-04-12T00:00:00Z' }])).toEqual([])
  })

  test('is nothing that the customer, the channel or the line refuses', () => {
    expect(skus([{ ...tea, customersRefuse: ['ACME'] }], { customer: 'ACME' })).toEqual([])
    expect(skus([{ ...tea, customersRefuse: ['ACME'] }], { customer: 'BETA' })).toHaveLength(1)
    expect(skus([{ ...tea, channelsRefuse: ['*'] }])).toEqual([])
    expect(skus([tea], { isAllowed: false })).toEqual([])
  })

  test('is agreed only where somebody has said so', () => {
    const { channelsAccept: _, ...silent } = tea
    expect(skus([silent])).toEqual([['TEA-500', '2', false]])
    expect(skus([silent], { isAllowed: true })).toEqual([['TEA-500', '2', true]])
    expect(skus([{ ...silent, customersAccept: ['ACME'] }], { customer: 'ACME' })).toEqual([['TEA-500', '2', true]])
  })

  test('is worth what is missing, by any ratio', () => {
    const amount = fc.integer({ min: 1, max: 1000 }).map(String)
    fc.assert(
      fc.property(amount, amount, amount, (quantity, substituteQuantity, wanted) => {
        for (const one of candidatesFor({ ...missing, quantity: wanted }, [
          { ...tea, quantity, substituteQuantity, substituteUom: 'KGM' },
        ]))
          expect(convert(one.quantity, { numerator: quantity, denominator: substituteQuantity })).toBe(wanted)
      }),
    )
  })
})
