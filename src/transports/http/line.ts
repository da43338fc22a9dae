import { lookup } from 'node:dns/promises'
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Client } from 'undici'
import { bareHost, type DialPolicy, judgeAddress, portOf } from './judge.ts'

/** Where a line leads, and what it must be shown before anything is said. */
export interface LineOptions extends DialPolicy {
  readonly origin: string
  /** PEM certificates of a private authority, instead of the public ones. */
  readonly authorities?: readonly string[]
  /** Certificate and key in PEM that this side shows. */
  readonly certificate?: { readonly certificate: string; readonly key: string }
  readonly resolver: Resolver
  readonly connectMs: number
  /** Refused also inside allowed ranges: the hub itself. */
  readonly isOwn: (address: string, port: number) => boolean
}

/** Finds all addresses of a name. */
export type Resolver = (hostname: string) => Promise<readonly string[]>

export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address)

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
    const raw = await this.#dial(await this.#addresses(host, port), port)
    this.#refuseBad([raw.remoteAddress ?? ''], port)
    return this.#resettable(secure ? await this.#secure(raw, host) : raw)
  }

  async #addresses(host: string, port: number): Promise<readonly string[]> {
    const addresses = isIP(host) > 0 ? [host] : await this.#options.resolver(host)
    if (addresses.length === 0) throw refusal('NAME_UNKNOWN')
    this.#refuseBad(addresses, port)
    return addresses.slice(0, addressesTried)
  }

  /** One bad address among good ones is an attack, not a choice. */
  #refuseBad(addresses: readonly string[], port: number): void {
    for (const address of addresses) {
      const refused = judgeAddress(address, port, this.#options)
      if (refused !== undefined) throw this.#refuse(refused)
      if (this.#options.isOwn(address, port)) throw this.#refuse('ADDRESS_REFUSED')
    }
  }

  #refuse(code: string): Error {
    this.#resetRaw()
    return refusal(code)
  }

  async #dial(addresses: readonly string[], port: number): Promise<Socket> {
    let failure: unknown
    for (const host of addresses) {
      if (this.#ended) throw refusal('GIVEN_UP')
      const socket = connectTcp({ host, port, noDelay: true })
      this.#raw = socket
      try {
        return await ready(socket, 'connect', 'CONNECT_TIMEOUT', this.#options.connectMs)
      } catch (error) {
        failure = error
      }
    }
    throw failure
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

const addressesTried = 4

/** The socket, once it has said that it is ready; destroyed when it does not in time. */
function ready(socket: Socket, event: string, timeoutCode: string, timeoutMs: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const timer = setTimeout(() => fail(refusal(timeoutCode)), timeoutMs)
  const fail = (error: Error): void => {
    clearTimeout(timer)
    socket.destroy()
    reject(error)
  }
  const closed = (): void => fail(refusal('CLOSED'))
  socket.once('error', fail)
  socket.once('close', closed)
  socket.once(event, () => {
    clearTimeout(timer)
    socket.off('error', fail)
    socket.off('close', closed)
    resolve(socket)
  })
  return promise
}

/** An error whose code says why nothing was sent. */
export function refusal(code: string): Error & { readonly code: string } {
  return Object.assign(new Error(code), { code })
}
