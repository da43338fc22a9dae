import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { checkServer } from './check.ts'

/** A server with these settings, as far as the check can see. */
function serverWith(settings: Readonly<Record<string, string>>): Parameters<typeof checkServer>[0] {
  const all = {
    server_version_num: '180004',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_checksums: 'on',
    ...settings,
  }
  const rows = Object.entries(all).map(([name, setting]) => ({ name, setting }))
  return { query: (async () => ({ rows })) as unknown as pg.ClientBase['query'] }
}

describe('a server of our own', () => {
  let client: pg.Client
  beforeEach(async () => {
    client = new pg.Client({ connectionString: await testDatabase() })
    await client.connect()
  })
  afterEach(() => client.end())

  test('is accepted as it comes', async () => {
    expect(await checkServer(client)).toEqual([])
  })

  test('is refused when the session would acknowledge before the flush', async () => {
    await client.query('SET synchronous_commit = off')
    await expect(checkServer(client)).rejects.toMatchObject({
      code: 'DATABASE_UNSAFE',
      values: { name: 'synchronous_commit', value: 'off' },
    })
  })
})

test.each([
  ['fsync', 'off'],
  ['full_page_writes', 'off'],
  ['synchronous_commit', 'local'],
  ['synchronous_commit', 'remote_write'],
])('refuses %s=%s', async (name, value) => {
  await expect(checkServer(serverWith({ [name]: value }))).rejects.toMatchObject({
    code: 'DATABASE_UNSAFE',
    values: { name, value },
  })
})

test('refuses a server that is too old, accepts a stricter one, warns without checksums', async () => {
  await expect(checkServer(serverWith({ server_version_num: '140011' }))).rejects.toMatchObject({
    code: 'DATABASE_TOO_OLD',
    values: { found: 14 },
  })
  expect(await checkServer(serverWith({ synchronous_commit: 'remote_apply' }))).toEqual([])
  expect(await checkServer(serverWith({ data_checksums: 'off' }))).toHaveLength(1)
})
