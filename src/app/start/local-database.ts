import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Database } from '../../backbone/postgres/database.ts'
import { InterlineError } from '../../base/errors.ts'
import { runningUrl } from '../postgres/embedded.ts'
import type { Settings } from '../settings/settings.ts'
import { type DataDirectory, openDataDirectory } from './data-directory.ts'
import { openDatabase } from './database.ts'

type Place = Pick<Settings, 'dataDirectory' | 'databaseUrl' | 'postgresParameters' | 'postgresPort'>

/**
 * The database of the hub of these settings, whether it runs or not, for the little that is done without asking the hub: one that is
 * stopped has its PostgreSQL started for as long as it takes. Throws HUB_NOT_HERE where there never was one, DATABASE_*.
 */
export async function withLocalDatabase<T>(settings: Place, use: (database: Database) => Promise<T>): Promise<T> {
  if (settings.databaseUrl !== '') return using(settings.databaseUrl, use)
  const path = resolve(settings.dataDirectory)
  // Opening the folder of a hub that never was would make one, and what is changed in it helps nobody.
  if (!existsSync(join(path, 'postgres', 'PG_VERSION'))) throw new InterlineError('HUB_NOT_HERE', { path })
  const directory = unlessRunning(path)
  if (directory === undefined) return using(runningUrl(path), use)
  try {
    const started = await openDatabase(settings, directory, () => {})
    try {
      return await using(started.url, use)
    } finally {
      await started.stop()
    }
  } finally {
    directory.release()
  }
}

function unlessRunning(path: string): DataDirectory | undefined {
  try {
    return openDataDirectory(path)
  } catch (error) {
    if (error instanceof InterlineError && error.code === 'DATA_DIRECTORY_LOCKED') return undefined
    throw error
  }
}

async function using<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = new Database({
    ...{ url, name: 'command line', connections: 1, queryTimeoutMs: 30_000, connectTimeoutMs: 5000 },
  })
  try {
    return await use(database)
  } finally {
    await database.close()
  }
}
