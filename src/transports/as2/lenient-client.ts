import { request as startRequest } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type DialOptions, dial, ready, refusal, systemResolver } from '../dial.ts'
import { bareHost, judgeUrl, portOf } from '../http/judge.ts'
import type { HttpRequest, HttpResult } from '../http/request.ts'

/**
 * A client for partners that fold the header lines of their answers, which the usual one refuses. Same judge, same dial, same result;
 * each request has a connection of its own, so that a lenient parser can confuse nobody but itself.
 */
export class LenientClient {
  readonly #isOwn: DialOptions['isOwn']

  constructor(isOwn: DialOptions['isOwn']) {
    this.#isOwn = isOwn
  }

  async send(request: HttpRequest): Promise<HttpResult> {
    const url = judgeUrl(request.url, request)
    if (typeof url === 'string') return { outcome: 'not_sent', wire: false, code: url }
    const deadline = performance.now() + request.timeoutMs
    let socket: Socket
    try {
      socket = await this.#connect(url, request)
    } catch (error) {
      return { outcome: 'not_sent', wire: false, code: codeOf(error) }
    }
    if (request.startBefore !== undefined && performance.now() >= request.startBefore) {
      socket.destroy()
      return { outcome: 'not_sent', wire: false, code: 'TOO_LATE' }
    }
    try {
      return await exchange(url, request, socket, deadline - performance.now())
    } catch (error) {
      return { outcome: 'no_answer', wire: true, code: codeOf(error) }
    } finally {
      socket.destroy()
    }
  }

  async #connect(
    url: URL,
    { allowHttp, allowedCidrs, allowedPorts, authorities, timeoutMs }: HttpRequest,
  ): Promise<Socket> {
    const host = bareHost(url.hostname)
    const connectMs = Math.min(5000, timeoutMs)
    const policy = { allowHttp, allowedCidrs, ...(allowedPorts === undefined ? {} : { allowedPorts }) }
    const raw = await dial(host, portOf(url), { ...policy, resolver: systemResolver, connectMs, isOwn: this.#isOwn })
    if (url.protocol === 'http:') return raw
    raw.on('error', () => {})
    const secure = connectTls({
      socket: raw,
      host,
      ...(isIP(host) > 0 ? {} : { servername: host }),
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(authorities === undefined ? {} : { ca: [...authorities] }),
    })
    return ready(secure, 'secureConnect', 'TLS_TIMEOUT', connectMs)
  }
}

function exchange(url: URL, request: HttpRequest, socket: Socket, timeoutMs: number): Promise<HttpResult> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpResult>()
  const timer = setTimeout(() => reject(refusal('TIMEOUT')), Math.max(1, timeoutMs))
  const { method, headers, body = new Uint8Array(), maxResponseBytes } = request
  const sending = startRequest({
    createConnection: () => socket,
    method,
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, Host: url.host, 'Content-Length': String(body.length), Connection: 'close' },
    insecureHTTPParser: true,
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
      const unfolded = Object.entries(response.headers).map(([name, value]) => [
        name,
        String(value).replaceAll(/[\r\n\t ]+/g, ' '),
      ])
      const fields = Object.fromEntries(unfolded) as Readonly<Record<string, string>>
      resolve({
        outcome: 'answer',
        wire: true,
        status: response.statusCode ?? 0,
        headers: fields,
        body: Buffer.concat(chunks),
      })
    })
  })
  sending.end(body)
  return promise.finally(() => clearTimeout(timer))
}

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' ? code : 'UNKNOWN'
}
