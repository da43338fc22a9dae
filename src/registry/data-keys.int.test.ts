import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { DataKeys } from './data-keys.ts'
import { MasterKeys } from './master-keys.ts'
import { sealedColumns, sealedCounts, sealingStart, sealPortion } from './sealed-columns.ts'
import type { SealedPlace } from './sealing.ts'

let pool: pg.Pool
beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase() })
})
afterAll(() => pool.end())

const first = randomBytes(32).toString('base64')
const second = randomBytes(32).toString('base64')
const keysBy = (text: string): DataKeys => new DataKeys(pool, { masters: new MasterKeys(text), now: () => Date.now() })
const hook = (id: string, tenant = 'acme'): SealedPlace => ({
  ...{ tenant, table: 'subscription', column: 'secrets' },
  ids: [id],
})

/** Whatever the database holds, as a dump would show it. */
async function dump(): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' WHERE c.relkind = 'r'`,
  )
  const texts = await Promise.all(
    rows.map(({ name }) => pool.query<{ text: string }>(`SELECT t::text AS text FROM "${name}" t`)),
  )
  return texts.flatMap(({ rows: all }) => all.map(({ text }) => text)).join('\n')
}

async function sealAll(
  keys: DataKeys,
  options: { readonly tenant?: string; readonly key?: string } = {},
): Promise<number> {
  let count = 0
  for (let position = sealingStart; ; ) {
    const portion = await sealPortion(pool, keys, { position, ...options })
    count += portion.sealed
    if (portion.next === undefined) return count
    position = portion.next
  }
}

describe('keys of tenants', () => {
  test('a secret opens where it was sealed, on every instance, and neither in another row nor for another tenant', async () => {
    const keys = keysBy(first)
    const sealed = await keys.seal('whsec_planted', hook('sub_1'))
    expect(await keysBy(first).open(sealed, hook('sub_1'))).toBe('whsec_planted')
    expect(await keys.open(sealed, hook('sub_2'))).toBeUndefined()
    expect(await keys.open(sealed, hook('sub_1', 'umbrella'))).toBeUndefined()
    expect(await keys.open(sealed, { ...hook('sub_1'), column: 'url' })).toBeUndefined()
    const theirs = await keys.seal('whsec_planted', hook('sub_1', 'umbrella'))
    expect(theirs.split('.')[1]).not.toBe(sealed.split('.')[1])
  })

  test('without the master key nothing opens, and whoever starts is told which one is wanted', async () => {
    await keysBy(first).prove()
    await expect(keysBy(second).prove()).rejects.toMatchObject({ code: 'MASTER_KEY_UNFIT' })
  })

  test('a short master key, or none, is refused before anything is sealed with it', () => {
    for (const text of ['', ' \n', 'c2hvcnQ=', `${first} c2hvcnQ=`])
      expect(() => new MasterKeys(text)).toThrow(expect.objectContaining({ code: 'MASTER_KEY_UNUSABLE' }))
  })

  test('the key of one tenant in the place of another opens nothing', async () => {
    const keys = keysBy(first)
    await keys.seal('x', hook('sub_1', 'lent'))
    await pool.query(
      `INSERT INTO data_key (id, tenant, sealed, created_at) SELECT 'dk_moved', 'thief', sealed, created_at FROM data_key WHERE tenant = 'lent'`,
    )
    await expect(keysBy(first).prove()).rejects.toMatchObject({ code: 'MASTER_KEY_UNFIT' })
    await pool.query(`DELETE FROM data_key WHERE tenant IN ('thief', 'lent')`)
  })

  test('a new master key seals the keys anew and leaves the secrets as they are; the old one is needed no more', async () => {
    const before = keysBy(first)
    const sealed = await before.seal('whsec_planted', hook('sub_1'))
    const changing = keysBy(`${second}\n${first}`)
    expect(await changing.open(sealed, hook('sub_1'))).toBe('whsec_planted')
    expect(await changing.rewrap(new MasterKeys(`${second} ${first}`))).toBeGreaterThan(1)
    expect(await changing.rewrap(new MasterKeys(`${second} ${first}`))).toBe(0)
    const after = keysBy(second)
    await after.prove()
    expect(await after.open(sealed, hook('sub_1'))).toBe('whsec_planted')
    await expect(keysBy(first).prove()).rejects.toMatchObject({ code: 'MASTER_KEY_UNFIT' })
    await after.rewrap(new MasterKeys(`${first} ${second}`))
  })
})

