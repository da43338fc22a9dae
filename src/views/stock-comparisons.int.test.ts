import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { saveBalances } from './stock.ts'
import { type ComparisonRows, comparisonRows, knownItems } from './stock-comparisons.ts'

let pool: pg.Pool
let rows: ComparisonRows

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  rows = comparisonRows(pool)
})
afterAll(() => pool.end())

const run = (id: string, hour: number, more: object = {}) => ({
  ...{ id, tenant: 'main', connection: 'erp', startedAt: `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z` },
  ...more,
})
const difference = (sku: string, cause: string, location = 'DC1') => ({ sku, location, status: '', lot: '', cause })

test('a comparison is found by its tenant only, and its newest words count', async () => {
  await rows.save(run('cmp_1', 1, { state: 'running' }))
  await rows.save(run('cmp_1', 1, { state: 'done' }))
  expect(await rows.get('main', 'cmp_1')).toMatchObject({ state: 'done' })
  expect(await rows.get('other', 'cmp_1')).toBeUndefined()
  expect(await rows.list('other')).toEqual([])
})

test('differences are listed page by page and by cause, item or place; the same one twice is one', async () => {
  await rows.save(run('cmp_2', 2))
  await rows.add('cmp_2', [
    difference('B', 'unexplained'),
    difference('A', 'posting_pending'),
    difference('A', 'unexplained', 'DC2'),
  ])
  await rows.add('cmp_2', [difference('B', 'unexplained')])
  const list = (more: object = {}) => rows.differences({ comparison: 'cmp_2', limit: 10, ...more })
  expect((await list()).map(({ sku, location }) => `${sku} ${location}`)).toEqual(['A DC1', 'A DC2', 'B DC1'])
  const [first] = await list({ limit: 1 })
  expect((await list({ after: first?.position })).map(({ sku }) => sku)).toEqual(['A', 'B'])
  expect(await list({ cause: 'unexplained', sku: 'A' })).toMatchObject([{ location: 'DC2' }])
  expect(await list({ location: 'DC1', sku: 'B' })).toHaveLength(1)
})

test('the newest ten of a system are kept, with their differences', async () => {
  for (let hour = 3; hour < 15; hour++) await rows.save(run(`cmp_${hour}`, hour))
  const kept = (await rows.list('main', 'erp')) as { id: string }[]
  expect(kept.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `cmp_${14 - n}`))
  expect(await rows.differences({ comparison: 'cmp_2', limit: 10 })).toEqual([])
})

test('items are listed in the order of bytes, each once', async () => {
  const balance = (sku: string, location: string) => ({
    ...{ tenant: 'main', subject: `stk_${sku}`, version: 1, sku, location, status: 'available' },
    ...{ owner: '', lot: '', serial: '', package: '', onHand: '1', uom: 'C62', asOf: '2026-03-02T08:00:00Z' },
  })
  await saveBalances(pool, [balance('b', 'W1'), balance('B', 'W1'), balance('B', 'W2'), balance('a', 'W1')])
  expect(await knownItems(pool, 'main', { after: '', limit: 10 })).toEqual(['B', 'a', 'b'])
  expect(await knownItems(pool, 'main', { after: 'B', limit: 1 })).toEqual(['a'])
})
