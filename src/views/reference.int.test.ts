import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { normalizeIdentifier } from '../model/identifier.ts'
import { saveProcesses } from './processes.ts'
import { namesOf, saveReferences, subjectsOf } from './reference.ts'

let pool: pg.Pool

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
})
afterAll(() => pool.end())

const known = (scheme: string, value: string, subject: string, tenant = 'main') => ({
  ...{ tenant, entity: 'order', scheme, issuer: '', value, subject },
  normalized: normalizeIdentifier({ scheme, value }),
})

test('a subscription to references finds the objects that carry exactly these, by an index', async () => {
  await saveReferences(pool, [
    known('order', 'SO-1', 'ord_1'),
    known('order', 'so 1', 'ord_2'),
    known('customer_reference', 'a:b', 'ord_3'),
    known('order', 'SO-1', 'ord_4', 'other'),
  ])
  expect(await subjectsOf(pool, 'main', ['order:SO-1', 'customer_reference:a:b'])).toEqual(['ord_1', 'ord_3'])
  await pool.query(`INSERT INTO view_reference (tenant, entity, scheme, issuer, value, normalized, subject)
    SELECT 'main', 'order', 'order', '', 'X' || n, 'X' || n, 'ord_x' || n FROM generate_series(1, 20000) n; ANALYZE view_reference`)
  let asked: { readonly text: string; readonly values: readonly unknown[] } = { text: '', values: [] }
  const noting = {
    query: (text: string, values: readonly unknown[]) => {
      asked = { text, values }
      return pool.query(text, [...values])
    },
  }
  await subjectsOf(noting as unknown as pg.Pool, 'main', ['order:X77'])
  const { rows } = await pool.query<Record<string, string>>(`EXPLAIN ${asked.text}`, [...asked.values])
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan')
})

test('an object is called by its number and a process by what it is about, those of other tenants not at all', async () => {
  const at = '2026-04-01T10:00:00.000Z'
  const row = {
    version: 1,
    process: 'ship-to-invoice',
    definition: 1,
    state: 'awaiting_pod',
    branches: '',
    openTasks: 0,
  }
  const process = { ...row, isOver: 'false', nextDue: '', stuckSince: '', stuckBy: '', startedAt: at, updatedAt: at }
  await saveProcesses(pool, [
    { ...process, id: 'prc_named', tenant: 'main', key: 'DN-7' },
    { ...process, id: 'prc_other', tenant: 'other', key: 'DN-8' },
  ])
  await saveReferences(pool, [known('tracking_number', '1Z', 'shp_named'), known('delivery', 'DN-7', 'shp_named')])
  const names = await namesOf(pool, 'main', ['prc_named', 'prc_other', 'shp_named', 'inv_nameless'])
  expect(Object.fromEntries(names)).toEqual({ prc_named: 'DN-7', shp_named: 'DN-7' })
})
