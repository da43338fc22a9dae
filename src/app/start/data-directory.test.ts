import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openDataDirectory, readRunning, writeRunning } from './data-directory.ts'

const folder = mkdtempSync(join(tmpdir(), 'interline-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What another process sees; killed while it holds the lock when it gets it. */
function another(path: string): string {
  const room = pathToFileURL(join(import.meta.dirname, 'data-directory.ts')).href
  const script = `import { openDataDirectory } from ${JSON.stringify(room)}
    try { openDataDirectory(${JSON.stringify(path)}) } catch (error) { console.log(error.code, error.values.holder); process.exit() }
    console.log('locked'); process.kill(process.pid, 'SIGKILL')`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout.trim()
}

describe('the data directory', () => {
  test('belongs to one hub; a second one is told who has it', () => {
    const path = join(folder, 'one')
    const directory = openDataDirectory(path)
    writeRunning(directory.path, { pid: 4711, url: 'http://127.0.0.1:8080' })
    expect(another(path)).toBe('DATA_DIRECTORY_LOCKED 4711')
    expect(() => openDataDirectory(path)).toThrow('in use by process 4711')
    directory.release()
    directory.release()
    expect(another(path)).toBe('locked')
  })

  test('is free again after a kill -9 of its hub, with nothing to clean up', () => {
    const path = join(folder, 'two')
    expect(another(path)).toBe('locked')
    openDataDirectory(path).release()
  })

  test('that cannot be made says so, with the way out', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openDataDirectory(join(folder, 'file', 'below'))).toThrow(
      expect.objectContaining({ code: 'DATA_DIRECTORY_CLOSED' }),
    )
  })

  test('tells the command line where the hub is', () => {
    const { path, release } = openDataDirectory(join(folder, 'three'))
    expect(readRunning(path)).toBeUndefined()
    writeRunning(path, { pid: 1, url: 'http://127.0.0.1:9' })
    expect(readRunning(path)).toEqual({ pid: 1, url: 'http://127.0.0.1:9' })
    expect(statSync(join(path, 'hub.json')).mode & 0o777).toBe(0o600)
    expect(statSync(path).mode & 0o066).toBe(0)
    release()
  })
})
