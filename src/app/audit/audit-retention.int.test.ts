import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { commandLine } from '../../../test/cli/command-line.ts'
import { testDatabase } from '../../../test/postgres/database.ts'
import { AuditLog } from '../../registry/audit.ts'
import { trimAudit } from './audit-retention.ts'
import { newSigningKey, readCheckpoint } from './checkpoint.ts'
import { Checkpoints } from './checkpoints.ts'

const key = newSigningKey()
const now = Date.UTC(2026, 5, 1)
const dayMs = 86_400_000
let folder: string
let pool: pg.Pool
let log: AuditLog
let said: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interline-trim-'))
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  pool.on('error', () => {})
  log = new AuditLog(pool)
})
afterAll(async () => {
  await pool.end()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  said = []
})

const path = (): string => join(folder, 'heads.ndjson')

/** Ten rows of last year, and three of today. */
async function fill(tenant: string): Promise<void> {
  for (const [at, count] of [
    [now - 400 * dayMs, 10],
    [now, 3],
  ])
    await pool.query(
      `INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name)
       SELECT $1::bigint + n, $2, 'key_1', 0, 'api', 'create', 'key', n::text FROM generate_series(1, $3::int) n`,
      [at, tenant, count],
    )
}

function trim(days: number, auditKey = key.secret): Promise<void> {
  const settings = {
    ...{ auditKey, auditCheckpointPath: path(), auditCheckpointUrl: '', auditCheckpointMinutes: 10 },
    allowedPrivateRanges: [],
  }
  const signals = {
    auditCheckpointed: () => {},
    auditCheckpointFailed: ({ code }: { readonly code: string }) => void said.push(code),
    auditKept: ({ code }: { readonly code: string }) => void said.push(code),
    retired: ({ kind, count }: { readonly kind: string; readonly count: number }) => void said.push(`${kind} ${count}`),
  }
  const outbound = { send: () => Promise.reject(new Error('nothing is posted here')) }
  const checkpoints = new Checkpoints({ settings, log, outbound, now: () => now, signals })
  return trimAudit({ days, log, checkpoints, now, signals })
}

const rows = async (tenant: string): Promise<number> => (await log.chain(tenant, 0, 100)).length

test('old rows go behind a signed head that has left the hub, and what is left is followed from there', async () => {
  await fill('acme')
  await trim(0)
  expect([await rows('acme'), said]).toEqual([13, []])
  await trim(365)
  expect([await rows('acme'), said]).toEqual([3, ['audit 10']])
  const begin = await log.begin('acme')
  const left = readFileSync(path(), 'utf8').trim().split('\n')
  expect(left).toContain(begin?.checkpoint)
  const signed = readCheckpoint(begin?.checkpoint ?? '', createPublicKey(key.public))
  expect(signed?.heads).toEqual([{ tenant: 'acme', no: 10, hash: begin?.hash }])
  expect(await log.verify('acme', signed?.heads ?? [])).toMatchObject({ faults: [], rows: 3, head: { no: 13 } })
  // Whoever writes another start is found by the head that left.
  expect(await log.verify('acme', [{ no: 10, hash: '11'.repeat(32) }])).toMatchObject({
    faults: [{ fault: 'rewritten', no: 10, count: 1 }],
  })
  await fill('acme')
  expect(await log.verify('acme', [])).toMatchObject({ faults: [], rows: 16 })
})

test('nothing goes without a key, and nothing of a chain that somebody changed', async () => {
  await fill('keyless')
  await trim(365, '')
  expect([await rows('keyless'), said]).toEqual([13, ['AUDIT_HEAD_NOT_SENT']])
  said = []
  await pool.query('ALTER TABLE audit DISABLE TRIGGER USER')
  await pool.query(`UPDATE audit SET actor = 'nobody' WHERE tenant = 'keyless' AND no = 4`)
  await pool.query('ALTER TABLE audit ENABLE TRIGGER USER')
  await trim(365)
  expect([await rows('keyless'), said.includes('AUDIT_CHAIN_BROKEN')]).toEqual([13, true])
})

test('the database lets go only what is before the start, which only moves on; what a killed hub left goes later', async () => {
  await fill('guarded')
  await expect(pool.query(`DELETE FROM audit WHERE tenant = 'guarded'`)).rejects.toThrow('only added to')
  await expect(pool.query(`UPDATE audit SET actor = 'x' WHERE tenant = 'guarded'`)).rejects.toThrow('only added to')
  const until = await log.oldUntil('guarded', now - 365 * dayMs)
  await pool.query(
    `INSERT INTO audit_start (tenant, no, hash, checkpoint, trimmed_at) VALUES ('guarded', $1, decode($2, 'hex'), '{}', 0)`,
    [until?.no, until?.hash],
  )
  await expect(pool.query(`UPDATE audit_start SET no = 3 WHERE tenant = 'guarded'`)).rejects.toThrow('only moves on')
  await expect(pool.query(`DELETE FROM audit_start WHERE tenant = 'guarded'`)).rejects.toThrow('only moves on')
  expect(await log.verify('guarded', [])).toMatchObject({ faults: [], rows: 3 })
  await trim(365)
  expect([await rows('guarded'), said]).toEqual([3, expect.arrayContaining(['audit 10'])])
})

test('an export of a trimmed chain is followed without the hub, and its start is believed only when it is signed', async () => {
  const start = await log.begin('acme')
  const lines = [{ start }, ...(await log.chain('acme', 0, 100))].map((one) => JSON.stringify(one))
  writeFileSync(join(folder, 'audit.ndjson'), `${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'ours.pub'), key.public)
  writeFileSync(join(folder, 'others.pub'), newSigningKey().public)
  expect(existsSync(join(folder, 'audit.ndjson'))).toBe(true)
  const verify = (...more: string[]) =>
    commandLine(['audit', 'verify', '--file', join(folder, 'audit.ndjson'), ...more], {})
  const trusted = await verify('--public-key', join(folder, 'ours.pub'))
  expect(trusted).toMatchObject({ code: 0, out: expect.stringContaining('were trimmed, as a signed head says.') })
  expect((await verify('--public-key', join(folder, 'others.pub'))).code).toBe(1)
  expect((await verify()).out).toContain('--public-key says whether the hub signed that')
  // Cut off further than was signed.
  writeFileSync(join(folder, 'audit.ndjson'), `${[lines[0], ...lines.slice(2)].join('\n')}\n`)
  expect((await verify('--public-key', join(folder, 'ours.pub'))).code).toBe(1)
})
