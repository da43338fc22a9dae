import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PocketHub } from '../../../test/pocket-hub.ts'
import type { Assertion, Entity } from '../fact.ts'
import { availability } from '../stock/availability.ts'
import type { StockState } from '../stock/state.ts'
import { stockSubject } from '../stock/subject.ts'

const about = (entity: Entity, number: string): Assertion['about'] => ({
  entity,
  references: [{ scheme: entity, issuer: 'erp', value: number }],
  unknown: 'create',
})
const line = (quantity: string, more: object = {}) => ({ line: '1', sku: 'LAMP', quantity, uom: 'EA', ...more })
const order = (status: string, lines: readonly object[], more: object = {}): Assertion => ({
  type: 'purchase_order.reported',
  about: about('purchase_order', 'P1'),
  data: { status, object: { purchaseOrderNumber: 'P1', location: 'DC1', expectedAt: '2026-04-10', lines, ...more } },
})
const notice = (number: string, lines: readonly object[], more: object = {}): Assertion => ({
  type: 'asn.reported',
  about: about('asn', number),
  data: {
    status: 'received',
    object: { asnNumber: number, purchaseOrders: ['P1'], location: 'DC1', expectedAt: '2026-04-08', lines, ...more },
  },
})
const receipt = (quantity: string): Assertion => ({
  type: 'goods_receipt.reported',
  about: about('goods_receipt', 'R1'),
  data: {
    status: 'posted',
    object: { receiptNumber: 'R1', purchaseOrderNumber: 'P1', location: 'DC1', lines: [line(quantity)] },
  },
})

function inbound(told: readonly Assertion[], at: string): string {
  const hub = new PocketHub({}, [])
  for (const one of told) hub.tell('erp', [one])
  const state = hub.state(stockSubject('main', 'LAMP')) as StockState | undefined
  return state === undefined ? 'nobody knows' : availability(state, { at, location: 'DC1' }).inbound
}

const later = '2026-04-30T00:00:00Z'
const issued = order('issued', [line('10')])
const confirmed = order('acknowledged', [line('10')])

describe('goods that are to come', () => {
  test('count from the day on which they are due, once the supplier has confirmed the order', () => {
    expect(inbound([issued], later)).toBe('nobody knows')
    expect(inbound([issued, confirmed], later)).toBe('10')
    expect(inbound([issued, confirmed], '2026-04-10T12:00:00Z')).toBe('0')
  })

  test('count once, although order and ship notice both speak of them, and by the newer word', () => {
    const told = [issued, confirmed, notice('N1', [line('6')])]
    expect(inbound(told, '2026-04-09T00:00:00Z')).toBe('6')
    expect(inbound(told, later)).toBe('10')
  })

  test('are no longer to come when they have come', () => {
    const told = [issued, confirmed, notice('N1', [line('6')]), receipt('6')]
    expect(inbound(told, '2026-04-09T00:00:00Z')).toBe('0')
    expect(inbound(told, later)).toBe('4')
  })

  test('are not promised for a place or a time that nobody named', () => {
    expect(inbound([notice('N1', [line('6')], { location: undefined })], later)).toBe('nobody knows')
    expect(inbound([notice('N1', [line('6')], { expectedAt: 'soon' })], later)).toBe('nobody knows')
  })

  test('are gone when the order is cancelled, the notice taken back, or a line is less than it was', () => {
    expect(inbound([issued, confirmed, order('cancelled', [line('10')])], later)).toBe('0')
    const takenBack: Assertion = {
      type: 'asn.reported',
      about: about('asn', 'N1'),
      data: { object: { cancelled: true } },
    }
    expect(inbound([notice('N1', [line('6')]), takenBack], later)).toBe('0')
    const less = {
      type: 'purchase_order.reported',
      about: about('purchase_order', 'P1'),
      data: { object: { lines: [line('3')] } },
    }
    expect(inbound([issued, confirmed, less], later)).toBe('3')
    const none = { ...less, data: { object: { lines: [line('5', { sku: 'VASE' })] } } }
    expect(inbound([issued, confirmed, none], later)).toBe('0')
  })

  test('are forgotten with their receipts when nobody awaits them any more', () => {
    const hub = new PocketHub({}, [])
    for (const one of [issued, confirmed, receipt('4'), order('received', [line('10')])]) hub.tell('erp', [one])
    expect(hub.state(stockSubject('main', 'LAMP'))).toMatchObject({ inbound: {} })
    for (let n = 0; n < 130; n++) {
      const object = { receiptNumber: `X${n}`, purchaseOrderNumber: `Q${n}`, lines: [line('1')] }
      hub.tell('erp', [
        { type: 'goods_receipt.reported', about: about('goods_receipt', `X${n}`), data: { status: 'posted', object } },
      ])
    }
    const { inbound: kept } = hub.state(stockSubject('main', 'LAMP')) as StockState
    expect(Object.keys(kept)).toHaveLength(100)
  })

  test('are converted by the units of the item; a unit that nobody knows promises nothing', () => {
    const units: Assertion = {
      type: 'item.reported',
      about: { entity: 'stock', references: [{ scheme: 'sku', value: 'LAMP' }], unknown: 'create' },
      data: { object: { baseUom: 'EA', uomConversions: [{ uom: 'CT', numerator: '12', denominator: '1' }] } },
    }
    const cartons = notice('N1', [line('2', { uom: 'CT' })])
    expect(inbound([units, cartons], later)).toBe('24')
    expect(inbound([cartons], later)).toBe('0')
  })

  test('come to the same in whatever order and however often documents tell of them', () => {
    const told = [notice('N1', [line('4')]), notice('N2', [line('3')]), receipt('5')]
    fc.assert(
      fc.property(fc.shuffledSubarray([...told, ...told], { minLength: 6 }), (shuffled) => {
        expect(inbound([issued, confirmed, ...shuffled], later)).toBe('5')
        expect(inbound([issued, confirmed, ...shuffled], '2026-04-09T00:00:00Z')).toBe('2')
      }),
      { numRuns: 30 },
    )
  })
})
