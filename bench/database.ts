import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataDirectory } from '../src/app/data-directory.ts'
import { openDatabase } from '../src/app/database.ts'

/** A migrated database of its own, with the settings that a hub gives it, and what its PostgreSQL has cost in CPU seconds. */
export async function benchDatabase(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const path = mkdtempSync(join(tmpdir(), 'interline-bench-'))
  chmodSync(path, 0o755)
  const directory = openDataDirectory(path)
  const database = await openDatabase({ databaseUrl: '', postgresParameters: [], postgresPort: 0 }, directory, () => {})
  return {
    url: database.url,
    stop: async () => {
      await database.stop()
      directory.release()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
