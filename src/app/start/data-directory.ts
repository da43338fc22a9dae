import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { InterlineError } from '../../base/errors.ts'

/** The folder that belongs to one running hub: embedded database, first key, who runs here. */
export interface DataDirectory {
  readonly path: string
  readonly release: () => void
}

/**
 * Creates the folder when it is missing and locks it for this process. The lock is SQLite's own file lock, because the kernel drops
 * it with the process: a pid file would have to be judged after every kill -9. Throws DATA_DIRECTORY_LOCKED, DATA_DIRECTORY_CLOSED.
 */
export function openDataDirectory(path: string): DataDirectory {
  const { real, lock } = open(path)
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new InterlineError(
      'DATA_DIRECTORY_LOCKED',
      { directory: real, holder: readRunning(real)?.pid ?? 'unknown' },
      error,
    )
  }
  const release = (): void => {
    if (lock.isOpen) lock.close()
  }
  return { path: real, release }
}

function open(path: string): { real: string; lock: DatabaseSync } {
  try {
    mkdirSync(path, { recursive: true })
    // As root the database runs under another user, who must be able to pass through; everything secret in here is 0600 or 0700.
    chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700)
    const real = realpathSync(path)
    return { real, lock: new DatabaseSync(join(real, 'hub.lock')) }
  } catch (error) {
    throw new InterlineError('DATA_DIRECTORY_CLOSED', { directory: path, reason: reasonOf(error) }, error)
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && error.code !== 'ERR_SQLITE_ERROR' ? String(error.code) : error.message
}

/** What a running hub leaves for the command line to find it. */
export interface Running {
  readonly pid: number
  readonly url: string
}

/** Leaves the note; an earlier one is replaced. */
export function writeRunning(directory: string, running: Running): void {
  writePrivate(join(directory, 'hub.json'), `${JSON.stringify(running)}\n`)
}

/** The hub that last started here, running or not; undefined when there was none. */
export function readRunning(directory: string): Running | undefined {
  const path = join(directory, 'hub.json')
  if (!existsSync(path)) return undefined
  const content = parsed(readFileSync(path, 'utf8'))
  if (typeof content !== 'object' || content === null || !('pid' in content) || !('url' in content)) return undefined
  return typeof content.pid === 'number' && typeof content.url === 'string'
    ? { pid: content.pid, url: content.url }
    : undefined
}

/** Undefined for a note that a full disk or a person left in pieces: it is written anew by the next start. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes a file that only its owner can read, whole or not at all. */
export function writePrivate(path: string, content: string): void {
  const temporary = `${path}.new`
  writeFileSync(temporary, content, { mode: 0o600, flush: true })
  renameSync(temporary, path)
}
