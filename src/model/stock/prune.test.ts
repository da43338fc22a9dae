import { expect, test } from 'vitest'
import { count, dataOf, fold, morning, movement, onHand, receipt, ship } from '../../../test/stock-reports.ts'
import { balances } from './balances.ts'
import { ledgerSum } from './ledger.ts'
import { entriesMax, stockKey } from './state.ts'
import { evolveStock } from './stock.ts'

const dayMs = 86_400_000
const to = { location: 'W1' }
/** A movement that is recorded on the day on which it happens. */
const onDay = (day: number, type: string, id: string, more: object = {}) =>
  movement(type, '1', { id, minutes: day * 1440, recordedMs: morning + day * dayMs + 60_000, from: to, to, ...more })

test('a movement dated into the future counts, and makes nobody forget the past', () => {
  const future = { at: '2099-01-01T00:00:00Z', precision: 'second', offsetKnown: true } as const
  const { state } = fold([
    receipt('5', 'r'),
    movement('receipt', '2', { id: 'f', to, effectiveAt: future }),
    receipt('5', 'r'),
    count('4', { id: 'c', minutes: 30 }),
  ])
  expect(onHand(state)).toEqual({ 'W1 available': '6' })
})

test('what is older than 35 days leaves the window and stays in the books', () => {
  const { state } = fold([receipt('5', 'r'), onDay(40, 'receipt', 'd40'), onDay(41, 'ship', 'd41')])
  expect(state.window.map(({ id }) => id)).toEqual(['wms/doc/d40//', 'wms/doc/d41//'])
  expect(onHand(state)).toEqual({ 'W1 available': '5' })
  expect(ledgerSum(state)).toBe('0')
})

test('a count of an instant that the window no longer reaches is not judged', () => {
  const { state } = fold([receipt('5', 'r', 60), onDay(40, 'receipt', 'd40')])
  const { state: after, facts } = fold([count('9', { id: 'c', minutes: 30 })], state)
  expect(onHand(after)).toEqual(onHand(state))
  expect(dataOf(facts, 'inventory.discrepancy_detected')).toMatchObject([{ kind: 'not_postable' }])
})

test('a movement that comes later than the window is posted and pointed out', () => {
  const { state } = fold([onDay(40, 'receipt', 'd40')])
  const { state: after, facts } = fold([ship('3', 's')], state)
  expect(onHand(after)).toEqual({ 'W1 available': '-2' })
  expect(dataOf(facts, 'inventory.discrepancy_detected')).toMatchObject([{ kind: 'late' }, { kind: 'negative' }])
})

test('serials that came and went long ago are forgotten, stock never', () => {
  const said = Array.from({ length: 30 }, (_, n) => [
    onDay(0, 'receipt', `in${n}`, { serial: `S${n}` }),
    ...(n < 29 ? [onDay(0, 'ship', `out${n}`, { serial: `S${n}` })] : []),
  ]).flat()
  const { state } = fold([...said, onDay(40, 'receipt', 'r')])
  expect(Object.keys(state.balances)).toEqual([stockKey({ location: 'W1', serial: 'S29' }), stockKey(to)])
})

test('a key at zero is shown while something recent speaks of it', () => {
  expect(balances(fold([receipt('5', 'r'), ship('5', 's')]).state)).toMatchObject([{ location: 'W1', onHand: '0' }])
  expect(
    balances(
      fold([onDay(0, 'receipt', 'r'), onDay(0, 'ship', 's'), onDay(40, 'move', 'm', { to: { location: 'W2' } })]).state,
    ),
  ).toMatchObject([
    { location: 'W1', onHand: '-1' },
    { location: 'W2', onHand: '1' },
  ])
})

test('the window holds no more entries than its limit allows, the newest', () => {
  const states = Array.from({ length: entriesMax + 600 }, (_, n) => receipt('1', `d${n}`, n / 60)).reduce(
    (state, fact) => evolveStock(state, fact).state,
    fold([receipt('1', 'first')]).state,
  )
  expect(states.window.length).toBeLessThanOrEqual(entriesMax + 251)
  expect(states.window.at(-1)?.id).toBe(`wms/doc/d${entriesMax + 599}//`)
  expect(onHand(states)).toEqual({ 'W1 available': String(entriesMax + 601) })
  expect(states.keptFromMs).toBeGreaterThan(morning)
})

test('the fold leaves the state that it was given as it was', () => {
  const { state } = fold([receipt('5', 'r'), count('4', { id: 'c', minutes: 30 })])
  const frozen = JSON.stringify(state)
  for (const fact of [
    ship('1', 's', 10),
    count('2', { id: 'c2', minutes: 40 }),
    movement('receipt_reversal', '1', { id: 'b', reverses: 'wms/doc/r//' }),
  ])
    evolveStock(state, fact)
  expect(JSON.stringify(state)).toBe(frozen)
})
