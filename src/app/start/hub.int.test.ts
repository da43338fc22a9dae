import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { childEnvironment } from '../environment.ts'

const main = join(import.meta.dirname, '../main.ts')
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'interline-hub-'))
  chmodSync(path, 0o755)
  cleanups.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

interface Started {
  readonly child: ChildProcess
  readonly directory: string
  readonly database: { readonly milliseconds: number; readonly migrations: number }
  readonly postgres: number
}

function spawnHub(directory: string, changes: NodeJS.ProcessEnv = {}, options: readonly string[] = []): ChildProcess {
  const environment = {
    ...childEnvironment(),
    INTERLINE_DATA_DIRECTORY: directory,
    INTERLINE_BALLAST_MEGABYTES: '1',
    INTERLINE_PORT: '0',
    ...changes,
  }
  const child = spawn(process.execPath, [main, 'start', '--json', ...options], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  cleanups.push(() => void child.kill('SIGKILL'))
  return child
}

async function startHub(directory: string): Promise<Started> {
  const child = spawnHub(directory)
  const lines = await saidUntil(child, 'hub_ready')
  const postgres = Number(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  cleanups.push(() => kill(postgres))
  const database = lines.find((line) => line.includes('database_ready')) ?? '{}'
  return { child, directory, database: JSON.parse(database) as Started['database'], postgres }
}

/** Lines up to the one with this event. Goes on reading afterwards: a hub whose output nobody takes would stop at it. */
function saidUntil(child: ChildProcess, event: string): Promise<string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<string[]>()
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    const lines = said.split('\n')
    if (lines.slice(0, -1).some((line) => line.includes(`"${event}"`))) resolve(lines)
  })
  child.stderr?.resume()
  child.once('exit', () => reject(new Error(`the hub ended: ${said}`)))
  return promise
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

describe('a hub', () => {
  test('is up cold and warm, and a signal ends it with its database', async () => {
    const directory = folder()
    const cold = await startHub(directory)
    expect(cold.database.migrations).toBeGreaterThan(0)
    cold.child.kill('SIGTERM')
    expect(await once(cold.child, 'exit')).toEqual([0, null])
    expect(existsSync(join(directory, 'postgres', 'postmaster.pid'))).toBe(false)
    expect(existsSync(join(directory, 'ballast'))).toBe(true)
    const warm = await startHub(directory)
    expect(warm.database.migrations).toBe(0)
    console.info(`hub with its database: cold ${cold.database.milliseconds} ms, warm ${warm.database.milliseconds} ms`)
    warm.child.kill('SIGINT')
    expect(await once(warm.child, 'exit')).toEqual([0, null])
  })

  test('that is stopped while it starts leaves no database behind', async () => {
    const directory = folder()
    const child = spawnHub(directory)
    child.stdout?.once('data', () => child.kill('SIGTERM'))
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(existsSync(join(directory, 'postgres', 'PG_VERSION'))).toBe(true)
    expect(existsSync(join(directory, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('refuses a data directory in which another one runs', async () => {
    const directory = folder()
    const first = await startHub(directory)
    const second = spawnHub(directory)
    let complaint = ''
    second.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    expect(await once(second, 'close')).toEqual([1, null])
    expect(complaint).toContain('DATA_DIRECTORY_LOCKED')
    // As "npm start" does it: with the simulated network, and with a channel to the parent, which must not keep it alive.
    const third = spawnHub(directory, {}, ['--simulate'])
    expect(await once(third, 'exit')).toEqual([1, null])
    expect(existsSync(join(directory, 'simulated'))).toBe(false)
    first.child.kill('SIGTERM')
    expect(await once(first.child, 'exit')).toEqual([0, null])
  }, 90_000)

  test('that cannot listen ends, instead of working on unseen', async () => {
    const first = await startHub(folder())
    const running = JSON.parse(readFileSync(join(first.directory, 'hub.json'), 'utf8')) as { url: string }
    const untouched = folder()
    const second = spawnHub(untouched, { INTERLINE_PORT: new URL(running.url).port })
    let complaint = ''
    second.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    expect(await once(second, 'close')).toEqual([1, null])
    expect(JSON.parse(complaint)).toMatchObject({
      error: { code: 'ADDRESS_NOT_OPENED', message: expect.stringContaining('INTERLINE_PORT') },
    })
    expect(existsSync(join(untouched, 'postgres'))).toBe(false)
    first.child.kill('SIGTERM')
    expect(await once(first.child, 'exit')).toEqual([0, null])
  })

  test('that was killed with -9 starts again on the database that outlived it', async () => {
    const directory = folder()
    const first = await startHub(directory)
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    const second = await startHub(directory)
    expect(second.postgres).toBe(first.postgres)
    second.child.kill('SIGTERM')
    expect(await once(second.child, 'exit')).toEqual([0, null])
  })
})
