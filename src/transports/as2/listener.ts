import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https'
import type { Field } from './mime/entity.ts'

/** Who takes messages, and their limits. */
export interface As2ListenerOptions {
  /** Takes a message; what it answers goes out. Must not reject. */
  readonly receive: (fields: readonly Field[], body: Buffer) => Promise<As2Answer>
  readonly bytesMost: number
  /** Of all messages that are just being read. */
  readonly arrivingBytesMost: number
  readonly connectionsMost: number
  /** From the first byte to the last one. */
  readonly requestMs: number
  /** Certificate chain and private key in PEM; without them the door speaks plain HTTP. */
  readonly pem?: string
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
    const refused = this.#refusalOf(request)
    const body = refused === undefined ? await this.#read(request) : refused
    const answer = Buffer.isBuffer(body)
      ? await this.#options.receive(fieldsOf(request), body)
      : {
          status: body,
          body: Buffer.from(`${sayings[body] ?? 'Refused.'}\n`),
          fields: { 'Content-Type': 'text/plain' },
        }
    send(response, answer)
    if (!Buffer.isBuffer(body)) request.resume()
  }

  #refusalOf({ method, url, headers, rawHeaders }: IncomingMessage): number | undefined {
    if ((url ?? '').split('?', 1)[0] !== '/as2') return 404
    if (method !== 'POST') return 405
    // Two ways to say how long it is are two messages to whoever stands between.
    const lengths = rawHeaders.filter(
      (name, at) => at % 2 === 0 && /^(?:content-length|transfer-encoding)$/i.test(name),
    )
    if (lengths.length !== 1) return lengths.length === 0 ? 411 : 400
    if (headers['content-encoding'] !== undefined) return 415
    return Number(headers['content-length'] ?? 0) > this.#options.bytesMost ? 413 : undefined
  }

  /** The whole body, or the status of the refusal. */
  async #read(request: IncomingMessage): Promise<Buffer | number> {
    const chunks: Buffer[] = []
    let bytes = 0
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        bytes += chunk.length
        this.#arriving += chunk.length
        chunks.push(chunk)
        if (bytes > this.#options.bytesMost) return 413
        if (this.#arriving > this.#options.arrivingBytesMost) return 503
      }
      return request.complete ? Buffer.concat(chunks) : 400
    } finally {
      this.#arriving -= bytes
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

/** All header fields, repeated ones too: what may come only once is judged by who reads it. Folded values become one line. */
function fieldsOf({ rawHeaders }: IncomingMessage): readonly Field[] {
  return rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [{ name, value: (rawHeaders[at + 1] ?? '').replaceAll(/[\r\n\t ]+/g, ' ').trim() }] : [],
  )
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
