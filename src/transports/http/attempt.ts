import type { Dispatcher } from 'undici'
import { limits } from '../../base/limits.ts'
import { ClockJump } from '../clock-jump.ts'
import { refusal } from '../dial.ts'
import { inflate } from './inflate.ts'
import type { Line } from './line.ts'
import type { HttpRequest, HttpResult, OutboundClock } from './request.ts'

/**
 * The course of one request: a single timer over waiting, connecting, sending and answer, the last check in the tick of the write,
 * and the one bit that counts afterwards, whether a byte can have left.
 */
export class Attempt implements Dispatcher.DispatchHandler {
  readonly result: Promise<HttpResult>
  readonly #resolve: (result: HttpResult) => void
  readonly #request: HttpRequest
  readonly #clock: OutboundClock
  readonly #jump: ClockJump
  readonly #timer: NodeJS.Timeout
  #line: Line | undefined
  #free: (reusable: boolean) => void = () => {}
  #wire = false
  #over = false
  #status = 0
  #headers: Readonly<Record<string, string>> = {}
  #chunks: Buffer[] = []
  #bytes = 0

  constructor(request: HttpRequest, clock: OutboundClock) {
    const { promise, resolve } = Promise.withResolvers<HttpResult>()
    this.result = promise
    this.#resolve = resolve
    this.#request = request
    this.#clock = clock
    this.#jump = new ClockJump(clock)
    this.#timer = setTimeout(() => this.giveUp('TIMEOUT'), request.timeoutMs)
  }

  get over(): boolean {
    return this.#over
  }

  /** Sends it over a line; `free` is called exactly once, when the line can serve the next one or must be thrown away. */
  start(line: Line, path: string, free: (reusable: boolean) => void): void {
    this.#line = line
    this.#free = free
    const { method, headers, body } = this.#request
    line.client.dispatch(
      {
        path,
        method: method as Dispatcher.HttpMethod,
        headers,
        body: body === undefined ? null : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
      },
      this,
    )
  }

  /** Ends it now. What is on the wire is reset before anybody is told. */
  giveUp(code: string): void {
    if (this.#over) return
    this.#over = true
    this.#line?.reset()
    this.#chunks = []
    this.#finish(
      this.#wire ? { outcome: 'no_answer', wire: true, code } : { outcome: 'not_sent', wire: false, code },
      false,
    )
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const reason = this.#whyNot()
    if (reason === undefined) {
      this.#wire = true
      if (this.#line !== undefined) this.#line.out = true
      return
    }
    controller.abort(refusal(reason))
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status
    this.#headers = flatten(headers)
    const coding = this.#headers['content-encoding'] ?? 'identity'
    if (coding !== 'identity' && coding !== 'gzip') this.giveUp('ANSWER_CODING')
    else if (Number(this.#headers['content-length']) > this.#request.maxResponseBytes) this.giveUp('ANSWER_TOO_LARGE')
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over) return
    this.#bytes += chunk.length
    if (this.#bytes > this.#request.maxResponseBytes) this.giveUp('ANSWER_TOO_LARGE')
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.#over) return
    try {
      const body = this.#body()
      if (this.#line !== undefined) this.#line.out = false
      this.#finish({ outcome: 'answer', wire: true, status: this.#status, headers: this.#headers, body }, true)
    } catch {
      // Read completely, but not understood: what the other side did is not known.
      this.giveUp('ANSWER_UNREADABLE')
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.giveUp('code' in error && typeof error.code === 'string' ? error.code : error.name)
  }

  /** Asked in the tick of the socket write: the last moment to say no. */
  #whyNot(): string | undefined {
    if (this.#over) return 'GIVEN_UP'
    // Never twice, whatever the client below thinks of retrying.
    if (this.#wire) return 'SENT_TWICE'
    const { startBefore } = this.#request
    if (startBefore !== undefined && this.#clock.mono() >= startBefore) return 'DEADLINE_PASSED'
    return this.#jump.isSeen ? 'CLOCK_JUMPED' : undefined
  }

  #body(): Uint8Array {
    const whole = this.#chunks.length === 1 ? (this.#chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#chunks)
    this.#chunks = []
    if (this.#headers['content-encoding'] !== 'gzip' || whole.length === 0) return whole
    return inflate(whole, Math.min(this.#request.maxResponseBytes, limits.rawBodyBytes))
  }

  #finish(result: HttpResult, reusable: boolean): void {
    this.#over = true
    clearTimeout(this.#timer)
    this.#resolve(result)
    this.#free(reusable)
  }
}

function flatten(headers: Record<string, string | string[] | undefined>): Readonly<Record<string, string>> {
  const flat: Record<string, string> = Object.create(null)
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) flat[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}
