import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { postingStatuses } from '../model/posting/status.ts'
import { type DocumentRow, documentRows, saveDocuments } from './documents.ts'

let pool: pg.Pool

const document = (id: string, tenant = 'main'): DocumentRow => ({
  ...{ id, tenant, entity: 'order', version: 1, number: `N-${id}`, status: 'accepted', mergedInto: '' },
  ...{ names: [id, `order:N-${id}`], mentions: [], parties: [], locations: [], carriers: [], exceptions: [] },
  ...{ exceptionAt: '', placedAt: '2026-04-01T10:00:00Z', dueAt: '', updatedAt: '2026-04-01T10:00:00Z' },
})

/** What was asked of books about each: states of the ledger, `forgotten` where it keeps it no longer. */
const asked: Readonly<Record<string, readonly string[]>> = {
  ord_none: [],
  ord_called_off: ['cancelled'],
  ord_posted: ['applied', 'cancelled'],
  ord_long_ago: ['forgotten'],
  ord_pending: ['applied', 'queued'],
  ord_blocked: ['queued', 'refused', 'applied'],
}

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 1 })
  await saveDocuments(pool, [...Object.keys(asked).map((id) => document(id)), document('ord_other', 'other')])
  await pool.query('SET session_replication_role = replica')
  for (const [id, states] of Object.entries({ ...asked, ord_other: ['refused'] }))
    for (const [at, state] of states.entries()) {
      const [effect, tenant] = [`${id}_${at}`, id === 'ord_other' ? 'other' : 'main']
      const link = [tenant, at === 0 ? id : `order:N-${id}`, effect]
      await pool.query(
        `INSERT INTO view_posting (tenant, name, effect, command, target, books) VALUES ($1, $2, $3, 'release_invoice', 'erp', true)`,
        link,
      )
      if (state === 'forgotten') continue
      await pool.query(
        `INSERT INTO effect (effect_id, lane_id, seq, tenant, natural_key, target, key, command, external_reference, payload, class, priority, state, causation, correlation, trace, created_at, updated_at)
         VALUES ($1, $1, 0, $2, $1, 'erp', 'k', 'release_invoice', $1, '{}', 'realtime', 1, $3, '', '', '', 1, 1)`,
        [effect, tenant, state],
      )
    }
  await pool.query(`INSERT INTO view_task (id, tenant, version, name, role, escalate_to, state, assignee, origin, objects, question, decision, overdue, due_at, opened_at, updated_at) VALUES
    ('tsk_1', 'main', 1, 'n', 'finance', '', 'open', '', '', '{ord_posted,ord_none}', 'q', '', false, 'infinity', now(), now()),
    ('tsk_2', 'main', 1, 'n', 'finance', '', 'decided', '', '', '{ord_pending}', 'q', '', false, 'infinity', now(), now())`)
})
afterAll(() => pool.end())

const list = async (filter: object): Promise<readonly string[]> =>
  (await documentRows(pool).list({ tenant: 'main', entity: 'order', limit: 50, ...filter }))
    .map(({ id }) => id)
    .toSorted()

test('a list that is searched by how documents stand in the books shows those that say so, and no other', async () => {
  const all = await documentRows(pool).list({ tenant: 'main', entity: 'order', limit: 50 })
  expect(Object.fromEntries(all.map(({ id, posting }) => [id, posting]))).toEqual({
    ord_blocked: 'blocked',
    ord_called_off: 'none',
    ord_long_ago: 'posted',
    ord_none: 'none',
    ord_pending: 'pending',
    ord_posted: 'posted',
  })
  for (const posting of postingStatuses)
    expect([posting, await list({ posting })]).toEqual([
      posting,
      all.flatMap((one) => (one.posting === posting ? [one.id] : [])).toSorted(),
    ])
})

test('a list that is searched by open tasks shows what somebody has to decide about, and the rest without it', async () => {
  expect(await list({ hasTask: true })).toEqual(['ord_none', 'ord_posted'])
  expect(await list({ hasTask: false })).toEqual(['ord_blocked', 'ord_called_off', 'ord_long_ago', 'ord_pending'])
})
