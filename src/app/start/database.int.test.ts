import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childEnvironment } from '../environment.ts'
import { type EmbeddedPostgres, startEmbedded } from '../postgres/embedded.ts'
import { withClient } from '../postgres/safety.ts'
import { loadSettings } from '../settings/settings.ts'
import { type DataDirectory, openDataDirectory } from './data-directory.ts'
import { openDatabase } from './database.ts'
import { examine } from './examination.ts'

const folder = mkdtempSync(join(tmpdir(), 'interline-external-'))
chmodSync(folder, 0o755)
let directory: DataDirectory
let server: EmbeddedPostgres
const own = (url: string) =>
  loadSettings({ INTERLINE_DATABASE_URL: url, INTERLINE_DATA_DIRECTORY: join(folder, 'hub'), INTERLINE_PORT: '0' })
    .settings

beforeAll(async () => {
  directory = openDataDirectory(folder)
  server = await startEmbedded({ directory: folder, parameters: [], port: 0, environment: childEnvironment() })
})
afterAll(async () => {
  await server.stop()
  directory.release()
  rmSync(folder, { recursive: true })
})

describe('a database of the operator', () => {
  test('is used as it is: migrated, and not stopped with the hub', async () => {
    const database = await openDatabase(own(server.url), directory, () => {})
    expect(database.embedded).toBeUndefined()
    expect(database.migrated.length).toBeGreaterThan(0)
    await database.stop()
    const again = await openDatabase(own(server.url), directory, () => {})
    expect(again.migrated).toEqual([])
  })

  test('is examined by the doctor', async () => {
    const findings = await examine(own(server.url))
    expect(findings.find(({ check }) => check === 'database')).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/^PostgreSQL 18/),
    })
  })

  test('that does not know user, password or name says so, and what to correct', async () => {
    for (const change of [{ password: 'wrong' }, { username: 'nobody' }, { pathname: '/none' }]) {
      const url = new URL(server.url)
      Object.assign(url, change)
      await expect(openDatabase(own(url.href), directory, () => {})).rejects.toMatchObject({
        code: 'DATABASE_LOGIN_REFUSED',
      })
    }
  })

  test('is refused when it would lose what was acknowledged', async () => {
    await withClient(server.url, (client) => client.query('ALTER ROLE interline SET synchronous_commit = off'))
    await expect(openDatabase(own(server.url), directory, () => {})).rejects.toMatchObject({ code: 'DATABASE_UNSAFE' })
    const findings = await examine(own(server.url))
    expect(findings.find(({ check }) => check === 'database')).toMatchObject({ verdict: 'failed' })
  })
})
