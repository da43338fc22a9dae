import { type IncomingMessage, request as startRequest } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { breakOff } from '../break-off.ts'
import { ClockJump } from '../clock-jump.ts'
import { type DialOptions, dial, ready, refusal, systemResolver } from '../dial.ts'
import { inflate } from '../http/inflate.ts'
import { bareHost, judgeUrl, portOf } from '../http/judge.ts'
import type { HttpRequest, HttpResult } from '../http/request.ts'

/** How messages reach partners. */
export interface As2ClientOptions {
  /** Refuses destinations even inside allowed ranges. */
  readonly isOwn: DialOptions['isOwn']
  /** Header lines of answers may be folded, which a strict parser refuses. */
  readonly isLenient: boolean
}

/**
 * The client for messages to partners: the usual one gives up on a partner that says "100 Continue" though nobody asked, as old servers do to
 * every POST, and on folded header lines. Same judge, same dial, same result; each request has a connection of its own, so that a
 * lenient parser can confuse nobody but itself.
 */
export class As2Client {
  readonly #options: As2ClientOptions
  readonly #open = new Set<Line>()
  #isClosed = false

  constructor(options: As2ClientOptions) {
    this.#options = options
  }

  async send(request: HttpRequest): Promise<HttpResult> {
    const url = judgeUrl(request.url, request)
    if (this.#isClosed) return notSent('CLIENT_CLOSED')
    if (typeof url === 'string') return notSent(url)
    const [deadline, jump] = [performance.now() + request.timeoutMs, new ClockJump(clock)]
    let line: Line
    try {
      line = await this.#connect(url, request)
    } catch (error) {
      return notSent(codeOf(error))
    }
    const { raw, socket } = line
    this.#open.add(line)
    try {
      const reason = this.#isClosed ? 'CLIENT_CLOSED' : whyNot(request, jump)
      const answer =
        reason === undefined
          ? await this.#exchange(url, request, { socket, timeoutMs: deadline - performance.now() })
          : notSent(reason)
      socket.destroy()
      return answer
    } catch (error) {
      // A socket that is only closed goes on delivering what nobody counts on any more.
      breakOff(raw, socket)
      return { outcome: 'no_answer', wire: true, code: codeOf(error) }
    } finally {
      this.#open.delete(line)
    }
  }

  /** Resets what is out. */
  close(): void {
    this.#isClosed = true
    for (const { raw, socket } of this.#open) breakOff(raw, socket)
  }

  async #connect(url: URL, request: HttpRequest): Promise<Line> {
    const { allowHttp, allowedCidrs, allowedPorts, authorities, certificate, timeoutMs } = request
    const host = bareHost(url.hostname)
    const connectMs = Math.min(5000, timeoutMs)
    const policy = { allowHttp, allowedCidrs, ...(allowedPorts === undefined ? {} : { allowedPorts }) }
    const { isOwn } = this.#options
    const raw = await dial(host, portOf(url), { ...policy, resolver: systemResolver, connectMs, isOwn })
    if (url.protocol === 'http:') return { raw, socket: raw }
    raw.on('error', () => {})
    const secure = connectTls({
      socket: raw,
      host,
      ...(isIP(host) > 0 ? {} : { servername: host }),
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(authorities === undefined ? {} : { ca: [...authorities] }),
      ...(certificate === undefined ? {} : { cert: certificate.certificate, key: certificate.key }),
    })
    return { raw, socket: await ready(secure, 'secureConnect', 'TLS_TIMEOUT', connectMs) }
  }

  /** Rejects with a code when no whole answer comes. */
  #exchange(
    url: URL,
    { method, headers, body = new Uint8Array(), maxResponseBytes }: HttpRequest,
    { socket, timeoutMs }: { readonly socket: Socket; readonly timeoutMs: number },
  ): Promise<HttpResult> {
    const { promise, resolve, reject } = Promise.withResolvers<HttpResult>()
    const timer = setTimeout(() => reject(refusal('TIMEOUT')), Math.max(1, timeoutMs))
    const sending = startRequest({
      createConnection: () => socket,
      method,
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, Host: url.host, 'Content-Length': String(body.length), Connection: 'close' },
      insecureHTTPParser: this.#options.isLenient,
      maxHeaderSize: 64 * 1024,
    })
    sending.on('error', reject)
    sending.on('response', (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > maxResponseBytes) reject(refusal('ANSWER_TOO_LARGE'))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('close', () => reject(refusal('CLOSED')))
      response.on('end', () => {
        try {
          resolve(answerOf(response, Buffer.concat(chunks), maxResponseBytes))
        } catch (error) {
          reject(error instanceof Error ? error : refusal('ANSWER_UNREADABLE'))
        }
      })
    })
    sending.end(body)
    return promise.finally(() => clearTimeout(timer))
  }
}

/** A connection, and the TLS over it; without TLS both are the same. */
interface Line {
  readonly raw: Socket
  readonly socket: Socket
}

function answerOf({ statusCode, headers }: IncomingMessage, whole: Buffer, bytesMost: number): HttpResult {
  const unfolded = Object.entries(headers).map(([name, value]) => [name, String(value).replaceAll(/[\r\n\t ]+/g, ' ')])
  const coding = headers['content-encoding'] ?? 'identity'
  if (coding !== 'identity' && coding !== 'gzip') throw refusal('ANSWER_CODING')
  const body = coding === 'gzip' && whole.length > 0 ? inflate(whole, bytesMost) : whole
  return { outcome: 'answer', wire: true, status: statusCode ?? 0, headers: Object.fromEntries(unfolded), body }
}

/** The last moment to say no. */
function whyNot({ startBefore }: HttpRequest, jump: ClockJump): string | undefined {
  if (startBefore !== undefined && clock.mono() >= startBefore) return 'TOO_LATE'
  return jump.isSeen ? 'CLOCK_JUMPED' : undefined
}

const clock = { mono: () => performance.now(), wall: () => Date.now() }

function notSent(code: string): HttpResult {
  return { outcome: 'not_sent', wire: false, code }
}

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' ? code : 'UNKNOWN'
}
