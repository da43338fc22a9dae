import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { InterlineError } from '../../base/errors.ts'
import { systemRandom } from '../ports.ts'
import { writePrivate } from '../start/data-directory.ts'
import { databaseUser, openCluster } from './cluster.ts'
import { findInstallation } from './installation.ts'
import { operatingUser } from './operating-user.ts'
import { serverParameters } from './parameters.ts'
import { freePort } from './port.ts'
import { type Postmaster, type PostmasterOptions, startPostmaster } from './postmaster.ts'
import { refuseUnsafeServer, withClient } from './safety.ts'

/** The hub's own PostgreSQL, kept running until `stop`. The URL stays the same over restarts. */
export interface EmbeddedPostgres {
  readonly url: string
  readonly port: number
  /** Of the server process that runs now, or ran last. */
  readonly pid: number
  readonly state: 'running' | 'restarting' | 'stopped'
  /** A server that had survived its hub was taken over. */
  readonly adopted: boolean
  stop(): Promise<void>
}

/** What the operator decided about the database; `parameters` are texts as `work_mem=16MB`. */
export interface EmbeddedOptions {
  /** The hub's own, locked folder. */
  readonly directory: string
  readonly parameters: readonly string[]
  /** 0 takes a free one, the same as last time when possible. */
  readonly port: number
  readonly environment: Readonly<Record<string, string>>
  readonly report?: (event: SupervisorEvent) => void
}

/** What becomes of a database that ended though nobody stopped it. */
export type SupervisorEvent =
  | { readonly event: 'database_ended' }
  | { readonly event: 'database_restart_failed'; readonly detail: string; readonly againInMs: number }
  | { readonly event: 'database_restarted' }

const databaseName = 'interline'
/** A full disk may last for hours: tries never end while the hub lives. */
const backoffMs = [100, 250, 500, 1000, 2000, 5000, 10_000]

/** Starts the database and watches over it. Throws DATABASE_* when it cannot or must not be used. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const parameters = serverParameters(options.parameters)
  const { directory, environment } = options
  const [installation, user] = await Promise.all([findInstallation(), operatingUser(join(directory, 'postgres'))])
  const cluster = await openCluster({ directory, installation, user, environment })
  const port = options.port === 0 ? await freePort(lastPort(directory), systemRandom) : options.port
  const { dataDirectory, password } = cluster
  const start: PostmasterOptions = {
    installation,
    user,
    dataDirectory,
    port,
    parameters,
    environment,
    logPath: join(directory, 'postgres.log'),
  }
  const postmaster = await startPostmaster(start)
  const url = urlOf(postmaster.port, password)
  try {
    await prepareDatabase(url)
  } catch (error) {
    await postmaster.stop()
    throw error
  }
  writePrivate(join(directory, 'postgres.json'), `${JSON.stringify({ port: postmaster.port })}\n`)
  return new Supervised(url, postmaster, { ...start, port: postmaster.port }, options.report ?? (() => {}))
}

class Supervised implements EmbeddedPostgres {
  readonly url: string
  readonly adopted: boolean
  #postmaster: Postmaster
  #state: EmbeddedPostgres['state'] = 'running'
  readonly #start: PostmasterOptions
  readonly #report: (event: SupervisorEvent) => void
  readonly #watching: Promise<void>
  readonly #ending = new AbortController()

  constructor(url: string, postmaster: Postmaster, start: PostmasterOptions, report: (event: SupervisorEvent) => void) {
    this.url = url
    this.adopted = postmaster.adopted
    this.#postmaster = postmaster
    this.#start = start
    this.#report = report
    this.#watching = this.#watch()
  }

  get port(): number {
    return this.#postmaster.port
  }

  get pid(): number {
    return this.#postmaster.pid
  }

  get state(): EmbeddedPostgres['state'] {
    return this.#state
  }

  async stop(): Promise<void> {
    this.#state = 'stopped'
    this.#ending.abort()
    await this.#postmaster.stop()
    await this.#watching
  }

  async #watch(): Promise<void> {
    while (!this.#stopped()) {
      await this.#postmaster.gone
      if (this.#stopped()) return
      this.#state = 'restarting'
      this.#report({ event: 'database_ended' })
      await this.#restart()
    }
  }

  async #restart(): Promise<void> {
    for (let attempt = 0; !this.#stopped(); attempt++) {
      try {
        const postmaster = await startPostmaster(this.#start)
        if (this.#stopped()) return await postmaster.stop()
        this.#postmaster = postmaster
        this.#state = 'running'
        this.#report({ event: 'database_restarted' })
        return
      } catch (error) {
        const againInMs = backoffMs[Math.min(attempt, backoffMs.length - 1)] ?? 0
        this.#report({
          event: 'database_restart_failed',
          detail: error instanceof Error ? error.message : String(error),
          againInMs,
        })
        // Woken early by the stop, which the loop asks for next.
        await sleep(againInMs, undefined, { signal: this.#ending.signal }).catch(() => {})
      }
    }
  }

  #stopped(): boolean {
    return this.#state === 'stopped'
  }
}

/** Makes the database the first time, and refuses a server that would lose what it acknowledged. */
async function prepareDatabase(url: string): Promise<void> {
  try {
    await refuseUnsafeServer(url)
  } catch (error) {
    // 3D000: no such database yet.
    if (!(error instanceof pg.DatabaseError) || error.code !== '3D000') throw error
    const maintenance = new URL(url)
    maintenance.pathname = '/postgres'
    await withClient(maintenance.href, async (client) => {
      await client.query(`CREATE DATABASE ${databaseName}`)
    })
    await refuseUnsafeServer(url)
  }
}

/** Where the database of a hub that runs in this folder is. Throws DATABASE_UNAVAILABLE where nothing says so yet. */
export function runningUrl(directory: string): string {
  const passwordPath = join(directory, 'postgres.password')
  const port = lastPort(directory)
  if (port === undefined || !existsSync(passwordPath))
    throw new InterlineError('DATABASE_UNAVAILABLE', { state: 'start' })
  return urlOf(port, readFileSync(passwordPath, 'utf8').trim())
}

const urlOf = (port: number, password: string): string =>
  `postgres://${databaseUser}:${password}@127.0.0.1:${port}/${databaseName}`

function lastPort(directory: string): number | undefined {
  const path = join(directory, 'postgres.json')
  if (!existsSync(path)) return undefined
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const port = typeof content === 'object' && content !== null && 'port' in content ? content.port : undefined
  return typeof port === 'number' && Number.isSafeInteger(port) && port > 0 && port < 65_536 ? port : undefined
}
