import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { migrationsFolder } from '../backbone/postgres/migrate.ts'
import type { DocumentState } from '../model/documents/document.ts'
import { normalizeIdentifier } from '../model/identifier.ts'
import type { DocumentRow } from './documents.ts'
import { documentParts, PartKeeper, partRows, purchaseParts } from './parts.ts'
import { saveReferences } from './reference.ts'

let pool: pg.Pool

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
})
afterAll(() => pool.end())
beforeEach(() => pool.query('TRUNCATE view_part, view_reference'))

const receipt = (object: object, version = 1, tenant = 'main') => {
  const row = {
    ...{
      id: `grn_1${tenant}`,
      tenant,
      entity: 'goods_receipt',
      version,
      number: 'GR-1',
      status: 'posted',
      mergedInto: '',
    },
    ...{ names: [], mentions: [], parties: [], locations: ['DC1'], carriers: [], exceptions: [], exceptionAt: '' },
    ...{ placedAt: '', dueAt: '', updatedAt: '' },
  } satisfies DocumentRow
  return documentParts(row, { object } as unknown as DocumentState)
}
const purchase = (supplier: string, version = 1) =>
  purchaseParts({ tenant: 'main', object: 'pur_1', version }, { object: { supplier } } as unknown as DocumentState)

const named = (value: string) =>
  saveReferences(pool, [
    {
      ...{ tenant: 'main', entity: 'purchase_order', scheme: 'purchase_order', issuer: '', value, subject: 'pur_1' },
      normalized: normalizeIdentifier({ scheme: 'purchase_order', value }),
    },
  ])
const keeper = () => new PartKeeper(pool, () => 0)
const parties = async (object = 'grn_1main') =>
  ((await partRows(pool).of([object])).get(object) ?? []).filter((part) => part.startsWith('party:')).toSorted()

test.each([
  ['before its receipt', ['purchase', 'receipt']],
  ['after its receipt', ['receipt', 'purchase']],
  ['with its receipt, and after it', ['both']],
])('the supplier of a purchase order that comes %s has a part in the receipt', async (_, order) => {
  const parts = keeper()
  await named('PO-1')
  const [ordered, received] = [purchase('V-1'), receipt({ purchaseOrderNumber: 'PO-1' })]
  for (const one of order)
    await parts.save([], one === 'both' ? [received, ordered] : [one === 'receipt' ? received : ordered])
  expect(await parties()).toEqual(['party:V-1'])
  expect(await parties('pur_1')).toEqual(['party:V-1'])
})

test('a receipt that says later, or otherwise, for which purchase order it is, is of the supplier of that one', async () => {
  const parts = keeper()
  await named('PO-1')
  await parts.save([], [purchase('V-1')])
  await parts.save([], [receipt({})])
  expect(await parties()).toEqual([])
  await parts.save([], [receipt({ purchaseOrders: ['PO-0', 'PO-1'] }, 2)])
  expect(await parties()).toEqual(['party:V-1'])
  await parts.save([], [receipt({ purchaseOrderNumber: 'PO-2' }, 3)])
  expect(await parties()).toEqual([])
})

test('a purchase order of one tenant gives nobody a part in what another one received', async () => {
  const parts = keeper()
  await named('PO-1')
  await parts.save([], [receipt({ purchaseOrderNumber: 'PO-1' }, 1, 'other')])
  await parts.save([], [purchase('V-1')])
  expect(await parties('grn_1other')).toEqual([])
})

test('a supplier who does not supply the order any more has no part in its receipts, and the new one has, in whatever order both are told', async () => {
  for (const order of [
    ['first', 'receipt', 'second'],
    ['receipt', 'first', 'second'],
    ['first', 'second', 'receipt'],
  ]) {
    await pool.query('TRUNCATE view_part')
    const parts = keeper()
    await named('PO-1')
    const told = {
      first: purchase('V-1'),
      second: purchase('V-2', 2),
      receipt: receipt({ purchaseOrderNumber: 'PO-1' }),
    }
    for (const one of order) await parts.save([], [told[one as keyof typeof told]])
    // A word that comes late brings nobody back.
    await parts.save([], [purchase('V-1')])
    expect(await parties(), order.join(', ')).toEqual(['party:V-2'])
  }
})

test('a receipt keeps the parties that it names itself when its order changes the supplier, and they stay when it is told again', async () => {
  const parts = keeper()
  await named('PO-1')
  const of = (version: number) => {
    const own = receipt({ purchaseOrderNumber: 'PO-1' }, version)
    return { ...own, parts: [...own.parts, 'party:V-1'] }
  }
  await parts.save([], [purchase('V-1')])
  await parts.save([], [of(1)])
  await parts.save([], [purchase('V-2', 2)])
  expect(await parties()).toEqual(['party:V-1', 'party:V-2'])
  await parts.save([], [receipt({ purchaseOrderNumber: 'PO-1' }, 2)])
  expect(await parties()).toEqual(['party:V-2'])
})

test('a receipt that a person attached to another order is of the supplier of that one', async () => {
  const parts = keeper()
  await named('PO-1')
  await parts.save([], [purchase('V-1')])
  await parts.save([], [receipt({ purchaseOrderNumber: 'PO-1' })])
  expect(await parties()).toEqual(['party:V-1'])
  await parts.save([], [receipt({ purchaseOrderNumber: 'PO-1', attached: { purchaseOrderNumber: 'PO-2' } }, 2)])
  expect(await parties()).toEqual([])
})

test('what was stored as if the receipt named it is repaired when the parts are told again', async () => {
  await named('PO-1')
  await pool.query(`INSERT INTO view_part (tenant, object, part, version) VALUES
    ('main', 'grn_1main', 'purchase_order:PO-1', 3), ('main', 'grn_1main', 'party:V-0', 3), ('main', 'pur_1', 'party:V-1', 2)`)
  const migration = readFileSync(join(migrationsFolder, '0975_supplier_part_views.sql'), 'utf8')
  await pool.query(migration.split('-- Down Migration')[0] ?? '')
  await keeper().save([], [receipt({ purchaseOrderNumber: 'PO-1' }, 3), purchase('V-1', 2)])
  expect(await parties()).toEqual(['party:V-1'])
})
