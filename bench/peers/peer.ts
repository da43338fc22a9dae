import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuOfFamily } from '../processes.ts'

/** What one durable job per event costs elsewhere: put in one by one, taken out and done. */
export interface PeerFigures {
  readonly perSecond: number
  /** Of the client's process and of the server's processes together. */
  readonly cpuMicrosPerEvent: number
}

/** The body of every job: as large as a carrier's event. */
export const jobBody = { note: 'x'.repeat(480) }

const folder = join(import.meta.dirname, '../../.bench-peers')

/** A package of `npm run setup:bench`. Throws a reason when it is not there. */
export function peerPackage<T>(name: string): T {
  if (!existsSync(join(folder, 'node_modules', name)))
    throw new PeerMissing(`${name} is not installed: npm run setup:bench`)
  return createRequire(join(folder, 'package.json'))(name) as T
}

export class PeerMissing extends Error {}

/** A server in a process of its own with an empty folder. */
export interface PeerServer {
  readonly port: number
  readonly cpu: () => number
  stop(): Promise<void>
}

export async function startPeerServer(
  program: string,
  args: (place: { readonly port: number; readonly folder: string }) => readonly string[],
  environment: (place: { readonly port: number; readonly folder: string }) => NodeJS.ProcessEnv = () => ({}),
): Promise<PeerServer> {
  const place = { port: await freePort(), folder: mkdtempSync(join(tmpdir(), 'interline-peer-')) }
  chmodSync(place.folder, 0o777)
  const child = spawn(program, args(place), {
    cwd: place.folder,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: place.folder, ...environment(place) },
    stdio: 'ignore',
    // A group of its own: some programs are scripts, and what they start must end with them.
    detached: true,
  })
  const missing = new Promise<never>((_, reject) =>
    child.once('error', () => reject(new PeerMissing(`${program} is not installed: npm run setup:bench`))),
  )
  await Promise.race([listening(place.port), missing])
  return {
    port: place.port,
    cpu: () => cpuOfFamily(child.pid ?? 0),
    stop: async () => {
      await ended(child)
      rmSync(place.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** Runs the jobs, and says what a second and an event of them cost. */
export async function measureJobs(
  count: number,
  cpuOfServer: () => number,
  run: () => Promise<void>,
): Promise<PeerFigures> {
  const before = { server: cpuOfServer(), own: process.cpuUsage() }
  const from = performance.now()
  await run()
  const seconds = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(before.own)
  const micros = user + system + (cpuOfServer() - before.server) * 1e6
  return { perSecond: Math.round(count / seconds), cpuMicrosPerEvent: Math.round(micros / count) }
}

/** `one` for every number below `count`, so many at once. */
export async function inParallel(count: number, width: number, one: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const work = async (): Promise<void> => {
    for (let n = next++; n < count; n = next++) await one(n)
  }
  await Promise.all(Array.from({ length: width }, work))
}

/** Counts down; resolves at the last. */
export function countdown(count: number): { readonly done: () => void; readonly all: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  let left = count
  return {
    all: promise,
    done: () => {
      left--
      if (left === 0) resolve()
    },
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-(child.pid ?? 0), 'SIGTERM')
  await Promise.race([gone, sleep(15_000).then(() => process.kill(-(child.pid ?? 0), 'SIGKILL'))])
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(socket.end() !== undefined))
      socket.once('error', () => resolve(false))
    })
    if (open) return
    if (tries > 600) throw new Error(`nothing listens at ${port}`)
    await sleep(100)
  }
}

/** Below the ephemeral range, so that nobody takes it meanwhile. */
async function freePort(): Promise<number> {
  for (let port = 21_000 + (process.pid % 5000); port < 32_000; port += 13) {
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (free) return port
  }
  throw new Error('no free port')
}
