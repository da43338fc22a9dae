import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandLine, type Ended } from '../cli/command-line.ts'
import { startReceiver } from '../gateway/receiver.ts'
import { HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'

let folder: string
let database: string
let key: string | undefined
let vault: Awaited<ReturnType<typeof startReceiver>>
const at = (name: string): string => join(folder, name)
const heads = (): string[] => readFileSync(at('heads.ndjson'), 'utf8').trim().split('\n')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interline-audit-'))
  database = await testDatabase()
  vault = await startReceiver(() => 204)
})
afterAll(async () => {
  await vault.stop()
  await rm(folder, { recursive: true })
})

/** A hub on the same database; its command line asks it. */
async function withHub(
  use: (run: (...args: string[]) => Promise<Ended>, hub: HubProcess) => Promise<void>,
): Promise<void> {
  const hub = await HubProcess.start({
    databaseUrl: database,
    ...(key === undefined ? {} : { key }),
    environment: {
      INTERLINE_AUDIT_KEY_FILE: at('audit.pem'),
      INTERLINE_AUDIT_CHECKPOINT_PATH: at('heads.ndjson'),
      INTERLINE_AUDIT_CHECKPOINT_URL: vault.url,
      INTERLINE_ALLOWED_PRIVATE_RANGES: '127.0.0.0/8',
    },
  })
  key = hub.key
  const asks = { INTERLINE_HUB_URL: hub.url, INTERLINE_KEY: hub.key }
  try {
    await use((...args) => commandLine(args, asks), hub)
  } finally {
    await hub.stop()
  }
}

const verify = ['audit', 'verify', '--checkpoint'] as const

describe('heads of the audit log', { timeout: 60_000 }, () => {
  test('leave the hub signed when it stops', async () => {
    const made = await commandLine(['audit', 'key', at('audit.pem')], {})
    expect(made.code).toBe(0)
    expect(statSync(at('audit.pem')).mode & 0o777).toBe(0o600)
    expect((await commandLine(['audit', 'key', at('audit.pem')], {})).code).toBe(2)
    await withHub(async (_, hub) => {
      for (const name of ['one', 'two', 'three'])
        await hub.call('POST', '/v1/keys', { json: { name, scopes: ['shipments:read'] } })
    })
    const [last] = heads().slice(-1)
    expect(JSON.parse(last ?? '')).toMatchObject({ checkpoint: 1, heads: [{ tenant: 'main' }] })
    expect(vault.received.map(({ body }) => String(body))).toContain(last)
  })

  test('agree with a whole chain, and find what somebody who owns the database cut off with all its traces', async () => {
    await commandLine(['audit', 'key', at('other.pem')], {})
    const [last = ''] = heads().slice(-1)
    const forged = JSON.parse(last) as { heads: { no: number }[] }
    if (forged.heads[0] !== undefined) forged.heads[0].no = 1
    writeFileSync(at('forged.ndjson'), `${last}\n${JSON.stringify(forged)}\nnot a head\n`)
    await withHub(async (run) => {
      const whole = await run(...verify, at('heads.ndjson'), '--public-key', at('audit.pem.pub'))
      expect(whole).toMatchObject({
        code: 0,
        out: expect.stringMatching(/whole: \d+ rows, and agrees with \d+ checkpoints/),
      })
      expect((await run('audit', 'export', at('audit.ndjson'))).code).toBe(0)
      const wrong = await run(...verify, at('forged.ndjson'), '--public-key', at('audit.pem.pub'))
      expect(wrong.out).toContain('2 lines of the checkpoint file are not signed with this key.')
      expect(wrong.code).toBe(1)
      expect((await run(...verify, at('heads.ndjson'), '--public-key', at('other.pem.pub'))).code).toBe(1)
      expect((await run(...verify, at('heads.ndjson'))).code).toBe(2)
      await cutOff()
      expect((await run('audit', 'verify')).code).toBe(0)
      const cut = await run(...verify, at('heads.ndjson'), '--public-key', at('audit.pem.pub'))
      expect(cut).toMatchObject({ code: 1, out: expect.stringContaining('Rows 2 to 3: cut off at the end.') })
    })
    const away = await commandLine(['audit', 'verify', '--file', at('audit.ndjson')], {})
    expect(away.out).toContain('The chain is whole: 3 rows.')
  })

  test('need a key, and say so at the start', async () => {
    const { code, error } = await commandLine(['config', 'check'], {
      INTERLINE_AUDIT_CHECKPOINT_PATH: at('heads.ndjson'),
    })
    expect(code).not.toBe(0)
    expect(error).toContain('interline audit key makes one')
  })
})

/** All but the first row, and the head that would tell. */
async function cutOff(): Promise<void> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  await client.query('ALTER TABLE audit DISABLE TRIGGER USER')
  await client.query('DELETE FROM audit WHERE no > 1')
  await client.query('UPDATE audit_chain SET no = 1, hash = (SELECT hash FROM audit WHERE no = 1)')
  await client.query('ALTER TABLE audit ENABLE TRIGGER USER')
  await client.end()
}
