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
