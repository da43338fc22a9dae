import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { runProgram } from '../../src/app/terminal/program.ts'
import { compileCache } from '../spawned-hub.ts'

/** What `npm start` gives a newcomer: a hub with a simulated network living in it. */
export class LivingNetwork {
  readonly url: string
  readonly key: string
  readonly control: string
  readonly #child: ChildProcess
  readonly directory: string

  private constructor(parts: { url: string; key: string; control: string; child: ChildProcess; directory: string }) {
    this.url = parts.url
    this.key = parts.key
    this.control = parts.control
    this.#child = parts.child
    this.directory = parts.directory
  }

  static async start(): Promise<LivingNetwork> {
    const directory = mkdtempSync(join(tmpdir(), 'interline-living-'))
    chmodSync(directory, 0o755)
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../src/app/main.ts'), 'start', '--simulate', '--json'],
      {
        env: {
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: compileCache,
          INTERLINE_DATA_DIRECTORY: directory,
          INTERLINE_PORT: String(await freePort()),
          INTERLINE_AS2_PORT: '0',
          INTERLINE_MAILBOX_PORT: '0',
          INTERLINE_BALLAST_MEGABYTES: '0',
          INTERLINE_WATERMARK_PERCENT: '0',
          INTERLINE_WATERMARK_MEGABYTES: '0',
          INTERLINE_LOG_LEVEL: 'error',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    child.stderr?.resume()
    const url = await said(child)
    const port = await eventually(
      () => (JSON.parse(readFileSync(join(directory, 'sandbox.json'), 'utf8')) as { port: number }).port,
    )
    return new LivingNetwork({
      url,
      key: readFileSync(join(directory, 'admin.key'), 'utf8').trim(),
      control: `http://127.0.0.1:${port}/control`,
      child,
      directory,
    })
  }

  async get<T>(path: string): Promise<T> {
    const { body } = await request(`${this.url}${path}`, { headers: { authorization: `Bearer ${this.key}` } })
    return (await body.json()) as T
  }

  async post<T>(path: string, json: unknown): Promise<T> {
    const { body } = await request(`${this.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.key}`,
        'content-type': 'application/json',
        'idempotency-key': `${path}-${performance.now()}`,
      },
      body: JSON.stringify(json),
    })
    return (await body.json()) as T
  }

  /** One command line on this network, as its owner would type it. */
  async run(...args: readonly string[]): Promise<{ code: number; out: string; error: string }> {
    let [out, error] = ['', '']
    const terminal = {
      out: (text: string) => void (out += text),
      error: (text: string) => void (error += text),
      isWatched: false,
      columns: 100,
    }
    const code = await runProgram(args, terminal, { INTERLINE_DATA_DIRECTORY: this.directory })
    return { code, out, error }
  }

  /** What the simulated customer has been told about an object. */
  async customerEvents(subject: string): Promise<readonly { type: string; sequence: string }[]> {
    const { customer } = JSON.parse(readFileSync(join(this.directory, 'sandbox.json'), 'utf8')) as { customer: number }
    const { body } = await request(`http://127.0.0.1:${customer}/events?subject=${subject}`)
    return ((await body.json()) as { events: { type: string; sequence: string }[] }).events
  }

  async simulate<T>(action: 'start' | 'fault' | 'stop' | 'status', order: unknown = {}): Promise<T> {
    const { body } = await request(`${this.control}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    })
    return (await body.json()) as T
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGTERM')
    await gone
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** Looks again until it works; for at most two minutes. */
export async function eventually<T>(look: () => T | Promise<T>, holds: (value: T) => boolean = () => true): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      const value = await look()
      if (holds(value) || tries > 600) return value
    } catch (error) {
      if (tries > 600) throw error
    }
    await sleep(200)
  }
}

function said(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let text = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    const ready = text
      .split('\n')
      .slice(0, -1)
      .find((line) => line.includes('"hub_ready"'))
    if (ready !== undefined) resolve((JSON.parse(ready) as { url: string }).url)
  })
  child.once('exit', () => reject(new Error(`the hub ended: ${text}`)))
  return promise
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
