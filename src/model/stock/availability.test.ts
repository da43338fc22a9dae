import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { about, dataOf, fold, movement, onHand, receipt, ship } from '../../../test/stock-reports.ts'
import { add } from '../../base/decimal.ts'
import { availability } from './availability.ts'
import { readStockKey } from './state.ts'

const w1 = { location: 'W1' }
const reservation = (id: string, quantity: string, more: object = {}) =>
  about('inventory.reservation_reported', { id, location: 'W1', quantity, kind: 'soft', status: 'active', ...more })
const inbound = (id: string, quantity: string, more: object = {}) =>
  about('inventory.inbound_reported', {
    id,
    location: 'W1',
    quantity,
    due: '2026-03-05T00:00:00Z',
    status: 'open',
    part: 'notice',
    sku: 'A-100',
    uom: 'EA',
    ...more,
  })
const at = '2026-03-06T00:00:00Z'

describe('what may be promised', () => {
  test('is available stock and what is due, less what is spoken for', () => {
    const { state } = fold([
      receipt('100', 'r'),
      movement('hold', '10', { id: 'h', from: w1 }),
      movement('damage', '5', { id: 'd', from: w1 }),
      reservation('o1', '7'),
      reservation('o2', '8', { kind: 'hard' }),
      inbound('a1', '20'),
      about('inventory.safety_reported', { location: 'W1', quantity: '3' }),
    ])
    expect(availability(state, { location: 'W1', at })).toMatchObject({
      available: '85',
      inbound: '20',
      allocated: '8',
      reserved: '7',
      safetyStock: '3',
      availableToPromise: '87',
    })
    expect(availability(state, { location: 'W1', at: '2026-03-04T00:00:00Z' })).toMatchObject({ inbound: '0' })
    expect(availability(state, { location: 'W9', at }).availableToPromise).toBe('0')
  })

  test('over all locations is the sum of them', () => {
    const { state } = fold([receipt('5', 'a'), movement('receipt', '7', { id: 'b', to: { location: 'W2' } })])
    expect(availability(state, { at }).availableToPromise).toBe('12')
  })

  test('is said again only when it crosses nothing or low, not with every movement', () => {
    const { facts } = fold([
      receipt('100', 'r'),
      ship('50', 's1'),
      ship('45', 's2'),
      ship('2', 's3'),
      reservation('o1', '3'),
      reservation('o1', '3', { status: 'released' }),
    ])
    expect(dataOf(facts, 'inventory.availability_changed').map(({ level }) => level)).toEqual([
      'enough',
      'low',
      'none',
      'low',
    ])
  })

  test('takes the low mark from the master data of the item', () => {
    const { facts } = fold([
      about('item.reported', { object: { lowStock: '60' } }),
      receipt('100', 'r'),
      ship('45', 's'),
    ])
    expect(dataOf(facts, 'inventory.availability_changed').map(({ level }) => level)).toEqual(['enough', 'low'])
  })
})

describe('a reservation', () => {
  test('is said when it is made and when it ends, however often it is reported', () => {
    const { state, facts } = fold([
      receipt('10', 'r'),
      reservation('o1', '4'),
      reservation('o1', '4'),
      reservation('o1', '4', { status: 'expired' }),
      reservation('o1', '4', { status: 'expired' }),
    ])
    const types = facts.map(({ type }) => type).filter((type) => type.startsWith('inventory.reserv'))
    expect(types).toEqual(['inventory.reserved', 'inventory.reservation_expired'])
    expect(state.reservations).toEqual({})
    expect(state.levels.W1).toMatchObject({ reserved: '0', allocated: '0' })
  })

  test('that is changed weighs what it says last', () => {
    const { state } = fold([reservation('o1', '4'), reservation('o1', '6', { kind: 'hard' })])
    expect(state.levels.W1).toMatchObject({ reserved: '0', allocated: '6' })
  })

  test('of a negative or unreadable quantity weighs nothing and is said', () => {
    const { state, facts } = fold([
      reservation('o1', '-4'),
      reservation('o2', 'many'),
      inbound('a', '5', { due: 'soon' }),
    ])
    expect(state.reservations).toEqual({})
    expect(state.inbound).toEqual({})
    expect(dataOf(facts, 'inventory.discrepancy_detected')).toHaveLength(3)
  })
})

test('what is received is no longer expected', () => {
  const { state } = fold([inbound('a', '5'), inbound('a', '5', { status: 'over' })])
  expect(availability(state, { at }).inbound).toBe('0')
})

test('the sums by location are those of the balances, whatever happens', () => {
  const step = fc.oneof(
    fc.record({
      type: fc.constantFrom('receipt', 'ship', 'hold', 'release', 'damage'),
      quantity: fc.nat(9),
      place: fc.nat(2),
    }),
    fc.record({ type: fc.constant('reserve'), quantity: fc.nat(9), place: fc.nat(2) }),
  )
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const { state } = fold(
        steps.map(({ type, quantity, place }, n) => {
          const location = `W|${place}%`
          return type === 'reserve'
            ? reservation(`o${n % 4}`, String(quantity), { location, kind: n % 2 === 0 ? 'hard' : 'soft' })
            : movement(type, String(quantity), { id: `d${n}`, from: { location }, to: { location } })
        }),
      )
      for (const [location, level] of Object.entries(state.levels)) {
        const keys = Object.keys(state.balances).filter((key) => {
          const place = readStockKey(key)
          return place.location === location && place.status === 'available'
        })
        expect(level.available).toBe(keys.reduce((sum, key) => add(sum, state.balances[key] ?? '0'), '0'))
        const held = Object.values(state.reservations).filter((one) => one.location === location)
        expect(add(level.reserved, level.allocated)).toBe(held.reduce((sum, { quantity }) => add(sum, quantity), '0'))
      }
    }),
  )
})

describe('master data', () => {
  const cartons = { baseUom: 'EA', uomConversions: [{ uom: 'CT', numerator: '12', denominator: '1' }] }

  test('gives the units that reports leave out', () => {
    const carton = movement('receipt', '2', { id: 'r', to: w1, uom: 'CT' })
    expect(onHand(fold([about('item.reported', { object: cartons }), carton]).state)).toEqual({ 'W1 available': '24' })
  })

  test('wins over what a report says about the item', () => {
    const conversion = { baseUom: 'EA', numerator: '10', denominator: '1' }
    const carton = movement('receipt', '2', { id: 'r', to: w1, uom: 'CT', conversion })
    expect(onHand(fold([about('item.reported', { object: cartons }), carton]).state)).toEqual({ 'W1 available': '24' })
  })

  test('cannot change the unit of stock that is there', () => {
    const { state, facts } = fold([receipt('5', 'r'), about('item.reported', { object: { baseUom: 'KGM' } })])
    expect(state.uom).toBe('C62')
    expect(dataOf(facts, 'inventory.discrepancy_detected')).toMatchObject([{ kind: 'not_postable' }])
  })

  test.each([{ uomConversions: 'CT=12' }, { countLimits: { quantity: '-1' } }, { lowStock: 5 }])(
    'that the ledger cannot read (%j) changes nothing',
    (object) => {
      const { state } = fold([receipt('5', 'r')])
      const after = fold([about('item.reported', { object })], state)
      expect(after.state).toEqual(state)
      expect(dataOf(after.facts, 'inventory.discrepancy_detected')).toHaveLength(1)
    },
  )
})
