import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { declareNetwork } from '../src/sandbox/declaration.ts'
import { spawnHub } from '../test/spawned-hub.ts'

/** A hub in a process of its own, as a user has it. */
export interface BenchHub {
  readonly url: string
  readonly port: number
  readonly key: string
  readonly directory: string
  /** CPU seconds of the hub and of its PostgreSQL so far. */
  cpu(): { readonly node: number; readonly postgres: number }
  /** Seconds in which the hub's main thread could have run and other work had the cores. */
  starved(): number
  /** Resident bytes of the hub process. */
  rss(): number
  stop(): Promise<void>
  kill(): void
}

export async function startBenchHub(
  options: {
    readonly network?: unknown
    readonly environment?: Readonly<Record<string, string>>
    readonly directory?: string
  } = {},
): Promise<BenchHub> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'interline-bench-'))
  chmodSync(directory, 0o755)
  mkdirSync(directory, { recursive: true })
  if (options.network !== undefined) declareNetwork(directory, options.network)
  const { child, url: ready } = spawnHub(directory, {
    INTERLINE_CLIENT_REQUESTS_PER_SECOND: '10000000',
    INTERLINE_LOG_LEVEL: 'error',
    // As `npm start` does.
    MALLOC_ARENA_MAX: '2',
    ...options.environment,
  })
  child.stderr?.pipe(process.stderr)
  const url = await ready
  const postmaster = Number(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  const stop = async (): Promise<void> => {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
    rmSync(directory, { recursive: true, force: true })
  }
  return {
    url,
    port: Number(new URL(url).port),
    key: readFileSync(join(directory, 'admin.key'), 'utf8').trim(),
    directory,
    cpu: () => ({
      node: cpuOf(child.pid ?? 0),
      postgres: familyOf(postmaster).reduce((sum, pid) => sum + cpuOf(pid), 0),
    }),
    starved: () =>
      Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/schedstat`, 'utf8').split(' ')[1] ?? 0) / 1e9,
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    stop,
    kill: () => void child.kill('SIGKILL'),
  }
}

/** User and system seconds, with those of children that ended. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

function familyOf(parent: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return (
          readFileSync(`/proc/${name}/stat`, 'latin1')
            .replace(/^.*\) /, '')
            .split(' ')[1] === String(parent)
        )
      } catch {
        return false
      }
    })
    .map(Number)
  return [parent, ...children]
}
