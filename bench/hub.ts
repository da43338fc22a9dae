import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
  if (options.network !== undefined) writeFileSync(join(directory, 'network.json'), JSON.stringify(options.network))
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/app/main.ts'), 'start', '--json'], {
    env: {
      PATH: process.env.PATH,
      INTERLINE_DATA_DIRECTORY: directory,
      INTERLINE_PORT: '0',
      INTERLINE_BALLAST_MEGABYTES: '0',
      INTERLINE_WATERMARK_PERCENT: '0',
      INTERLINE_WATERMARK_MEGABYTES: '0',
      INTERLINE_CLIENT_REQUESTS_PER_SECOND: '10000000',
      INTERLINE_LOG_LEVEL: 'error',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await readyUrl(child)
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

async function readyUrl(child: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString()
    const ready = said.split('\n').find((line) => line.includes('"hub_ready"'))
    if (ready === undefined || !said.endsWith('\n')) continue
    child.stdout?.resume()
    return (JSON.parse(ready) as { url: string }).url
  }
  throw new Error(`the hub ended: ${said}`)
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
