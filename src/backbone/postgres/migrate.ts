import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { runner } from 'node-pg-migrate'
import pg from 'pg'
import { InterlineError } from '../../base/errors.ts'
import { ensureRoles } from './roles.ts'

/** Where the SQL files are. */
export const migrationsFolder = join(import.meta.dirname, 'migrations')

/** Table of node-pg-migrate that says which migrations the database has. */
export const migrationsTable = 'migration'

/** Names of the migrations of this release, in order. */
export function migrationNames(): readonly string[] {
  return readdirSync(migrationsFolder)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -4))
    .sort()
}

/**
 * Brings the schema of a database to this release, all of it or nothing. Only one does it at a time: an advisory lock holds the others until
 * it is done. What a release added in front of what the database has already is made up for: releases that were built beside each other number
 * as they like. Refuses a database that a newer release has migrated.
 */
export async function migrate(url: string, folder = migrationsFolder): Promise<readonly string[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    options: '-c lock_timeout=10s -c timezone=UTC',
  })
  client.on('error', () => {})
  await client.connect()
  try {
    await refuseNewer(client)
    await ensureRoles(client)
    const done = await runner({
      dbClient: client,
      dir: folder,
      ignorePattern: '.*\\.json',
      direction: 'up',
      migrationsTable,
      checkOrder: false,
      singleTransaction: true,
      advisoryLockMode: 'wait',
      log: () => {},
    })
    if (done.length > 0) await client.query('SELECT raise_walls(), raise_partner_walls()')
    return done.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** Throws when the database knows migrations that this release does not have. */
export async function refuseNewer(client: pg.ClientBase): Promise<void> {
  const table = await client.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [
    `public.${migrationsTable}`,
  ])
  if (table.rows[0]?.exists !== true) return
  const known = new Set(migrationNames())
  const applied = await client.query<{ name: string }>(`SELECT name FROM ${migrationsTable} ORDER BY id`)
  const unknown = applied.rows.map(({ name }) => name).filter((name) => !known.has(name))
  if (unknown.length > 0) throw new InterlineError('DATABASE_NEWER', { migrations: unknown.join(', ') })
}
