import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataDirectory } from '../src/app/start/data-directory.ts'
import { openDatabase } from '../src/app/start/database.ts'
import { cpuOfFamily } from './processes.ts'

/** A migrated database of its own, with the settings that a hub gives it, and what its PostgreSQL has cost in CPU seconds. */
export async function benchDatabase(): Promise<{
  readonly url: string
  readonly cpu: () => number
  stop(): Promise<void>
}> {
  const path = mkdtempSync(join(tmpdir(), 'interline-bench-'))
  chmodSync(path, 0o755)
  const directory = openDataDirectory(path)
  const database = await openDatabase({ databaseUrl: '', postgresParameters: [], postgresPort: 0 }, directory, () => {})
  const postmaster = Number(readFileSync(join(path, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  return {
    url: database.url,
    cpu: () => cpuOfFamily(postmaster),
    stop: async () => {
      await database.stop()
      directory.release()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
