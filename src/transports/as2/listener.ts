import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import { InterlineError } from '../../base/errors.ts'
import type { MessageSpool, Spool, SpoolWriting } from './large/spool.ts'
import type { Stretch } from './large/stretch.ts'
import type { Field } from './mime/entity.ts'

/** Who takes messages, and their limits. */
export interface As2ListenerOptions {
  /** Takes a message; what it answers goes out. Must not reject. */
  readonly receive: (fields: readonly Field[], body: Buffer) => Promise<As2Answer>
  /** Takes what does not fit into memory; without it everything has to. */
  readonly large?: LargeBodies
  readonly bytesMost: number
  /** Of all messages that are just being read, in memory. */
  readonly arrivingBytesMost: number
  readonly connectionsMost: number
  /** From the first byte to the last one. */
  readonly requestMs: number
  /** Certificate chain and private key in PEM; without them the door speaks plain HTTP. */
  readonly pem?: string
}

/** From which size on bodies lie on disk, and who takes those. */
export interface LargeBodies {
  readonly spool: Spool
  readonly memoryBytesMost: number
  /** Must not reject; what it is given is gone afterwards. */
  readonly receive: (fields: readonly Field[], body: Stretch, spool: MessageSpool) => Promise<As2Answer>
}

/** What an HTTP request gets. */
export interface As2Answer {
  readonly status: number
  readonly fields?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/**
 * A server for AS2 alone. Partners fold header lines, which Node's parser refuses unless it is lenient, and a lenient parser lets
 * requests be smuggled: so nothing else is served here, both length headers are refused, and every connection ends after its answer.
 */
export class As2Listener {
  readonly #options: As2ListenerOptions
  readonly #server: Server | SecureServer
  #arriving = 0

  constructor(options: As2ListenerOptions) {
    this.#options = options
    const parsing = {
      insecureHTTPParser: true,
      maxHeaderSize: 64 * 1024,
      headersTimeout: Math.min(10_000, options.requestMs),
      requestTimeout: options.requestMs,
      connectionsCheckingInterval: 1000,
      keepAlive: false,
    }
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      // Only a sender that goes away in the middle: `receive` does not reject.
      this.#serve(request, response).catch(() => response.destroy())
    }
    this.#server =
      options.pem === undefined
        ? createServer(parsing, serve)
        : createSecureServer({ ...parsing, ...contextOf(options.pem), handshakeTimeout: 10_000 }, serve)
    // Who waits with the body until it is wanted does not send one that is refused.
    this.#server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      if (this.#refusalOf(request) === undefined) response.writeContinue()
      serve(request, response)
    })
    this.#server.maxHeadersCount = 200
    this.#server.maxConnections = options.connectionsMost
  }

  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => {
        const address = this.#server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : port)
      })
    })
  }

  /** New connections are shown this certificate. */
  renew(pem: string): void {
    if ('setSecureContext' in this.#server) this.#server.setSecureContext(contextOf(pem))
  }

  /** What is being answered is answered. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeIdleConnections()
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const message = this.#options.large?.spool.message()
    try {
      const refused = this.#refusalOf(request)
      const body = refused === undefined ? await this.#read(request, message) : refused
      send(response, await this.#answer(fieldsOf(request), body, message))
      if (typeof body === 'number') request.resume()
    } finally {
      await message?.close()
    }
  }

  async #answer(
    fields: readonly Field[],
    body: Buffer | Stretch | number,
    message: MessageSpool | undefined,
  ): Promise<As2Answer> {
    if (Buffer.isBuffer(body)) return this.#options.receive(fields, body)
    const { large } = this.#options
    if (typeof body !== 'number' && large !== undefined && message !== undefined)
      return large.receive(fields, body, message)
    const status = typeof body === 'number' ? body : 413
    return {
      status,
      body: Buffer.from(`${sayings[status] ?? 'Refused.'}\n`),
      fields: { 'Content-Type': 'text/plain' },
    }
  }

  #refusalOf({ method, url, headers, rawHeaders }: IncomingMessage): number | undefined {
    // Also the whole address, as who speaks to a proxy writes it (RFC 9112 §3.2.2).
    if ((url ?? '').replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] !== '/as2') return 404
    if (method !== 'POST') return 405
    // Two ways to say how long it is are two messages to whoever stands between.
    const lengths = rawHeaders.filter(
      (name, at) => at % 2 === 0 && /^(?:content-length|transfer-encoding)$/i.test(name),
    )
    if (lengths.length !== 1) return lengths.length === 0 ? 411 : 400
    if (headers['content-encoding'] !== undefined) return 415
    return Number(headers['content-length'] ?? 0) > this.#options.bytesMost ? 413 : undefined
  }

  /** The whole body, in memory or on disk, or the status of the refusal. */
  async #read(request: IncomingMessage, message: MessageSpool | undefined): Promise<Buffer | Stretch | number> {
    const memoryBytesMost = this.#options.large?.memoryBytesMost ?? Number.POSITIVE_INFINITY
    let chunks: Buffer[] = []
    let [bytes, held] = [0, 0]
    let writing: SpoolWriting | undefined
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        bytes += chunk.length
        if (bytes > this.#options.bytesMost) return 413
        if (writing !== undefined) {
          await writing.add(chunk)
          continue
        }
        chunks.push(chunk)
        held += chunk.length
        this.#arriving += chunk.length
        if (this.#arriving > this.#options.arrivingBytesMost) return 503
        if (bytes <= memoryBytesMost || message === undefined) continue
        writing = await message.begin()
        for (const one of chunks) await writing.add(one)
        chunks = []
        this.#arriving -= held
        held = 0
      }
      if (!request.complete) return 400
      return writing?.end() ?? Buffer.concat(chunks)
    } catch (error) {
      if (error instanceof InterlineError && error.code === 'DISK_LOW') return 503
      throw error
    } finally {
      this.#arriving -= held
    }
  }
}

function contextOf(pem: string): { cert: string; key: string; minVersion: 'TLSv1.2' } {
  return { cert: pem, key: pem, minVersion: 'TLSv1.2' }
}

const sayings: Readonly<Record<number, string>> = {
  400: 'The request is not HTTP as it should be.',
  404: 'AS2 messages are taken at /as2.',
  405: 'AS2 messages come by POST.',
  411: 'The length is missing.',
  413: 'The message is too large.',
  415: 'Content-Encoding is not taken; AS2 compresses inside the message.',
  503: 'Too much at once; try again later.',
}

/**
 * All header fields, repeated ones too: what may come only once is judged by who reads it. Folded values become one line; blanks within a line
 * stay as they are, because names and identifiers are compared and given back exactly.
 */
function fieldsOf({ rawHeaders }: IncomingMessage): readonly Field[] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [{ name, value: unfolded(rawHeaders[at + 1] ?? '') }] : []))
}

function unfolded(value: string): string {
  return value
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .join(' ')
    .replaceAll(/\t+/g, ' ')
    .trim()
}

function send(response: ServerResponse, { status, fields, body = new Uint8Array() }: As2Answer): void {
  const empty = status === 204
  response.writeHead(status, {
    ...fields,
    ...(empty ? {} : { 'Content-Length': String(body.length) }),
    Connection: 'close',
    Server: 'interline',
  })
  response.end(empty ? undefined : body)
}
