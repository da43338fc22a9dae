import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataOf, fold, movement, onHand, receipt, ship } from '../../../test/stock-reports.ts'
import { ledgerSum } from './ledger.ts'
import { movementRules } from './movement.ts'

const w1 = { location: 'W1' }
const w2 = { location: 'W2' }

/** Type, what is named, what the stock changes by, which counter-account takes the opposite. */
const table = [
  ['receipt', { to: w1 }, { 'W1 available': '5' }, { supplier: '-5' }],
  ['receipt_reversal', { from: w1 }, { 'W1 available': '-5' }, { supplier: '5' }],
  ['putaway', { from: w1, to: w2 }, { 'W1 available': '-5', 'W2 available': '5' }, {}],
  ['move', { from: w1, to: w2 }, { 'W1 available': '-5', 'W2 available': '5' }, {}],
  ['pick', { from: w1, to: w2 }, { 'W1 available': '-5', 'W2 available': '5' }, {}],
  ['unpick', { from: w2, to: w1 }, { 'W1 available': '5', 'W2 available': '-5' }, {}],
  ['pack', { from: w1, to: w2 }, {}, {}],
  ['transfer_out', { from: w1 }, { 'W1 available': '-5' }, { in_transit: '5' }],
  ['transfer_in', { to: w2 }, { 'W2 available': '5' }, { in_transit: '-5' }],
  ['ship', { from: w1 }, { 'W1 available': '-5' }, { customer: '5' }],
  ['ship_reversal', { to: w1 }, { 'W1 available': '5' }, { customer: '-5' }],
  ['adjust_gain', { to: w1 }, { 'W1 available': '5' }, { adjustment: '-5' }],
  ['adjust_loss', { from: w1 }, { 'W1 available': '-5' }, { adjustment: '5' }],
  ['count_gain', { to: w1 }, { 'W1 available': '5' }, { count_variance: '-5' }],
  ['count_loss', { from: w1 }, { 'W1 available': '-5' }, { count_variance: '5' }],
  ['hold', { from: w1 }, { 'W1 available': '-5', 'W1 quality_hold': '5' }, {}],
  ['release', { from: w1 }, { 'W1 available': '5', 'W1 quality_hold': '-5' }, {}],
  ['damage', { from: w1 }, { 'W1 available': '-5', 'W1 damaged': '5' }, {}],
  [
    'status_change',
    { from: { ...w1, status: 'damaged' }, to: { ...w1, status: 'blocked' } },
    { 'W1 blocked': '5', 'W1 damaged': '-5' },
    {},
  ],
  ['scrap', { from: { ...w1, status: 'damaged' } }, { 'W1 damaged': '-5' }, { scrap: '5' }],
  ['return_receipt', { to: w1 }, { 'W1 returned_pending': '5' }, { customer: '-5' }],
  ['restock', { from: w1 }, { 'W1 available': '5', 'W1 returned_pending': '-5' }, {}],
  ['return_to_vendor', { from: w1 }, { 'W1 available': '-5' }, { supplier: '5' }],
  ['kit', { from: w1 }, { 'W1 available': '-5' }, { production: '5' }],
  ['kit', { to: w1 }, { 'W1 available': '5' }, { production: '-5' }],
  ['unkit', { from: w1 }, { 'W1 available': '-5' }, { production: '5' }],
  ['unkit', { to: w1 }, { 'W1 available': '5' }, { production: '-5' }],
  [
    'ownership_change',
    { from: { ...w1, ownerParty: 'a' }, to: { ...w1, ownerParty: 'b' } },
    { 'W1 available a': '-5', 'W1 available b': '5' },
    {},
  ],
  [
    'uom_repack',
    { from: { ...w1, package: 'p1' }, to: { ...w1, package: 'p2' } },
    { 'W1 available p1': '-5', 'W1 available p2': '5' },
    {},
  ],
  ['opening_balance', { to: w1 }, { 'W1 available': '5' }, { opening: '-5' }],
] as const

