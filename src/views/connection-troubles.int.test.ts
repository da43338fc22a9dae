import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { troubleRows } from './connection-troubles.ts'
import { type SavedTransmission, saveTransmissions } from './transmissions.ts'

let pool: pg.Pool

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
})
afterAll(() => pool.end())

const sent = (id: string, more: Partial<SavedTransmission>): SavedTransmission => ({
  ...{
    id,
    tenant: 'main',
    version: 1,
    connection: 'depot',
    command: 'release_delivery',
    about: 'dlv_1',
    status: 'sent',
  },
  ...{ set: '940', number: id, interchange: '1', sends: '1', dueAt: '', response: '', responseDueAt: '', receipt: '' },
  ...{ updatedAt: '2026-04-01T10:00:00Z', sentAt: '', answeredAt: '' },
  ...more,
})

test('what waits is counted to the last, each document once, and nothing that a person has closed', async () => {
  const many = Array.from({ length: 300 }, (_, n) => sent(`trm_${n}`, { status: 'overdue', response: 'overdue' }))
  await saveTransmissions(pool, [
    ...many,
    sent('trm_closed', { status: 'closed', response: 'overdue' }),
    sent('trm_rejected', { status: 'rejected', response: 'overdue' }),
    sent('trm_calm', {}),
    sent('trm_other', { tenant: 'other', status: 'overdue' }),
    sent('trm_far', { connection: 'far', status: 'overdue' }),
  ])
  await pool.query(
    `INSERT INTO parked (part, off, tenant, connection, code, detail, state, attempts, at)
       SELECT 0, n, 'main', 'erp', 'MAP_FAILED', '', CASE WHEN n > 250 THEN 'released' ELSE 'parked' END, 1, n FROM generate_series(1, 260) n`,
  )
  const found = await troubleRows(pool).of('main', ['depot', 'erp', 'calm'])
  expect(Object.fromEntries(found)).toEqual({ depot: { parked: 0, overdue: 300 }, erp: { parked: 250, overdue: 0 } })
})
