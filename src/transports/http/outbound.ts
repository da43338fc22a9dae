import type { Dispatcher } from 'undici'
import { limits } from '../../base/limits.ts'
import { inflate } from './inflate.ts'
import { urlProblem } from './judge.ts'
import { Line, type Resolver, refusal, systemResolver } from './line.ts'

/** A request through the guarded client; see flow/ports.ts for what each member promises. */
export interface HttpRequest {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly timeoutMs: number
  readonly startBefore?: number
  readonly maxResponseBytes: number
  readonly pool: string
  readonly concurrency: number
  readonly allowHttp: boolean
  readonly allowedCidrs: readonly string[]
  readonly allowedPorts?: readonly number[]
}

export type HttpResult =
  | {
      readonly outcome: 'answer'
      readonly wire: true
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array
    }
  | { readonly outcome: 'not_sent'; readonly wire: false; readonly code: string }
  | { readonly outcome: 'no_answer'; readonly wire: true; readonly code: string }

export interface OutboundOptions {
  readonly resolver?: Resolver
  readonly connectMs?: number
  readonly authorities?: readonly string[]
}

/**
 * The one client for everything that leaves. Judges the literal, the resolved and the connected address; follows no redirect; one
 * timer over everything; says exactly whether a byte can have left (`wire`), which no error code does.
 */
export class GuardedClient {
  readonly #options: Required<Pick<OutboundOptions, 'resolver' | 'connectMs'>> & OutboundOptions
  readonly #pools = new Map<string, Pool>()

  constructor(options: OutboundOptions = {}) {
    this.#options = { resolver: systemResolver, connectMs: 5000, ...options }
  }

  async send(request: HttpRequest): Promise<HttpResult> {
    const problem = urlProblem(request.url, request)
    if (problem !== undefined) return { outcome: 'not_sent', wire: false, code: problem }
    const url = new URL(request.url)
    const pool = this.#pool(request, url.origin)
    const line = await pool.take()
    const attempt = new Attempt(line, request, `${url.pathname}${url.search}`)
    try {
      return await attempt.run()
    } finally {
      pool.giveBack(line, attempt.spoilt)
    }
  }

  async close(): Promise<void> {
    for (const pool of this.#pools.values()) pool.close()
    this.#pools.clear()
  }

  #pool(request: HttpRequest, origin: string): Pool {
    const key = `${request.pool} ${origin}`
    const known = this.#pools.get(key)
    if (known !== undefined) return known
    const { resolver, connectMs, authorities } = this.#options
    const made = new Pool(
      request.concurrency,
      () =>
        new Line({
          origin,
          allowedCidrs: request.allowedCidrs,
          resolver,
          connectMs,
          ...(authorities === undefined ? {} : { authorities }),
        }),
    )
    this.#pools.set(key, made)
    return made
  }
}

/** Lines to one origin for one account. */
class Pool {
  readonly #most: number
  readonly #open: () => Line
  readonly #lines = new Set<Line>()
  readonly #waiting: ((line: Line) => void)[] = []

  constructor(most: number, open: () => Line) {
    this.#most = Math.max(1, most)
    this.#open = open
  }

  async take(): Promise<Line> {
    for (const line of this.#lines) {
      if (line.busy) continue
      line.busy = true
      return line
    }
    if (this.#lines.size < this.#most) return this.#add()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  giveBack(line: Line, spoilt: boolean): void {
    if (spoilt) this.#lines.delete(line)
    const next = this.#waiting.shift()
    if (next === undefined) line.busy = false
    else next(spoilt ? this.#add() : line)
  }

  close(): void {
    for (const line of this.#lines) line.reset()
    this.#lines.clear()
  }

  #add(): Line {
    const line = this.#open()
    line.busy = true
    this.#lines.add(line)
    return line
  }
}

class Attempt implements Dispatcher.DispatchHandler {
  readonly #line: Line
  readonly #request: HttpRequest
  readonly #path: string
  readonly #done = Promise.withResolvers<HttpResult>()
  #timer: NodeJS.Timeout | undefined
  #wire = false
  #over = false
  #status = 0
  #headers: Readonly<Record<string, string>> = {}
  readonly #chunks: Buffer[] = []
  #bytes = 0
  spoilt = false

  constructor(line: Line, request: HttpRequest, path: string) {
    this.#line = line
    this.#request = request
    this.#path = path
  }

  run(): Promise<HttpResult> {
    const { method, headers, body, timeoutMs } = this.#request
    this.#timer = setTimeout(() => this.#giveUp('TIMEOUT'), timeoutMs)
    this.#line.client.dispatch(
      {
        path: this.#path,
        method: method as Dispatcher.HttpMethod,
        headers: { ...headers },
        body: body === undefined ? null : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
      },
      this,
    )
    return this.#done.promise
  }

  /** Runs in the tick of the socket write: the last moment to say no. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { startBefore } = this.#request
    if (this.#over || (startBefore !== undefined && performance.now() >= startBefore)) {
      controller.abort(refusal('DEADLINE_PASSED'))
      return
    }
    this.#wire = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status
    this.#headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name.toLowerCase(),
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    )
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes > this.#request.maxResponseBytes) this.#giveUp('ANSWER_TOO_LARGE')
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const coding = this.#headers['content-encoding']
    const whole = Buffer.concat(this.#chunks)
    try {
      const body =
        coding === 'gzip' ? inflate(whole, Math.min(this.#request.maxResponseBytes, limits.rawBodyBytes)) : whole
      if (coding !== undefined && coding !== 'gzip' && coding !== 'identity')
        this.#finish({ outcome: 'no_answer', wire: true, code: 'CODING_UNSUPPORTED' })
      else this.#finish({ outcome: 'answer', wire: true, status: this.#status, headers: this.#headers, body })
    } catch {
      this.#giveUp('ANSWER_UNREADABLE')
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.spoilt = true
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
    this.#finish(this.#wire ? { outcome: 'no_answer', wire: true, code } : { outcome: 'not_sent', wire: false, code })
  }

  #giveUp(code: string): void {
    if (this.#over) return
    this.spoilt = true
    const wire = this.#wire
    this.#line.reset()
    this.#finish(wire ? { outcome: 'no_answer', wire: true, code } : { outcome: 'not_sent', wire: false, code })
  }

  #finish(result: HttpResult): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#timer)
    this.#done.resolve(result)
  }
}
