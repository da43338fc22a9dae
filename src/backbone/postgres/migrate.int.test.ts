import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { readCatalogue } from './catalogue.ts'
import { Database } from './database.ts'
import { migrate, migrationNames, migrationsFolder } from './migrate.ts'

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

async function emptyDatabase(): Promise<string> {
  const url = await testDatabase()
  await run(url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  return url
}

async function catalogueOf(url: string): Promise<string> {
  const database = new Database({ url, connections: 1, queryTimeoutMs: 10_000, connectTimeoutMs: 5000, name: 'test' })
  const catalogue = await readCatalogue(database)
  await database.close()
  return `${JSON.stringify(catalogue, null, 1)}\n`
}

test('an empty database is brought to this release, once', async () => {
  const url = await emptyDatabase()
  expect(await migrate(url)).toEqual(migrationNames())
  expect(await migrate(url)).toEqual([])
})

test('of two hubs that start at once, one migrates and the other waits for it', async () => {
  const url = await emptyDatabase()
  const done = await Promise.all([migrate(url), migrate(url)])
  expect(done.flat().toSorted()).toEqual(migrationNames())
})

test('a database that a newer release has migrated is refused', async () => {
  const url = await testDatabase()
  await run(url, `INSERT INTO migration (name, run_on) VALUES ('9999_future', now())`)
  await expect(migrate(url)).rejects.toMatchObject({ code: 'DATABASE_NEWER', values: { migrations: '9999_future' } })
})

/** Those of one task share all but the last digit, and build on each other. */
const taskOf = (name: string): string => name.slice(0, 3)
const newestTasks = [...new Set(migrationNames().map(taskOf))].slice(-4)

test.each(newestTasks)(
  'a database that got %s. after what is numbered behind them has the same schema',
  async (task) => {
    const url = await emptyDatabase()
    const folder = await mkdtemp(join(tmpdir(), 'interline-migrations-'))
    const others = migrationNames().filter((name) => taskOf(name) !== task)
    for (const name of others) await cp(join(migrationsFolder, `${name}.sql`), join(folder, `${name}.sql`))
    expect(await migrate(url, folder)).toEqual(others)
    await rm(folder, { recursive: true })
    expect(await migrate(url)).toEqual(migrationNames().filter((name) => taskOf(name) === task))
    expect(await catalogueOf(url)).toBe(await catalogueOf(await testDatabase()))
  },
)

test('the schema after all migrations is the committed one', async () => {
  await expect(await catalogueOf(await testDatabase())).toMatchFileSnapshot('../../../schemas/catalogue.json')
})

test('a migration that has landed never changes', () => {
  const landed: unknown = JSON.parse(readFileSync(join(migrationsFolder, 'landed.json'), 'utf8'))
  const names = migrationNames()
  const hashes = Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(migrationsFolder, `${name}.sql`)))
        .digest('hex'),
    ]),
  )
  expect(Object.keys(landed ?? {}).length).toBeGreaterThan(0)
  expect(hashes).toMatchObject(landed ?? {})
})
