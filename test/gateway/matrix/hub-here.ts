import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { loadSettings } from '../../../src/app/settings/settings.ts'
import { openDataDirectory } from '../../../src/app/start/data-directory.ts'
import { openDatabase } from '../../../src/app/start/database.ts'
import { RunningHub } from '../../../src/app/start/running.ts'
import type { Principal } from '../../../src/gateway/access/principal.ts'
import { declareNetwork } from '../../../src/sandbox/declaration.ts'
import { testDatabase } from '../../postgres/database.ts'

/** A hub in this process, whose first wall a test can turn round, and a login of the owner of its database. */
export async function startHubHere(
  network: object,
  firstWall: (caller: Principal) => Principal,
  partners: readonly { readonly id: string }[] = [],
): Promise<{ readonly hub: RunningHub; readonly database: pg.Client; readonly stop: () => Promise<void> }> {
  const url = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'interline-matrix-'))
  chmodSync(folder, 0o755)
  declareNetwork(folder, network)
  for (const partner of partners) declareNetwork(folder, { partner }, { file: `${partner.id}.json` })
  const { settings } = loadSettings({
    INTERLINE_DATABASE_URL: url,
    INTERLINE_DATA_DIRECTORY: folder,
    INTERLINE_PORT: '0',
    INTERLINE_BALLAST_MEGABYTES: '0',
    INTERLINE_WATERMARK_PERCENT: '0',
    INTERLINE_WATERMARK_MEGABYTES: '0',
    INTERLINE_LOG_LEVEL: 'error',
  })
  const directory = openDataDirectory(folder)
  const opened = await openDatabase(settings, directory, () => {})
  const hub = await RunningHub.start({ ...{ settings, directory, database: opened }, firstKey: () => {}, firstWall })
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  const stop = async (): Promise<void> => {
    await database.end()
    await hub.stop()
    await opened.stop()
    directory.release()
    rmSync(folder, { recursive: true, force: true })
  }
  return { hub, database, stop }
}
