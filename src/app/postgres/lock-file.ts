import { readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type CommandLine, commandOf } from './process-table.ts'

/** What a running server writes into `postmaster.pid`. */
export interface LockFile {
  readonly pid: number
  readonly port: number | undefined
  /** Id of the shared memory segment that every process of the server is attached to. */
  readonly sharedMemory: number | undefined
  readonly status: string
}

/** `server`: one of ours runs here. `ending`: its processes are not all gone yet. `stale`: nobody, the file may be removed. */
export type Holder = 'none' | 'server' | 'ending' | 'stale'

/** The lock of a data folder; undefined where there is none or it says nothing. Throws where it cannot be read: somebody may hold it. */
export function readLockFile(dataDirectory: string): LockFile | undefined {
  let text: string
  try {
    text = readFileSync(lockFilePath(dataDirectory), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  return parseLockFile(text)
}

/** Lines 1, 4, 7 and 8 of the file (PostgreSQL, src/include/utils/pidfile.h); undefined without a pid. */
export function parseLockFile(text: string): LockFile | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10))
  if (!Number.isSafeInteger(pid) || pid === 0) return undefined
  return { pid, port: numberOf(lines[3]), sharedMemory: numberOf(lines[6]?.split(/\s+/)[1]), status: lines[7] ?? '' }
}

/**
 * Who holds the data. The pid alone says little: it may be a zombie that nobody reaped, or by now belong to somebody else. And a
 * file whose pid is gone may still be right, while one process of the dead server is attached to its shared memory.
 */
export function judgeHolder(lock: LockFile | undefined, dataDirectory: string, look: Look = machine): Holder {
  if (lock === undefined) return 'none'
  const found = look.commandOf(lock.pid)
  if (found === 'zombie') return 'ending'
  if (found !== undefined && isServerOf(found, dataDirectory)) return 'server'
  const attached = lock.sharedMemory === undefined ? undefined : look.attachedTo(lock.sharedMemory)
  if (attached === 0) return 'stale'
  // Without /proc/sysvipc only PostgreSQL itself can tell; it removes the file when its pid is gone.
  if (attached === undefined) return found === undefined ? 'none' : 'ending'
  return 'ending'
}

/** Only after `judgeHolder` said `stale`: a lock removed from under a living server destroys the data. */
export function removeLockFile(dataDirectory: string): void {
  rmSync(lockFilePath(dataDirectory), { force: true })
}

/** What judging needs to see of the machine. */
export interface Look {
  readonly commandOf: (pid: number) => CommandLine | 'zombie' | undefined
  /** How many processes are attached to a shared memory segment; 0 when it is gone; undefined when nobody can tell. */
  readonly attachedTo: (sharedMemory: number) => number | undefined
}

const machine: Look = { commandOf, attachedTo }

/** Whether a program is a PostgreSQL server over this data, and not only one that took the pid of one. */
export function isServerOf({ text, args }: CommandLine, dataDirectory: string): boolean {
  if (args === undefined) return `${text} `.includes(`postgres -D ${dataDirectory} `)
  return /^postgres(\.exe)?$/.test(basename(args[0] ?? '')) && args.includes(dataDirectory)
}

function attachedTo(sharedMemory: number): number | undefined {
  let table: string
  try {
    table = readFileSync('/proc/sysvipc/shm', 'utf8')
  } catch {
    return undefined
  }
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/))
  const [heading = []] = rows
  const row = rows.find((cells) => cells[heading.indexOf('shmid')] === String(sharedMemory))
  return row === undefined ? 0 : Number(row[heading.indexOf('nattch')])
}

function lockFilePath(dataDirectory: string): string {
  return join(dataDirectory, 'postmaster.pid')
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}