describe('what each movement moves', () => {
  test.each(table)('%s of %j', (type, places, stock, accounts) => {
    const { state } = fold([movement(type, '5', { id: 'd', ...places })])
    expect(onHand(state)).toEqual(stock)
    expect(state.totals).toEqual(accounts)
    expect(ledgerSum(state)).toBe('0')
  })

  test('no type is left out', () => {
    expect(new Set(table.map(([type]) => type))).toEqual(new Set(Object.keys(movementRules)))
  })

  test('a type that nobody knows moves nothing and is said', () => {
    const { state, facts } = fold([movement('teleport', '5', { id: 'd', from: w1, to: w2 })])
    expect(state.window).toEqual([])
    expect(dataOf(facts, 'inventory.discrepancy_detected')).toMatchObject([{ kind: 'not_postable' }])
  })

  test.each([
    ['a receipt without a place', movement('receipt', '5', { id: 'd' })],
    ['a kit that names both sides', movement('kit', '5', { id: 'd', from: w1, to: w2 })],
    ['a negative quantity', movement('receipt', '-5', { id: 'd', to: w1 })],
    ['a quantity that is no number', movement('receipt', '5 pcs', { id: 'd', to: w1 })],
    ['half a piece', movement('receipt', '0.5', { id: 'd', to: w1 })],
  ])('%s is not posted', (_, one) => {
    const { state, facts } = fold([receipt('1', 'r'), one])
    expect(onHand(state)).toEqual({ 'W1 available': '1' })
    expect(dataOf(facts, 'inventory.discrepancy_detected')).toMatchObject([{ kind: 'not_postable' }])
  })
})

describe('a movement that comes again', () => {
  test('changes nothing and says nothing', () => {
    const { state } = fold([receipt('5', 'r')])
    expect(fold([receipt('5', 'r')], state)).toEqual({ state, facts: [] })
  })

  test('is a conflict when it says something else, and changes nothing', () => {
    const { state } = fold([receipt('5', 'r')])
    const others = [
      receipt('6', 'r'),
      receipt('5', 'r', 1),
      ship('5', 'r'),
      movement('receipt', '5', { id: 'r', to: w2 }),
      movement('receipt', '5', { id: 'r', to: w1, lot: 'L' }),
    ]
    for (const one of others) {
      const again = fold([one], state)
      expect(again.state).toEqual(state)
      expect(again.facts.map(({ type }) => type)).toEqual(['inventory.conflict_detected'])
    }
  })

  test('is the same when a carton of five is called five pieces', () => {
    const conversion = { baseUom: 'C62', numerator: '5', denominator: '1' }
    const { state } = fold([receipt('5', 'r')])
    expect(fold([movement('receipt', '1', { id: 'r', to: w1, uom: 'CT', conversion })], state).facts).toEqual([])
  })
})

