import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../hub-process.ts'
import { startTestServer, type TestServer } from '../postgres/server.ts'
import { findInstallation, notInstalled } from './installation.ts'
import { TrytonClient } from './rpc.ts'
import { users } from './seed.ts'
import { databaseName, type ServerPlace, ServerProcess } from './server-process.ts'
import { portOf, throwAway, trytonTemplate } from './template.ts'

/** Why tests with the real ERP cannot run here; undefined where they can. */
export const trytonMissing: string | undefined = findInstallation() === undefined ? notInstalled : undefined

/** How long the first test of a machine may wait for the template to be made. */
export const firstStartMs = 400_000

/** A real Tryton with a company that trades, on a PostgreSQL of its own: everything on loopback, everything gone at the end. */
export class Tryton {
  /** As the settings of a connection want it. */
  readonly url: string
  /** The administrator, who prepares and counts. */
  readonly desk: TrytonClient
  readonly #place: ServerPlace
  readonly #postgres: TestServer
  #server: ServerProcess

  static async start(options: Pick<ServerPlace, 'sessionSeconds'> = {}): Promise<Tryton> {
    const installation = findInstallation()
    if (installation === undefined) throw new Error(notInstalled)
    const template = await trytonTemplate(installation, new Date().getUTCFullYear())
    const folder = mkdtempSync(join(tmpdir(), 'interline-erp-'))
    chmodSync(folder, 0o755)
    // With owners and modes: PostgreSQL wants its files to be its own.
    const copied = spawnSync('cp', ['-a', '--reflink=auto', template, join(folder, 'cluster')], { encoding: 'utf8' })
    if (copied.status !== 0) throw new Error(`the template was not copied: ${copied.stderr}`)
    const postgres = await startTestServer({ folder: join(folder, 'cluster'), settings: throwAway })
    const place = { ...options, installation, folder, port: await freePort(), postgresPort: portOf(postgres) }
    const tryton = new Tryton(place, postgres, await ServerProcess.start(place))
    await tryton.#login()
    return tryton
  }

  private constructor(place: ServerPlace, postgres: TestServer, server: ServerProcess) {
    this.#place = place
    this.#postgres = postgres
    this.#server = server
    this.url = `http://127.0.0.1:${place.port}/${databaseName}`
    this.desk = new TrytonClient(`${this.url}/`)
  }

  get port(): number {
    return this.#place.port
  }

  /** Ends in the middle of whatever it does. */
  async crash(): Promise<void> {
    await this.#server.end()
  }

  async restart(): Promise<void> {
    await this.#server.end()
    this.#server = await ServerProcess.start(this.#place)
    await this.#login()
  }

  /** As when they were idle for too long. */
  async endSessions(users: readonly number[]): Promise<void> {
    const database = new pg.Client({ connectionString: this.#postgres.url.replace(/[^/]+$/, databaseName) })
    await database.connect()
    await database.query('DELETE FROM ir_session WHERE create_uid = ANY($1)', [users])
    await database.end()
  }

  async stop(): Promise<void> {
    await this.#server.end()
    await this.#postgres.stop()
    rmSync(this.#place.folder, { recursive: true, force: true })
  }

  async #login(): Promise<void> {
    await this.desk.login(users.administrator.login, users.administrator.password)
    this.desk.context = { company: 1, language: 'en' }
  }
}
