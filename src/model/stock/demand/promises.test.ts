import fc from 'fast-check'
import { expect, test } from 'vitest'
import { confirm, delivery, giveBack, runOut, want } from '../../../../test/stock-demand.ts'
import { count, fold, movement } from '../../../../test/stock-reports.ts'
import { add, compare, isZero, subtract } from '../../../base/decimal.ts'
import type { Fact } from '../../fact.ts'
import { availability } from '../availability.ts'
import { ledgerSum } from '../ledger.ts'
import { readStockKey, type StockState } from '../state.ts'
import { evolveStock } from '../stock.ts'
import { heldFor } from './demand.ts'

const places = ['W1', 'W2', 'OUT']
const names = ['a', 'b', 'c', 'd', 'e', 'f']
const place = fc.constantFrom(...places)
const name = fc.constantFrom(...names)
const some = fc.integer({ min: 1, max: 12 }).map(String)
const number = fc.integer({ min: 0, max: 1_000_000 }).map(String)

const asked = fc
  .record({
    reservation: name,
    quantity: some,
    revision: fc.integer({ min: 1, max: 3 }),
    kind: fc.constantFrom<'soft' | 'hard'>('soft', 'hard'),
    wait: fc.boolean(),
    complete: fc.boolean(),
    split: fc.boolean(),
    priority: fc.integer({ min: 1, max: 9 }),
    locations: fc.subarray(places),
  })
  .map(({ reservation, quantity, ...more }) =>
    want(reservation, quantity, { ...more, since: '2026-03-02T08:00:00Z', references: [delivery(reservation)] }),
  )
const arrived = fc
  .tuple(some, place, number)
  .map(([quantity, location, id]) => movement('receipt', quantity, { id: `r${id}`, to: { location } }))
const left = fc
  .tuple(some, place, number, name)
  .map(([quantity, location, id, whom]) =>
    movement('ship', quantity, { id: `s${id}`, from: { location }, references: [delivery(whom)] }),
  )
const picked = fc.tuple(some, number, name, place, place).map(([quantity, id, whom, from, to]) =>
  movement('pick', quantity, {
    id: `p${id}`,
    from: { location: from },
    to: { location: to },
    references: [delivery(whom)],
  }),
)
const counted = fc
  .tuple(some, place, number)
  .map(([quantity, location, id]) => count(quantity, { id: `c${id}`, location, minutes: 5 }))
const ended = name.map((one) => giveBack(one))
const firm = name.map((one) => confirm(one, { kind: 'hard' }))
const over = name.map((one) => runOut(one, '2030-01-01T00:00:00Z'))
const day = fc.array(fc.oneof(asked, asked, arrived, arrived, left, picked, counted, ended, firm, over), {
  maxLength: 40,
})

test('nobody is promised what is not there, whatever happens in a day', () => {
  fc.assert(
    fc.property(day, (said) => {
      let state: StockState | undefined
      for (const fact of said) {
        const before = state
        state = JSON.parse(JSON.stringify(evolveStock(state, fact).state)) as StockState
        expectRight(state)
        expectNoNewShortage(before, state, fact)
      }
    }),
    { numRuns: 300 },
  )
})

test('what is said twice is said once', () => {
  fc.assert(
    fc.property(day, (said) => {
      expect(promisesOf(said.flatMap((fact) => [fact, fact]))).toEqual(promisesOf(said))
    }),
    { numRuns: 200 },
  )
})

test('who is served does not depend on the order in which demand was told, only on urgency and age', () => {
  const wants = fc.uniqueArray(
    fc.record({
      id: name,
      quantity: some,
      priority: fc.integer({ min: 1, max: 3 }),
      hour: fc.integer({ min: 0, max: 9 }),
    }),
    { selector: ({ id }) => id, minLength: 2 },
  )
  fc.assert(
    fc.property(wants, some, fc.infiniteStream(fc.integer()), (list, quantity, order) => {
      const facts = list.map(({ id, quantity: wanted, priority, hour }) =>
        want(id, wanted, { priority, wait: true, since: `2026-03-02T0${hour}:00:00Z` }),
      )
      const shuffled = facts
        .map((fact) => ({ fact, key: order.next().value }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ fact }) => fact)
      const goods = movement('receipt', quantity, { id: 'r', to: { location: 'W1' } })
      expect(promisesOf([...shuffled, goods])).toEqual(promisesOf([...facts, goods]))
    }),
    { numRuns: 200 },
  )
})

test('the words about one reservation end the same in any order', () => {
  const words = [
    want('a', '4', { revision: 1, since: '2026-03-02T08:00:00Z' }),
    want('a', '7', { revision: 2, since: '2026-03-02T08:00:00Z' }),
    want('a', '2', { revision: 3, since: '2026-03-02T08:00:00Z' }),
  ]
  const goods = movement('receipt', '5', { id: 'r', to: { location: 'W1' } })
  for (const list of [words, [...words, giveBack('a')]])
    for (const order of permutations(list)) expect(promisesOf([goods, ...order])).toEqual(promisesOf([goods, ...list]))
})

/** Levels are the sums that they stand for; what is left of them is what may be promised; the ledger is even. */
function expectRight(state: StockState): void {
  expect(ledgerSum(state)).toBe('0')
  for (const location of places) {
    const { available, allocated, reserved, availableToPromise } = availability(state, {
      location,
      at: '2026-03-03T00:00:00Z',
    })
    expect(available).toBe(onHand(state, location))
    expect(allocated).toBe(heldAt(state, location, 'hard'))
    expect(reserved).toBe(heldAt(state, location, 'soft'))
    expect(availableToPromise).toBe(subtract(subtract(available, allocated), reserved))
    // A promise that no warehouse works on is taken back when its stock is gone.
    if (!isZero(reserved)) expect(compare(availableToPromise, '0')).toBeGreaterThanOrEqual(0)
  }
  for (const demand of Object.values(state.demands)) {
    expect(compare(add(heldFor(demand), demand.consumed), demand.asked)).toBeLessThanOrEqual(0)
    for (const quantity of Object.values(demand.granted)) expect(compare(quantity, '0')).toBeGreaterThan(0)
  }
}

/** Only stock that went away can leave a promise without its goods; asking never does. */
function expectNoNewShortage(before: StockState | undefined, state: StockState, { type }: Fact): void {
  if (type === 'inventory.movement_reported' || type === 'inventory.count_reported') return
  for (const location of places) {
    const short = (one: StockState | undefined): string =>
      one === undefined ? '0' : availability(one, { location, at: '2026-03-03T00:00:00Z' }).availableToPromise
    if (compare(short(state), '0') < 0) expect(compare(short(state), short(before))).toBeGreaterThanOrEqual(0)
  }
}

function promisesOf(said: readonly Fact[]): unknown {
  if (said.length === 0) return {}
  const { balances, levels, demands } = fold(said).state
  return {
    balances,
    levels,
    demands: Object.fromEntries(Object.entries(demands).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function onHand({ balances }: StockState, location: string): string {
  return Object.entries(balances)
    .filter(([key]) => readStockKey(key).location === location && readStockKey(key).status === 'available')
    .reduce((sum, [, quantity]) => add(sum, quantity), '0')
}

function heldAt({ demands }: StockState, location: string, kind: string): string {
  return Object.values(demands)
    .filter((demand) => demand.kind === kind)
    .reduce((sum, { granted }) => add(sum, granted[location] ?? '0'), '0')
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]]
  return list.flatMap((one, index) => permutations(list.toSpliced(index, 1)).map((rest) => [one, ...rest]))
}
