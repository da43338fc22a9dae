import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { declareNetwork } from '../src/sandbox/declaration.ts'
import { testDatabase } from './postgres/database.ts'
import { spawnHub } from './spawned-hub.ts'

/** Headers that a test says itself, or not at all. */
const leftOut = ['authorization', 'idempotency-key']

export interface HubProcessOptions {
  readonly network?: unknown
  readonly environment?: Readonly<Record<string, string>>
  /** A fresh one of the test server without it. */
  readonly databaseUrl?: string
  /** Of a hub that worked on this database before: there is no other first key then. */
  readonly key?: string
}

export interface HubAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The body, read as JSON. */
  readonly json: () => unknown
}

/** The real hub in a process of its own, on a database of the test server. */
export class HubProcess {
  readonly url: string
  readonly port: number
  /** Of the first start: it may do everything. */
  readonly key: string
  readonly directory: string
  readonly databaseUrl: string
  readonly #child: ChildProcess
  readonly #log: () => string

  static async start(options: HubProcessOptions = {}): Promise<HubProcess> {
    const databaseUrl = options.databaseUrl ?? (await testDatabase())
    const directory = mkdtempSync(join(tmpdir(), 'interline-process-'))
    chmodSync(directory, 0o755)
    if (options.network !== undefined) declareNetwork(directory, options.network)
    const { child, url, log } = spawnHub(directory, { INTERLINE_DATABASE_URL: databaseUrl, ...options.environment })
    return new HubProcess({ url: await url, directory, databaseUrl, child, log, key: options.key })
  }

  private constructor(parts: {
    readonly url: string
    readonly directory: string
    readonly databaseUrl: string
    readonly child: ChildProcess
    readonly log: () => string
    readonly key: string | undefined
  }) {
    this.url = parts.url
    this.port = Number(new URL(parts.url).port)
    this.key = parts.key ?? readFileSync(join(parts.directory, 'admin.key'), 'utf8').trim()
    this.directory = parts.directory
    this.databaseUrl = parts.databaseUrl
    this.#child = parts.child
    this.#log = parts.log
  }

  /** Everything that the process has logged so far. */
  get log(): string {
    return this.#log()
  }

  /** A request with the first key, and an order with an Idempotency-Key of its own, unless the headers say otherwise; an empty one is left out. */
  async call(
    method: 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT',
    path: string,
    more: {
      readonly headers?: Record<string, string>
      readonly body?: string | Uint8Array
      readonly json?: unknown
    } = {},
  ): Promise<HubAnswer> {
    const body = more.body ?? (more.json === undefined ? null : JSON.stringify(more.json))
    const said = {
      authorization: `Bearer ${this.key}`,
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
      ...(more.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...more.headers,
    }
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(`${this.url}${path}`, {
      method,
      headers: Object.fromEntries(
        Object.entries(said).filter(([name, value]) => !leftOut.includes(name) || value !== ''),
      ),
      body,
    })
    const text = await answer.text()
    return { status: statusCode, headers, text, json: () => JSON.parse(text) as unknown }
  }

  /** A counter as /metrics shows it, summed over all labels but these. */
  async counter(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const { text } = await this.call('GET', '/metrics')
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .filter((line) => Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
  }

  /** Memory that the process holds, MB; 0 where the system does not tell. */
  get residentMegabytes(): number {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
    } catch {
      return 0
    }
  }

  /** As a power cut would end it; the database stays as it is. */
  async die(): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
    rmSync(this.directory, { recursive: true, force: true })
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      const gone = once(this.#child, 'exit')
      this.#child.kill('SIGTERM')
      await gone
    }
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** Of nobody at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Looks again until it holds, however long a look takes; the last one begins when the patience is over, and is what the test judges. */
export async function eventually<T>(
  look: () => Promise<T>,
  holds: (value: T) => boolean,
  patienceMs = 20_000,
): Promise<T> {
  const until = performance.now() + patienceMs
  for (;;) {
    const isLast = performance.now() >= until
    const value = await look()
    if (holds(value) || isLast) return value
    await sleep(50)
  }
}
