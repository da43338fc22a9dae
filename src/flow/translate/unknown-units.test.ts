import { expect, test } from 'vitest'
import { PocketHub } from '../../../test/pocket-hub.ts'
import type { StockState } from '../../model/stock/state.ts'

function gained(id: string, uom: string, quantity: string, more: object = {}): unknown {
  const document = { kind: 'adjustment', id }
  const data = { movement: 'adjust_gain', sku: 'CABLE', quantity, uom, to: { location: 'W1' }, document, ...more }
  return { eventId: id, type: 'movement', occurredAt: '2026-04-12T12:00:00Z', data }
}

function hub(): PocketHub {
  return new PocketHub({ wms: { connector: 'generic-wms', settings: {} } }, [])
}

test('a unit that no table knows is kept word for word, counted, and never taken for another', () => {
  const one = hub()
  one.receive('wms', gained('a', 'spool', '3'))
  one.receive('wms', gained('b', 'spool', '1'))
  expect(one.unknownCodes.map(({ table, code }) => `${table} ${code}`)).toEqual(['unit spool', 'unit spool'])
  expect(one.parked).toEqual([])
  expect(JSON.stringify(one.states('stk').map(([, state]) => state as StockState))).toContain('SPOOL')
  // Metres are no spools, and nobody says how many there are on one: the stock stays, the difference shows.
  one.receive('wms', gained('c', 'MTR', '500'))
  const problems = one.facts.filter(({ type }) => type === 'inventory.discrepancy_detected')
  expect(problems).toMatchObject([{ data: { problem: 'uom_unknown' } }])
})

test('known units, their habitual names and packaging are not counted as unknown', () => {
  const one = hub()
  for (const [index, uom] of ['EA', 'pce', 'KGM', 'kg', 'XCT', 'CT', 'MTR'].entries())
    one.receive('wms', gained(`u${index}`, uom, '1', { sku: `S${index}` }))
  expect(one.unknownCodes).toEqual([])
})

test('the base unit of a conversion is looked at as well, each unknown unit once a message', () => {
  const one = hub()
  const conversion = { baseUom: 'stk', numerator: '12', denominator: '1' }
  one.receive('wms', gained('a', 'gebinde', '2', { conversion }))
  expect(one.unknownCodes.map(({ code }) => code)).toEqual(['gebinde', 'stk'])
})
