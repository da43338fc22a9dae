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
  for (let hour = 3; hour < 15; hour++) await rows.save(run(`cmp_${hour}`, hour, { state: 'done' }))
  const kept = (await rows.list('main', 'erp')) as { id: string }[]
  expect(kept.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `cmp_${14 - n}`))
  expect(await rows.differences({ comparison: 'cmp_2', limit: 10 })).toEqual([])
})

test('what the last comparison found stays, however often the system cannot be asked after that', async () => {
  const shop = (id: string, hour: number, state: string) => run(id, hour, { connection: 'shop', state })
  await rows.save(shop('cmp_good', 1, 'done'))
  await rows.add('cmp_good', [difference('A', 'unexplained')])
  for (let hour = 2; hour < 14; hour++) await rows.save(shop(`cmp_bad${hour}`, hour, 'failed'))
  expect(await rows.differences({ comparison: 'cmp_good', limit: 10 })).toMatchObject([{ sku: 'A' }])
  const kept = (await rows.list('main', 'shop')) as { id: string }[]
  expect(kept.map(({ id }) => id)).toEqual([...Array.from({ length: 10 }, (_, n) => `cmp_bad${13 - n}`), 'cmp_good'])
  // A newer end takes its place.
  await rows.save(shop('cmp_better', 14, 'done'))
  expect(await rows.get('main', 'cmp_good')).toBeUndefined()
})

test('a comparison that its hub did not finish is not under way for ever', async () => {
  const wms = (id: string, hour: number, state: string) => run(id, hour, { connection: 'wms', state })
  await rows.save(wms('cmp_killed', 1, 'running'))
  await rows.save({ ...wms('cmp_other', 1, 'running'), connection: 'wms2' })
  await rows.save(wms('cmp_next', 2, 'running'))
  expect(await rows.get('main', 'cmp_killed')).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('broken off'),
  })
  expect(await rows.get('main', 'cmp_next')).toMatchObject({ state: 'running' })
  expect(await rows.get('main', 'cmp_other')).toMatchObject({ state: 'running' })
  // Its hub was only slow: what it came to counts.
  await rows.save(wms('cmp_killed', 1, 'done'))
  expect(await rows.get('main', 'cmp_killed')).toMatchObject({ state: 'done' })
})

test('items are listed in the order of bytes, each once', async () => {
  const balance = (location: string) => ({
    ...{ location, status: 'available', owner: '', lot: '', serial: '', package: '' },
    ...{ onHand: '1', uom: 'C62', asOf: '2026-03-02T08:00:00Z' },
  })
  const item = (sku: string, ...locations: readonly string[]) => ({
    ...{ tenant: 'main', subject: `stk_${sku}`, version: 1, sku },
    balances: locations.map(balance),
  })
  await saveBalances(pool, [item('b', 'W1'), item('B', 'W1', 'W2'), item('a', 'W1')])
  expect(await knownItems(pool, 'main', { after: '', limit: 10 })).toEqual(['B', 'a', 'b'])
  expect(await knownItems(pool, 'main', { after: 'B', limit: 1 })).toEqual(['a'])
})
