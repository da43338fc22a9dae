import { migrate } from '../../backbone/postgres/migrate.ts'
import { InterlineError } from '../../base/errors.ts'
import { childEnvironment } from '../environment.ts'
import { systemClock } from '../ports.ts'
import { type EmbeddedPostgres, type SupervisorEvent, startEmbedded } from '../postgres/embedded.ts'
import { refuseUnsafeServer } from '../postgres/safety.ts'
import type { Settings } from '../settings/settings.ts'
import type { DataDirectory } from './data-directory.ts'
import { type AwaitedEvent, whileDatabaseIsAway } from './patience.ts'

/** The database of the hub, ready to be used: its own one, or the one that the settings name. */
export interface Database {
  readonly url: string
  readonly embedded: EmbeddedPostgres | undefined
  /** Migrations that this start applied. */
  readonly migrated: readonly string[]
  stop(): Promise<void>
}

/** Starts the embedded PostgreSQL unless another one is named, and brings the schema to this release. Throws DATABASE_*. */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'postgresParameters' | 'postgresPort'>,
  directory: DataDirectory,
  report: (event: SupervisorEvent | AwaitedEvent) => void,
): Promise<Database> {
  const { databaseUrl, postgresParameters: parameters, postgresPort: port } = settings
  const start = { directory: directory.path, parameters, port, environment: childEnvironment(), report }
  const embedded = databaseUrl === '' ? await startEmbedded(start) : undefined
  const stop = async (): Promise<void> => embedded?.stop()
  try {
    const url = embedded?.url ?? databaseUrl
    const migrated = await whileDatabaseIsAway(
      async () => {
        if (embedded === undefined) await refuseUnsafeServer(url)
        return migrate(url)
      },
      { clock: systemClock, report },
    )
    return { url, embedded, migrated, stop }
  } catch (error) {
    await stop()
    throw refusedLogin(error) ?? error
  }
}

/** What PostgreSQL says to a wrong password (28P01), user (28000) or database (3D000), with what to do; undefined for anything else. */
function refusedLogin(error: unknown): InterlineError | undefined {
  const state = error instanceof Error && 'code' in error ? error.code : undefined
  if (!(error instanceof Error) || (state !== '28P01' && state !== '28000' && state !== '3D000')) return undefined
  return new InterlineError('DATABASE_LOGIN_REFUSED', { detail: error.message }, error)
}