describe('a reversal', () => {
  const back = (quantity: string, id: string) =>
    movement('receipt_reversal', quantity, { id, minutes: 9, reverses: 'wms/doc/r//' })

  test('of everything leaves nothing, whatever was moved', () => {
    const quantity = fc.integer({ min: 1, max: 99 }).map(String)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(table.length - 1), quantity), { minLength: 1, maxLength: 12 }), (list) => {
        const moves = list.flatMap(([index, amount], n) => {
          const row = table[index]
          return row === undefined ? [] : [movement(row[0], amount, { id: `d${n}`, ...row[1] })]
        })
        const taken = list.map(([, amount], n) =>
          movement('move', amount, { id: `b${n}`, minutes: 60, reverses: `wms/doc/d${n}//` }),
        )
        const { state } = fold([...moves, ...taken])
        expect(onHand(state)).toEqual({})
        expect(Object.values(state.totals).filter((total) => total !== '0')).toEqual([])
      }),
    )
  })

  test('that comes again is no second reversal', () => {
    const { state, facts } = fold([receipt('5', 'r'), back('5', 'b'), back('5', 'b')])
    expect(onHand(state)).toEqual({})
    expect(dataOf(facts, 'inventory.movement_reversed')).toHaveLength(1)
    expect(dataOf(facts, 'inventory.discrepancy_detected')).toEqual([])
  })

  test('in parts never takes back more than was moved', () => {
    const { state, facts } = fold([receipt('5', 'r'), back('3', 'b1'), back('3', 'b2'), back('2', 'b3')])
    expect(onHand(state)).toEqual({})
    expect(dataOf(facts, 'inventory.discrepancy_detected')).toMatchObject([
      { problem: 'more would be reversed than was moved' },
    ])
  })

  test('that comes first waits, says so, and is posted with all others that wait', () => {
    const early = fold([back('2', 'b1'), back('2', 'b2'), back('2', 'b1')])
    expect(early.state.waiting).toHaveLength(2)
    expect(dataOf(early.facts, 'inventory.discrepancy_detected')).toMatchObject([
      { kind: 'original_missing', movement: 'wms/doc/b1//' },
      { kind: 'original_missing', movement: 'wms/doc/b2//' },
    ])
    const { state, facts } = fold([receipt('5', 'r')], early.state)
    expect(state.waiting).toEqual([])
    expect(onHand(state)).toEqual({ 'W1 available': '1' })
    expect(dataOf(facts, 'inventory.discrepancy_resolved')).toHaveLength(2)
    expect(new Set(facts.map(({ rule }) => rule)).size).toBe(facts.length)
  })

  test('waits in bounded number and never gets lost in silence', () => {
    const many = Array.from({ length: 101 }, (_, n) => back('1', `b${n}`))
    const { state, facts } = fold(many)
    expect(state.waiting).toHaveLength(100)
    expect(dataOf(facts, 'inventory.discrepancy_detected').at(-1)).toMatchObject({ kind: 'not_postable' })
  })
})

test('a serial number is there once or not at all, over the whole network', () => {
  const at = (location: string, id: string) => movement('receipt', '1', { id, serial: 'S1', to: { location } })
  const twice = fold([at('W1', 'a'), at('W2', 'b')])
  expect(dataOf(twice.facts, 'inventory.discrepancy_detected')).toMatchObject([
    { kind: 'serial', serial: 'S1', places: [{ location: 'W1' }, { location: 'W2' }] },
  ])
  const left = fold([movement('ship', '1', { id: 's', serial: 'S1', from: w2 })], twice.state)
  expect(dataOf(left.facts, 'inventory.discrepancy_resolved')).toMatchObject([{ kind: 'serial', serial: 'S1' }])
  const gone = fold([movement('ship', '1', { id: 'x', serial: 'S2', from: w1 })])
  expect(dataOf(gone.facts, 'inventory.discrepancy_detected')).toMatchObject([{ kind: 'serial', serial: 'S2' }])
})

test('the same facts give the same balances in any order, doubled, over places, lots and packages', () => {
  const kind = fc.constantFrom(...table.map(([type, places]) => ({ type, places })))
  const one = fc.record({
    kind,
    quantity: fc.integer({ min: 0, max: 20 }),
    lot: fc.constantFrom('', 'L1'),
    minutes: fc.nat(900),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 20 }), fc.infiniteStream(fc.nat(1000)), (list, dice) => {
      const facts = list.map(({ kind: { type, places }, quantity, lot, minutes }, n) =>
        movement(type, String(quantity), { id: `d${n}`, minutes, ...places, ...(lot === '' ? {} : { lot }) }),
      )
      const shuffled = [...facts, ...facts.filter((_, n) => n % 5 === 0)]
        .map((fact) => ({ fact, at: dice.next().value }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ fact }) => fact)
      if (facts.length === 0) return
      const [straight, mixed] = [fold(facts).state, fold(shuffled).state]
      expect(mixed.balances).toEqual(straight.balances)
      expect(mixed.totals).toEqual(straight.totals)
      expect(ledgerSum(mixed)).toBe('0')
    }),
  )
})
