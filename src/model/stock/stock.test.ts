import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isZero } from '../../base/decimal.ts'
import { writeInstant } from '../../base/instant.ts'
import type { Fact } from '../fact.ts'
import type { MovementReport, StockAssertionReport } from '../report.ts'
import { availability } from './availability.ts'
import { book, ledgerSum } from './ledger.ts'
import { movementRules } from './movement.ts'
import { type StockState, stockKey } from './state.ts'
import { evolveStock } from './stock.ts'

const start = Date.parse('2026-03-02T08:00:00Z')
const at = (minutes: number) => ({
  at: writeInstant(start + minutes * 60_000),
  precision: 'second' as const,
  offsetKnown: true,
})

function fact(type: string, data: unknown, n = 0): Fact {
  return {
    id: `msg_0-${n}.0`,
    type,
    subject: 'stk_1',
    tenant: 'main',
    recordedAt: writeInstant(start),
    source: 'wms',
    causation: `msg_0-${n}`,
    correlation: 'stk_1',
    trace: '0'.repeat(32),
    data,
  }
}

function movement(
  type: string,
  quantity: string,
  minutes: number,
  id: string,
  more: Partial<MovementReport> = {},
): Fact {
  const report: MovementReport = {
    type,
    sku: 'A',
    quantity,
    uom: 'EA',
    effectiveAt: at(minutes),
    from: { location: 'W1' },
    to: { location: 'W1' },
    document: { system: 'wms', kind: 'doc', id },
    ...more,
  }
  return fact('inventory.movement_reported', report)
}

function count(quantity: string, minutes: number, id: string): Fact {
  const report: StockAssertionReport = {
    kind: 'count',
    sku: 'A',
    location: 'W1',
    status: 'available',
    quantity,
    uom: 'EA',
    effectiveAt: at(minutes),
    document: { system: 'wms', kind: 'count', id },
  }
  return fact('inventory.count_reported', report)
}

function after(facts: readonly Fact[]): StockState {
  let state: StockState | undefined
  for (const one of facts) state = JSON.parse(JSON.stringify(evolveStock(state, one).state)) as StockState
  if (state === undefined) throw new Error('no facts')
  return state
}

const key = stockKey({ location: 'W1' })
const kinds = Object.entries(movementRules)
  .filter(([, rule]) => rule !== null)
  .map(([type]) => type)
const movements = fc.array(
  fc.record({
    type: fc.constantFrom(...kinds),
    quantity: fc.integer({ min: 1, max: 50 }),
    minutes: fc.integer({ min: 0, max: 1000 }),
  }),
  { minLength: 1, maxLength: 25 },
)

