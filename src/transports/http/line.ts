import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Client } from 'undici'
import { type DialOptions, dial, ready, refusal } from '../dial.ts'
import { bareHost, portOf } from './judge.ts'

/** Where a line leads, and what it must be shown before anything is said. */
export interface LineOptions extends DialOptions {
  readonly origin: string
  /** PEM certificates of a private authority, instead of the public ones. */
  readonly authorities?: readonly string[]
  /** Certificate and key in PEM that this side shows. */
  readonly certificate?: { readonly certificate: string; readonly key: string }
}

/**
 * One connection to one origin. Names are resolved once, every answer is judged, and only judged addresses are dialled. The raw
 * socket below TLS is kept, because giving up must reset it: a closed socket goes on delivering what the hub has given up on.
 */
export class Line {
  readonly client: Client
  /** A request is out. Until its answer is complete, every end of the connection is a reset. */
  out = false
  readonly #options: LineOptions
  #raw: Socket | undefined
  #ended = false

  constructor(options: LineOptions) {
    this.#options = options
    this.client = new Client(options.origin, {
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: 32 * 1024,
      // One timer over the whole attempt decides; undici's own are coarse.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (target, callback) => {
        this.#connect(bareHost(target.hostname), portOf(target), target.protocol === 'https:').then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
        )
      },
    })
  }

  /** Ends the connection so that nothing more of it reaches the other side. */
  reset(): void {
    this.#ended = true
    this.#resetRaw()
    this.close()
  }

  /** Ends a connection on which nothing is out. */
  close(): void {
    this.#ended = true
    // Cannot fail; undici declares a promise because it waits for sockets.
    this.client.destroy().catch(() => {})
  }

  async #connect(host: string, port: number, secure: boolean): Promise<Socket> {
    const raw = await dial(host, port, this.#options, {
      trying: (socket) => {
        this.#raw = socket
      },
      isOver: () => this.#ended,
    })
    return this.#resettable(secure ? await this.#secure(raw, host) : raw)
  }

  async #secure(raw: Socket, host: string): Promise<Socket> {
    const { authorities, certificate, connectMs } = this.#options
    if (this.#ended) throw refusal('GIVEN_UP')
    const name = host.replace(/\.$/, '')
    // Errors of the raw socket reach the one above it.
    raw.on('error', () => {})
    const socket = connectTls({
      socket: raw,
      host: name,
      ...(isIP(name) > 0 ? {} : { servername: name }),
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      // Said explicitly, so that no environment variable can turn it off.
      rejectUnauthorized: true,
      ...(authorities === undefined ? {} : { ca: [...authorities] }),
      ...(certificate === undefined ? {} : { cert: certificate.certificate, key: certificate.key }),
    })
    return ready(socket, 'secureConnect', 'TLS_TIMEOUT', connectMs)
  }

  /** undici ends sockets by itself, for example when an answer is malformed; while a request is out that must be a reset too. */
  #resettable(socket: Socket): Socket {
    const destroy = socket.destroy.bind(socket)
    let resetting = false
    let reason: Error | undefined
    socket.destroy = (error) => {
      reason ??= error
      if (this.out && !resetting) {
        resetting = true
        // Without TLS this comes back here, and below.
        this.#resetRaw()
      }
      return destroy(reason)
    }
    return socket
  }

  #resetRaw(): void {
    const raw = this.#raw
    if (raw === undefined || raw.destroyed) return
    if (raw.connecting) raw.destroy()
    else raw.resetAndDestroy()
  }
}
