import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { effect } from '../backbone/contract/rows.contract.ts'
import type { Conclusion } from '../backbone/ledger.ts'
import { type PostgresBackbone, postgresBackbone } from '../backbone/postgres/postgres.ts'
import { AuditLog } from './audit.ts'

let pool: pg.Pool
let backbone: PostgresBackbone
let log: AuditLog

beforeAll(async () => {
  const url = await testDatabase()
  pool = new pg.Pool({ connectionString: url, max: 8 })
  pool.on('error', () => {})
  backbone = await postgresBackbone({ url, partitions: 1 })
  log = new AuditLog(pool)
})
afterAll(async () => {
  await backbone.close()
  await pool.end()
})

let next = 0
const act = (tenant: string, more: object = {}) =>
  backbone.commit({
    audits: [
      {
        ...{ tenant, actor: 'key_1 Änne 🚚', address: '10.0.0.9', trace: 'ab12', source: 'api', change: 'discard' },
        ...{ kind: 'message', name: `msg_0-${next++}`, reason: 'a test of theirs', after: { n: next } },
        ...more,
      },
    ],
  })

/** Does to the table what only its owner can. */
async function tamper(statement: string, ...values: unknown[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('ALTER TABLE audit DISABLE TRIGGER USER')
    await client.query(statement, values)
    await client.query('ALTER TABLE audit ENABLE TRIGGER USER')
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

describe('the audit log', () => {
  test('is one chain per tenant without holes, though many write at once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, at) => act(at % 2 === 0 ? 'acme' : 'umbrella')))
    for (const tenant of ['acme', 'umbrella']) {
      const { faults, rows, head } = await log.verify(tenant, [])
      expect({ faults, rows }).toEqual({ faults: [], rows: 20 })
      expect(head).toEqual(expect.objectContaining({ no: 20, hash: (await log.head(tenant)).hash }))
    }
    expect(await log.verify('nobody', [])).toEqual({ faults: [], rows: 0, head: { no: 0, hash: '00'.repeat(32) } })
  })

  test('writes the head of a chain once for a statement, whoever else it is about', async () => {
    const client = await pool.connect()
    const writes = async (): Promise<number> => {
      const { rows } = await client.query<{ count: string }>(
        `SELECT n_tup_upd + n_tup_ins AS count FROM pg_stat_xact_user_tables WHERE relname = 'audit_chain'`,
      )
      return Number(rows[0]?.count ?? 0)
    }
    const tell = (tenants: string, count: number): Promise<unknown> =>
      client.query(
        `INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name)
         SELECT 5, t, 'a', 0, 'api', 'create', 'key', n::text FROM unnest(string_to_array($1, ',')) t, generate_series(1, $2) n`,
        [tenants, count],
      )
    try {
      await client.query('BEGIN')
      await tell('many rows', 500)
      // Its first row and its last.
      expect(await writes()).toBe(2)
      await tell('many rows', 500)
      expect(await writes()).toBe(3)
      // What is rolled back is not counted on from.
      await client.query('SAVEPOINT here')
      await tell('many rows', 3)
      await client.query('ROLLBACK TO here')
      await tell('many rows,many others,many rows', 10)
      await client.query('COMMIT')
    } finally {
      client.release()
    }
    expect(await log.verify('many rows', [])).toMatchObject({ faults: [], rows: 1020, head: { no: 1020 } })
    expect(await log.verify('many others', [])).toMatchObject({ faults: [], rows: 10 })
  })

  test('keeps one order where a statement writes from within another', async () => {
    await pool.query(`CREATE FUNCTION tell_audit(n integer) RETURNS text LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name) VALUES (5, 'nested', 'a', 0, 'api', 'create', 'key', 'inner ' || n);
        RETURN 'outer ' || n;
      END $$`)
    await pool.query(
      `INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name)
       SELECT 5, 'nested', 'a', 0, 'api', 'create', 'key', tell_audit(n) FROM generate_series(1, 20) n`,
    )
    await pool.query('DROP FUNCTION tell_audit')
    expect(await log.verify('nested', [])).toMatchObject({ faults: [], rows: 40, head: { no: 40 } })
  })

  test('says who, from where, in which trace, and why', async () => {
    await act('shown', { before: { password: 'opensesame', nested: { apiKey: 'k-1' } } })
    const [row] = await log.page({ tenant: 'shown', limit: 1 })
    expect(row).toMatchObject({
      ...{ no: 1, actor: 'key_1 Änne 🚚', address: '10.0.0.9', trace: 'ab12', reason: 'a test of theirs' },
      before: '{"password":"[hidden]","nested":{"apiKey":"[hidden]"}}',
    })
    expect(await log.page({ tenant: 'shown', limit: 9, actor: 'KEY_1' })).toHaveLength(1)
    expect(await log.page({ tenant: 'shown', limit: 9, kind: 'key' })).toEqual([])
  })

  test('tells what comes twice from the same request once', async () => {
    await act('twice', { source: 'task.decided:1', name: 'tsk_1' })
    await act('twice', { source: 'task.decided:1', name: 'tsk_1' })
    await act('twice', { source: 'task.decided:2', name: 'tsk_1' })
    expect((await log.head('twice')).no).toBe(2)
  })

  test.each(['by itself', 'within a step'])('has a booking that a target accepted, concluded %s', async (how) => {
    const tenant = `booked ${how}`
    await backbone.commit({
      effects: [
        effect(`${how} 1`, { tenant, key: how }),
        effect(`${how} 2`, { tenant, key: `${how} 2`, command: 'notify_customer' }),
      ],
    })
    const claims = await backbone.ledger.claim({ node: 'n', claimSeconds: 60, limit: 2 })
    const intents = claims.map(({ lane, claimEpoch, effect: { id } }) => ({
      lane,
      claimEpoch,
      effect: id,
      reserveMs: 1000,
    }))
    await backbone.ledger.intend(intents)
    const conclusions = intents.map(
      ({ lane, claimEpoch, effect: id }): Conclusion => ({
        ...{ lane, claimEpoch, effect: id, from: 'sending', to: 'applied', documentReference: '4900000001' },
      }),
    )
    if (how === 'by itself') expect(await backbone.ledger.conclude(conclusions)).toEqual([true, true])
    else expect(await backbone.commit({ conclusions })).toMatchObject({ outcome: 'committed' })
    const rows = await log.page({ tenant, limit: 10 })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      change: 'post',
      kind: 'posting',
      actor: 'the hub',
      name: `eff_${how} 1`,
      source: 'erp',
    })
    expect(JSON.parse(rows[0]?.after ?? '')).toMatchObject({ state: 'applied', documentReference: '4900000001' })
    expect((await log.verify(tenant, [])).faults).toEqual([])
  })

  test('is written with the act or not at all', async () => {
    const before = await log.head('acme')
    const entry = { tenant: 'acme', actor: 'a', source: 'api', change: 'NOT A NAME', kind: 'k', name: 'n' }
    const timer = { partition: 0, tenant: 'acme', subject: 'shp_1', name: 'late', at: 5 }
    await expect(backbone.commit({ timers: [timer], audits: [entry] })).rejects.toThrow()
    expect(await backbone.dueTimers(0, 10, 10)).toEqual([])
    expect(await log.head('acme')).toEqual(before)
  })

  test.each(['UPDATE audit SET actor = $1', 'DELETE FROM audit WHERE actor <> $1'])(
    'cannot be changed: %s',
    async (statement) => {
      await expect(pool.query(statement, ['nobody'])).rejects.toThrow('only added to')
    },
  )

  test('cannot be emptied', async () => {
    await expect(pool.query('TRUNCATE audit')).rejects.toThrow('only added to')
  })

  test.each([
    [
      'changed',
      "UPDATE audit SET reason = 'harmless' WHERE tenant = $1 AND no = 4",
      { fault: 'changed', no: 4, count: 1 },
    ],
    ['removed', 'DELETE FROM audit WHERE tenant = $1 AND no = 4', { fault: 'removed', no: 4, count: 1 }],
    [
      'put elsewhere',
      'UPDATE audit SET no = CASE no WHEN 4 THEN -6 WHEN 6 THEN -4 END WHERE tenant = $1 AND no IN (4, 6)',
      { fault: 'changed', no: 4, count: 1 },
    ],
  ])('says where a row was %s by somebody who owns the table', async (how, statement, fault) => {
    const tenant = `tampered ${how}`
    for (let at = 0; at < 8; at++) await act(tenant)
    await tamper(statement, tenant)
    await tamper('UPDATE audit SET no = -no WHERE tenant = $1 AND no < 0', tenant)
    expect((await log.verify(tenant, [])).faults[0]).toEqual(fault)
  })

  test('says that the end was cut off: by its own head, and by one that left the hub', async () => {
    for (let at = 0; at < 5; at++) await act('cut')
    const seen = await log.head('cut')
    await tamper('DELETE FROM audit WHERE tenant = $1 AND no > 3', 'cut')
    expect((await log.verify('cut', [])).faults).toEqual([{ fault: 'truncated', no: 4, count: 2 }])
    await pool.query(
      'UPDATE audit_chain SET no = 3, hash = (SELECT hash FROM audit WHERE tenant = $1 AND no = 3) WHERE tenant = $1',
      ['cut'],
    )
    expect((await log.verify('cut', [])).faults).toEqual([])
    expect((await log.verify('cut', [seen])).faults).toEqual([{ fault: 'truncated', no: 4, count: 2 }])
  })
})