describe('what lies in the database', () => {
  test('what releases before kept clear is sealed, in portions, and a dump shows none of it', async () => {
    const keys = keysBy(first)
    await pool.query(
      `INSERT INTO subscription (id, tenant, body, created_at, updated_at)
       SELECT 'sub_' || n, 'acme', json_build_object('url', 'https://a.example/', 'secrets', json_build_array(json_build_object('text', 'whsec_canary' || n)))::text, 0, 0
         FROM generate_series(1, 450) n`,
    )
    await pool.query(
      `INSERT INTO answer (tenant, client, route, key, fingerprint, until, at, status, headers, body)
       VALUES ('acme', 'key_1', 'POST /v1/keys', 'a "key"', '', 0, 0, 201, '{}', '{"key":"interline_live_canary"}'), ('acme', 'key_1', 'DELETE /v1/x', 'b', '', 0, 0, 204, '{}', '')`,
    )
    expect(await dump()).toContain('canary')
    // As if the hub had ended after the first portion.
    await sealPortion(pool, keys, { position: sealingStart })
    expect(await sealAll(keysBy(first))).toBe(451 - 200)
    expect(await sealAll(keys)).toBe(0)
    expect(await dump()).not.toContain('canary')
    const { rows } = await pool.query<{ body: string }>(`SELECT body FROM answer WHERE key = 'a "key"'`)
    const place = {
      ...{ tenant: 'acme', table: 'answer', column: 'body' },
      ids: ['key_1', 'POST /v1/keys', 'a "key"'],
    }
    expect(await keys.open(rows[0]?.body ?? '', place)).toBe('{"key":"interline_live_canary"}')
  })

  test('a new key of a tenant seals all of it anew, while both open; the old one goes when nothing needs it any more', async () => {
    const keys = keysBy(first)
    const old = (await keys.list('acme'))[0]?.id ?? ''
    await keys.add('dk_next', 'acme')
    await keys.add('dk_next', 'acme')
    expect((await keys.list('acme')).map(({ id }) => id)).toEqual(['dk_next', old])
    expect(await sealedCounts(pool, 'acme')).toEqual(new Map([[old, 451]]))
    const { rows } = await pool.query<{ sealed: string }>(
      `SELECT body::jsonb ->> 'sealedSecrets' AS sealed FROM subscription WHERE id = 'sub_7'`,
    )
    expect(await keys.open(rows[0]?.sealed ?? '', hook('sub_7'))).toContain('whsec_canary7')
    expect(await sealAll(keys, { tenant: 'umbrella', key: 'dk_next' })).toBe(0)
    expect(await sealAll(keys, { tenant: 'acme', key: 'dk_next' })).toBe(451)
    expect(await sealedCounts(pool, 'acme')).toEqual(new Map([['dk_next', 451]]))
    // An instance that has not heard of the new one may still seal with the old: it stays for a day.
    await keys.forget('acme', new Set(['dk_next']))
    expect(await keys.list('acme')).toHaveLength(2)
    const tomorrow = new DataKeys(pool, { masters: new MasterKeys(first), now: () => Date.now() + 2 * 86_400_000 })
    await tomorrow.forget('acme', new Set(['dk_next', old]))
    expect(await keys.list('acme')).toHaveLength(2)
    await tomorrow.forget('acme', new Set(['dk_next']))
    expect((await keys.list('acme')).map(({ id }) => id)).toEqual(['dk_next'])
  })

  test('a text that was tampered with stays as it is, and holds up nobody', async () => {
    await pool.query(`UPDATE subscription SET body = replace(body, 'v2.dk_next.', 'v2.dk_next.AA') WHERE id = 'sub_9'`)
    const keys = keysBy(first)
    await keys.add('dk_third', 'acme')
    let unreadable = 0
    let sealed = 0
    for (let position = sealingStart; ; ) {
      const portion = await sealPortion(pool, keys, { position, tenant: 'acme', key: 'dk_third' })
      unreadable += portion.unreadable
      sealed += portion.sealed
      if (portion.next === undefined) break
      position = portion.next
    }
    expect({ unreadable, sealed }).toEqual({ unreadable: 1, sealed: 450 })
  })

  test('every column that is said to be sealed is named like that, or in the list', async () => {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND (column_name LIKE '%sealed%' OR column_name LIKE '%secret%' OR column_name LIKE '%private%') ORDER BY 1`,
    )
    const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`)
    // The keys themselves: sealed by the master key, and rotated with it.
    expect(rows.map(({ name }) => name).filter((name) => !listed.includes(name))).toEqual(['data_key.sealed'])
  })
})
