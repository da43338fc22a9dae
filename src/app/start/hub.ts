import { systemClock } from '../ports.ts'
import type { SupervisorEvent } from '../postgres/embedded.ts'
import type { Settings } from '../settings/settings.ts'
import { type DataDirectory, openDataDirectory } from './data-directory.ts'
import { openDatabase } from './database.ts'
import { keepBallast } from './disk.ts'
import { type AwaitedEvent, whileDatabaseIsAway } from './patience.ts'
import { RunningHub } from './running.ts'

/** A running hub. */
export interface Hub {
  /** Where it answers; undefined without the role gateway. */
  readonly url: string | undefined
  readonly databaseUrl: string
  /** Drains, hands over and stops what was started, in the opposite order. */
  stop(): Promise<void>
}

/** What a start says to whoever started it. `first_key` and `first_welcome` are said once and let somebody in: never log them. */
export type HubEvent =
  | SupervisorEvent
  | AwaitedEvent
  | { readonly event: 'database_ready'; readonly milliseconds: number; readonly migrations: number }
  | { readonly event: 'ballast_failed'; readonly detail: string }
  | { readonly event: 'first_key'; readonly key: string }
  | { readonly event: 'first_welcome'; readonly link: string }
  | { readonly event: 'hub_ready'; readonly url: string; readonly connections: number; readonly milliseconds: number }

/** The composition root: everything that runs is made and wired here, and nowhere else. The directory is released with the hub. */
export async function startHub(
  settings: Settings,
  report: (event: HubEvent) => void,
  directory: DataDirectory = openDataDirectory(settings.dataDirectory),
): Promise<Hub> {
  const from = performance.now()
  try {
    const database = await openDatabase(settings, directory, report)
    report({
      event: 'database_ready',
      milliseconds: Math.round(performance.now() - from),
      migrations: database.migrated.length,
    })
    // Not awaited: it only keeps room for an emergency, and must not delay readiness.
    const ballast = keepBallast(directory.path, settings.ballastMegabytes, settings).catch((error: unknown) => {
      report({ event: 'ballast_failed', detail: error instanceof Error ? error.message : String(error) })
    })
    try {
      const firstKey = (key: string): void => report({ event: 'first_key', key })
      const running = await whileDatabaseIsAway(() => RunningHub.start({ settings, directory, database, firstKey }), {
        clock: systemClock,
        report,
      })
      report({
        event: 'hub_ready',
        url: running.url ?? '',
        connections: running.network.current.connections.size,
        milliseconds: Math.round(performance.now() - from),
      })
      if (running.url !== undefined && running.welcome !== undefined)
        report({ event: 'first_welcome', link: `${settings.publicUrl || running.url}${running.welcome}` })
      const stop = async (): Promise<void> => {
        await running.stop()
        await ballast
        await database.stop()
        directory.release()
      }
      return { url: running.url, databaseUrl: database.url, stop }
    } catch (error) {
      await database.stop()
      throw error
    }
  } catch (error) {
    directory.release()
    throw error
  }
}
