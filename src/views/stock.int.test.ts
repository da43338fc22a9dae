import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { type ItemBalances, type StockRows, saveBalances, stockRows } from './stock.ts'

let pool: pg.Pool
let rows: StockRows

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  rows = stockRows(pool)
})
afterAll(() => pool.end())

function item(sku: string, version: number, onHand: Readonly<Record<string, string>>): ItemBalances {
  const balances = Object.entries(onHand).map(([location, quantity]) => ({
    ...{ location, status: 'available', owner: '', lot: '', serial: '', package: '', onHand: quantity },
    ...{ uom: 'C62', asOf: '2026-03-02T08:00:00Z' },
  }))
  return { tenant: 'main', subject: `stk_${sku}`, version, sku, balances }
}

async function listed(sku: string): Promise<Readonly<Record<string, string>>> {
  const found = await rows.list({ tenant: 'main', sku: [sku], limit: 10 })
  return Object.fromEntries(found.map(({ location, onHand }) => [location, onHand]))
}

test('stock that came to nothing and was forgotten between two looks is not listed with its last figure', async () => {
  await saveBalances(pool, [item('A', 1, { W1: '5', W2: '2.5' }), item('B', 7, { W1: '9' })])
  await saveBalances(pool, [item('A', 40, { W2: '2.5' })])
  expect(await listed('A')).toEqual({ W2: '2.5' })
  expect(await listed('B')).toEqual({ W1: '9' })
  await saveBalances(pool, [item('A', 41, {})])
  expect(await listed('A')).toEqual({})
})

test('an older look that comes late neither changes nor brings back anything', async () => {
  await saveBalances(pool, [item('C', 5, { W1: '1' })])
  await saveBalances(pool, [item('C', 4, { W1: '8', W9: '8' })])
  expect(await listed('C')).toEqual({ W1: '1' })
})
