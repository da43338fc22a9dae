import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { InterlineError } from '../../base/errors.ts'
import type { Installation } from './installation.ts'
import { judgeHolder, type LockFile, readLockFile, removeLockFile } from './lock-file.ts'
import { launchAs, type OperatingUser } from './operating-user.ts'
import { commandOf, isAlive } from './process-table.ts'

/** One running server process, started by us or found running and taken over. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  readonly adopted: boolean
  /** Resolves when the process is gone, for whatever reason. */
  readonly gone: Promise<void>
  /** Ends sessions, writes a checkpoint, ends; after `patienceMs` by force, which costs a recovery and loses nothing. */
  stop(patienceMs?: number): Promise<void>
}

/** What a server is started with; one that was found running counts as the same only with all of it. */
export interface PostmasterOptions {
  readonly installation: Installation
  readonly user: OperatingUser | undefined
  readonly dataDirectory: string
  readonly port: number
  readonly parameters: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  readonly logPath: string
}

/** How long the remains of a killed server may take to go away: its dead process may wait to be reaped, its children to notice. */
const remainsMs = 10_000
const startMs = 600_000
const stopMs = 20_000
const pollMs = 10
const logBytesMax = 10 * 1024 * 1024

/** Starts a server, or takes over the one that runs on this data. Throws DATABASE_NOT_STARTED with the end of the server's log. */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const until = performance.now() + remainsMs
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1000)) {
    const running = await takeOver(options, until)
    if (running !== undefined) return running
    const started = await tryStart(options)
    if (typeof started !== 'string') return started
    const remains = /lock file|shared memory block|still in use/i.test(started)
    if (!remains || performance.now() > until) throw new InterlineError('DATABASE_NOT_STARTED', { detail: started })
    await sleep(pauseMs)
  }
}

/** A server that survived its hub is kept when it runs the same program in the same way; otherwise it is asked to end. */
async function takeOver(options: PostmasterOptions, until: number): Promise<Postmaster | undefined> {
  for (;;) {
    const lock = readLockFile(options.dataDirectory)
    const holder = judgeHolder(lock, options.dataDirectory)
    if (lock === undefined || holder === 'none') return undefined
    if (holder === 'stale') {
      removeLockFile(options.dataDirectory)
      return undefined
    }
    if (holder === 'server') {
      const found = adopted(lock, options)
      if (found !== undefined && (await isReady(options.dataDirectory, found))) return found
      await (found ?? adoptedOn(lock, options.port)).stop()
    } else if (performance.now() > until) {
      throw new InterlineError('DATABASE_NOT_STARTED', {
        detail: `process ${lock.pid} holds the data and does not end`,
      })
    } else await sleep(100)
  }
}

function adopted(lock: LockFile, options: PostmasterOptions): Postmaster | undefined {
  const found = commandOf(lock.pid)
  if (lock.port === undefined || found === undefined || found === 'zombie' || lock.status.startsWith('stopping'))
    return undefined
  const wanted = [options.installation.postgres, ...argumentsOf({ ...options, port: lock.port })]
  return found.args === undefined || sameTexts(found.args, wanted) ? adoptedOn(lock, lock.port) : undefined
}

function adoptedOn({ pid }: LockFile, port: number): Postmaster {
  const gone = untilGone(pid)
  return { pid, port, adopted: true, gone, stop: (patienceMs) => stop(pid, gone, patienceMs) }
}

/** Somebody else's child does not report its end to us. */
async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(100)
}

/** A running server, or the last words of one that would not start. */
async function tryStart(options: PostmasterOptions): Promise<Postmaster | string> {
  const { installation, user, dataDirectory, environment, port } = options
  const launch = launchAs(user, installation.postgres, argumentsOf(options), [installation.postgres, dataDirectory])
  const { command, args, ...identity } = launch
  const log = openLog(options.logPath)
  const from = statSync(options.logPath).size
  // Detached: a Ctrl-C in the terminal must reach the hub, which still needs the database to drain.
  const child = spawn(command, args, {
    ...identity,
    cwd: dataDirectory,
    env: environment,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let failure = ''
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      failure = error.message
      resolve()
    })
  })
  if (child.pid !== undefined) {
    const { pid } = child
    const postmaster: Postmaster = {
      pid,
      port,
      adopted: false,
      gone,
      stop: (patienceMs) => stop(pid, gone, patienceMs),
    }
    if (await isReady(dataDirectory, postmaster)) return postmaster
  }
  await gone
  return failure === '' ? lastWords(options.logPath, from) : failure
}

/** False when it ended first. Recovery after a crash may take minutes, and the server says by itself when it is done. */
async function isReady(dataDirectory: string, postmaster: Postmaster): Promise<boolean> {
  const until = performance.now() + startMs
  let ended = false
  const end = postmaster.gone.then(() => {
    ended = true
  })
  while (performance.now() < until) {
    if (ended) return false
    const lock = readLockFile(dataDirectory)
    if (lock?.pid === postmaster.pid && lock.status.startsWith('ready')) return true
    await Promise.race([end, sleep(pollMs)])
  }
  await postmaster.stop()
  return false
}

async function stop(pid: number, gone: Promise<void>, patienceMs = stopMs): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return
      throw error
    }
    if (await within(gone, signal === 'SIGINT' ? patienceMs : 5000)) return
  }
  throw new InterlineError('DATABASE_NOT_STOPPED', { pid })
}

async function within(promise: Promise<void>, ms: number): Promise<boolean> {
  const limit = new AbortController()
  const late = sleep(ms, false, { signal: limit.signal }).catch(() => false)
  const done = await Promise.race([promise.then(() => true), late])
  limit.abort()
  return done
}

function argumentsOf({
  dataDirectory,
  port,
  parameters,
}: Pick<PostmasterOptions, 'dataDirectory' | 'port' | 'parameters'>): string[] {
  return [
    '-D',
    dataDirectory,
    '-p',
    String(port),
    ...Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

function sameTexts(found: readonly string[], wanted: readonly string[]): boolean {
  return found.length === wanted.length && found.every((text, index) => text === wanted[index])
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > logBytesMax) renameSync(path, `${path}.1`)
  return openSync(path, 'a', 0o600)
}

function lastWords(logPath: string, from: number): string {
  const said = readFileSync(logPath).subarray(from).toString().trim().split('\n').slice(-4)
  return said
    .map((line) => line.replace(/^\S+ \S+ \S+ \[\d+\] /, ''))
    .join(' ')
    .slice(-1000)
}
