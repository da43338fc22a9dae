import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandLine, type Ended } from './command-line.ts'

/** A request that the command line made. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export type Reply = (asked: Asked) => { readonly status?: number; readonly body: unknown }

/** A hub that answers as told and remembers what it was asked, and a data directory that points to it. */
export class StubHub {
  readonly folder = mkdtempSync(join(tmpdir(), 'interline-cli-'))
  readonly asked: Asked[] = []
  reply: Reply = () => ({ body: {} })
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() }
      this.asked.push(one)
      const { status = 200, body } = this.reply(one)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    mkdirSync(join(this.folder, 'data'))
    this.write('data/hub.json', JSON.stringify({ pid: process.pid, url: this.url }))
    this.write('data/admin.key', 'interline_live_first\n')
  }

  stop(): void {
    this.#server.closeAllConnections()
    this.#server.close()
    rmSync(this.folder, { recursive: true })
  }

  reset(): void {
    this.asked.length = 0
    this.reply = () => ({ body: {} })
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  write(name: string, text: string): string {
    const path = join(this.folder, name)
    writeFileSync(path, text)
    return path
  }

  /** What the body of a request said. */
  json(at: number): unknown {
    return JSON.parse(this.asked[at]?.body ?? 'null')
  }

  /** One command line, with what it wrote. */
  run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
    return commandLine(args, { INTERLINE_DATA_DIRECTORY: join(this.folder, 'data'), ...environment })
  }
}

/** Lines of NDJSON. */
export function recordsIn(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

export const problem = {
  type: '/problems/not-found',
  title: 'Not found',
  detail: 'There is no message with this id.',
  code: 'NOT_FOUND',
  traceId: 'abc123',
  nextAction: 'Check the id.',
}