describe('the ledger of an item', () => {
  test('sums to zero over stock and all counter-accounts, whatever moves', () => {
    fc.assert(
      fc.property(movements, (list) => {
        const state = after(
          list.map(({ type, quantity, minutes }, n) => movement(type, String(quantity), minutes, `d${n}`)),
        )
        expect(isZero(ledgerSum(state))).toBe(true)
      }),
    )
  })

  test('ends with the same balances in whatever order and however often movements come', () => {
    fc.assert(
      fc.property(movements, fc.array(fc.nat(), { minLength: 25, maxLength: 25 }), (list, dice) => {
        const facts = list.map(({ type, quantity, minutes }, n) => movement(type, String(quantity), minutes, `d${n}`))
        const shuffled = [...facts, ...facts.slice(0, 5)]
          .map((one, n) => ({ one, at: dice[n % 25] ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
        expect(after(shuffled.map(({ one }) => one)).balances).toEqual(after(facts).balances)
      }),
    )
  })

  test('says at the instant of a count what was counted, whatever turns up later for before it', () => {
    fc.assert(
      fc.property(movements, fc.integer({ min: 0, max: 100 }), fc.nat(), (list, counted, dice) => {
        const facts = list.map(({ quantity, minutes }, n) => movement('receipt', String(quantity), minutes, `d${n}`))
        const position = dice % (facts.length + 1)
        const state = after([...facts.slice(0, position), count(String(counted), 500, 'c1'), ...facts.slice(position)])
        expect(book(state, key, start + 500 * 60_000)).toBe(String(counted))
        expect(isZero(ledgerSum(state))).toBe(true)
      }),
    )
  })

  test('takes a movement back in parts, never more than was moved, also when the reversal comes first', () => {
    const receipt = movement('receipt', '10', 0, 'r')
    const back = (quantity: string, id: string) =>
      movement('receipt_reversal', quantity, 5, id, { reverses: 'wms/doc/r//' })
    expect(after([receipt, back('4', 'b1'), back('6', 'b2')]).balances[key]).toBe('0')
    expect(after([receipt, back('4', 'b1'), back('7', 'b2')]).balances[key]).toBe('6')
    expect(after([back('4', 'b1'), receipt]).balances[key]).toBe('6')
  })

  test('records stock below zero and says so, and that it is well again', () => {
    const shipped = evolveStock(undefined, movement('ship', '3', 1, 's'))
    expect(shipped.facts.map(({ type }) => type)).toContain('inventory.discrepancy_detected')
    expect(shipped.state.balances[key]).toBe('-3')
    const received = evolveStock(shipped.state, movement('receipt', '5', 2, 'r'))
    expect(received.facts.map(({ type }) => type)).toContain('inventory.discrepancy_resolved')
  })

  test('refuses to let the same document line say something else', () => {
    const state = after([movement('receipt', '5', 0, 'r')])
    const again = evolveStock(state, movement('receipt', '6', 0, 'r'))
    expect(again.state.balances).toEqual(state.balances)
    expect(again.facts.map(({ type }) => type)).toEqual(['inventory.conflict_detected'])
  })

  // Rows without numbers had the names of their places in states that were stored before they were named by their content.
  test.each(['1', '2/LOT7', '3/cs-SHP-1'])(
    'books nothing again that is stored under the place of its row, %s',
    (place) => {
      const [line = '', sequence = ''] = place.split('/')
      const stored = after([
        movement('receipt', '5', 0, 'r', {
          document: { system: 'wms', kind: 'goods_receipt', id: 'R', line, sequence },
        }),
      ])
      const document = { system: 'wms', kind: 'goods_receipt', id: 'R', sequence: 'A' }
      const again = evolveStock(stored, movement('receipt', '5', 60, 'r', { document }))
      expect(again.state.balances).toEqual(stored.balances)
      expect(again.facts.map(({ type }) => type)).toEqual(['inventory.conflict_detected'])
      const other = evolveStock(stored, movement('receipt', '5', 60, 'r', { document: { ...document, id: 'R/1' } }))
      expect(other.state.balances[key]).toBe('10')
    },
  )

  test('never guesses a conversion', () => {
    const state = after([movement('receipt', '5', 0, 'r')])
    const pounds = evolveStock(state, movement('receipt', '5', 0, 'x', { uom: 'LBR' }))
    expect(pounds.state.balances).toEqual(state.balances)
    expect(pounds.facts).toMatchObject([{ type: 'inventory.discrepancy_detected', data: { problem: 'uom_unknown' } }])
    const cartons = evolveStock(
      state,
      movement('receipt', '2', 0, 'y', { uom: 'CT', conversion: { baseUom: 'EA', numerator: '12', denominator: '1' } }),
    )
    expect(cartons.state.balances[key]).toBe('29')
  })

  test('promises what is available less what is reserved, and never what is held', () => {
    const state = after([
      movement('receipt', '20', 0, 'r'),
      movement('hold', '5', 1, 'h'),
      fact('inventory.reservation_reported', {
        id: 'o1',
        location: 'W1',
        quantity: '4',
        kind: 'hard',
        status: 'active',
      }),
    ])
    expect(availability(state, { location: 'W1', at: writeInstant(start) }).availableToPromise).toBe('11')
  })
})
